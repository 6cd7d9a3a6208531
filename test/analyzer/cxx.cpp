// C++: members, references, operator new, constructors.
// RUN: %hvci_analyze -Xclang -analyzer-output=plist -o %t.plist -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
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
