// Which number covers which finding.
// RUN: %hvci_cl -Xclang -verify=any,plain -- %s
// RUN: %hvci_cl /DPOOL_NX_OPTOUT=1 -Xclang -verify=any,optout -- %s
// RUN: %hvci_clang_mingw -Xclang -verify=any,plain %s
#include <ntddk.h>

#pragma warning(suppress: 30029)
void *pool29(void) { return ExAllocatePool(NonPagedPool, 8); } // any-warning {{hvci-execute-pool-type}}
#pragma warning(suppress: 4996 28751 30028 30036 130030 3003)
void *foreign(void) { return ExAllocatePool(NonPagedPool, 8); } // any-warning {{hvci-execute-pool-type}}
#pragma warning(suppress: 30030)
void *pool30(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(suppress: 30032)
void *pool32(void) { return ExAllocatePool(NonPagedPool, 8); } // plain-warning {{hvci-execute-pool-type}}
#pragma warning(suppress: 30031 30033 30034 30035)
void *pool31(void) { return ExAllocatePool(NonPagedPool, 8); } // any-warning {{hvci-execute-pool-type}}

#pragma warning(suppress: 30029)
void *space29(PHYSICAL_ADDRESS Where) { return MmMapIoSpace(Where, 8, MmNonCached); }
#pragma warning(suppress: 30030)
void *space30(PHYSICAL_ADDRESS Where) { return MmMapIoSpace(Where, 8, MmNonCached); } // any-warning {{hvci-execute-page-protection}}

#pragma warning(suppress: 30030)
void *map30(PMDL Mdl) { return MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority); }
#pragma warning(suppress: 30029)
void *map29(PMDL Mdl) { return MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority); } // any-warning {{hvci-execute-page-mapping}}
#pragma warning(suppress: 30032)
void *map32(PMDL Mdl) { return MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority); } // plain-warning {{hvci-execute-page-mapping}}

// The cache type decides, and Microsoft's list names the call as well.
void *cached(PHYSICAL_ADDRESS A, PHYSICAL_ADDRESS B, PHYSICAL_ADDRESS C) {
#pragma warning(suppress: 30029)
  void *Kept = MmAllocateContiguousMemorySpecifyCache(8, A, B, C, MmCached);
#pragma warning(suppress: 30030)
  Kept = MmAllocateContiguousMemorySpecifyCache(8, A, B, C, MmCached);
#pragma warning(suppress: 30034)
  Kept = MmAllocateContiguousMemorySpecifyCache(8, A, B, C, MmCached); // any-warning {{hvci-execute-page-protection}} any-note {{freed by MmFreeContiguousMemory}}
  return Kept;
}

void lists(PNPAGED_LOOKASIDE_LIST List, PALLOCATE_FUNCTION Allocate) {
#pragma warning(suppress: 30034)
  ExInitializeNPagedLookasideList(List, Allocate, NULL, 0, 8, 'tseT', 0);
#pragma warning(suppress: 30030)
  ExInitializeNPagedLookasideList(List, Allocate, NULL, 0, 8, 'tseT', 0);
#pragma warning(suppress: 30029)
  ExInitializeNPagedLookasideList(List, Allocate, NULL, 0, 8, 'tseT', 0); // any-warning {{hvci-execute-pool-type}} any-note {{}}
}
