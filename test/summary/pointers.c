// Function pointers that are given their function once; others are silent.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /TP -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

typedef PVOID(NTAPI *ALLOC)(POOL_TYPE Type, SIZE_T Size, ULONG Tag);
static PVOID NTAPI Wrapper(POOL_TYPE Type, SIZE_T Size, ULONG Tag) { return ExAllocatePoolWithTag(Type, Size, Tag); }

static const ALLOC Fixed = ExAllocatePoolWithTag;
static ALLOC Set = Wrapper;
static ALLOC SetLater;
static ALLOC Reset = Wrapper;
static ALLOC Escaped = Wrapper;
ALLOC Exported = Wrapper;
static ALLOC volatile Volatile = Wrapper;

void resets(ALLOC New) { Reset = New; }
extern void Fill(ALLOC *Where);
void escapes(void) { Fill(&Escaped); }
void setsLater(void) { SetLater = ExAllocatePoolWithTag; }

void globals(PVOID *Out) {
  Out[0] = Fixed(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'NonPagedPool'}}
  Out[1] = Set(NonPagedPool, 8, 'tseT');   // expected-warning {{'Wrapper' allocates executable pool with 'NonPagedPool'}}
  Out[2] = SetLater(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[3] = Reset(NonPagedPool, 8, 'tseT');
  Out[4] = Escaped(NonPagedPool, 8, 'tseT');
  Out[5] = Exported(NonPagedPool, 8, 'tseT');
  Out[6] = Volatile(NonPagedPool, 8, 'tseT');
  Out[7] = Set(NonPagedPoolNx, 8, 'tseT');
}

void locals(int Flag, ALLOC Parameter, PVOID *Out) {
  ALLOC Once = ExAllocatePoolWithTag;
  ALLOC const Constant = Wrapper;
  ALLOC Later;
  ALLOC Copy = Once;
  ALLOC Twice = ExAllocatePoolWithTag;
  ALLOC Handed = Wrapper;
  ALLOC Either = Flag ? Wrapper : Parameter;
  static ALLOC Static = Wrapper;

  Later = Wrapper;
  Fill(&Handed);
  Out[0] = Once(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[1] = (*Once)(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[2] = Constant(NonPagedPool, 8, 'tseT'); // expected-warning {{'Wrapper' allocates executable pool}}
  Out[3] = Later(NonPagedPool, 8, 'tseT'); // expected-warning {{'Wrapper' allocates executable pool}}
  Out[4] = Copy(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[5] = Static(NonPagedPool, 8, 'tseT'); // expected-warning {{'Wrapper' allocates executable pool}}
  if (Flag)
    Twice = Parameter;
  Out[6] = Twice(NonPagedPool, 8, 'tseT');
  Out[7] = Handed(NonPagedPool, 8, 'tseT');
  Out[8] = Either(NonPagedPool, 8, 'tseT');
  Out[9] = Parameter(NonPagedPool, 8, 'tseT');
  Out[10] = Once(NonPagedPoolNx, 8, 'tseT');
  Out[11] = ((ALLOC)(PVOID)Wrapper)(NonPagedPool, 8, 'tseT'); // expected-warning {{'Wrapper' allocates executable pool}}
}

// A wrapper that calls through one.
static PVOID Through(POOL_TYPE Type) { return Set(Type, 8, 'tseT'); }
PVOID through(void) { return Through(NonPagedPool); } // expected-warning {{'Through' allocates executable pool}}
