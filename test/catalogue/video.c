// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <miniport.h>
#include <ntddvdeo.h>
#include <video.h>

void pool(PVOID extension) {
  VideoPortAllocatePool(extension, VpNonPagedPool, 8, 'tseT'); // expected-warning-re {{'VideoPortAllocatePool' {{.*}} [hvci-execute-pool-type]}}
  VideoPortAllocatePool(extension, VpPagedPool, 8, 'tseT'); // good: VideoPortAllocatePool
}
