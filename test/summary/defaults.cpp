// Default arguments are the caller's who leaves them out.
// RUN: %hvci_cl -Xclang -verify -- %s
#include <ntddk.h>

static PVOID Allocate(SIZE_T Size, POOL_TYPE Type = NonPagedPool) { // expected-note 2 {{the value of 'NonPagedPool' comes from here}}
  return ExAllocatePoolWithTag(Type, Size, 'tseT'); // expected-note 4 {{'Allocate' passes it to 'ExAllocatePoolWithTag' here}}
}
PVOID Declared(SIZE_T Size, POOL_TYPE Type = NonPagedPoolNx);
PVOID Declared(SIZE_T Size, POOL_TYPE Type) { return ExAllocatePoolWithTag(Type, Size, 'tseT'); } // expected-note {{'Declared' passes it to 'ExAllocatePoolWithTag' here}}

void calls(PVOID *Out) {
  Out[0] = Allocate(8); // expected-warning {{'Allocate' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  Out[1] = Allocate(8, NonPagedPoolNx);
  Out[2] = Allocate(8, NonPagedPool); // expected-warning {{'Allocate' allocates executable pool with 'NonPagedPool'}}
  Out[3] = Declared(8);
  Out[4] = Declared(8, NonPagedPool); // expected-warning {{'Declared' allocates executable pool}}
}

struct Buffer {
  explicit Buffer(SIZE_T Size, POOL_TYPE Type = NonPagedPoolNx)
      : Data(ExAllocatePoolWithTag(Type, Size, 'tseT')) {} // expected-note {{'Buffer' passes it to 'ExAllocatePoolWithTag' here}}
  PVOID Grow(SIZE_T Size, POOL_TYPE Type = PagedPool) { return Allocate(Size, Type); } // expected-note {{'Buffer::Grow' passes it to 'Allocate' here}}
  PVOID Data;
};
void members(Buffer &B) {
  Buffer Good(8);
  Buffer Bad(8, NonPagedPool); // expected-warning {{'Buffer' allocates executable pool with 'NonPagedPool'}}
  B.Grow(8);
  B.Grow(8, NonPagedPool); // expected-warning {{'Buffer::Grow' allocates executable pool with 'NonPagedPool'}}
}
PVOID again() { return Allocate(16); } // expected-warning {{'Allocate' allocates executable pool}}
