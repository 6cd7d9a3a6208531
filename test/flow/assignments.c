// RUN: %hvci_cl_x64 -Xclang -verify -- %s
// RUN: %hvci_cl_x86 -Xclang -verify -- %s
// RUN: %hvci_cl_arm64 /DPOOL_NX_OPTOUT=1 -Xclang -verify -- %s
#include <ntddk.h>

typedef enum { MyPool = NonPagedPool, MyPoolNx = NonPagedPoolNx } MY_POOL;
typedef POOL_TYPE KIND;
POOL_TYPE Any(void);

void *initialised(void) { POOL_TYPE t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *assigned(void) { POOL_TYPE t; t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *fine(void) { POOL_TYPE t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *last(void) { POOL_TYPE t = NonPagedPool; t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *lastBad(void) { POOL_TYPE t = NonPagedPoolNx; t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *later(void) { POOL_TYPE t = NonPagedPoolNx; void *p = ExAllocatePoolWithTag(t, 8, 'a'); t = NonPagedPool; return p; }
void *copied(void) { POOL_TYPE t = NonPagedPool, u = t, v; v = u; return ExAllocatePoolWithTag(v, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'v'}} expected-note {{comes from here}}
void *copiedBefore(void) { POOL_TYPE t = NonPagedPoolNx, u = t; t = NonPagedPool; return ExAllocatePoolWithTag(u, 8, 'a'); }
void *orIn(void) { ULONG t = NonPagedPool; t |= POOL_NX_ALLOCATION; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); }
void *orOther(void) { ULONG t = NonPagedPool; t |= POOL_COLD_ALLOCATION; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE)t'}} expected-note 2 {{comes from here}}
void *andAway(void) { ULONG t = NonPagedPoolNx; t &= ~POOL_NX_ALLOCATION; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE)t'}} expected-note 2 {{comes from here}}
void *xorIn(void) { ULONG t = NonPagedPool; t ^= NonPagedPoolNx; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); }
void *xorAway(void) { ULONG t = NonPagedPoolNx; t ^= 512; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE)t'}} expected-note 2 {{comes from here}}
void *add(void) { ULONG t = 256; t += 256; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); }
void *subtract(void) { ULONG t = 512; t -= 512; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE)t'}} expected-note 2 {{comes from here}}
void *left(void) { ULONG t = 1; t <<= 9; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); }
void *right(void) { ULONG t = 512; t >>= 3; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE)t'}} expected-note 2 {{comes from here}}
void *divide(void) { ULONG t = 512; t /= 2; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); }
void *up(void) { ULONG t = 511; t++; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); }
void *down(void) { ULONG t = 513; return ExAllocatePoolWithTag((POOL_TYPE)--t, 8, 'a'); }
void *downThen(void) { ULONG t = 512; return ExAllocatePoolWithTag((POOL_TYPE)t--, 8, 'a'); }
void *downTwice(void) { ULONG t = 2; t--, --t; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE)t'}} expected-note {{comes from here}}
void *valueOf(void) { POOL_TYPE t; return ExAllocatePoolWithTag(t = NonPagedPool, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't = NonPagedPool'}}
void *valueOfFine(void) { POOL_TYPE t = NonPagedPool; return ExAllocatePoolWithTag(t = NonPagedPoolNx, 8, 'a'); }
void *valueOfOr(void) { int t = NonPagedPool; return ExAllocatePoolWithTag(t |= POOL_NX_ALLOCATION, 8, 'a'); }
void *chain(void) { POOL_TYPE t, u; t = u = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *comma(void) { POOL_TYPE t; return ExAllocatePoolWithTag((t = NonPagedPool, t), 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(t = NonPagedPool, t)'}} expected-note {{comes from here}}
void *casts(void) { UCHAR t = (UCHAR)(ULONG64)(MY_POOL)NonPagedPool; return ExAllocatePoolWithTag((POOL_TYPE)(KIND)t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE)(KIND)t'}} expected-note {{comes from here}}
void *narrowed(void) { UCHAR t = (UCHAR)NonPagedPoolNx; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE)t'}} expected-note {{comes from here}}
void *own(void) { MY_POOL t = MyPool; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE)t'}} expected-note {{comes from here}}
void *ownFine(void) { MY_POOL t = MyPoolNx; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); }
void *called(void) { POOL_TYPE t = Any(); return ExAllocatePoolWithTag(t, 8, 'a'); }
void *passed(POOL_TYPE t) { return ExAllocatePoolWithTag(t, 8, 'a'); }
void *passedAndSet(POOL_TYPE t) { t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *passedOr(POOL_TYPE t) { t |= POOL_NX_ALLOCATION; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *notInitialised(void) { POOL_TYPE t; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *itself(void) { POOL_TYPE t = t; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *statements(void) { return ExAllocatePoolWithTag(({ POOL_TYPE t = NonPagedPool; t |= POOL_NX_ALLOCATION; t; }), 8, 'a'); }
void *statementsBad(void) { return ExAllocatePoolWithTag(({ POOL_TYPE t = NonPagedPool; t; }), 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '({ POOL_TYPE t = NonPagedPool; t; })'}} expected-note {{comes from here}}
void *localConst(int n) { const POOL_TYPE t = n ? NonPagedPool : PagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void unreferenced(void) { POOL_TYPE t = NonPagedPool; (void)t; UNREFERENCED_PARAMETER(t); ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
