// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <ntddk.h>
#include <storport.h>

void memory(PVOID e, PHYSICAL_ADDRESS p, PVOID *b) {
  StorPortAllocateContiguousMemorySpecifyCacheNode(e, 8, p, p, p, MmCached, 0, b); // expected-warning-re {{'StorPortAllocateContiguousMemorySpecifyCacheNode' {{.*}} [hvci-execute-page-protection]}}
  StorPortAllocateContiguousMemorySpecifyCacheNode(e, 8, p, p, p, MmNonCached, 0, b); // good: StorPortAllocateContiguousMemorySpecifyCacheNode
  StorPortAllocateDmaMemory(e, 8, p, p, p, MmCached, 0, b, &p); // expected-warning-re {{'StorPortAllocateDmaMemory' {{.*}} [hvci-execute-page-protection]}}
  StorPortAllocateDmaMemory(e, 8, p, p, p, MmNonCached, 0, b, &p); // good: StorPortAllocateDmaMemory
}
