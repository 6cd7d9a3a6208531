// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <ntddk.h>
#include <dispmprt.h>

void pool(PVOID device) {
  DlAllocatePool(device, VpNonPagedPoolCacheAligned, 8, 'tseT'); // expected-warning-re {{'DlAllocatePool' {{.*}} [hvci-execute-pool-type]}}
  DlAllocatePool(device, VpPagedPool, 8, 'tseT'); // good: DlAllocatePool
}
