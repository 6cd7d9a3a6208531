// A wrapper that tests its parameter is judged by what the test lets through.
// That a value was assigned under a test is not remembered: where a wrapper sets
// its parameter, a finding at its callers is possible, not certain.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

static PVOID Paged(void) { return ExAllocatePool(PagedPool, 8); }

static PVOID Upgrades(POOL_TYPE Type) {
  if (Type == NonPagedPool)
    Type = NonPagedPoolNx;
  return ExAllocatePool(Type, 8);
}
void upgrades(POOL_TYPE Type, PVOID *Out) {
  Out[0] = Upgrades(NonPagedPool);
  Out[1] = Upgrades(PagedPool);
  Out[2] = Upgrades(NonPagedPoolNx);
  Out[3] = Upgrades(Type);
  Out[4] = Upgrades(NonPagedPoolCacheAligned); // expected-warning {{'Upgrades' may allocate executable pool with 'NonPagedPoolCacheAligned'}}
}

static PVOID Sorts(POOL_TYPE Type) {
  if (Type == PagedPool)
    return Paged();
  return ExAllocatePool(Type, 8);
}
void sorts(PVOID *Out) {
  Out[0] = Sorts(PagedPool);
  Out[1] = Sorts(NonPagedPoolNx);
  Out[2] = Sorts(NonPagedPool); // expected-warning {{'Sorts' allocates executable pool with 'NonPagedPool'}}
}

static PVOID NxOnly(POOL_TYPE Type) {
  if (Type != NonPagedPoolNx)
    return NULL;
  return ExAllocatePool(Type, 8);
}
static PVOID NotPlain(POOL_TYPE Type) {
  return Type == NonPagedPool ? NULL : ExAllocatePool(Type, 8);
}
static PVOID ByBit(POOL_TYPE Type) {
  if (!(Type & PagedPool))
    Type |= POOL_NX_ALLOCATION;
  return ExAllocatePool(Type, 8);
}
static PVOID ByOppositeBit(POOL_TYPE Type) {
  if (Type & POOL_NX_ALLOCATION)
    return ExAllocatePool(Type, 8);
  return NULL;
}
void only(PVOID *Out) {
  Out[0] = NxOnly(NonPagedPool);
  Out[1] = NxOnly(NonPagedPoolNx);
  Out[2] = NotPlain(NonPagedPool);
  Out[3] = NotPlain(NonPagedPoolSession); // expected-warning {{'NotPlain' allocates executable pool}}
  Out[4] = ByBit(NonPagedPool);
  Out[5] = ByBit(NonPagedPoolCacheAligned);
  Out[6] = ByBit(PagedPool);
  Out[7] = ByOppositeBit(NonPagedPool);
  Out[8] = ByOppositeBit(NonPagedPoolNx);
}

static PVOID Switches(POOL_TYPE Type) {
  switch (Type) {
  case NonPagedPool:
    Type = NonPagedPoolNx;
    break;
  case NonPagedPoolCacheAligned:
    return ExAllocatePool(NonPagedPoolNxCacheAligned, 8);
  case PagedPool:
  case PagedPoolCacheAligned:
    return Paged();
  default:
    break;
  }
  return ExAllocatePool(Type, 8);
}
void switches(PVOID *Out) {
  Out[0] = Switches(NonPagedPool);
  Out[1] = Switches(NonPagedPoolCacheAligned);
  Out[2] = Switches(PagedPool);
  Out[3] = Switches(NonPagedPoolNx);
  Out[4] = Switches(NonPagedPoolSession); // expected-warning {{'Switches' may allocate executable pool}}
}

// A test of something else lets everything through.
static PVOID Others(POOL_TYPE Type, SIZE_T Size) {
  if (Size == 0)
    return NULL;
  return ExAllocatePool(Type, Size);
}
PVOID others(void) { return Others(NonPagedPool, 8); } // expected-warning {{'Others' allocates executable pool}}

// Steps remember what each of them tested.
static PVOID Outer(POOL_TYPE Type) { return Upgrades(Type); }
void steps(PVOID *Out) {
  Out[0] = Outer(NonPagedPool);
  Out[1] = Outer(NonPagedPoolSession); // expected-warning {{'Outer' may allocate executable pool}}
}
