// A value that a function returns, made from what it is passed.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

static POOL_TYPE Fix(POOL_TYPE Type) { return Type | POOL_NX_ALLOCATION; }
static POOL_TYPE Cold(POOL_TYPE Type) { return Type | POOL_COLD_ALLOCATION; }
static POOL_TYPE Pick(int Flag, POOL_TYPE First, POOL_TYPE Second) { return Flag ? First : Second; }
static POOL_TYPE Upgrade(POOL_TYPE Type) {
  if (Type == NonPagedPool)
    return NonPagedPoolNx;
  return Type;
}
static PVOID Alloc(POOL_TYPE Type) {
  return ExAllocatePool(Cold(Type), 8);
}
static PVOID AllocFixed(POOL_TYPE Type) { return ExAllocatePool(Fix(Type), 8); }

void passed(int Flag, PVOID *Out) {
  Out[0] = ExAllocatePool(Fix(NonPagedPool), 8);
  Out[1] = ExAllocatePool(Cold(NonPagedPool), 8); // expected-warning {{'ExAllocatePool' allocates executable pool with 'Cold(NonPagedPool)'}}
  Out[2] = ExAllocatePool(Cold(Fix(NonPagedPool)), 8);
  Out[3] = ExAllocatePool(Pick(Flag, NonPagedPool, PagedPool), 8); // expected-warning {{'ExAllocatePool' may allocate executable pool}}
  Out[4] = ExAllocatePool(Pick(Flag, NonPagedPoolNx, PagedPool), 8);
  Out[5] = Alloc(NonPagedPool); // expected-warning {{'Alloc' allocates executable pool with 'NonPagedPool'}}
  Out[6] = Alloc(NonPagedPoolNx);
  Out[7] = AllocFixed(NonPagedPool);
  Out[8] = ExAllocatePool(Upgrade(NonPagedPool), 8);
  Out[9] = ExAllocatePool(Upgrade(NonPagedPoolSession), 8); // expected-warning {{'ExAllocatePool' allocates executable pool}}
}

