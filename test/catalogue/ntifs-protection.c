// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <ntifs.h>

void sections(HANDLE h, PVOID *o, LARGE_INTEGER n, PFILE_OBJECT f) {
  NtCreateSection(&h, SECTION_ALL_ACCESS, NULL, &n, PAGE_EXECUTE_READWRITE, SEC_COMMIT, NULL); // expected-warning-re {{'NtCreateSection' {{.*}} [hvci-execute-page-protection]}}
  NtCreateSection(&h, SECTION_ALL_ACCESS, NULL, &n, PAGE_READWRITE, SEC_COMMIT, NULL); // good: NtCreateSection
  NtCreateSectionEx(&h, SECTION_ALL_ACCESS, NULL, &n, PAGE_EXECUTE_READWRITE, SEC_COMMIT, NULL, NULL, 0); // expected-warning-re {{'NtCreateSectionEx' {{.*}} [hvci-execute-page-protection]}}
  NtCreateSectionEx(&h, SECTION_ALL_ACCESS, NULL, &n, PAGE_READWRITE, SEC_COMMIT, NULL, NULL, 0); // good: NtCreateSectionEx
  FsRtlCreateSectionForDataScan(&h, o, &n, f, SECTION_MAP_READ, NULL, NULL, PAGE_EXECUTE_READ, SEC_COMMIT, 0); // expected-warning-re {{'FsRtlCreateSectionForDataScan' {{.*}} [hvci-execute-page-protection]}}
  FsRtlCreateSectionForDataScan(&h, o, &n, f, SECTION_MAP_READ, NULL, NULL, PAGE_READONLY, SEC_COMMIT, 0); // good: FsRtlCreateSectionForDataScan
}

void memory(HANDLE h, PVOID *base, PSIZE_T n) {
  ZwAllocateVirtualMemory(h, base, 0, n, MEM_COMMIT, PAGE_EXECUTE_READWRITE); // expected-warning-re {{'ZwAllocateVirtualMemory' {{.*}} [hvci-execute-page-protection]}}
  ZwAllocateVirtualMemory(h, base, 0, n, MEM_COMMIT, PAGE_READWRITE); // good: ZwAllocateVirtualMemory
  NtAllocateVirtualMemory(h, base, 0, n, MEM_COMMIT, PAGE_EXECUTE_READWRITE); // expected-warning-re {{'NtAllocateVirtualMemory' {{.*}} [hvci-execute-page-protection]}}
  NtAllocateVirtualMemory(h, base, 0, n, MEM_COMMIT, PAGE_READWRITE); // good: NtAllocateVirtualMemory
  ZwAllocateVirtualMemoryEx(h, base, n, MEM_COMMIT, PAGE_EXECUTE_READWRITE, NULL, 0); // expected-warning-re {{'ZwAllocateVirtualMemoryEx' {{.*}} [hvci-execute-page-protection]}}
  ZwAllocateVirtualMemoryEx(h, base, n, MEM_COMMIT, PAGE_READWRITE, NULL, 0); // good: ZwAllocateVirtualMemoryEx
}

void heaps(void) {
  RtlCreateHeap(HEAP_GROWABLE | HEAP_CREATE_ENABLE_EXECUTE, NULL, 0, 0, NULL, NULL); // expected-warning-re {{'RtlCreateHeap' {{.*}} [hvci-execute-page-protection]}}
  RtlCreateHeap(HEAP_GROWABLE, NULL, 0, 0, NULL, NULL); // good: RtlCreateHeap
}
