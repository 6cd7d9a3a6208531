// A field of a structure that is handed to a DDI decides as a parameter does.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_x86 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_clang_mingw -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <ntddk.h>
#include <windef.h>
#include <ks.h>
#include <d3dkmddi.h>

void assigned(KSALLOCATOR_FRAMING *Framing, int Flag, POOL_TYPE Type) {
  KSALLOCATOR_FRAMING Local;
  Local.PoolType = NonPagedPool; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  Local.PoolType = NonPagedPoolNx;
  Framing->PoolType = NonPagedPool; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool with 'NonPagedPool'}}
  (*Framing).PoolType = Flag ? NonPagedPool : PagedPool; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' may allocate executable pool}}
  Framing[1].PoolType = PagedPool;
  Framing->PoolType = Type;
  Framing->PoolType |= POOL_COLD_ALLOCATION;
  Framing->Frames = NonPagedPool;
  if (Framing->PoolType == NonPagedPool)
    Framing->Frames = Local.Frames;
}

KSALLOCATOR_FRAMING Global = {{0}, NonPagedPool, 8, 4096, {0}, 0}; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool}}
static const KSALLOCATOR_FRAMING Nx = {{0}, NonPagedPoolNx, 8, 4096, {0}, 0};
void initialised(void) {
  KSALLOCATOR_FRAMING Flat = {0, NonPagedPool, 8, 4096}; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool}}
  KSALLOCATOR_FRAMING Named = {.Frames = 8, .PoolType = NonPagedPool}; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool}}
  KSALLOCATOR_FRAMING NamedNx = {.PoolType = NonPagedPoolNx};
  KSALLOCATOR_FRAMING Array[2] = {{0, PagedPool}, {0, NonPagedPool}}; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool}}
  KSALLOCATOR_FRAMING Copy = Flat;
  // Zeroed now, and filled in later.
  KSALLOCATOR_FRAMING Zero = {0};
  KSALLOCATOR_FRAMING Partly = {.Frames = 8};
  Zero = (KSALLOCATOR_FRAMING){.PoolType = NonPagedPool}; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool}}
  Zero.PoolType = Named.PoolType = NamedNx.PoolType = Array[0].PoolType = Partly.PoolType = Copy.PoolType = PagedPool;
}

// A function that sets it is a wrapper.
static void Prepare(KSALLOCATOR_FRAMING *Framing, POOL_TYPE Type) {
  Framing->PoolType = Type;
}
static void PrepareNx(KSALLOCATOR_FRAMING *Framing, POOL_TYPE Type) {
  KSALLOCATOR_FRAMING Framed = {.PoolType = Type | POOL_NX_ALLOCATION};
  *Framing = Framed;
}
void wrapped(KSALLOCATOR_FRAMING *Framing) {
  Prepare(Framing, NonPagedPool); // expected-warning {{'Prepare' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx}}
  Prepare(Framing, NonPagedPoolNx);
  PrepareNx(Framing, NonPagedPool);
}

void display(DXGKARGCB_CREATE_PHYSICAL_MEMORY_OBJECT *Object, DXGKARGCB_ALLOCATECONTIGUOUSMEMORY *Memory, ULONG Protection) {
  Object->Section.PageProtection = PAGE_EXECUTE_READWRITE; // expected-warning {{'DXGKARGCB_CREATE_PHYSICAL_MEMORY_OBJECT.Section.PageProtection' asks for executable pages with 'PAGE_EXECUTE_READWRITE'; use PAGE_READWRITE [hvci-execute-page-protection]}}
  Object->Section.PageProtection = PAGE_READWRITE;
  Object->Section.PageProtection = Protection;
  Object->Section.PageProtection |= PAGE_EXECUTE; // expected-warning {{'DXGKARGCB_CREATE_PHYSICAL_MEMORY_OBJECT.Section.PageProtection' asks for executable pages}}
  Memory->CacheType = MmCached; // expected-warning {{'DXGKARGCB_ALLOCATECONTIGUOUSMEMORY.CacheType' may give executable memory with 'MmCached'}}
  Memory->CacheType = MmNonCached;
}

// Structures of the driver's own decide nothing by themselves.
struct Own {
  POOL_TYPE PoolType;
  struct { ULONG PageProtection; } Section;
  MEMORY_CACHING_TYPE CacheType;
};
struct Holder { KSALLOCATOR_FRAMING Framing; };
void own(struct Own *Own, struct Holder *Holder) {
  struct Own Local = {NonPagedPool, {PAGE_EXECUTE}, MmCached};
  Own->PoolType = Local.PoolType;
  Own->PoolType = NonPagedPool;
  Own->Section.PageProtection = PAGE_EXECUTE;
  Own->CacheType = MmCached;
  Holder->Framing.PoolType = NonPagedPool; // expected-warning {{'KSALLOCATOR_FRAMING.PoolType' allocates executable pool}}
}
