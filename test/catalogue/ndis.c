// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

// Macros: the callees are those in their expansions.
#define NDIS_MINIPORT_DRIVER 1
#define NDIS630_MINIPORT 1
#include <ndis.h>

#define NORMAL_NX (NormalPagePriority | MdlMappingNoExecute)

void buffers(PMDL m, PVOID *va, PULONG n) {
  NdisQueryBufferSafe(m, va, n, NormalPagePriority); // expected-warning-re {{'MmGetSystemAddressForMdlSafe' {{.*}} [hvci-execute-page-mapping]}}
  NdisQueryBufferSafe(m, va, n, NORMAL_NX); // good: NdisQueryBufferSafe
  *va = NdisBufferVirtualAddress(m); // expected-warning-re {{'MmMapLockedPages' {{.*}} [hvci-execute-page-mapping]}}
  *va = NdisBufferVirtualAddressSafe(m, NormalPagePriority); // expected-warning-re {{'MmGetSystemAddressForMdlSafe' {{.*}} [hvci-execute-page-mapping]}}
  *va = NdisBufferVirtualAddressSafe(m, NORMAL_NX); // good: NdisBufferVirtualAddressSafe
  NdisQueryMdl(m, va, n, NormalPagePriority); // silent: NdisQueryMdl
}

static NPAGED_LOOKASIDE_LIST List;

void lists(void) {
  NdisInitializeNPagedLookasideList(&List, NULL, NULL, 0, 64, 'tseT', 0); // good: NdisInitializeNPagedLookasideList
}
