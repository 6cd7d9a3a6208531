// RUN: %hvci_cl_x64 -Xclang -verify -- %s
// RUN: %hvci_cl_x86 -Xclang -verify -- %s
// RUN: %hvci_cl_arm64 /DPOOL_NX_OPTOUT=1 -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

#define WITH_FLAG (NormalPagePriority | MdlMappingNoExecute)

// expected-note@#mode {{a mapping for UserMode is never executable}}
void mappings(PMDL Mdl, ULONG Priority, KPROCESSOR_MODE Mode, PVOID *Out) {
  Out[0] = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority); // expected-warning {{'MmGetSystemAddressForMdlSafe' maps an MDL executable with 'NormalPagePriority'; use MdlMappingNoExecute [hvci-execute-page-mapping]}}
  Out[1] = MmGetSystemAddressForMdlSafe(Mdl, HighPagePriority | MdlMappingNoWrite); // expected-warning {{maps an MDL executable}}
  Out[2] = MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority); // expected-warning {{'MmMapLockedPagesSpecifyCache' maps an MDL executable}}
  Out[3] = MmMapLockedPagesSpecifyCache(Mdl, Mode, MmCached, NULL, FALSE, NormalPagePriority); // #mode expected-warning {{may map an MDL executable}}
  Out[4] = MmMapLockedPages(Mdl, KernelMode); // expected-warning {{'MmMapLockedPages' always maps executable memory; use MmGetSystemAddressForMdlSafe with MdlMappingNoExecute}}
  Out[5] = MmGetSystemAddressForMdlSafe(Mdl, Mode ? NormalPagePriority : NormalPagePriority | MdlMappingNoExecute); // expected-warning {{may map an MDL executable}}

  Out[6] = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority | MdlMappingNoExecute);
  Out[7] = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority + MdlMappingNoExecute);
  Out[8] = MmGetSystemAddressForMdlSafe(Mdl, Priority | MdlMappingNoExecute);
  Out[9] = MmGetSystemAddressForMdlSafe(Mdl, Priority);
  Out[10] = MmGetSystemAddressForMdlSafe(Mdl, WITH_FLAG);
  Out[11] = MmMapLockedPagesSpecifyCache(Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
  Out[12] = MmMapLockedPages(Mdl, UserMode);
}
