// Two `only=` add up: that nothing at all runs is nobody's wish.
// RUN: %hvci_cl %arg only=hvci-execute-pool-type %arg only=hvci-execute-page-mapping -Xclang -verify -- %s
#include <ntddk.h>

void *pool(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
void *map(PMDL Mdl) { return MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority); } // expected-warning {{hvci-execute-page-mapping}}
void *space(PHYSICAL_ADDRESS Where) { return MmMapIoSpace(Where, 8, MmNonCached); }
