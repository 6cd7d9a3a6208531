// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <wdm.h>

void mdl(PMDL m, PMM_MDL_ROUTINE routine, PEPROCESS process, PHANDLE h) {
  MmProtectMdlSystemAddress(m, PAGE_EXECUTE_READ); // expected-warning-re {{'MmProtectMdlSystemAddress' {{.*}} [hvci-execute-page-protection]}}
  MmProtectMdlSystemAddress(m, PAGE_READONLY); // good: MmProtectMdlSystemAddress
  MmMapMdl(m, PAGE_EXECUTE_READWRITE, routine, NULL); // expected-warning-re {{'MmMapMdl' {{.*}} [hvci-execute-page-protection]}}
  MmMapMdl(m, PAGE_READWRITE, routine, NULL); // good: MmMapMdl
  VslCreateSecureSection(h, process, m, PAGE_EXECUTE_READ, 0); // expected-warning-re {{'VslCreateSecureSection' {{.*}} [hvci-execute-page-protection]}}
  VslCreateSecureSection(h, process, m, PAGE_READONLY, 0); // good: VslCreateSecureSection
}

void memory(SIZE_T n, PHYSICAL_ADDRESS p, PVOID *base) {
  MmMapIoSpaceEx(p, n, PAGE_EXECUTE_READWRITE | PAGE_NOCACHE); // expected-warning-re {{'MmMapIoSpaceEx' {{.*}} [hvci-execute-page-protection]}}
  MmMapIoSpaceEx(p, n, PAGE_READWRITE | PAGE_NOCACHE); // good: MmMapIoSpaceEx
  MmAllocateContiguousNodeMemory(n, p, p, p, PAGE_EXECUTE_READWRITE, MM_ANY_NODE_OK); // expected-warning-re {{'MmAllocateContiguousNodeMemory' {{.*}} [hvci-execute-page-protection]}}
  MmAllocateContiguousNodeMemory(n, p, p, p, PAGE_READWRITE, MM_ANY_NODE_OK); // good: MmAllocateContiguousNodeMemory
  MmAllocateContiguousMemoryEx(&n, p, p, p, MM_ANY_NODE_OK, PAGE_EXECUTE_READWRITE, NULL, 'tseT', 0, base); // expected-warning-re {{'MmAllocateContiguousMemoryEx' {{.*}} [hvci-execute-page-protection]}}
  MmAllocateContiguousMemoryEx(&n, p, p, p, MM_ANY_NODE_OK, PAGE_READWRITE, NULL, 'tseT', 0, base); // good: MmAllocateContiguousMemoryEx
}

void sections(HANDLE h, PVOID *base, PSIZE_T n) {
  ZwCreateSection(&h, SECTION_ALL_ACCESS, NULL, NULL, PAGE_EXECUTE_READWRITE, SEC_COMMIT, NULL); // expected-warning-re {{'ZwCreateSection' {{.*}} [hvci-execute-page-protection]}}
  ZwCreateSection(&h, SECTION_ALL_ACCESS, NULL, NULL, PAGE_READWRITE, SEC_COMMIT, NULL); // good: ZwCreateSection
  ZwMapViewOfSection(h, NtCurrentProcess(), base, 0, 0, NULL, n, ViewUnmap, 0, PAGE_EXECUTE_READ); // expected-warning-re {{'ZwMapViewOfSection' {{.*}} [hvci-execute-page-protection]}}
  ZwMapViewOfSection(h, NtCurrentProcess(), base, 0, 0, NULL, n, ViewUnmap, 0, PAGE_READONLY); // good: ZwMapViewOfSection
}
