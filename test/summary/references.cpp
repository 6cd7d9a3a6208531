// Parameters that are references.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

static PVOID ByReference(const POOL_TYPE &Type) { return ExAllocatePool(Type, 8); }
static PVOID ByRvalue(POOL_TYPE &&Type) { return ExAllocatePool(Type, 8); }
static PVOID ByLvalue(POOL_TYPE &Type) { return ExAllocatePool(Type, 8); }
static PVOID ByPointer(const POOL_TYPE *Type) { return ExAllocatePool(*Type, 8); }
static void Change(POOL_TYPE &Type) { Type = NonPagedPoolNx; }
static PVOID Outer(const POOL_TYPE &Type) { return ByReference(Type); }

void calls(PVOID *Out) {
  const POOL_TYPE Constant = NonPagedPool;
  POOL_TYPE Changed = NonPagedPool;
  Out[0] = ByReference(NonPagedPool); // expected-warning {{'ByReference' allocates executable pool with 'NonPagedPool'}}
  Out[1] = ByReference(Constant); // expected-warning {{'ByReference' allocates executable pool with 'Constant'}}
  Out[2] = ByReference(NonPagedPoolNx);
  Out[3] = ByRvalue(NonPagedPool); // expected-warning {{'ByRvalue' allocates executable pool}}
  Out[4] = Outer(NonPagedPool); // expected-warning {{'Outer' allocates executable pool}}
  Out[5] = Outer(NonPagedPoolNx);
  Change(Changed);
  Out[6] = ByLvalue(Changed);
  Out[7] = ByPointer(&Constant);
  Out[8] = ByReference(Changed);
  Out[9] = ExAllocatePool(Changed, 8);
}
