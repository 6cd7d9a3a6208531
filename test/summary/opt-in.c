// Under an opt-in the kit's inlines add the flag: wrappers of them are safe.
// RUN: %hvci_cl /DPOOL_NX_OPTIN_AUTO=1 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /DPOOL_NX_OPTIN=1 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /DPOOL_NX_OPTIN=1 /DPOOL_NX_OPTOUT=1 -Xclang -verify=expected,out -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl -Xclang -verify=expected,out -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_arm64 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

static PVOID Map(PMDL Mdl, ULONG Priority) {
  return MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, NULL, FALSE, Priority);
}
static PVOID Safe(PMDL Mdl, ULONG Priority) { return MmGetSystemAddressForMdlSafe(Mdl, Priority); }
static VOID List(PNPAGED_LOOKASIDE_LIST List, ULONG Flags) {
  ExInitializeNPagedLookasideList(List, NULL, NULL, Flags, 8, 'tseT', 0);
}
static PVOID Allocate(POOL_TYPE Type) { return ExAllocatePoolZero(Type, 8, 'tseT'); }

void calls(PMDL Mdl, PNPAGED_LOOKASIDE_LIST Lookaside, PVOID *Out) {
  Out[0] = Map(Mdl, NormalPagePriority);  // out-warning {{'Map' maps an MDL executable}}
  Out[1] = Safe(Mdl, NormalPagePriority); // out-warning {{'Safe' maps an MDL executable}}
  List(Lookaside, 0);                     // out-warning {{'List' allocates executable pool}}
  Out[2] = Allocate(NonPagedPool);        // out-warning {{'Allocate' allocates executable pool}}
  Out[3] = Allocate(NonPagedPoolExecute); // expected-warning {{'Allocate' allocates executable pool}}
  Out[4] = Allocate(NonPagedPoolNx);
}
