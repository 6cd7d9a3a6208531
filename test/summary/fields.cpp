// Fields that decide, as C++ sets them.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /std:c++20 -DCXX20 -Xclang -verify=expected,cxx20 -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>
#include <windef.h>
#include <ks.h>

KSALLOCATOR_FRAMING Positional = {{0}, NonPagedPool, 8, 4096, {0}, 0}; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool}}
KSALLOCATOR_FRAMING Nx{{0}, NonPagedPoolNx, 8, 4096, {0}, 0};
KSALLOCATOR_FRAMING Zero{};
#ifdef CXX20
KSALLOCATOR_FRAMING Designated{.PoolType = NonPagedPool}; // cxx20-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool}}
KSALLOCATOR_FRAMING DesignatedNx{.PoolType = NonPagedPoolNx};
#endif

class Pin {
public:
  explicit Pin(POOL_TYPE Type) : Framing{{0}, Type, 8, 4096, {0}, 0} {}
  void Set(POOL_TYPE Type) { Framing.PoolType = Type; }

private:
  KSALLOCATOR_FRAMING Framing;
};

void pins() {
  Pin Executable(NonPagedPool); // expected-warning {{'Pin' allocates executable pool with 'NonPagedPool'}}
  Pin Good(NonPagedPoolNx);
  Good.Set(PagedPool);
  Good.Set(NonPagedPool); // expected-warning {{'Pin::Set' allocates executable pool with 'NonPagedPool'}}
}

// A derived structure's field is the kit's still; another's of that name is not.
struct Extended : KSALLOCATOR_FRAMING { int More; };
namespace mine {
struct KSALLOCATOR_FRAMING { POOL_TYPE PoolType; };
} // namespace mine
void derived(Extended &E, mine::KSALLOCATOR_FRAMING &M) {
  E.PoolType = NonPagedPool; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool}}
  M.PoolType = NonPagedPool;
}
auto Lambda = [](KSALLOCATOR_FRAMING &F) { F.PoolType = NonPagedPool; }; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool}}
template <POOL_TYPE Type> void templated(KSALLOCATOR_FRAMING &F) {
  F.PoolType = Type; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool}}
}
void instances(KSALLOCATOR_FRAMING &F) { templated<NonPagedPool>(F), templated<PagedPool>(F); }
