// Wrappers of every kind of deciding argument, and what they pass of the others.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

static PVOID Map(PMDL Mdl, KPROCESSOR_MODE Mode, ULONG Priority) {
  return MmMapLockedPagesSpecifyCache(Mdl, Mode, MmCached, NULL, FALSE, Priority);
}
static PVOID KernelMap(PMDL Mdl, ULONG Priority) { return Map(Mdl, KernelMode, Priority); }
static PVOID UserMap(PMDL Mdl, ULONG Priority) { return Map(Mdl, UserMode, Priority); }
static PVOID Safe(PMDL Mdl, ULONG Priority) { return MmGetSystemAddressForMdlSafe(Mdl, Priority); }
static PVOID SafeNx(PMDL Mdl, ULONG Priority) { return Safe(Mdl, Priority | MdlMappingNoExecute); }
void mappings(PMDL Mdl, KPROCESSOR_MODE Mode, ULONG Priority, PVOID *Out) {
  Out[0] = Map(Mdl, KernelMode, NormalPagePriority); // expected-warning {{'Map' maps an MDL executable with 'NormalPagePriority'; use MdlMappingNoExecute [hvci-execute-page-mapping]}}
  Out[1] = Map(Mdl, UserMode, NormalPagePriority);
  Out[2] = Map(Mdl, Mode, NormalPagePriority); // expected-warning {{'Map' may map an MDL executable with 'NormalPagePriority'}}
  Out[3] = Map(Mdl, KernelMode, NormalPagePriority | MdlMappingNoExecute);
  Out[4] = Map(Mdl, KernelMode, Priority);
  Out[5] = KernelMap(Mdl, HighPagePriority); // expected-warning {{'KernelMap' maps an MDL executable with 'HighPagePriority'}}
  Out[6] = UserMap(Mdl, HighPagePriority);
  Out[7] = Safe(Mdl, LowPagePriority); // expected-warning {{'Safe' maps an MDL executable with 'LowPagePriority'}}
  Out[8] = SafeNx(Mdl, LowPagePriority);
}

static NTSTATUS Protect(PMDL Mdl, ULONG Protection) { return MmProtectMdlSystemAddress(Mdl, Protection); }
static NTSTATUS ProtectUncached(PMDL Mdl, ULONG Protection) { return Protect(Mdl, Protection | PAGE_NOCACHE); }
static PVOID Space(PHYSICAL_ADDRESS Address, SIZE_T Size, ULONG Protection) { return MmMapIoSpaceEx(Address, Size, Protection); }
void protections(PMDL Mdl, PHYSICAL_ADDRESS Address, PVOID *Out) {
  Protect(Mdl, PAGE_EXECUTE_READ); // expected-warning {{'Protect' asks for executable pages with 'PAGE_EXECUTE_READ'; use PAGE_READONLY [hvci-execute-page-protection]}}
  Protect(Mdl, PAGE_READONLY);
  ProtectUncached(Mdl, PAGE_EXECUTE_READWRITE); // expected-warning {{'ProtectUncached' asks for executable pages with 'PAGE_EXECUTE_READWRITE'}}
  ProtectUncached(Mdl, PAGE_READWRITE);
  Out[0] = Space(Address, PAGE_EXECUTE, PAGE_READWRITE);
  Out[1] = Space(Address, 4096, PAGE_EXECUTE_READWRITE); // expected-warning {{'Space' asks for executable pages}}
}

static PVOID Flags(POOL_FLAGS Flags, SIZE_T Size) { return ExAllocatePool2(Flags, Size, 'tseT'); }
static VOID List(PNPAGED_LOOKASIDE_LIST List, PALLOCATE_FUNCTION Allocate, ULONG Flags) {
  ExInitializeNPagedLookasideList(List, Allocate, NULL, Flags, 8, 'tseT', 0);
}
void flags(PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate, PVOID *Out) {
  Out[0] = Flags(POOL_FLAG_NON_PAGED_EXECUTE, 8); // expected-warning {{'Flags' allocates executable pool with 'POOL_FLAG_NON_PAGED_EXECUTE'; use POOL_FLAG_NON_PAGED}}
  Out[1] = Flags(POOL_FLAG_NON_PAGED, 8);
  List(Lookaside, NULL, 0); // expected-warning {{'List' allocates executable pool with '0'; use POOL_NX_ALLOCATION}}
  List(Lookaside, NULL, POOL_NX_ALLOCATION);
  List(Lookaside, Allocate, 0); // expected-warning {{'List' may allocate executable pool}}
}

// No argument makes these safe: said where they stand, not at each caller.
static PVOID Registers(PHYSICAL_ADDRESS Address, MEMORY_CACHING_TYPE Cache) {
  return MmMapIoSpace(Address, 4096, Cache); // expected-warning {{'MmMapIoSpace' always gives executable memory}}
}
void registers(PHYSICAL_ADDRESS Address, PVOID *Out) {
  Out[0] = Registers(Address, MmNonCached);
  Out[1] = Registers(Address, MmCached);
}
