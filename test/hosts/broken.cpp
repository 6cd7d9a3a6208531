// As broken.c, with what only C++ can leave undone.
// RUN: not %hvci_cl /clang:-ferror-limit=0 -- %s 2>&1 | FileCheck %s --implicit-check-not=[hvci-
// RUN: not %hvci_clang_mingw -ferror-limit=0 %s 2>&1 | FileCheck %s --implicit-check-not=[hvci-
#include <ntddk.h>

// CHECK: broken.cpp{{[(:]}}[[#@LINE+1]]{{.*}} warning: 'ExAllocatePool'{{.*}}[hvci-
void *sound() { return ExAllocatePool(NonPagedPool, 8); }

template <class T> void *never(T Type) { return ExAllocatePool(Type, 8); }
template <class T> void *fails(T Type) { return ExAllocatePool(Type, sizeof(typename T::none)); }
void *instance() { return fails(1); }
template <POOL_TYPE Type> void *typed() { return ExAllocatePool(Type, 8); }
void *bad_parameter() { return typed<NoSuch>(); }

struct derived : no_base {
  // CHECK: broken.cpp{{[(:]}}[[#@LINE+1]]{{.*}} warning: 'ExAllocatePool'{{.*}}[hvci-
  void *method() { return ExAllocatePool(NonPagedPool, 8); }
  void *unknown(NoType Type) { return ExAllocatePool(Type, 8); }
};
void *no_method(derived *That) { return That->none(NonPagedPool); }
struct lacks { virtual void *Allocate(POOL_TYPE) = 0; };
struct implements : lacks { void *Allocate(POOL_TYPE Type) override(1) { return ExAllocatePool(Type, 8); } };

void *lambda() { return [=](auto Type) { return ExAllocatePool(Type, none); }(NonPagedPool); }
void *lambda_capture() { return [none] { return ExAllocatePool(PagedPool, 8); }(); }
auto deduced() { return deduced(); }
void *defaulted(POOL_TYPE Type = NoSuch) { return ExAllocatePool(Type, 8); }
void *use_default() { return defaulted(); }
constexpr POOL_TYPE forever() { return forever(); }
void *constant() { return ExAllocatePool(forever(), 8); }
void *placement() { return new (NonPagedPool, 'tseT') none; }
void *placement2() { return new (NoSuch) int; }
decltype(none) Decltype;
void *operand() { return ExAllocatePool(decltype(none)(0), 8); }
int Array[ExAllocatePool(NonPagedPool, 8)];
struct unfinished { int *Where = &none; };
unfinished Global[500] = {{}, {}};
namespace none_ns::inner { void *f() { return ExAllocatePool(none::Type, 8); } }

// CHECK: broken.cpp{{[(:]}}[[#@LINE+1]]{{.*}} warning: 'ExAllocatePool'{{.*}}[hvci-
void *sound_still() { return ExAllocatePool(NonPagedPool, 8); }
class half { void *method() { return ExAllocatePool(
