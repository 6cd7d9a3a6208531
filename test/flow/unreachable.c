// RUN: %hvci_cl_x64 -Xclang -verify -- %s
#include <ntddk.h>

__declspec(noreturn) void Stop(void);

void *never(void) { if (0) return ExAllocatePoolWithTag(NonPagedPool, 8, 'a'); return 0; }
void *neverVariable(void) { POOL_TYPE t = NonPagedPool; if (0) return ExAllocatePoolWithTag(t, 8, 'a'); return 0; }
void *size(void) { if (sizeof(void *) == 4) return ExAllocatePoolWithTag(NonPagedPool, 8, 'a'); return 0; }
void *sizeHere(void) { if (sizeof(void *) == 8) return ExAllocatePoolWithTag(NonPagedPool, 8, 'a'); return 0; } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'NonPagedPool'}}
void *chosen(void) { POOL_TYPE t = NonPagedPool; if (sizeof(void *) == 8) t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *behind(void) { return 0; return ExAllocatePoolWithTag(NonPagedPool, 8, 'a'); }
void *behindLoop(void) { while (1) Stop(); return ExAllocatePoolWithTag(NonPagedPool, 8, 'a'); }
void *stopped(void) { Stop(); return ExAllocatePoolWithTag(NonPagedPool, 8, 'a'); }
void *stoppedSome(int n) { POOL_TYPE t = NonPagedPoolNx; if (n) { t = NonPagedPool; Stop(); } return ExAllocatePoolWithTag(t, 8, 'a'); }
void *isConst(void) { const int n = 0; return n ? ExAllocatePoolWithTag(NonPagedPool, 8, 'a') : 0; }
void *label(int n) { if (0) { again: return ExAllocatePoolWithTag(NonPagedPool, 8, 'a'); } if (n) goto again; return 0; } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'NonPagedPool'}}
void *once(void) { do { if (sizeof(int) == 4) break; return ExAllocatePoolWithTag(NonPagedPool, 8, 'a'); } while (0); return 0; }
