// The driver's own allocation functions, in the language's and other forms.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /std:c++20 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

void *operator new(size_t Size, POOL_TYPE Type) { return ExAllocatePoolWithTag(Type, Size, 'tseT'); }
void *operator new(size_t Size, POOL_TYPE Type, ULONG Tag) { return ExAllocatePoolWithTag(Type, Size, Tag); }
void *operator new[](size_t Size, POOL_TYPE Type, ULONG Tag) { return ExAllocatePoolWithTag(Type, Size, Tag); }
void *operator new(size_t Size, ULONG Tag, POOL_TYPE Type) { return ExAllocatePoolWithTag(Type, Size, Tag); }
void *operator new(size_t, void *Where) { return Where; }
// Adds the flag: the body says more than the row of the shape.
void *operator new(size_t Size, POOL_TYPE Type, int, int) {
  return ExAllocatePoolWithTag((POOL_TYPE)(Type | POOL_NX_ALLOCATION), Size, 'tseT');
}
// Elsewhere defined: the row of the shape is all that is known.
void *operator new(size_t, POOL_TYPE, PDEVICE_OBJECT);
void operator delete(void *) noexcept;
void operator delete(void *, size_t) noexcept;

struct Thing {
  Thing(int Value = 0) : Value(Value) {}
  int Value;
};
void forms(void *Where, POOL_TYPE Type, PDEVICE_OBJECT Device) {
  new (NonPagedPool) Thing; // expected-warning {{'operator new(POOL_TYPE)' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  new (NonPagedPoolNx) Thing;
  new (NonPagedPool, 'tseT') Thing(7); // expected-warning {{'operator new(POOL_TYPE)' allocates executable pool with 'NonPagedPool'}}
  new (PagedPool, 'tseT') Thing(7);
  new (NonPagedPool, 'tseT') Thing[4]; // expected-warning {{'operator new[](POOL_TYPE)' allocates executable pool with 'NonPagedPool'}}
  new (NonPagedPoolNx, 'tseT') Thing[4];
  new ((ULONG)'tseT', NonPagedPool) Thing; // expected-warning {{'operator new' allocates executable pool with 'NonPagedPool'}}
  new ((ULONG)'tseT', NonPagedPoolNx) Thing;
  new (NonPagedPool, 1, 2) Thing;
  new (NonPagedPool, Device) Thing; // expected-warning {{'operator new(POOL_TYPE)' allocates executable pool}}
  new (NonPagedPoolNx, Device) Thing;
  new (Where) Thing(NonPagedPool);
  new (Type) Thing;
  ::operator new(8, NonPagedPool, 'tseT'); // expected-warning {{'operator new(POOL_TYPE)' allocates executable pool}}
  ::operator new(8, NonPagedPool, 1, 2);
}

// A class's own.
struct Pooled {
  void *operator new(size_t Size, POOL_TYPE Type) { return ExAllocatePoolWithTag(Type, Size, 'tseT'); }
  void *operator new[](size_t Size, POOL_TYPE Type) { return ExAllocatePoolWithTag(Type, Size, 'tseT'); }
  void *operator new(size_t Size) { return ExAllocatePoolWithTag(NonPagedPoolNx, Size, 'tseT'); }
  void operator delete(void *);
  void operator delete(void *, POOL_TYPE);
  void operator delete[](void *);
  int Value;
};
struct Safe {
  void *operator new(size_t Size, POOL_TYPE) { return ExAllocatePoolWithTag(NonPagedPoolNx, Size, 'tseT'); }
  void operator delete(void *);
};
struct Always {
  void *operator new(size_t Size) { return ExAllocatePoolWithTag(NonPagedPool, Size, 'tseT'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  void operator delete(void *);
};
void members() {
  new (NonPagedPool) Pooled; // expected-warning {{'operator new(POOL_TYPE)' allocates executable pool}}
  new (NonPagedPoolNx) Pooled;
  new (NonPagedPool) Pooled[2]; // expected-warning {{'operator new[](POOL_TYPE)' allocates executable pool}}
  new Pooled;
  new (NonPagedPool) Safe;
  new Always;
}

// A wrapper of a new-expression.
template <class T> T *Create(POOL_TYPE Type) { return new (Type, 'tseT') T; }
static Thing *CreateThing(POOL_TYPE Type) { return new (Type) Thing(3); }
void wrappers() {
  CreateThing(NonPagedPool); // expected-warning {{'CreateThing' allocates executable pool with 'NonPagedPool'}}
  CreateThing(PagedPool);
  Create<Thing>(NonPagedPool); // expected-warning {{allocates executable pool with 'NonPagedPool'}}
  Create<Thing>(NonPagedPoolNx);
}
