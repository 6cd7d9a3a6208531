// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <wdm.h>

void memory(SIZE_T n, PHYSICAL_ADDRESS p) {
  MmMapIoSpace(p, n, MmNonCached); // expected-warning-re {{'MmMapIoSpace' {{.*}} [hvci-execute-page-protection]}}
  MmMapIoSpaceEx(p, n, PAGE_READWRITE | PAGE_NOCACHE); // good: MmMapIoSpace
  MmAllocateContiguousMemory(n, p); // expected-warning-re {{'MmAllocateContiguousMemory' {{.*}} [hvci-execute-page-protection]}}
  MmAllocateContiguousNodeMemory(n, p, p, p, PAGE_READWRITE, MM_ANY_NODE_OK); // good: MmAllocateContiguousMemory
  MmAllocateContiguousMemorySpecifyCache(n, p, p, p, MmCached); // expected-warning-re {{'MmAllocateContiguousMemorySpecifyCache' {{.*}} [hvci-execute-page-protection]}}
  MmAllocateContiguousMemorySpecifyCache(n, p, p, p, MmNonCached); // expected-warning-re {{'MmAllocateContiguousMemorySpecifyCache' {{.*}} [hvci-execute-page-protection]}}
  MmAllocateContiguousNodeMemory(n, p, p, p, PAGE_READWRITE, MM_ANY_NODE_OK); // good: MmAllocateContiguousMemorySpecifyCache
  MmAllocateContiguousMemorySpecifyCacheNode(n, p, p, p, MmCached, 0); // expected-warning-re {{'MmAllocateContiguousMemorySpecifyCacheNode' {{.*}} [hvci-execute-page-protection]}}
  MmAllocateContiguousMemorySpecifyCacheNode(n, p, p, p, MmWriteCombined, 0); // expected-warning-re {{'MmAllocateContiguousMemorySpecifyCacheNode' {{.*}} [hvci-execute-page-protection]}}
  MmAllocateContiguousNodeMemory(n, p, p, p, PAGE_READWRITE | PAGE_WRITECOMBINE, 0); // good: MmAllocateContiguousMemorySpecifyCacheNode
}
