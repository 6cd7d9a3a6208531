// RUN: %hvci_cl /DNTDDI_VERSION=0x06010000 -Xclang -verify \
// RUN:   -Xclang -verify-ignore-unexpected=note -- %s

#define NDIS_MINIPORT_DRIVER 1
#define NDIS620_MINIPORT 1
#include <ndis.h>

static NPAGED_LOOKASIDE_LIST List;

void lists(void) {
  NdisInitializeNPagedLookasideList(&List, NULL, NULL, 0, 64, 'tseT', 0); // expected-warning-re {{'NdisInitializeNPagedLookasideList' {{.*}} [hvci-execute-pool-type]}}
  NdisInitializeNPagedLookasideList(&List, NULL, NULL, POOL_NX_ALLOCATION, 64, 'tseT', 0); // good: NdisInitializeNPagedLookasideList
}
