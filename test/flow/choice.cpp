// In C++ `c ? a : b` of two variables is a variable itself.
// RUN: %hvci_cl -Xclang -verify -- %s
#include <ntddk.h>

void *A(bool c) { POOL_TYPE t = NonPagedPool, u = PagedPool; return ExAllocatePoolWithTag(c ? t : u, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 'c ? t : u'}} expected-note {{comes from here}}
void *Fine(bool c) { POOL_TYPE t = NonPagedPoolNx, u = PagedPool; return ExAllocatePoolWithTag(c ? t : u, 8, 'a'); }
void *Same(POOL_TYPE t) { return ExAllocatePoolWithTag(t == PagedPool ? t : t, 8, 'a'); } // expected-note {{'Same' passes it to}}
void *use() { return Same(NonPagedPool); } // expected-warning {{'Same' allocates executable pool with 'NonPagedPool'}}
void *Escapes(bool c) { POOL_TYPE t = NonPagedPool, u = PagedPool; POOL_TYPE *p = &(c ? t : u); *p = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *Written(bool c) { POOL_TYPE t = NonPagedPool, u = NonPagedPool; (c ? t : u) = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
