// RUN: %hvci_cl_x64 -Wno-everything -Xclang -verify -- %s
#include <ntddk.h>

int Ask(void);
typedef struct { POOL_TYPE Type; } CONFIG;
#define CHOOSE n ? NonPagedPool : NonPagedPoolNx
#define CHOOSE3 n == 1 ? NonPagedPool : n == 2 ? NonPagedPoolNx : PagedPool

void *equal(int n) { POOL_TYPE t = CHOOSE; if (t == NonPagedPool) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *equalElse(int n) { POOL_TYPE t = CHOOSE; if (t == NonPagedPool) return 0; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *notEqual(int n) { POOL_TYPE t = CHOOSE; if (NonPagedPool != t) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *mended(int n) { POOL_TYPE t = CHOOSE; if (t == NonPagedPool) t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *inExpression(int n) { POOL_TYPE t = CHOOSE; return ExAllocatePoolWithTag(t == NonPagedPool ? NonPagedPoolNx : t, 8, 'a'); }
void *inExpressionBad(int n) { POOL_TYPE t = CHOOSE3; return ExAllocatePoolWithTag(t != NonPagedPool ? PagedPool : t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't != NonPagedPool ? PagedPool : t'}} expected-note {{comes from here}}
void *parameter(POOL_TYPE t) { if (t == NonPagedPool) t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *parameterTested(POOL_TYPE t) { if (t == NonPagedPool) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *field(int n) { CONFIG c; c.Type = CHOOSE; if (c.Type == NonPagedPool) return 0; return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *masked(int n) { ULONG t = CHOOSE3; if (t & 512) return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); return 0; }
void *maskedNot(int n) { ULONG t = CHOOSE3; if (!(t & 512) && t != PagedPool) return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); return 0; } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE)t'}} expected-note {{comes from here}}
void *maskedEqual(int n) { ULONG t = CHOOSE3; if ((t & 513) == 0) return 0; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); }
void *truth(int n) { POOL_TYPE t = CHOOSE; if (t) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *untruth(int n) { POOL_TYPE t = CHOOSE; if (!t) t = PagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *twice(int n) { POOL_TYPE t = CHOOSE; if (!!t) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *expected(int n) { POOL_TYPE t = CHOOSE; if (__builtin_expect(t == NonPagedPool, 0)) return 0; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *expectedTruth(int n) { POOL_TYPE t = CHOOSE; if (__builtin_expect(!!(t), 1)) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *casted(int n) { POOL_TYPE t = CHOOSE; if ((ULONG)t == 0) return 0; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *widened(int n) { POOL_TYPE t = CHOOSE; if ((LONG64)t == 0) return 0; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *narrowed(int n) { POOL_TYPE t = CHOOSE; if ((UCHAR)t == 0) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *and(int n, int m) { POOL_TYPE t = CHOOSE; if (m && t != NonPagedPool) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *andElse(int n, int m) { POOL_TYPE t = CHOOSE; if (m && t == NonPagedPool) return 0; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *or(int n, int m) { POOL_TYPE t = CHOOSE; if (m || t == NonPagedPool) return 0; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *orThen(int n) { POOL_TYPE t = CHOOSE3; if (t == PagedPool || t == NonPagedPoolNx) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *notOr(int n, int m) { POOL_TYPE t = CHOOSE; if (!(m || t == NonPagedPool)) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *notAnd(int n) { POOL_TYPE t = CHOOSE3; if (!(t != PagedPool && t != NonPagedPoolNx)) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *nested(int n, int m) { POOL_TYPE t = CHOOSE3; if ((m || t == PagedPool) && (t == PagedPool || t == NonPagedPoolNx)) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *assigned(int n) { POOL_TYPE t; if ((t = CHOOSE) == NonPagedPool) return 0; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *loop(int n) { POOL_TYPE t = CHOOSE; while (t == NonPagedPool) t = Ask() ? NonPagedPool : PagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *doLoop(int n) { POOL_TYPE t; do t = Ask() ? NonPagedPool : PagedPool; while (t != PagedPool); return ExAllocatePoolWithTag(t, 8, 'a'); }
void *forLoop(int n) { for (POOL_TYPE t = CHOOSE; t != NonPagedPool;) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *other(int n, POOL_TYPE u) { POOL_TYPE t = CHOOSE; if (u == NonPagedPool) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *known(void) { POOL_TYPE t = NonPagedPool; if (t != NonPagedPool) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *knownFlag(void) { int flag = 0; POOL_TYPE t = NonPagedPoolNx; if (flag) t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 't'}} expected-note {{comes from here}}
void *elvis(int n) { POOL_TYPE t = CHOOSE; return ExAllocatePoolWithTag(t ?: PagedPool, 8, 'a'); }
