// RUN: %hvci_cl_x64 -Wno-switch -Xclang -verify -- %s
#include <ntddk.h>

void *set(int n) { POOL_TYPE t; switch (n) { case 1: t = NonPagedPool; break; case 2: t = PagedPool; break; default: t = NonPagedPoolNx; } return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *setFine(int n) { POOL_TYPE t; switch (n) { case 1: t = NonPagedPoolNx; break; case 2: t = PagedPool; break; default: return 0; } return ExAllocatePoolWithTag(t, 8, 'a'); }
void *through(int n) { POOL_TYPE t = PagedPool; switch (n) { case 1: t = NonPagedPool; case 2: t |= POOL_NX_ALLOCATION; } return ExAllocatePoolWithTag(t, 8, 'a'); }
void *cases(int n) { POOL_TYPE t = n ? NonPagedPool : NonPagedPoolNx; switch (t) { case NonPagedPool: return 0; case NonPagedPoolNx: return ExAllocatePoolWithTag(t, 8, 'a'); default: return 0; } }
void *casesBad(int n) { POOL_TYPE t = n ? NonPagedPool : NonPagedPoolNx; switch (t) { case NonPagedPoolNx: return 0; default: return ExAllocatePoolWithTag(t, 8, 'a'); } } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *defaultFine(int n) { POOL_TYPE t = n ? NonPagedPool : NonPagedPoolNx; switch (t) { case NonPagedPool: return 0; default: return ExAllocatePoolWithTag(t, 8, 'a'); } }
void *noDefault(int n) { POOL_TYPE t = n ? NonPagedPool : NonPagedPoolNx; switch (t) { case NonPagedPool: return 0; } return ExAllocatePoolWithTag(t, 8, 'a'); }
void *stacked(int n) { POOL_TYPE t = n ? NonPagedPool : NonPagedPoolNx; switch (t) { case PagedPool: case NonPagedPool: t = NonPagedPoolNx; } return ExAllocatePoolWithTag(t, 8, 'a'); }
void *range(int n) { ULONG t = n ? 0 : 512; switch (t) { case 0 ... 4: return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); } return 0; } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with '(POOL_TYPE)t'}} expected-note {{comes from here}}
void *never(void) { POOL_TYPE t = NonPagedPoolNx; switch (t) { case NonPagedPool: return ExAllocatePoolWithTag(t, 8, 'a'); } return 0; }
void *inner(int n, int m) { POOL_TYPE t = NonPagedPool; switch (n) { case 1: switch (m) { case 0: t = PagedPool; } case 2: t |= POOL_NX_ALLOCATION; break; default: return 0; } return ExAllocatePoolWithTag(t, 8, 'a'); }
void duff(int n) { POOL_TYPE t = NonPagedPool; switch (n & 3) { do { case 0: t = NonPagedPoolNx; case 3: t |= POOL_COLD_ALLOCATION; case 2: case 1: ExAllocatePoolWithTag(t, 8, 'a'); } while (--n > 0); } } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note 2 {{comes from here}}
