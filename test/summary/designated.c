// Tables with designators, as C has them, and pointers to tables.
// RUN: %hvci_cl -Wno-initializer-overrides -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

typedef PVOID(NTAPI *ALLOC)(POOL_TYPE Type, SIZE_T Size, ULONG Tag);
typedef struct _OPS {
  ULONG Version;
  ALLOC Alloc;
  ALLOC Other;
} OPS;
static PVOID NTAPI Nx(POOL_TYPE Type, SIZE_T Size, ULONG Tag) {
  return ExAllocatePoolWithTag(Type | POOL_NX_ALLOCATION, Size, Tag);
}

static const OPS Ops = {.Other = Nx, .Alloc = ExAllocatePoolWithTag};
static const OPS *const Pointer = &Ops;
static const ALLOC Array[4] = {[2] = ExAllocatePoolWithTag, [1] = Nx};
static const OPS Twice = {.Alloc = ExAllocatePoolWithTag, .Alloc = Nx};

void calls(PVOID *Out) {
  const OPS *Local = &Ops;
  Out[0] = Ops.Alloc(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[1] = Ops.Other(NonPagedPool, 8, 'tseT');
  Out[2] = Pointer->Alloc(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[3] = Local->Alloc(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[4] = Array[2](NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[5] = Array[1](NonPagedPool, 8, 'tseT');
  Out[6] = Array[3](NonPagedPool, 8, 'tseT');
  Out[7] = Twice.Alloc(NonPagedPool, 8, 'tseT');
}
