// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <ntddk.h>
#include <mcd.h>

void pool(void) {
  ChangerClassAllocatePool(NonPagedPool, 8); // expected-warning-re {{'ChangerClassAllocatePool' {{.*}} [hvci-execute-pool-type]}}
  ChangerClassAllocatePool(NonPagedPoolNx, 8); // good: ChangerClassAllocatePool
}
