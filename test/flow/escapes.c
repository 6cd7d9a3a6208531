// RUN: %hvci_cl_x64 -Xclang -verify -- %s
#include <ntddk.h>

void *memset(void *, int, size_t);

typedef struct { ULONG Size; POOL_TYPE Type; ULONG Array[2]; } CONFIG;
void Fill(void *Where);
void FillConst(const POOL_TYPE *Where);

void *address(void) { POOL_TYPE t = NonPagedPool; Fill(&t); return ExAllocatePoolWithTag(t, 8, 'a'); }
void *addressLater(void) { POOL_TYPE t = NonPagedPool; void *p = ExAllocatePoolWithTag(t, 8, 'a'); Fill(&t); return p; }
void *addressConst(void) { POOL_TYPE t = NonPagedPool; FillConst(&t); return ExAllocatePoolWithTag(t, 8, 'a'); }
void *addressKept(void) { POOL_TYPE t = NonPagedPool, *p = &t; *p = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *ofStruct(void) { CONFIG c = {8, NonPagedPool}; Fill(&c); return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *ofField(void) { CONFIG c = {8, NonPagedPool}; Fill(&c.Type); return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *ofOtherField(void) { CONFIG c = {8, NonPagedPool}; Fill(&c.Size); return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *decayed(void) { CONFIG c = {8, NonPagedPool}; Fill(c.Array); return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *ofElement(void) { CONFIG c = {8, NonPagedPool}; Fill(&c.Array[1]); return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *ofParameter(POOL_TYPE t) { t = NonPagedPool; Fill(&t); return ExAllocatePoolWithTag(t, 8, 'a'); }
void *isVolatile(void) { volatile POOL_TYPE t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *isStatic(void) { static POOL_TYPE t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *isStaticConst(void) { static const POOL_TYPE t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *isElement(void) { POOL_TYPE t[2] = {NonPagedPool, NonPagedPool}; return ExAllocatePoolWithTag(t[1], 8, 'a'); }
void *assembled(void) { int t = NonPagedPool; __asm__("" : "=r"(t)); return ExAllocatePoolWithTag(t, 8, 'a'); }
void *assembledInput(void) { int t = NonPagedPool; __asm__("" : : "r"(t)); return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *size(void) { POOL_TYPE t = NonPagedPool; return ExAllocatePoolWithTag(t, sizeof(t) + sizeof(&t), 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *typed(void) { POOL_TYPE t = NonPagedPool; __typeof__(&t) p = 0; return p ? 0 : ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *selected(void) { POOL_TYPE t = NonPagedPool; return ExAllocatePoolWithTag(_Generic(&t, char *: PagedPool, default: NonPagedPool), 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '_Generic(&t, char *: PagedPool, default: NonPagedPool)'}}
void *cast(void) { POOL_TYPE t = NonPagedPool; *(ULONG *)&t = 512; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *zeroed(void) { POOL_TYPE t = NonPagedPoolNx; memset(&t, 0, sizeof t); return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}}
void *zeroedThenSet(void) { POOL_TYPE t; RtlZeroMemory((PVOID)&t, sizeof(POOL_TYPE)); t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *zeroedSome(ULONG n) { POOL_TYPE t = NonPagedPool; RtlZeroMemory(&t, n); return ExAllocatePoolWithTag(t, 8, 'a'); }
