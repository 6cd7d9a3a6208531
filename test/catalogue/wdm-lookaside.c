// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <wdm.h>

static NPAGED_LOOKASIDE_LIST NonPaged;
static PAGED_LOOKASIDE_LIST Paged;
static LOOKASIDE_LIST_EX Either;

void lists(PALLOCATE_FUNCTION allocate, PFREE_FUNCTION release) {
  ExInitializeNPagedLookasideList(&NonPaged, NULL, NULL, 0, 64, 'tseT', 0); // expected-warning-re {{'ExInitializeNPagedLookasideList' {{.*}} [hvci-execute-pool-type]}}
  ExInitializeNPagedLookasideList(&NonPaged, allocate, release, 0, 64, 'tseT', 0); // expected-warning-re {{'ExInitializeNPagedLookasideList' {{.*}} [hvci-execute-pool-type]}}
  ExInitializeNPagedLookasideList(&NonPaged, NULL, NULL, POOL_NX_ALLOCATION, 64, 'tseT', 0); // good: ExInitializeNPagedLookasideList
  ExInitializePagedLookasideList(&Paged, NULL, NULL, 0, 64, 'tseT', 0); // silent: ExInitializePagedLookasideList
  ExInitializeLookasideListEx(&Either, NULL, NULL, NonPagedPool, 0, 64, 'tseT', 0); // expected-warning-re {{'ExInitializeLookasideListEx' {{.*}} [hvci-execute-pool-type]}}
  ExInitializeLookasideListEx(&Either, NULL, NULL, NonPagedPoolNx, 0, 64, 'tseT', 0); // good: ExInitializeLookasideListEx
}
