// A finding at a caller is suppressed at the caller.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

static PVOID Allocate(POOL_TYPE Type) {
#pragma warning(suppress: 30030)
  return ExAllocatePool(Type, 8);
}
void calls(PVOID *Out) {
  Out[0] = Allocate(NonPagedPool); // expected-warning {{hvci-execute-pool-type}}
  Out[1] = Allocate(NonPagedPool); // hvcilint: allow(hvci-execute-pool-type) code is written into it
#pragma warning(suppress: 30030)
  Out[2] = Allocate(NonPagedPool);
}
