// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <ntddk.h>
#include <windef.h>
#include <ks.h>

void pool(PVOID image, PVOID *resource, PULONG n) {
  KsLoadResource(image, NonPagedPool, 1, 10, resource, n); // expected-warning-re {{'KsLoadResource' {{.*}} [hvci-execute-pool-type]}}
  KsLoadResource(image, PagedPool, 1, 10, resource, n); // good: KsLoadResource
}

void framing(PKSALLOCATOR_FRAMING framing) {
  framing->PoolType = NonPagedPool; // expected-warning-re {{'KSALLOCATOR_FRAMING.PoolType' {{.*}} [hvci-execute-pool-type]}}
  framing->PoolType = NonPagedPoolNx; // good: KSALLOCATOR_FRAMING.PoolType
}
