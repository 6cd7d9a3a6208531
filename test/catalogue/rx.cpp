// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

// C++, because rx.h of the real kit defines one type twice in C.
#include <rx.h>

void pool(PRDBSS_DEVICE_OBJECT device) {
  RxAllocateFcbObject(device, 0, POOL_FLAG_NON_PAGED_EXECUTE, 8, NULL); // expected-warning-re {{'RxAllocateFcbObject' {{.*}} [hvci-execute-pool-type]}}
  RxAllocateFcbObject(device, 0, POOL_FLAG_NON_PAGED, 8, NULL); // good: RxAllocateFcbObject
}

void copies(PTRANSPORT_ADDRESS a, PRXCE_CONNECTION_INFORMATION c) {
  DuplicateTransportAddress(&a, a, POOL_FLAG_NON_PAGED_EXECUTE); // expected-warning-re {{'DuplicateTransportAddress' {{.*}} [hvci-execute-pool-type]}}
  DuplicateTransportAddress(&a, a, POOL_FLAG_NON_PAGED); // good: DuplicateTransportAddress
  DuplicateConnectionInformation(&c, c, POOL_FLAG_NON_PAGED_EXECUTE); // expected-warning-re {{'DuplicateConnectionInformation' {{.*}} [hvci-execute-pool-type]}}
  DuplicateConnectionInformation(&c, c, POOL_FLAG_NON_PAGED); // good: DuplicateConnectionInformation
}

// Other names of the pool functions.
void aliases(SIZE_T n) {
  RxAllocatePool(NonPagedPool, n); // expected-warning-re {{'ExAllocatePool' {{.*}} [hvci-execute-pool-type]}}
  RxAllocatePoolWithTag(NonPagedPool, n, 'tseT'); // expected-warning-re {{'ExAllocatePoolWithTag' {{.*}} [hvci-execute-pool-type]}}
  RxAllocatePoolWithTag2(POOL_FLAG_NON_PAGED_EXECUTE, n, 'tseT'); // expected-warning-re {{'ExAllocatePool2' {{.*}} [hvci-execute-pool-type]}}
}
