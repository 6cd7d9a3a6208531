// What a wrapper does to the value on the way.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

static PVOID Cold(POOL_TYPE Type) { return ExAllocatePool(Type | POOL_COLD_ALLOCATION, 8); }
static PVOID Nx(POOL_TYPE Type) { return ExAllocatePool(Type | POOL_NX_ALLOCATION, 8); }
static PVOID Executable(POOL_TYPE Type) { return ExAllocatePool(Type & ~POOL_NX_ALLOCATION, 8); }
static PVOID Added(POOL_TYPE Type) { return ExAllocatePool(Type + POOL_NX_ALLOCATION, 8); }
static PVOID Masked(ULONG Type) { return ExAllocatePool((POOL_TYPE)(Type & 0xFF), 8); }
static PVOID Narrowed(POOL_TYPE Type) { return ExAllocatePool((POOL_TYPE)(UCHAR)Type, 8); }
static PVOID Ignored(POOL_TYPE Type) { UNREFERENCED_PARAMETER(Type); return ExAllocatePool(NonPagedPoolNx, 8); }
static PVOID Replaced(POOL_TYPE Type) { Type = NonPagedPoolNx; return ExAllocatePool(Type, 8); }
static PVOID Local(POOL_TYPE Type) { POOL_TYPE Copy = Type; Copy |= POOL_RAISE_IF_ALLOCATION_FAILURE; return ExAllocatePool(Copy, 8); }
static PVOID Chosen(POOL_TYPE Type, int Flag) { return ExAllocatePool(Flag ? Type : PagedPool, 8); }
static PVOID Both(POOL_TYPE Type) { return Nx(Type | POOL_COLD_ALLOCATION); }
static PVOID Undone(POOL_TYPE Type) { return Executable(Type | POOL_NX_ALLOCATION); }

void callers(int Flag, PVOID *Out) {
  Out[0] = Cold(NonPagedPool); // expected-warning {{'Cold' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx}}
  Out[1] = Cold(NonPagedPoolNx);
  Out[2] = Cold(PagedPool);
  Out[3] = Nx(NonPagedPool);
  Out[4] = Nx(PagedPool);
  Out[5] = Executable(NonPagedPool);   // expected-warning {{'Executable' allocates executable pool with 'NonPagedPool'}}
  Out[6] = Executable(NonPagedPoolNx); // expected-warning {{'Executable' allocates executable pool with 'NonPagedPoolNx'}}
  Out[7] = Executable(PagedPool);
  Out[8] = Added(NonPagedPool);
  Out[9] = Masked(NonPagedPool);   // expected-warning {{'Masked' allocates executable pool}}
  Out[10] = Masked(NonPagedPoolNx); // expected-warning {{'Masked' allocates executable pool}}
  Out[11] = Narrowed(NonPagedPoolNx); // expected-warning {{'Narrowed' allocates executable pool}}
  Out[12] = Ignored(NonPagedPool);
  Out[13] = Replaced(NonPagedPool);
  Out[14] = Local(NonPagedPool); // expected-warning {{'Local' allocates executable pool}}
  Out[15] = Local(NonPagedPoolNx);
  Out[16] = Chosen(NonPagedPool, Flag); // expected-warning {{'Chosen' may allocate executable pool}}
  Out[17] = Chosen(NonPagedPoolNx, Flag);
  Out[18] = Both(NonPagedPool);
  Out[19] = Undone(NonPagedPool); // expected-warning {{'Undone' allocates executable pool}}
  Out[20] = Cold(Flag ? NonPagedPool : NonPagedPoolNx); // expected-warning {{'Cold' may allocate executable pool}}
}
