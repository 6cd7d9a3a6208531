// C++: members, references, operator new, constructors.
// RUN: %hvci_analyze -Xclang -analyzer-disable-checker=core -Xclang -analyzer-output=plist -o %t.plist -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>
void *operator new(size_t Size, POOL_TYPE Type);
struct Pool {
  POOL_TYPE Type;
  explicit Pool(POOL_TYPE t) : Type(t) {}
  PVOID allocate() { return ExAllocatePoolWithTag(Type, 8, 'tseT'); } // expected-warning {{with 'Type'}}
  PVOID fixed() { return ExAllocatePoolWithTag(Type, 8, 'tseT'); }
};
PVOID bad() { Pool p(NonPagedPool); return p.allocate(); }
PVOID good() { Pool p(NonPagedPoolNx); return p.fixed(); }
static void set(POOL_TYPE &t) { t = NonPagedPool; }
PVOID reference() { POOL_TYPE t = PagedPool; set(t); return ExAllocatePoolWithTag(t, 8, 'tseT'); } // expected-warning {{with 't'}}
int *placed() { POOL_TYPE t; set(t); return new (t) int; } // expected-warning {{with 't'}}
int *placedGood() { POOL_TYPE t = PagedPool; return new (t) int; }

// A virtual call may end elsewhere: what is passed to it is not judged, unless it
// is known where. What the function does itself is.
struct Base {
  virtual PVOID allocate(POOL_TYPE t) { return ExAllocatePoolWithTag(t, 8, 'tseT'); }
  virtual PVOID own() { POOL_TYPE t; set(t); return ExAllocatePoolWithTag(t, 8, 'tseT'); } // expected-warning {{with 't'}}
};
struct Nx : Base {
  PVOID allocate(POOL_TYPE t) override { return ExAllocatePoolWithTag((POOL_TYPE)(t | POOL_NX_ALLOCATION), 8, 'tseT'); }
};
PVOID guessed(Base *b) { return b->allocate(NonPagedPool); }
PVOID guessedOwn(Base *b) { return b->own(); }
PVOID sure() { Base b; return b.allocate(NonPagedPool); } // expected-warning {{'Base::allocate' allocates executable pool with 'NonPagedPool'}}
PVOID sureGood() { Nx n; Base *b = &n; return b->allocate(NonPagedPool); }

// Templates, lambdas, conversions, initialisers of members.
template <typename T> struct Holder { T Value; Holder(T v) : Value(v) {} T get() const { return Value; } };
PVOID held() { Holder<POOL_TYPE> h(NonPagedPool); return ExAllocatePoolWithTag(h.get(), 8, 'tseT'); } // expected-warning {{with 'h.get()'}}
PVOID heldGood() { Holder<POOL_TYPE> h(NonPagedPoolNx); return ExAllocatePoolWithTag(h.get(), 8, 'tseT'); }
// A template's argument has no value for Clang where it is passed on.
template <POOL_TYPE T> struct Fixed { static PVOID make(int x) { Holder<POOL_TYPE> h(T); if (x) h.Value = PagedPool; return ExAllocatePoolWithTag(h.Value, 8, 'tseT'); } };
PVOID fixed(int x) { return Fixed<NonPagedPool>::make(x); }
template <POOL_TYPE T> struct Direct { static PVOID make(int x) { POOL_TYPE t = T; if (x) t = PagedPool; return ExAllocatePoolWithTag(t, 8, 'tseT'); } }; // expected-warning {{with 't'}}
PVOID direct(int x) { return Direct<NonPagedPool>::make(x); }
PVOID directGood(int x) { return Direct<NonPagedPoolNx>::make(x); }
PVOID lambda(int x) { POOL_TYPE t = PagedPool; auto pick = [&](int n) { if (n) t = NonPagedPool; }; pick(x); return ExAllocatePoolWithTag(t, 8, 'tseT'); } // expected-warning {{with 't'}}
PVOID lambdaGood() { POOL_TYPE t = PagedPool; auto pick = [&](int n) { if (n) t = NonPagedPool; }; pick(0); return ExAllocatePoolWithTag(t, 8, 'tseT'); }
struct Derived : Pool { Derived(int x) : Pool(x ? NonPagedPool : PagedPool) {} PVOID make() { return ExAllocatePoolWithTag(Type, 8, 'tseT'); } }; // expected-warning {{with 'Type'}}
PVOID derived(int x) { Derived d(x); return d.make(); }
struct Scope { POOL_TYPE &Ref; ~Scope() { Ref = NonPagedPool; } };
PVOID destroyed() { POOL_TYPE t = PagedPool; { Scope s{t}; } return ExAllocatePoolWithTag(t, 8, 'tseT'); } // expected-warning {{with 't'}}
PVOID alive() { POOL_TYPE t = PagedPool; Scope s{t}; return ExAllocatePoolWithTag(t, 8, 'tseT'); }
struct Default { POOL_TYPE Type = NonPagedPool; };
PVOID byDefault() { Default d, *p = &d; return ExAllocatePoolWithTag(p->Type, 8, 'tseT'); } // expected-warning {{with 'p->Type'}}
struct Converts { operator POOL_TYPE() const { return NonPagedPool; } };
PVOID converted() { Converts c; return ExAllocatePoolWithTag(c, 8, 'tseT'); } // expected-warning {{with 'c'}}
PVOID elements() { POOL_TYPE ts[] = {PagedPool, NonPagedPool}; PVOID p = nullptr; for (POOL_TYPE t : ts) p = ExAllocatePoolWithTag(t, 8, 'tseT'); return p; } // expected-warning {{with 't'}}
struct Ops { PVOID (*Alloc)(POOL_TYPE); };
static PVOID wrap(POOL_TYPE t) { return ExAllocatePoolWithTag(t, 8, 'tseT'); }
static constexpr Ops Table[2] = {{nullptr}, {wrap}};
PVOID table() { const Ops *o = &Table[1]; return o->Alloc(NonPagedPool); } // expected-warning {{'wrap' allocates executable pool}}
PVOID tableGood() { const Ops *o = &Table[1]; return o->Alloc(NonPagedPoolNx); }
struct Patch { void *Code; };
void called(Patch *p) { p->Code = new (NonPagedPoolNx) char[8]; ((void (*)())p->Code)(); } // expected-warning {{data called as code: memory from 'operator new'}}
