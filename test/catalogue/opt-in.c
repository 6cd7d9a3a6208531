// RUN: %hvci_cl -DPOOL_NX_OPTIN_AUTO=1 -Xclang -verify \
// RUN:   -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl -DPOOL_NX_OPTIN=1 -Xclang -verify \
// RUN:   -Xclang -verify-ignore-unexpected=note -- %s

#include <wdm.h>

static NPAGED_LOOKASIDE_LIST List;

void opted_in(PMDL m) {
  ExInitializeDriverRuntime(DrvRtPoolNxOptIn);
  ExInitializeNPagedLookasideList(&List, NULL, NULL, 0, 64, 'tseT', 0); // silent: ExInitializeNPagedLookasideList_NXPoolOptIn
  MmMapLockedPagesSpecifyCache(m, KernelMode, MmCached, NULL, FALSE, NormalPagePriority); // silent: MmMapLockedPagesSpecifyCache_NXOptIn
  MmGetSystemAddressForMdlSafe(m, NormalPagePriority); // good: MmGetSystemAddressForMdlSafe
  ExAllocatePoolZero(NonPagedPool, 8, 'tseT'); // good: ExAllocatePoolZero
}

// What no opt-in reaches.
void not_opted_in(PMDL m) {
  ExAllocatePoolZero(NonPagedPoolExecute, 8, 'tseT'); // expected-warning-re {{'ExAllocatePoolZero' {{.*}} [hvci-execute-pool-type]}}
  MmMapLockedPages(m, KernelMode); // expected-warning-re {{'MmMapLockedPages' {{.*}} [hvci-execute-page-mapping]}}
}
