// RUN: %hvci_cl_x64 /EHsc /std:c++17 -Xclang -verify -- %s
extern "C" {
#include <ntddk.h>
}

struct CONFIG { ULONG Size; POOL_TYPE Type; };
struct WITH_DEFAULT { ULONG Size; POOL_TYPE Type = NonPagedPool; }; // expected-note {{comes from here}}
struct DERIVED : CONFIG { POOL_TYPE Other; };
struct OWN { OWN(); POOL_TYPE Type; POOL_TYPE get() const; void set(); };
constexpr CONFIG Fixed{8, NonPagedPool}; // expected-note {{comes from here}}
constexpr POOL_TYPE choose(bool nx) { return nx ? NonPagedPoolNx : NonPagedPool; }
enum class Kind : int { Bad = NonPagedPool, Good = NonPagedPoolNx };
void fill(POOL_TYPE &t);
void look(const POOL_TYPE &t);
POOL_TYPE Global;

void *bound() { POOL_TYPE t = NonPagedPoolNx; POOL_TYPE &r = t; r = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *boundRead() { POOL_TYPE t = NonPagedPool; const POOL_TYPE &r = t; t = NonPagedPoolNx; return ExAllocatePoolWithTag(r, 8, 'a'); }
void *boundParameter(POOL_TYPE t) { auto &r = t; r = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *boundField() { CONFIG c{}; auto &r = c.Type; r = NonPagedPool; c.Size = 512; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *boundTwice() { POOL_TYPE t = NonPagedPoolNx; auto &r = t; auto &&s = r; s = NonPagedPool; return ExAllocatePoolWithTag(r, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'r'}} expected-note {{comes from here}}
void *boundEither(bool n) { POOL_TYPE t = NonPagedPool, u = t; auto &r = n ? t : u; r = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *boundGlobal() { POOL_TYPE &t = Global; t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *filled() { POOL_TYPE t = NonPagedPool; fill(t); return ExAllocatePoolWithTag(t, 8, 'a'); }
void *looked() { POOL_TYPE t = NonPagedPool; look(t); return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *referred(POOL_TYPE &t) { t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); }
void *unpacked() { CONFIG c{8, NonPagedPool}; auto &[s, t] = c; t = NonPagedPoolNx; return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *unpackedCopy() { CONFIG c{8, NonPagedPool}; auto [s, t] = c; t = NonPagedPoolNx; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *braces() { POOL_TYPE t{NonPagedPool}; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *noBraces() { POOL_TYPE t{}; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}}
void *empty() { CONFIG c{}; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}}
void *emptyValue() { CONFIG c = CONFIG(); return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}}
void *copied() { CONFIG a{8, NonPagedPool}, b(a), c; c = b; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *copiedThenSet() { CONFIG a{8, NonPagedPoolNx}, b = a; a.Type = NonPagedPool; return ExAllocatePoolWithTag(b.Type, 8, 'a'); }
void *byDefault() { WITH_DEFAULT c; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}}
void *byDefaultThenSet() { WITH_DEFAULT c; c.Type = NonPagedPoolNx; return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *inBase() { DERIVED d; d.Other = NonPagedPoolNx; d.Type = NonPagedPool; return ExAllocatePoolWithTag(d.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'd.Type'}} expected-note {{comes from here}}
void *inBaseList() { DERIVED d{{8, NonPagedPool}, NonPagedPoolNx}; return ExAllocatePoolWithTag(d.Other, 8, 'a'); }
void *constructed() { OWN c; return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *constructedThenSet() { OWN c; c.Type = NonPagedPool; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *asked() { OWN c; c.Type = NonPagedPool; (void)c.get(); return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *changed() { OWN c; c.Type = NonPagedPool; c.set(); return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *fixed() { return ExAllocatePoolWithTag(Fixed.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'Fixed.Type'}}
void *computed() { constexpr POOL_TYPE t = choose(false); return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *computedFine() { auto t = choose(true); return ExAllocatePoolWithTag(t, 8, 'a'); }
void *scoped() { Kind k = Kind::Bad; return ExAllocatePoolWithTag(static_cast<POOL_TYPE>(k), 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'static_cast<POOL_TYPE>(k)'}} expected-note {{comes from here}}
void *scopedFine() { Kind k = Kind::Bad; k = Kind::Good; return ExAllocatePoolWithTag((POOL_TYPE)k, 8, 'a'); }
void *reinterpreted() { int t = 0; reinterpret_cast<POOL_TYPE &>(t) = NonPagedPoolNx; return ExAllocatePoolWithTag((POOL_TYPE)t, 8, 'a'); }
void *caught(int n) { POOL_TYPE t = NonPagedPoolNx; try { t = NonPagedPool; if (n) throw 1; look(t); t = NonPagedPoolNx; } catch (...) { return ExAllocatePoolWithTag(t, 8, 'a'); } return 0; } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
template <POOL_TYPE T> void *byTemplate() { POOL_TYPE t = T; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
template void *byTemplate<NonPagedPool>();
template void *byTemplate<NonPagedPoolNx>();
struct MAKER { MAKER(POOL_TYPE t) : p(ExAllocatePoolWithTag(t = NonPagedPool, 8, 'a')) {} void *p; }; // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't = NonPagedPool'}}
struct MAKER_FINE { MAKER_FINE(POOL_TYPE t) : p(ExAllocatePoolWithTag(t, 8, 'a')) { t = NonPagedPool; } void *p; };
