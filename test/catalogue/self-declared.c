// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

// No kit header declares these: drivers that use them do.
#include <ntifs.h>

NTSYSAPI NTSTATUS NTAPI NtMapViewOfSection(HANDLE, HANDLE, PVOID *, ULONG_PTR, SIZE_T, PLARGE_INTEGER, PSIZE_T, SECTION_INHERIT, ULONG, ULONG);
NTSYSAPI NTSTATUS NTAPI ZwMapViewOfSectionEx(HANDLE, HANDLE, PVOID *, PLARGE_INTEGER, PSIZE_T, ULONG, ULONG, PMEM_EXTENDED_PARAMETER, ULONG);
NTSYSAPI NTSTATUS NTAPI NtMapViewOfSectionEx(HANDLE, HANDLE, PVOID *, PLARGE_INTEGER, PSIZE_T, ULONG, ULONG, PMEM_EXTENDED_PARAMETER, ULONG);
NTSYSAPI NTSTATUS NTAPI ZwProtectVirtualMemory(HANDLE, PVOID *, PSIZE_T, ULONG, PULONG);
NTSYSAPI NTSTATUS NTAPI NtProtectVirtualMemory(HANDLE, PVOID *, PSIZE_T, ULONG, PULONG);
NTSYSAPI NTSTATUS NTAPI NtAllocateVirtualMemoryEx(HANDLE, PVOID *, PSIZE_T, ULONG, ULONG, PMEM_EXTENDED_PARAMETER, ULONG);
NTSYSAPI NTSTATUS NTAPI ZwCreateSectionEx(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, PLARGE_INTEGER, ULONG, ULONG, HANDLE, PMEM_EXTENDED_PARAMETER, ULONG);
NTKERNELAPI NTSTATUS NTAPI MmCreateSection(PVOID *, ACCESS_MASK, POBJECT_ATTRIBUTES, PLARGE_INTEGER, ULONG, ULONG, HANDLE, PFILE_OBJECT);

void views(HANDLE s, PVOID *p, PSIZE_T n) {
  NtMapViewOfSection(s, NtCurrentProcess(), p, 0, 0, NULL, n, ViewUnmap, 0, PAGE_EXECUTE_READ); // expected-warning-re {{'NtMapViewOfSection' {{.*}} [hvci-execute-page-protection]}}
  NtMapViewOfSection(s, NtCurrentProcess(), p, 0, 0, NULL, n, ViewUnmap, 0, PAGE_READONLY); // good: NtMapViewOfSection
  ZwMapViewOfSectionEx(s, NtCurrentProcess(), p, NULL, n, 0, PAGE_EXECUTE_READ, NULL, 0); // expected-warning-re {{'ZwMapViewOfSectionEx' {{.*}} [hvci-execute-page-protection]}}
  ZwMapViewOfSectionEx(s, NtCurrentProcess(), p, NULL, n, 0, PAGE_READONLY, NULL, 0); // good: ZwMapViewOfSectionEx
  NtMapViewOfSectionEx(s, NtCurrentProcess(), p, NULL, n, 0, PAGE_EXECUTE_READ, NULL, 0); // expected-warning-re {{'NtMapViewOfSectionEx' {{.*}} [hvci-execute-page-protection]}}
  NtMapViewOfSectionEx(s, NtCurrentProcess(), p, NULL, n, 0, PAGE_READONLY, NULL, 0); // good: NtMapViewOfSectionEx
}

void memory(HANDLE h, PVOID *p, PSIZE_T n, PULONG old) {
  ZwProtectVirtualMemory(h, p, n, PAGE_EXECUTE_READWRITE, old); // expected-warning-re {{'ZwProtectVirtualMemory' {{.*}} [hvci-execute-page-protection]}}
  ZwProtectVirtualMemory(h, p, n, PAGE_READWRITE, old); // good: ZwProtectVirtualMemory
  NtProtectVirtualMemory(h, p, n, PAGE_EXECUTE_READWRITE, old); // expected-warning-re {{'NtProtectVirtualMemory' {{.*}} [hvci-execute-page-protection]}}
  NtProtectVirtualMemory(h, p, n, PAGE_READWRITE, old); // good: NtProtectVirtualMemory
  NtAllocateVirtualMemoryEx(h, p, n, MEM_COMMIT, PAGE_EXECUTE_READWRITE, NULL, 0); // expected-warning-re {{'NtAllocateVirtualMemoryEx' {{.*}} [hvci-execute-page-protection]}}
  NtAllocateVirtualMemoryEx(h, p, n, MEM_COMMIT, PAGE_READWRITE, NULL, 0); // good: NtAllocateVirtualMemoryEx
}

void sections(HANDLE h, PVOID *o, PLARGE_INTEGER n) {
  ZwCreateSectionEx(&h, SECTION_ALL_ACCESS, NULL, n, PAGE_EXECUTE_READWRITE, SEC_COMMIT, NULL, NULL, 0); // expected-warning-re {{'ZwCreateSectionEx' {{.*}} [hvci-execute-page-protection]}}
  ZwCreateSectionEx(&h, SECTION_ALL_ACCESS, NULL, n, PAGE_READWRITE, SEC_COMMIT, NULL, NULL, 0); // good: ZwCreateSectionEx
  MmCreateSection(o, SECTION_ALL_ACCESS, NULL, n, PAGE_EXECUTE_READWRITE, SEC_COMMIT, NULL, NULL); // expected-warning-re {{'MmCreateSection' {{.*}} [hvci-execute-page-protection]}}
  MmCreateSection(o, SECTION_ALL_ACCESS, NULL, n, PAGE_READWRITE, SEC_COMMIT, NULL, NULL); // good: MmCreateSection
}
