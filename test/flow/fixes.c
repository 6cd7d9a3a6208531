// The constant that is assigned is edited where it serves one argument alone.
// RUN: cp %s %t.c
// RUN: %hvci_cl_x64 -Xclang -fixit -- %t.c 2>&1 || true
// RUN: FileCheck %s --input-file %t.c --match-full-lines --strict-whitespace
#include <ntddk.h>

typedef struct { POOL_TYPE Type; } CONFIG;
int Ask(void);

// CHECK:void *once(void) { POOL_TYPE t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *once(void) { POOL_TYPE t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
// CHECK:void *assigned(void) { POOL_TYPE t; t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *assigned(void) { POOL_TYPE t; t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
// CHECK:void twice(void) { POOL_TYPE t = NonPagedPool; ExAllocatePoolWithTag(t, 8, 'a'); ExAllocatePoolWithTag(t, 8, 'b'); }
void twice(void) { POOL_TYPE t = NonPagedPool; ExAllocatePoolWithTag(t, 8, 'a'); ExAllocatePoolWithTag(t, 8, 'b'); }
// CHECK:int tested(void) { POOL_TYPE t = NonPagedPool; ExAllocatePoolWithTag(t, 8, 'a'); return t == NonPagedPool; }
int tested(void) { POOL_TYPE t = NonPagedPool; ExAllocatePoolWithTag(t, 8, 'a'); return t == NonPagedPool; }
// CHECK:void *again(void) { POOL_TYPE t = PagedPool; t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *again(void) { POOL_TYPE t = PagedPool; t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
// CHECK:void *chain(void) { POOL_TYPE t = NonPagedPool, u = t; return ExAllocatePoolWithTag(u, 8, 'a'); }
void *chain(void) { POOL_TYPE t = NonPagedPool, u = t; return ExAllocatePoolWithTag(u, 8, 'a'); }
// CHECK:void *chosen(void) { POOL_TYPE t = Ask() ? NonPagedPool : PagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *chosen(void) { POOL_TYPE t = Ask() ? NonPagedPool : PagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
// CHECK:void *field(void) { CONFIG c = {NonPagedPool}; return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *field(void) { CONFIG c = {NonPagedPool}; return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
// CHECK:void *direct(void) { POOL_TYPE t; return ExAllocatePoolWithTag(t = NonPagedPoolNx, 8, 'a'); }
void *direct(void) { POOL_TYPE t; return ExAllocatePoolWithTag(t = NonPagedPool, 8, 'a'); }
