// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <ntddk.h>

void memory(SIZE_T n, PHYSICAL_ADDRESS p) {
  MmMapVideoDisplay(p, n, MmWriteCombined); // expected-warning-re {{'MmMapVideoDisplay' {{.*}} [hvci-execute-page-protection]}}
  MmMapIoSpaceEx(p, n, PAGE_READWRITE | PAGE_WRITECOMBINE); // good: MmMapVideoDisplay
  MmAllocateNonCachedMemory(n); // expected-warning-re {{'MmAllocateNonCachedMemory' {{.*}} [hvci-execute-page-protection]}}
  MmAllocateContiguousNodeMemory(n, p, p, p, PAGE_READWRITE | PAGE_NOCACHE, MM_ANY_NODE_OK); // good: MmAllocateNonCachedMemory
}

void silo(PESILO s, PVOID *context) {
  PsCreateSiloContext(s, 8, NonPagedPool, NULL, context); // expected-warning-re {{'PsCreateSiloContext' {{.*}} [hvci-execute-pool-type]}}
  PsCreateSiloContext(s, 8, NonPagedPoolNx, NULL, context); // good: PsCreateSiloContext
}

void probes(PVOID p) {
  MmSecureVirtualMemory(p, 8, PAGE_EXECUTE_READWRITE); // silent: MmSecureVirtualMemory
  MmSecureVirtualMemoryEx(p, 8, PAGE_EXECUTE_READWRITE, 0); // silent: MmSecureVirtualMemoryEx
}
