// The remedy is one that the oldest targeted system has (NTDDI_VERSION).
// RUN: %hvci_cl /DNTDDI_VERSION=0x06010000 -Xclang -verify=old -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /DNTDDI_VERSION=NTDDI_WIN7 -Xclang -verify=old -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /DNTDDI_VERSION=0x06020000 -Xclang -verify=win8 -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /DNTDDI_VERSION=0x0A000000 -Xclang -verify=win10 -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /DNTDDI_VERSION=0x06010000 -Xclang -fdiagnostics-parseable-fixits -- %s 2>&1 | FileCheck %s --check-prefix=NOFIX
// RUN: %hvci_cl /DNTDDI_VERSION=0x06020000 -Xclang -fdiagnostics-parseable-fixits -- %s 2>&1 | FileCheck %s --check-prefix=FIX
// NOFIX: allocates executable pool
// NOFIX-NOT: fix-it:
// FIX: fix-it:{{.*}}:"NonPagedPoolNx"
#include <ntddk.h>

void allocate(PHYSICAL_ADDRESS A, PMDL Mdl, PVOID *Out) {
  Out[0] = ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT');
  // old-warning@-1 {{use POOL_NX_OPTIN with ExInitializeDriverRuntime(DrvRtPoolNxOptIn), as the unit targets systems before Windows 8 [hvci-execute-pool-type]}}
  // win8-warning@-2 {{use NonPagedPoolNx}}
  // win10-warning@-3 {{use NonPagedPoolNx}}
  Out[1] = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority);
  // old-warning@-1 {{use POOL_NX_OPTIN}}
  // win8-warning@-2 {{use MdlMappingNoExecute}}
  // win10-warning@-3 {{use MdlMappingNoExecute}}
  Out[2] = MmMapIoSpace(A, 4096, MmCached);
  // old-warning@-1 {{use MmMapIoSpaceEx with PAGE_READWRITE, which Windows 10 and later have}}
  // win8-warning@-2 {{use MmMapIoSpaceEx with PAGE_READWRITE, which Windows 10 and later have}}
  // win10-warning@-3 {{use MmMapIoSpaceEx with PAGE_READWRITE [}}
  Out[4] = ExAllocatePoolWithTag(NonPagedPoolExecute, 8, 'tseT');
  // old-warning@-1 {{use NonPagedPool under POOL_NX_OPTIN, as the unit targets systems before Windows 8}}
  // win8-warning@-2 {{use NonPagedPoolNx}}
  // win10-warning@-3 {{use NonPagedPoolNx}}
  Out[5] = MmMapLockedPages(Mdl, KernelMode);
  // old-warning@-1 {{use MmGetSystemAddressForMdlSafe under POOL_NX_OPTIN}}
  // win8-warning@-2 {{with MdlMappingNoExecute}}
  // win10-warning@-3 {{with MdlMappingNoExecute}}
  Out[3] = MmAllocateContiguousMemory(4096, A);
  // old-warning@-1 {{use MmAllocateContiguousNodeMemory with PAGE_READWRITE, which Windows 8 and later have}}
  // win8-warning@-2 {{use MmAllocateContiguousNodeMemory with PAGE_READWRITE [}}
  // win10-warning@-3 {{use MmAllocateContiguousNodeMemory with PAGE_READWRITE [}}
}
