// How a pool type may be made: every way that the compiler folds, and the ways
// that leave it open.
// RUN: %hvci_cl -Xclang -verify -- %s
#include <ntddk.h>

enum { MyPool = NonPagedPool };                                // expected-note {{the value of 'MyPool' comes from here}}
#define ALLOC(Type) ExAllocatePoolWithTag(Type, 8, 'tseT')
#define NX(Type) ((Type) | POOL_NX_ALLOCATION)

void known(int Flag, POOL_TYPE Type, PVOID *Out) {
  Out[0] = ALLOC(NonPagedPool | POOL_COLD_ALLOCATION);         // expected-warning {{allocates executable pool}}
  Out[1] = ALLOC(NonPagedPool | 8);                            // expected-warning {{allocates executable pool}}
  Out[2] = ALLOC((POOL_TYPE)0);                                // expected-warning {{allocates executable pool with '(POOL_TYPE)0'}}
  Out[3] = ALLOC(NonPagedPoolCacheAligned);                    // expected-warning {{use NonPagedPoolNxCacheAligned}}
  Out[4] = ALLOC(NonPagedPoolSession);                         // expected-warning {{use NonPagedPoolSessionNx}}
  Out[5] = ALLOC(NonPagedPoolMustSucceed);                     // expected-warning {{use NonPagedPoolNx}}
  Out[6] = ALLOC(MyPool);                                      // expected-warning {{with 'MyPool'}}
  Out[7] = ALLOC(NonPagedPoolExecute);                         // expected-warning {{with 'NonPagedPoolExecute'}}
  Out[8] = ALLOC(NonPagedPoolNx & ~POOL_NX_ALLOCATION);        // expected-warning {{allocates executable pool}}
  Out[9] = ALLOC(sizeof(int) == 4 ? NonPagedPool : PagedPool); // expected-warning {{allocates executable pool}}
  Out[10] = ALLOC(Type & ~(PagedPool | POOL_NX_ALLOCATION));   // expected-warning {{allocates executable pool}}
  Out[11] = ALLOC((Flag++, NonPagedPool));                     // expected-warning {{allocates executable pool}}
}

void alternatives(int Flag, POOL_TYPE Type, PVOID *Out) {
  Out[0] = ALLOC(Flag ? NonPagedPool : PagedPool);             // expected-warning {{may allocate executable pool}}
  Out[1] = ALLOC(Flag ? NonPagedPool : NonPagedPoolExecute);   // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  Out[2] = ALLOC((Flag ? NonPagedPool : Type) | 8);            // expected-warning {{may allocate executable pool}}
  Out[3] = ALLOC(Flag ? PagedPool : NonPagedPoolNx);
  Out[4] = ALLOC((Flag ? NonPagedPool : PagedPool) | 512);
}

void safe(int Flag, POOL_TYPE Type, PVOID *Out) {
  Out[0] = ALLOC(NonPagedPoolNx | POOL_COLD_ALLOCATION);
  Out[1] = ALLOC(NonPagedPool | POOL_NX_ALLOCATION);
  Out[2] = ALLOC(NonPagedPool + POOL_NX_ALLOCATION);
  Out[3] = ALLOC((POOL_TYPE)(NonPagedPoolNx | 16));
  Out[4] = ALLOC(NX(Type));
  Out[5] = ALLOC(Type | PagedPool);
  Out[6] = ALLOC(Flag ? PagedPool : PagedPoolCacheAligned);
}

void unknown(int Flag, POOL_TYPE Type, POOL_TYPE *Types, PVOID *Out) {
  Out[0] = ALLOC(Type);
  Out[1] = ALLOC(Type | POOL_COLD_ALLOCATION);
  Out[2] = ALLOC(Types[Flag]);
  Out[3] = ALLOC((POOL_TYPE)Flag);
  Out[4] = ALLOC(Type == NonPagedPool ? Type : PagedPool);
  Out[5] = ALLOC((POOL_TYPE)(1 << Flag));
  Out[6] = ALLOC((POOL_TYPE)(1 / Flag));
}
