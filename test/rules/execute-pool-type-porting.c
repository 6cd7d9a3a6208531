// A constant of one pool enumeration where the DDI takes the other.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_cl /DPOOL_NX_OPTIN=1 -Xclang -verify -- %s
// RUN: %hvci_cl /DPOOL_NX_OPTIN_AUTO=1 -Xclang -verify -- %s
#include <ntddk.h>

void flagsFromTypes(POOL_TYPE Type, POOL_FLAGS Flags, PVOID *Out) {
  Out[0] = ExAllocatePool2(NonPagedPool, 8, 'tseT');   // expected-warning {{'ExAllocatePool2' takes POOL_FLAGS, but 'NonPagedPool' is a POOL_TYPE; use POOL_FLAG_NON_PAGED [hvci-execute-pool-type]}}
  Out[1] = ExAllocatePool2(NonPagedPoolNx, 8, 'tseT'); // expected-warning {{use POOL_FLAG_NON_PAGED}}
  Out[2] = ExAllocatePool2(PagedPool, 8, 'tseT');      // expected-warning {{use POOL_FLAG_PAGED}}
  Out[3] = ExAllocatePool2(Type, 8, 'tseT');           // expected-warning {{'Type' is a POOL_TYPE}}
  Out[4] = ExAllocatePool2(Flags, 8, 'tseT');
  Out[5] = ExAllocatePool2(Type == NonPagedPool ? POOL_FLAG_NON_PAGED : POOL_FLAG_PAGED, 8, 'tseT');
  Out[6] = ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_UNINITIALIZED, 8, 'tseT');
}

void typesFromFlags(PVOID *Out) {
  Out[0] = ExAllocatePoolWithTag(POOL_FLAG_NON_PAGED, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' takes a POOL_TYPE, but 'POOL_FLAG_NON_PAGED' is a pool flag; use NonPagedPoolNx}}
  Out[1] = ExAllocatePoolWithTag(POOL_FLAG_PAGED, 8, 'tseT');     // expected-warning {{use PagedPool}}
  Out[2] = ExAllocatePoolWithTag(PagedPool, 8, 'tseT');
}
