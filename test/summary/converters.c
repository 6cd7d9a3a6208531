// A function that turns an argument into a pool type is judged by what it is given:
// its constants remember the tests on the way to them.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

enum Kind { Paged, NonPaged, Execute };
static POOL_TYPE ToPool(enum Kind Kind) {
  switch (Kind) {
  case Paged: return PagedPool;
  case NonPaged: return NonPagedPoolNx;
  case Execute: return NonPagedPoolExecute;
  default: return PagedPool;
  }
}
PVOID paged(void) { return ExAllocatePoolWithTag(ToPool(Paged), 8, 'a'); }
PVOID nonPaged(void) { return ExAllocatePoolWithTag(ToPool(NonPaged), 8, 'a'); }
PVOID other(void) { return ExAllocatePoolWithTag(ToPool((enum Kind)7), 8, 'a'); }
PVOID execute(void) { return ExAllocatePoolWithTag(ToPool(Execute), 8, 'a'); } // expected-warning {{allocates executable pool with 'ToPool(Execute)'}}
PVOID any(enum Kind Kind) { return ExAllocatePoolWithTag(ToPool(Kind), 8, 'a'); } // expected-warning {{may allocate executable pool with 'ToPool(Kind)'}}

static POOL_TYPE Pick(int Nx) { return Nx ? NonPagedPoolNx : NonPagedPool; }
PVOID nx(void) { return ExAllocatePoolWithTag(Pick(1), 8, 'a'); }
PVOID old(void) { return ExAllocatePoolWithTag(Pick(0), 8, 'a'); } // expected-warning {{allocates executable pool with 'Pick(0)'}}
PVOID either(int Nx) { return ExAllocatePoolWithTag(Pick(Nx), 8, 'a'); } // expected-warning {{may allocate executable pool with 'Pick(Nx)'}}
static POOL_TYPE Twice(int Nx) { return Pick(!Nx); }
PVOID twice(void) { return ExAllocatePoolWithTag(Pick(Pick(1) != NonPagedPoolNx), 8, 'a'); } // expected-warning {{may allocate}}
PVOID unknown(void) { return ExAllocatePoolWithTag(Twice(1), 8, 'a'); } // expected-warning {{may allocate}}

// Of two parameters one is remembered.
static POOL_TYPE Both(BOOLEAN Page, BOOLEAN Nx) {
  if (Page)
    return PagedPool;
  return Nx ? NonPagedPoolNx : NonPagedPool;
}
PVOID pageable(void) { return ExAllocatePoolWithTag(Both(TRUE, FALSE), 8, 'a'); }
PVOID resident(void) { return ExAllocatePoolWithTag(Both(FALSE, FALSE), 8, 'a'); } // expected-warning {{may allocate}}

// Too many ways to remember: what may be returned counts, whoever asks.
static POOL_TYPE Many(int N) {
  switch (N) {
  case 0: return NonPagedPool;
  case 1: case 2: case 3: return PagedPool;
  case 4: return NonPagedPoolNx;
  case 5: return PagedPoolCacheAligned;
  case 6: return NonPagedPoolNxCacheAligned;
  case 7: return PagedPool;
  case 8: return NonPagedPoolNx;
  case 9: return PagedPoolCacheAligned;
  default: return NonPagedPoolNxCacheAligned;
  }
}
PVOID many(void) { return ExAllocatePoolWithTag(Many(0), 8, 'a'); } // expected-warning {{may allocate}}

// A parameter that is changed tells nothing of what the caller passed.
static POOL_TYPE Changed(int N) { N += 1; return N == 1 ? NonPagedPool : PagedPool; }
PVOID changed(void) { return ExAllocatePoolWithTag(Changed(1), 8, 'a'); } // expected-warning {{may allocate}}
