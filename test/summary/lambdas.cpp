// Lambdas are functions; what they capture by value is known if it was.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /std:c++20 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

void calls(int Flag, PVOID *Out) {
  auto Allocate = [](POOL_TYPE Type) { return ExAllocatePool(Type, 8); };
  Out[0] = Allocate(NonPagedPool); // expected-warning {{allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  Out[1] = Allocate(NonPagedPoolNx);
  Out[2] = [](POOL_TYPE Type) { return ExAllocatePool(Type, 8); }(NonPagedPool); // expected-warning {{allocates executable pool with 'NonPagedPool'}}
  auto Generic = [](auto Type) { return ExAllocatePool(Type, 8); };
  Out[3] = Generic(NonPagedPool); // expected-warning {{allocates executable pool with 'NonPagedPool'}}
  Out[4] = Generic(PagedPool);
  auto Nx = [](POOL_TYPE Type) { return ExAllocatePool((POOL_TYPE)(Type | POOL_NX_ALLOCATION), 8); };
  Out[5] = Nx(NonPagedPool);
  PVOID (*Pointer)(POOL_TYPE) = [](POOL_TYPE Type) -> PVOID { return ExAllocatePool(Type, 8); };
  Out[6] = Pointer(NonPagedPool); // expected-warning {{allocates executable pool with 'NonPagedPool'}}
  auto Choose = [](int f) { return f ? PagedPool : NonPagedPool; };
  Out[7] = ExAllocatePool(Choose(Flag), 8); // expected-warning {{'ExAllocatePool' may allocate executable pool}}
}

void captures(POOL_TYPE Parameter, PVOID *Out) {
  const POOL_TYPE Constant = NonPagedPool;
  POOL_TYPE Variable = NonPagedPool;
  POOL_TYPE Safe = NonPagedPoolNx;
  auto ByConstant = [] { return ExAllocatePool(Constant, 8); }; // expected-warning {{'ExAllocatePool' allocates executable pool with 'Constant'}}
  auto ByCopy = [Variable] { return ExAllocatePool(Variable, 8); }; // expected-warning {{'ExAllocatePool' allocates executable pool with 'Variable'}}
  auto ByDefault = [=] { return ExAllocatePool(Variable, 8); }; // expected-warning {{'ExAllocatePool' allocates executable pool with 'Variable'}}
  auto Init = [Type = NonPagedPool] { return ExAllocatePool(Type, 8); }; // expected-warning {{'ExAllocatePool' allocates executable pool with 'Type'}}
  auto BySafe = [Safe] { return ExAllocatePool(Safe, 8); };
  auto ByParameter = [Parameter] { return ExAllocatePool(Parameter, 8); };
  auto ByReference = [&Parameter] { return ExAllocatePool(Parameter, 8); };
  Out[0] = ByConstant();
  Out[1] = ByCopy();
  Out[2] = ByDefault();
  Out[3] = Init();
  Out[4] = BySafe();
  Out[5] = ByParameter();
  Parameter = NonPagedPoolNx;
  Out[6] = ByReference();
}
