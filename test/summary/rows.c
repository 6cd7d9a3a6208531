// A body that is visible says more than the catalogue's row of its name; the
// framework's bodies, which call through a table, say nothing.
// RUN: %hvci_cl -Xclang -verify -- %s
#include <ntddk.h>
#include <wdf.h>

// Other headers' names, here the driver's own.
static PVOID ChangerClassAllocatePool(POOL_TYPE Type, ULONG Size) {
  return ExAllocatePoolWithTag(Type | POOL_NX_ALLOCATION, Size, 'tseT');
}
static PVOID DlAllocatePool(PVOID Handle, POOL_TYPE Type, SIZE_T Size, ULONG Tag) {
  UNREFERENCED_PARAMETER(Handle);
  UNREFERENCED_PARAMETER(Type);
  return ExAllocatePoolWithTag(NonPagedPoolNx, Size, Tag);
}
// The row reads argument 1, the body argument 0.
static PVOID VideoPortAllocatePool(POOL_TYPE Type, SIZE_T Size) {
  return ExAllocatePool(Type, Size); // expected-note {{'VideoPortAllocatePool' passes it to 'ExAllocatePool' here}}
}
void own(PVOID *Out) {
  Out[0] = ChangerClassAllocatePool(NonPagedPool, 8);
  Out[1] = DlAllocatePool(NULL, NonPagedPool, 8, 'tseT');
  Out[2] = VideoPortAllocatePool(PagedPool, 0);
  Out[3] = VideoPortAllocatePool(NonPagedPool, 1); // expected-warning {{'VideoPortAllocatePool' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx}}
}

static NTSTATUS Create(POOL_TYPE Type, WDFMEMORY *Memory) {
  return WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, Type, 'tseT', 8, Memory, NULL); // expected-note {{'Create' passes it to 'WdfMemoryCreate' here}}
}
void framework(WDFMEMORY *Memory) {
  WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, NonPagedPool, 'tseT', 8, Memory, NULL); // expected-warning {{'WdfMemoryCreate' allocates executable pool with 'NonPagedPool'}}
  WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, NonPagedPoolNx, 'tseT', 8, Memory, NULL);
  Create(NonPagedPool, Memory); // expected-warning {{'Create' allocates executable pool with 'NonPagedPool'}}
  Create(NonPagedPoolNx, Memory);
}

// The kit's inlines: derived or by the row, the same words and no more notes.
static PVOID Zero(POOL_TYPE Type) {
  return ExAllocatePoolZero(Type, 8, 'tseT'); // expected-note {{'Zero' passes it to 'ExAllocatePoolZero' here}}
}
void kit(PMDL Mdl, PVOID *Out) {
  Out[0] = ExAllocatePoolZero(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolZero' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx}}
  Out[1] = Zero(NonPagedPool); // expected-warning {{'Zero' allocates executable pool}}
  Out[2] = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority); // expected-warning {{'MmGetSystemAddressForMdlSafe' maps an MDL executable with 'NormalPagePriority'}}
}
