// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <wdm.h>

#define NORMAL_NX (NormalPagePriority | MdlMappingNoExecute)

void priorities(PMDL m) {
  MmMapLockedPagesSpecifyCache(m, KernelMode, MmCached, NULL, FALSE, NormalPagePriority); // expected-warning-re {{'MmMapLockedPagesSpecifyCache' {{.*}} [hvci-execute-page-mapping]}}
  MmMapLockedPagesSpecifyCache(m, KernelMode, MmCached, NULL, FALSE, NORMAL_NX); // good: MmMapLockedPagesSpecifyCache
  MmMapLockedPagesSpecifyCache(m, UserMode, MmCached, NULL, FALSE, NormalPagePriority); // good: MmMapLockedPagesSpecifyCache
  MmGetSystemAddressForMdlSafe(m, NormalPagePriority); // expected-warning-re {{'MmGetSystemAddressForMdlSafe' {{.*}} [hvci-execute-page-mapping]}}
  MmGetSystemAddressForMdlSafe(m, NORMAL_NX); // good: MmGetSystemAddressForMdlSafe
}

void none(PMDL m, PVOID reserved) {
  MmMapLockedPages(m, KernelMode); // expected-warning-re {{'MmMapLockedPages' {{.*}} [hvci-execute-page-mapping]}}
  MmMapLockedPages(m, UserMode); // good: MmMapLockedPages
  MmMapLockedPagesSpecifyCache(m, KernelMode, MmCached, NULL, FALSE, NORMAL_NX); // good: MmMapLockedPages
  MmMapLockedPagesWithReservedMapping(reserved, 'tseT', m, MmCached); // expected-warning-re {{'MmMapLockedPagesWithReservedMapping' {{.*}} [hvci-execute-page-mapping]}}
  MmMapLockedPagesSpecifyCache(m, KernelMode, MmCached, NULL, FALSE, NORMAL_NX); // good: MmMapLockedPagesWithReservedMapping
}

// A macro here: the callee is the one in its expansion.
void *macro(PMDL m) {
  return MmGetSystemAddressForMdl(m); // expected-warning-re {{'MmMapLockedPages' {{.*}} [hvci-execute-page-mapping]}}
}
