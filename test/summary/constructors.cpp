// Constructors: their initialisers, their callers, and what they hand on.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_cl /std:c++20 -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

class Buffer {
public:
  explicit Buffer(POOL_TYPE Type) : Data(ExAllocatePool(Type, 1)) {} // expected-note 9 {{'Buffer' passes it to 'ExAllocatePool' here}}
  Buffer(POOL_TYPE Type, SIZE_T Size) : Buffer(Type) { UNREFERENCED_PARAMETER(Size); } // expected-note {{'Buffer' passes it to 'Buffer' here}}
  Buffer() : Data(ExAllocatePool(NonPagedPool, 1)) {} // expected-warning {{'ExAllocatePool' allocates executable pool with 'NonPagedPool'}}
  Buffer(const Buffer &) = delete;
  ~Buffer() { ExFreePool(Data); }

private:
  PVOID Data;
};

void objects(POOL_TYPE Type) {
  Buffer Executable(NonPagedPool); // expected-warning {{'Buffer' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  Buffer Braces{NonPagedPool};     // expected-warning {{'Buffer' allocates executable pool with 'NonPagedPool'}}
  Buffer Nx(NonPagedPoolNx);
  Buffer Unknown(Type);
  Buffer Sized(NonPagedPool, 8); // expected-warning {{'Buffer' allocates executable pool with 'NonPagedPool'}}
  Buffer SizedNx(NonPagedPoolNx, 8);
  Buffer Default;
  (void)Buffer(NonPagedPool); // expected-warning {{'Buffer' allocates executable pool with 'NonPagedPool'}}
}
static Buffer Global(NonPagedPool); // expected-warning {{'Buffer' allocates executable pool with 'NonPagedPool'}}
static Buffer GlobalNx(NonPagedPoolNx);

class Derived : public Buffer {
public:
  explicit Derived(POOL_TYPE Type) : Buffer(Type), Second(PagedPool) {} // expected-note {{'Derived' passes it to 'Buffer' here}}
  Derived() : Buffer(NonPagedPoolNx), Second(NonPagedPool) {} // expected-warning {{'Buffer' allocates executable pool with 'NonPagedPool'}}

private:
  Buffer Second;
};
class Inheriting : public Buffer {
  using Buffer::Buffer;
};
class Member {
  Buffer Inside{NonPagedPool}; // expected-warning {{'Buffer' allocates executable pool with 'NonPagedPool'}}
  Buffer InsideNx{NonPagedPoolNx};
};
void derived() {
  Derived Executable(NonPagedPool); // expected-warning {{'Derived' allocates executable pool with 'NonPagedPool'}}
  Derived Nx(NonPagedPoolNx);
  Inheriting Inherited(NonPagedPool); // expected-warning {{'Buffer' allocates executable pool with 'NonPagedPool'}}
  Inheriting InheritedNx(NonPagedPoolNx);
  Member Holder;
}

// In the body, and by a conversion.
struct Implicit {
  Implicit(POOL_TYPE Type) { Data = ExAllocatePool(Type, 8); } // expected-note 2 {{'Implicit' passes it to 'ExAllocatePool' here}}
  PVOID Data;
};
static void Take(const Implicit &);
void conversions() {
  Take(NonPagedPool); // expected-warning {{'Implicit' allocates executable pool with 'NonPagedPool'}}
  Take(NonPagedPoolNx);
  Implicit Copied = NonPagedPool; // expected-warning {{'Implicit' allocates executable pool with 'NonPagedPool'}}
}
static void Take(const Implicit &) {}

// What a destructor does is said where it stands.
struct Scope {
  ~Scope() { ExFreePool(ExAllocatePool(NonPagedPool, 8)); } // expected-warning {{'ExAllocatePool' allocates executable pool}}
};
void scope() { Scope First, Second; }
