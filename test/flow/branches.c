// RUN: %hvci_cl_x64 -Xclang -verify -- %s
#include <ntddk.h>

int Ask(void);

void *either(int n) { POOL_TYPE t; if (n) t = NonPagedPool; else t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *both(int n) { POOL_TYPE t; if (n) t = NonPagedPool; else t = NonPagedPoolMustSucceed; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note 2 {{comes from here}}
void *bothFine(int n) { POOL_TYPE t; if (n) t = PagedPool; else t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *overridden(int n) { POOL_TYPE t = NonPagedPool; if (n) t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *inside(int n) { POOL_TYPE t = NonPagedPool; if (n) { t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); } return 0; }
void *returned(int n) { POOL_TYPE t = NonPagedPool; if (n) { t = NonPagedPoolNx; } else return 0; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *perhapsUnset(int n) { POOL_TYPE t; if (n) t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *choose(int n) { POOL_TYPE t = n ? NonPagedPool : NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *chooseVariables(int n) { POOL_TYPE t = NonPagedPoolNx, u = PagedPool; return ExAllocatePoolWithTag(n ? t : u, 8, 'a'); }
void *chooseBad(int n) { POOL_TYPE t = NonPagedPool, u = PagedPool; return ExAllocatePoolWithTag(n ? t : u, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 'n ? t : u'}} expected-note {{comes from here}}
void *andOr(int a, int b) { POOL_TYPE t = NonPagedPool; if (a && (b || (t = NonPagedPoolNx))) t = PagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *jumps(int n) { POOL_TYPE t = NonPagedPool; if (n) goto nx; goto done; nx: t = NonPagedPoolNx; done: return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *jumpsOver(void) { POOL_TYPE t = NonPagedPoolNx; goto done; t = NonPagedPool; done: return ExAllocatePoolWithTag(t, 8, 'a'); }
void *computed(int n) { static void *const to[] = {&&a, &&b}; POOL_TYPE t = PagedPool; goto *to[n]; a: t = NonPagedPool; b: return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *many(int n) { POOL_TYPE t = PagedPool; if (n & 1) t = NonPagedPoolNx; if (n & 2) t |= POOL_COLD_ALLOCATION; if (n & 4) t |= POOL_QUOTA_FAIL_INSTEAD_OF_RAISE; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *widened(int n) { ULONG t = NonPagedPoolNx; if (n & 1) t |= 1024; if (n & 2) t |= 2048; if (n & 4) t |= 4096; if (n & 8) t |= 8192; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); }
