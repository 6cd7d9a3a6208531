// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <fltKernel.h>

void pool(PFLT_FILTER f, PFLT_INSTANCE i, PFLT_CONTEXT *c) {
  FltAllocatePoolAlignedWithTag(i, NonPagedPool, 512, 'tseT'); // expected-warning-re {{'FltAllocatePoolAlignedWithTag' {{.*}} [hvci-execute-pool-type]}}
  FltAllocatePoolAlignedWithTag(i, NonPagedPoolNx, 512, 'tseT'); // good: FltAllocatePoolAlignedWithTag
  FltAllocateContext(f, FLT_INSTANCE_CONTEXT, 8, NonPagedPool, c); // expected-warning-re {{'FltAllocateContext' {{.*}} [hvci-execute-pool-type]}}
  FltAllocateContext(f, FLT_INSTANCE_CONTEXT, 8, NonPagedPoolNx, c); // good: FltAllocateContext
}

void sections(PFLT_INSTANCE i, PFILE_OBJECT f, PFLT_CONTEXT c, HANDLE h, PVOID *o) {
  FltCreateSectionForDataScan(i, f, c, SECTION_MAP_READ, NULL, NULL, PAGE_EXECUTE_READ, SEC_COMMIT, 0, &h, o, NULL); // expected-warning-re {{'FltCreateSectionForDataScan' {{.*}} [hvci-execute-page-protection]}}
  FltCreateSectionForDataScan(i, f, c, SECTION_MAP_READ, NULL, NULL, PAGE_READONLY, SEC_COMMIT, 0, &h, o, NULL); // good: FltCreateSectionForDataScan
}
