// RUN: %hvci_cl_x64 -Xclang -verify -- %s
#include <ntddk.h>

int Next(void);
POOL_TYPE Any(void);

void *after(void) { POOL_TYPE t = NonPagedPoolNx; while (Next()) t = PagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *afterBad(void) { POOL_TYPE t = NonPagedPoolNx; while (Next()) t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void around(void) { POOL_TYPE t = NonPagedPoolNx; for (int i = 0; i < 3; i++) { ExAllocatePoolWithTag(t, 8, 'a'); t = NonPagedPool; } } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void before(void) { POOL_TYPE t = NonPagedPoolNx; for (;;) { ExAllocatePoolWithTag(t, 8, 'a'); if (Next()) { t = NonPagedPool; break; } } }
void counts(void) { ULONG t = 0; for (;;) { ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); t++; } }
void shifts(void) { ULONG t = 1; do { ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); t <<= 1; } while (Next()); }
void toggles(void) { ULONG t = 0; while (Next()) { ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); t ^= 512; } } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with '(POOL_TYPE)t'}} expected-note 2 {{comes from here}}
void swaps(void) { POOL_TYPE t = NonPagedPoolNx, u = PagedPool; while (Next()) { POOL_TYPE v = t; t = u; u = v; ExAllocatePoolWithTag(t, 8, 'a'); } }
void fresh(void) { while (Next()) { POOL_TYPE t = Any(); if (Next()) t = NonPagedPoolNx; ExAllocatePoolWithTag(t, 8, 'a'); } }
void sticks(POOL_TYPE t) { while (Next()) { t |= POOL_NX_ALLOCATION; ExAllocatePoolWithTag(t, 8, 'a'); } }
void drops(void) { POOL_TYPE t; do { t = NonPagedPoolNx; if (Next()) continue; ExAllocatePoolWithTag(t, 8, 'a'); t = NonPagedPool; } while (Next()); }
void *forever(void) { POOL_TYPE t = NonPagedPool; while (1) { if (Next()) { t = NonPagedPoolNx; break; } } return ExAllocatePoolWithTag(t, 8, 'a'); }
