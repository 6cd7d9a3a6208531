// A function that passes its parameter on to a DDI is judged at its callers,
// one note a step.
// RUN: %hvci_cl_x64 -Xclang -verify -- %s
// RUN: %hvci_cl_x86 -Xclang -verify -- %s
// RUN: %hvci_cl_arm64 /DPOOL_NX_OPTOUT=1 -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

static PVOID One(POOL_TYPE Type, SIZE_T Size) {
  return ExAllocatePoolWithTag(Type, Size, 'tseT'); // expected-note 5 {{'One' passes it to 'ExAllocatePoolWithTag' here}}
}
static inline PVOID Two(SIZE_T Size, ULONG Flags, POOL_TYPE Type) {
  if (Flags & 1)
    Size += 16;
  return One(Type, Size); // expected-note 3 {{'Two' passes it to 'One' here}}
}
PVOID Three(POOL_TYPE Type) {
  PVOID Memory = Two(8, 0, Type); // expected-note 2 {{'Three' passes it to 'Two' here}}
  if (!Memory)
    return NULL;
  return Memory;
}

void callers(POOL_TYPE Type, int Flag, PVOID *Out) {
  Out[0] = One(NonPagedPool, 8);     // expected-warning {{'One' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  Out[1] = Two(8, 1, NonPagedPool);  // expected-warning {{'Two' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  Out[2] = Three(NonPagedPool);      // expected-warning {{'Three' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  Out[3] = Three(Flag ? NonPagedPoolCacheAligned : PagedPool); // expected-warning {{'Three' may allocate executable pool}}
  Out[4] = One(NonPagedPoolNx, NonPagedPool);
  Out[5] = Two(NonPagedPool, NonPagedPool, NonPagedPoolNx);
  Out[6] = Three(PagedPool);
  Out[7] = Three(Type);
  Out[8] = One((POOL_TYPE)Flag, 8);
}

// In whatever order they stand, and however they are declared.
PVOID Later(POOL_TYPE Type);
extern PVOID Elsewhere(POOL_TYPE Type);
static PVOID Hidden(POOL_TYPE);
void before(PVOID *Out) {
  Out[0] = Later(NonPagedPool); // expected-warning {{'Later' allocates executable pool with 'NonPagedPool'}}
  Out[1] = Elsewhere(NonPagedPool);
  Out[2] = Hidden(NonPagedPool); // expected-warning {{'Hidden' allocates executable pool with 'NonPagedPool'}}
}
PVOID Later(POOL_TYPE Renamed) { return One(Renamed, 8); } // expected-note {{'Later' passes it to 'One' here}}
static PVOID Hidden(POOL_TYPE Type) { return ExAllocatePool(Type, 8); } // expected-note {{'Hidden' passes it to 'ExAllocatePool' here}}

// Each parameter for itself.
static void Both(POOL_TYPE First, POOL_TYPE Second, PVOID *Out) {
  Out[0] = ExAllocatePool(First, 8);  // expected-note 2 {{'Both' passes it to 'ExAllocatePool' here}}
  Out[1] = ExAllocatePool(Second, 8); // expected-note 2 {{'Both' passes it to 'ExAllocatePool' here}}
}
static void Swapped(POOL_TYPE First, POOL_TYPE Second, PVOID *Out) {
  Both(Second, First, Out); // expected-note {{'Swapped' passes it to 'Both' here}}
}
void two(PVOID *Out) {
  Both(NonPagedPoolNx, PagedPool, Out);
  Both(NonPagedPool, PagedPool, Out); // expected-warning {{'Both' allocates executable pool with 'NonPagedPool'}}
  Both(PagedPool, NonPagedPoolCacheAligned, Out); // expected-warning {{'Both' allocates executable pool with 'NonPagedPoolCacheAligned'}}
  Swapped(NonPagedPool, PagedPool, Out); // expected-warning {{'Swapped' allocates executable pool with 'NonPagedPool'}}
  Both(NonPagedPoolExecute, // expected-warning {{'Both' allocates executable pool with 'NonPagedPoolExecute'}}
       NonPagedPoolNx, Out);
}

// One parameter for two allocations is one fault, the first.
static PVOID Twice(POOL_TYPE Type) {
  PVOID Memory = ExAllocatePoolWithTag(Type, 4096, 'tseT'); // expected-note {{'Twice' passes it to 'ExAllocatePoolWithTag' here}}
  return Memory ? Memory : ExAllocatePoolWithTag(Type, 8, 'tseT');
}
PVOID twice(void) { return Twice(NonPagedPool); } // expected-warning {{'Twice' allocates executable pool}}

// What decides stands in the wrapper: reported there, once.
static PVOID ByFlag(BOOLEAN Paged) {
  return ExAllocatePool(Paged ? PagedPool : NonPagedPool, 8); // expected-warning {{'ExAllocatePool' may allocate executable pool}}
}
void byFlag(BOOLEAN Paged, PVOID *Out) {
  Out[0] = ByFlag(TRUE);
  Out[1] = ByFlag(FALSE);
  Out[2] = ByFlag(Paged);
}

// Never called, or called with the address taken alone.
PVOID Uncalled(POOL_TYPE Type) { return ExAllocatePool(Type, 8); }
static PVOID NTAPI Allocate(POOL_TYPE Type, SIZE_T Size, ULONG Tag, PLOOKASIDE_LIST_EX List) {
  UNREFERENCED_PARAMETER(List);
  return ExAllocatePoolWithTag(Type, Size, Tag);
}
NTSTATUS list(PLOOKASIDE_LIST_EX List) {
  return ExInitializeLookasideListEx(List, (PALLOCATE_FUNCTION_EX)Allocate, NULL, NonPagedPoolNx, 0, 8, 'tseT', 0);
}
