// What the three macros change, and what they leave alone (wdm.h).
// RUN: %hvci_cl_x64 -Xclang -verify=none,never -- %s
// RUN: %hvci_cl_x64 /DPOOL_NX_OPTOUT=1 -Xclang -verify=none,never -- %s
// RUN: %hvci_cl_x64 /DPOOL_NX_OPTIN_AUTO=1 /DPOOL_NX_OPTOUT=1 -Xclang -verify=none,never -- %s
// RUN: %hvci_cl_x64 /DPOOL_NX_OPTIN=0 -Xclang -verify=none,never -- %s
// RUN: %hvci_cl_x64 /DLATE -Xclang -verify=none,never -- %s
// RUN: %hvci_cl_x64 /DPOOL_NX_OPTIN=1 -Xclang -verify=never -- %s
// RUN: %hvci_cl_x64 /DPOOL_NX_OPTIN_AUTO=1 -Xclang -verify=never -- %s
// RUN: %hvci_cl_arm64 -Xclang -verify=never -- %s
// RUN: %hvci_cl_arm64 /DPOOL_NX_OPTIN=1 -Xclang -verify=never -- %s
// RUN: %hvci_cl_arm64 /DPOOL_NX_OPTOUT=1 -Xclang -verify=none,never -- %s
#include <ntddk.h>
#ifdef LATE
#define POOL_NX_OPTIN 1
#endif

void mapped(PMDL Mdl, PNPAGED_LOOKASIDE_LIST List, PVOID *Out) {
  Out[0] = ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT');             // none-warning {{allocates executable pool}}
  Out[1] = ExAllocatePoolWithTag(NonPagedPoolCacheAligned, 8, 'tseT'); // none-warning {{allocates executable pool}}
  Out[2] = ExAllocatePoolZero(NonPagedPool, 8, 'tseT');                // none-warning {{allocates executable pool}}
  Out[3] = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority);      // none-warning {{maps an MDL executable}}
  Out[4] = MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority); // none-warning {{maps an MDL executable}}
  ExInitializeNPagedLookasideList(List, NULL, NULL, 0, 8, 'tseT', 0);  // none-warning {{allocates executable pool}}
}

void unmapped(PMDL Mdl, PHYSICAL_ADDRESS A, PVOID *Out) {
  Out[0] = ExAllocatePoolWithTag(NonPagedPoolExecute, 8, 'tseT');     // never-warning {{allocates executable pool}}
  Out[1] = ExAllocatePoolWithTag(NonPagedPoolSession, 8, 'tseT');     // never-warning {{allocates executable pool}}
  Out[2] = ExAllocatePoolWithTag(0, 8, 'tseT');                       // never-warning {{allocates executable pool}}
  Out[3] = ExAllocatePool2(POOL_FLAG_NON_PAGED_EXECUTE, 8, 'tseT');   // never-warning {{allocates executable pool}}
  Out[4] = MmMapLockedPages(Mdl, KernelMode);                         // never-warning {{always maps executable memory}}
  Out[5] = MmMapIoSpace(A, 4096, MmNonCached);                        // never-warning {{always gives executable memory}}
  Out[6] = MmAllocateContiguousMemory(4096, A);                       // never-warning {{always gives executable memory}}
}
