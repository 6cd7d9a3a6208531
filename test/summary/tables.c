// A call through a pointer of which it is known at compile time what it holds.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /TP -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

typedef PVOID(NTAPI *ALLOC)(POOL_TYPE Type, SIZE_T Size, ULONG Tag);
static PVOID NTAPI Wrapper(POOL_TYPE Type, SIZE_T Size, ULONG Tag) { return ExAllocatePoolWithTag(Type, Size, Tag); }
static PVOID NTAPI Nx(POOL_TYPE Type, SIZE_T Size, ULONG Tag) {
  return ExAllocatePoolWithTag((POOL_TYPE)(Type | POOL_NX_ALLOCATION), Size, Tag);
}

typedef struct _OPS {
  ULONG Version;
  ALLOC Alloc;
  ALLOC Other;
} OPS;
static const OPS Ops = {1, ExAllocatePoolWithTag, Nx};
static const OPS OwnOps = {1, &Wrapper, NULL};
static const struct { OPS Inner[2]; } Nested = {{{1, Nx, Nx}, {1, Wrapper, Nx}}};
static const ALLOC Array[] = {Nx, ExAllocatePoolWithTag, Wrapper};
enum { Plain = 1 };

void constants(int i, PVOID *Out) {
  Out[0] = Ops.Alloc(NonPagedPool, 8, 'tseT');   // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  Out[1] = Ops.Alloc(NonPagedPoolNx, 8, 'tseT');
  Out[2] = Ops.Other(NonPagedPool, 8, 'tseT');
  Out[3] = OwnOps.Alloc(NonPagedPool, 8, 'tseT'); // expected-warning {{'Wrapper' allocates executable pool}}
  Out[4] = (*OwnOps.Alloc)(NonPagedPool, 8, 'tseT'); // expected-warning {{'Wrapper' allocates executable pool}}
  Out[5] = (&Ops)->Alloc(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[6] = Nested.Inner[1].Alloc(NonPagedPool, 8, 'tseT'); // expected-warning {{'Wrapper' allocates executable pool}}
  Out[7] = Nested.Inner[0].Alloc(NonPagedPool, 8, 'tseT');
  Out[8] = Array[1](NonPagedPool, 8, 'tseT');     // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[9] = Array[Plain + 1](NonPagedPool, 8, 'tseT'); // expected-warning {{'Wrapper' allocates executable pool}}
  Out[10] = Array[0](NonPagedPool, 8, 'tseT');
  Out[11] = Array[i](NonPagedPool, 8, 'tseT');
  Out[12] = Nested.Inner[i].Alloc(NonPagedPool, 8, 'tseT');
}

// As a framework's functions: a table of one type, an element cast to its own.
typedef void (*ANY)(void);
static const ANY Functions[] = {(ANY)Nx, (ANY)ExAllocatePoolWithTag};
extern const ANY *Imported;
void casts(PVOID *Out) {
  Out[0] = ((ALLOC)Functions[Plain])(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[1] = ((ALLOC)Functions[0])(NonPagedPool, 8, 'tseT');
  Out[2] = ((ALLOC)Imported[Plain])(NonPagedPool, 8, 'tseT');
}

// A table that is not constant, or not known here, may hold anything.
static OPS Changed = {1, ExAllocatePoolWithTag, NULL};
OPS Exported = {1, ExAllocatePoolWithTag, NULL};
extern const OPS Foreign;
void change(ALLOC New) { Changed.Alloc = New; }
void unknown(const OPS *Any, PVOID *Out) {
  Out[0] = Changed.Alloc(NonPagedPool, 8, 'tseT');
  Out[1] = Exported.Alloc(NonPagedPool, 8, 'tseT');
  Out[2] = Foreign.Alloc(NonPagedPool, 8, 'tseT');
  Out[3] = Any->Alloc(NonPagedPool, 8, 'tseT');
}
