// POOL_FLAGS and lookaside flags: the same bits mean other things.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_cl /DPOOL_NX_OPTOUT=1 -Xclang -verify -- %s
#include <ntddk.h>

void flags(int Flag, POOL_FLAGS Flags, PVOID *Out) {
  Out[0] = ExAllocatePool2(POOL_FLAG_NON_PAGED_EXECUTE, 8, 'tseT'); // expected-warning {{'ExAllocatePool2' allocates executable pool with 'POOL_FLAG_NON_PAGED_EXECUTE'; use POOL_FLAG_NON_PAGED [hvci-execute-pool-type]}}
  Out[1] = ExAllocatePool2(POOL_FLAG_NON_PAGED_EXECUTE | POOL_FLAG_USE_QUOTA, 8, 'tseT'); // expected-warning {{allocates executable pool}}
  Out[2] = ExAllocatePool3(0x80, 8, 'tseT', NULL, 0);               // expected-warning {{allocates executable pool}}
  Out[3] = ExAllocatePool2(POOL_FLAG_NON_PAGED, 8, 'tseT');
  Out[4] = ExAllocatePool2(0x40, 8, 'tseT'); // not POOL_TYPE's bits
  Out[5] = ExAllocatePool2(0x200, 8, 'tseT');
  Out[6] = ExAllocatePool2(POOL_FLAG_PAGED, 8, 'tseT');
  Out[7] = ExAllocatePool2(Flags, 8, 'tseT');
  Out[8] = ExAllocatePool2(Flag ? POOL_FLAG_NON_PAGED_EXECUTE : POOL_FLAG_NON_PAGED, 8, 'tseT'); // expected-warning {{may allocate executable pool}}
}

void lists(PNPAGED_LOOKASIDE_LIST List, PALLOCATE_FUNCTION Allocate, PFREE_FUNCTION Free, ULONG Flags) {
  ExInitializeNPagedLookasideList(List, NULL, NULL, 0, 8, 'tseT', 0); // expected-warning {{'ExInitializeNPagedLookasideList' allocates executable pool with '0'; use POOL_NX_ALLOCATION}}
  ExInitializeNPagedLookasideList(List, Allocate, Free, 0, 8, 'tseT', 0); // expected-warning {{may allocate executable pool}} expected-note {{the list's own allocator decides in the end}}
  ExInitializeNPagedLookasideList(List, NULL, NULL, POOL_RAISE_IF_ALLOCATION_FAILURE, 8, 'tseT', 0); // expected-warning {{allocates executable pool}}
  ExInitializeNPagedLookasideList(List, NULL, NULL, POOL_NX_ALLOCATION, 8, 'tseT', 0);
  ExInitializeNPagedLookasideList(List, NULL, NULL, POOL_NX_ALLOCATION | POOL_RAISE_IF_ALLOCATION_FAILURE, 8, 'tseT', 0);
  ExInitializeNPagedLookasideList(List, NULL, NULL, Flags, 8, 'tseT', 0);
}
