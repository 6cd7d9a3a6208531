// RUN: %hvci_cl_x64 -Xclang -verify -- %s
extern "C" {
#include <ntddk.h>
}

void byCopy() { POOL_TYPE t = NonPagedPool; auto f = [t] { return ExAllocatePoolWithTag(t, 8, 'a'); }; f(); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void byCopyDefault() { POOL_TYPE t = NonPagedPool; auto f = [=] { return ExAllocatePoolWithTag(t, 8, 'a'); }; f(); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void byCopyFine() { POOL_TYPE t = NonPagedPoolNx; auto f = [=] { return ExAllocatePoolWithTag(t, 8, 'a'); }; t = NonPagedPool; f(); }
void byCopyLate() { POOL_TYPE t = NonPagedPoolNx; t = NonPagedPool; auto f = [=] { return ExAllocatePoolWithTag(t, 8, 'a'); }; f(); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void byReference() { POOL_TYPE t = NonPagedPool; auto f = [&] { return ExAllocatePoolWithTag(t, 8, 'a'); }; t = NonPagedPoolNx; f(); }
void *changed() { POOL_TYPE t = NonPagedPool; auto f = [&] { t = NonPagedPoolNx; }; f(); return ExAllocatePoolWithTag(t, 8, 'a'); }
void *changedCopy() { POOL_TYPE t = NonPagedPool; auto f = [t]() mutable { t = NonPagedPoolNx; }; f(); return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void changedInside() { POOL_TYPE t = NonPagedPool; auto f = [t]() mutable { t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }; f(); }
void changesLater() { POOL_TYPE t = NonPagedPoolNx; auto f = [t]() mutable { auto p = ExAllocatePoolWithTag(t, 8, 'a'); t = NonPagedPool; return p; }; f(); f(); }
void renamed() { POOL_TYPE t = NonPagedPoolNx; auto f = [u = t] { return ExAllocatePoolWithTag(u, 8, 'a'); }; f(); }
void nested() { POOL_TYPE t = NonPagedPool; auto f = [t] { auto g = [t] { return ExAllocatePoolWithTag(t, 8, 'a'); }; return g(); }; f(); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void passed(POOL_TYPE t) { auto f = [t](POOL_TYPE u, bool n) { return ExAllocatePoolWithTag(n ? t : u, 8, 'a'); }; f(t, true); }
void inside() { auto f = [] { POOL_TYPE t = NonPagedPoolNx; t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }; f(); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void tested(bool n) { POOL_TYPE t = n ? NonPagedPool : NonPagedPoolNx; auto f = [t] { if (t == NonPagedPool) return (void *)0; return (void *)ExAllocatePoolWithTag(t, 8, 'a'); }; f(); }
