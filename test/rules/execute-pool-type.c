// RUN: %hvci_cl_x64 -Xclang -verify -- %s
// RUN: %hvci_cl_x86 -Xclang -verify -- %s
// RUN: %hvci_cl_arm64 /DPOOL_NX_OPTOUT=1 -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

void *bad(void) { return ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
void *good(void) { return ExAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT'); }
void *paged(void) { return ExAllocatePoolWithTag(PagedPool, 8, 'tseT'); }
void *unknown(POOL_TYPE Type) { return ExAllocatePoolWithTag(Type, 8, 'tseT'); }
