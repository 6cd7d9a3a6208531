// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

// Overloads of the drivers' own.
#include <wdm.h>

void *operator new(size_t, POOL_TYPE, ULONG);
void *operator new[](size_t, POOL_TYPE, ULONG);
void *operator new(size_t, POOL_FLAGS, ULONG);
void *operator new[](size_t, POOL_FLAGS, ULONG);

struct Thing {
  int Value;
};

void things(SIZE_T n) {
  new (NonPagedPool, 'tseT') Thing; // expected-warning-re {{'operator new(POOL_TYPE)' {{.*}} [hvci-execute-pool-type]}}
  new (NonPagedPoolNx, 'tseT') Thing; // good: operator new(POOL_TYPE)
  new (NonPagedPool, 'tseT') Thing[n]; // expected-warning-re {{'operator new[](POOL_TYPE)' {{.*}} [hvci-execute-pool-type]}}
  new (NonPagedPoolNx, 'tseT') Thing[n]; // good: operator new[](POOL_TYPE)
  new (POOL_FLAG_NON_PAGED_EXECUTE, 'tseT') Thing; // expected-warning-re {{'operator new(POOL_FLAGS)' {{.*}} [hvci-execute-pool-type]}}
  new (POOL_FLAG_NON_PAGED, 'tseT') Thing; // good: operator new(POOL_FLAGS)
  new (POOL_FLAG_NON_PAGED_EXECUTE, 'tseT') Thing[n]; // expected-warning-re {{'operator new[](POOL_FLAGS)' {{.*}} [hvci-execute-pool-type]}}
  new (POOL_FLAG_NON_PAGED, 'tseT') Thing[n]; // good: operator new[](POOL_FLAGS)
}
