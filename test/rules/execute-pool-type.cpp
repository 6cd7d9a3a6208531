// RUN: %hvci_cl_x64 -Xclang -verify -- %s
// RUN: %hvci_cl_x86 /std:c++20 -Xclang -verify -- %s
// RUN: %hvci_cl_arm64 /DPOOL_NX_OPTOUT=1 -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>
#include <stdunk.h>

PVOID bad() { return ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'NonPagedPool'}}
PVOID good() { return ExAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT'); }

constexpr POOL_TYPE Chosen = NonPagedPool; // expected-note 2 {{the value of 'Chosen' comes from here}}
const POOL_TYPE Computed = (POOL_TYPE)(NonPagedPool | POOL_COLD_ALLOCATION); // expected-note {{the value of 'Computed' comes from here}}
PVOID constants(PVOID *Out) {
  Out[0] = ExAllocatePoolWithTag(Chosen, 8, 'tseT');   // expected-warning {{with 'Chosen'}}
  Out[1] = ExAllocatePoolWithTag(Computed, 8, 'tseT'); // expected-warning {{with 'Computed'}}
  return ExAllocatePoolWithTag(POOL_TYPE{Chosen}, 8, 'tseT'); // expected-warning {{allocates executable pool}}
}

struct Thing {
  int Value;
  static PVOID ExAllocatePool(POOL_TYPE, int) { return nullptr; } // not the DDI
};
PVOID placement() { return new (NonPagedPool, 'tseT') Thing; } // expected-warning {{'operator new(POOL_TYPE)' allocates executable pool with 'NonPagedPool'}}
PVOID placementNx() { return new (NonPagedPoolNx, 'tseT') Thing; }
PVOID untagged() { return new (NonPagedPool) Thing; } // expected-warning {{'operator new(POOL_TYPE)'}}
PVOID called() { return ::operator new(8, NonPagedPool, 'tseT'); } // expected-warning {{'operator new(POOL_TYPE)' allocates executable pool}}
using Pool = decltype(ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT')); // not evaluated
auto trailing() -> decltype(ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'));
PVOID method() { return Thing::ExAllocatePool(NonPagedPool, 8); }
namespace mine {
PVOID ExAllocatePool(POOL_TYPE, int);
}
PVOID other() { return mine::ExAllocatePool(NonPagedPool, 8); }

template <POOL_TYPE Type> PVOID byValue() {
  return ExAllocatePoolWithTag(Type, 8, 'tseT'); // expected-warning {{allocates executable pool}}
}
PVOID instantiated() { return byValue<PagedPool>(), byValue<NonPagedPool>(), byValue<NonPagedPool>(); }

extern "C" PVOID ExAllocatePoolZeroed(int);
PVOID withDefault(PVOID *Out, POOL_TYPE Type = NonPagedPool) {
  return ExAllocatePoolWithTag(Type, 8, 'tseT'); // a parameter, whatever its default
}
auto Lambda = [] { return ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); }; // expected-warning {{allocates executable pool}}
PVOID Dynamic = ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); // expected-warning {{allocates executable pool}}
static_assert(sizeof(ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT')) == sizeof(PVOID), "not evaluated");
