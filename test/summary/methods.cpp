// Methods, overloads and namespaces: each function is itself.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /std:c++20 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>
#include <portcls.h>

struct Pool {
  PVOID Allocate(POOL_TYPE Type) { return ExAllocatePool(Type, 8); }
  PVOID Const(POOL_TYPE Type) const;
  static PVOID Static(SIZE_T Size, POOL_TYPE Type) { return ExAllocatePool(Type, Size); }
  PVOID operator()(POOL_TYPE Type) { return Allocate(Type); }
  PVOID operator[](POOL_TYPE Type) { return Allocate(Type); }
  friend PVOID operator<<(Pool &P, POOL_TYPE Type) { return P.Allocate(Type); }
};
PVOID Pool::Const(POOL_TYPE Type) const { return ExAllocatePool(Type, 8); }

void methods(Pool &P, Pool *Q, PVOID *Out) {
  Out[0] = P.Allocate(NonPagedPool); // expected-warning {{'Pool::Allocate' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  Out[1] = Q->Allocate(NonPagedPool); // expected-warning {{'Pool::Allocate' allocates executable pool}}
  Out[2] = P.Allocate(NonPagedPoolNx);
  Out[3] = P.Const(NonPagedPool); // expected-warning {{'Pool::Const' allocates executable pool}}
  Out[4] = Pool::Static(8, NonPagedPool); // expected-warning {{'Pool::Static' allocates executable pool}}
  Out[5] = P.Static(NonPagedPool, PagedPool);
  Out[6] = P(NonPagedPool); // expected-warning {{'Pool::operator()' allocates executable pool}}
  Out[7] = P(PagedPool);
  Out[8] = P[NonPagedPool]; // expected-warning {{'Pool::operator[]' allocates executable pool}}
  Out[9] = P << NonPagedPool; // expected-warning {{'operator<<' allocates executable pool}}
  Out[10] = P << NonPagedPoolNx;
}

// The same name, other parameters or another scope.
static PVOID Get(POOL_TYPE Type) { return ExAllocatePool(Type, 8); }
static PVOID Get(POOL_TYPE, SIZE_T Size) { return ExAllocatePool(NonPagedPoolNx, Size); }
static PVOID Get(SIZE_T Size, POOL_TYPE Type) { return ExAllocatePool(Type, Size); }
namespace mine {
PVOID Get(POOL_TYPE Type) { return ExAllocatePool((POOL_TYPE)(Type | POOL_NX_ALLOCATION), 8); }
PVOID Take(POOL_TYPE Type) { return ::Get(Type); }
PVOID ExAllocatePoolWithTag(POOL_TYPE, SIZE_T, ULONG);
} // namespace mine
namespace {
PVOID Hidden(POOL_TYPE Type) { return ExAllocatePool(Type, 8); }
} // namespace
void overloads(PVOID *Out) {
  Out[0] = Get(NonPagedPool); // expected-warning {{'Get' allocates executable pool}}
  Out[1] = Get(NonPagedPool, 8);
  Out[2] = Get(8, NonPagedPool); // expected-warning {{'Get' allocates executable pool}}
  Out[3] = mine::Get(NonPagedPool);
  Out[4] = mine::Take(NonPagedPool); // expected-warning {{'mine::Take' allocates executable pool}}
  Out[5] = mine::ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT');
  Out[6] = Hidden(NonPagedPool); // expected-warning {{'Hidden' allocates executable pool}}
}

// A virtual call may end elsewhere, unless it is known where.
struct Base {
  virtual PVOID Allocate(POOL_TYPE Type) { return ExAllocatePool(Type, 8); }
};
struct Nx : Base {
  PVOID Allocate(POOL_TYPE Type) override { return ExAllocatePool((POOL_TYPE)(Type | POOL_NX_ALLOCATION), 8); }
};
struct Final final : Base {
  PVOID Allocate(POOL_TYPE Type) override { return ExAllocatePool(Type, 8); }
};
void virtuals(Base *B, Final *F, PVOID *Out) {
  Nx Known;
  Base Object;
  Out[0] = B->Allocate(NonPagedPool);
  Out[1] = F->Allocate(NonPagedPool); // expected-warning {{'Final::Allocate' allocates executable pool}}
  Out[2] = Known.Allocate(NonPagedPool);
  Out[3] = Object.Allocate(NonPagedPool); // expected-warning {{'Base::Allocate' allocates executable pool}}
  Out[4] = B->Base::Allocate(NonPagedPool); // expected-warning {{'Base::Allocate' allocates executable pool}}
}

// PortCls: the port chooses the type, and a miniport that is told it does not.
struct Miniport : IMiniportMidi {
  STDMETHODIMP_(NTSTATUS) QueryInterface(REFIID, PVOID *);
  STDMETHODIMP_(ULONG) AddRef();
  STDMETHODIMP_(ULONG) Release();
  STDMETHODIMP_(NTSTATUS) GetDescription(PPCFILTER_DESCRIPTOR *);
  STDMETHODIMP_(NTSTATUS) DataRangeIntersection(ULONG, PKSDATARANGE, PKSDATARANGE, ULONG, PVOID, PULONG);
  STDMETHODIMP_(NTSTATUS) Init(PUNKNOWN, PRESOURCELIST, PPORTMIDI, PSERVICEGROUP *);
  STDMETHODIMP_(void) Service();
  STDMETHODIMP_(NTSTATUS) NewStream(PMINIPORTMIDISTREAM *, PUNKNOWN, POOL_TYPE Type, ULONG, BOOLEAN, PKSDATAFORMAT, PSERVICEGROUP *) {
    return ExAllocatePool(Type, 8) ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
  }
};
void streams(IMiniportMidi *I, Miniport *M, PSERVICEGROUP *S) {
  I->NewStream(NULL, NULL, NonPagedPool, 0, 0, NULL, S); // expected-warning {{'IMiniportMidi::NewStream' allocates executable pool with 'NonPagedPool'}}
  M->NewStream(NULL, NULL, NonPagedPool, 0, 0, NULL, S); // expected-warning {{'IMiniportMidi::NewStream' allocates executable pool with 'NonPagedPool'}}
  M->NewStream(NULL, NULL, NonPagedPoolNx, 0, 0, NULL, S);
}
