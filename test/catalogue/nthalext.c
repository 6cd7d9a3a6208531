// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <ntddk.h>
#include <nthalext.h>

void memory(PHYSICAL_ADDRESS p) {
  HalMapIoSpace(p, 8, MmNonCached); // expected-warning-re {{'HalMapIoSpace' {{.*}} [hvci-execute-page-protection]}}
  MmMapIoSpaceEx(p, 8, PAGE_READWRITE | PAGE_NOCACHE); // good: HalMapIoSpace
}
