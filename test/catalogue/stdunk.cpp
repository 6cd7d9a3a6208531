// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <wdm.h>
#include <stdunk.h>

struct Thing : public IUnknown {
  explicit Thing(PUNKNOWN);
  STDMETHODIMP_(NTSTATUS) QueryInterface(REFIID, PVOID *);
  STDMETHODIMP_(ULONG) AddRef();
  STDMETHODIMP_(ULONG) Release();
};

void things(PUNKNOWN outer) {
  new (NonPagedPool) Thing(outer); // expected-warning-re {{'operator new(POOL_TYPE)' {{.*}} [hvci-execute-pool-type]}}
  new (NonPagedPool, 'tseT') Thing(outer); // expected-warning-re {{'operator new(POOL_TYPE)' {{.*}} [hvci-execute-pool-type]}}
  new (NonPagedPoolNx) Thing(outer); // good: operator new(POOL_TYPE)
  new (NonPagedPoolNx, 'tseT') Thing(outer); // good: operator new(POOL_TYPE)
}

NTSTATUS bad(PUNKNOWN *result, PUNKNOWN outer) {
  STD_CREATE_BODY(Thing, result, outer, NonPagedPool); // expected-warning-re {{'operator new(POOL_TYPE)' {{.*}} [hvci-execute-pool-type]}}
}

NTSTATUS bad_tag(PUNKNOWN *result, PUNKNOWN outer) {
  STD_CREATE_BODY_WITH_TAG(Thing, result, outer, NonPagedPool, 'tseT'); // expected-warning-re {{'operator new(POOL_TYPE)' {{.*}} [hvci-execute-pool-type]}}
}

NTSTATUS good(PUNKNOWN *result, PUNKNOWN outer) {
  STD_CREATE_BODY(Thing, result, outer, NonPagedPoolNx); // good: operator new(POOL_TYPE)
}
