// The same in C++, where enumerations do not mix with integers.
// RUN: cp %s %t.cpp
// RUN: %hvci_cl -Xclang -fixit -- %t.cpp 2>&1 | FileCheck %s --check-prefix=APPLIED
// RUN: %hvci_cl /WX -- %t.cpp 2>&1 | FileCheck %s --check-prefix=SILENT --allow-empty
// RUN: grep -v CHECK %t.cpp | FileCheck %s
// APPLIED: FIX-IT applied
// SILENT-NOT: {{.}}
#include <ntddk.h>
#include <stdunk.h>

struct Thing { int Value; };

void fix(bool Flag, PMDL Mdl, PHYSICAL_ADDRESS A, PVOID *Out) {
  Out[0] = ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT');
  // CHECK: ExAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT')
  // CHECK: ExAllocatePoolWithTag((POOL_TYPE)(NonPagedPoolNx | POOL_COLD_ALLOCATION), 8, 'tseT')
  Out[1] = ExAllocatePoolWithTag((POOL_TYPE)(NonPagedPool | POOL_COLD_ALLOCATION), 8, 'tseT');
  // CHECK: ExAllocatePoolWithTag(NonPagedPoolNx, 9, 'tseT')
  Out[2] = ExAllocatePoolWithTag(static_cast<POOL_TYPE>(0), 9, 'tseT');
  // CHECK: new (NonPagedPoolNx, 'tseT') Thing
  Out[3] = new (NonPagedPool, 'tseT') Thing;
  // CHECK: ExAllocatePool2(POOL_FLAG_NON_PAGED, 8, 'tseT')
  Out[4] = ExAllocatePool2(NonPagedPool, 8, 'tseT');
  // CHECK: MmGetSystemAddressForMdlSafe(Mdl, (Flag ? NormalPagePriority : HighPagePriority) | MdlMappingNoExecute)
  Out[5] = MmGetSystemAddressForMdlSafe(Mdl, Flag ? NormalPagePriority : HighPagePriority);
  // CHECK: MmMapIoSpaceEx(A, 4096, PAGE_READWRITE)
  Out[6] = MmMapIoSpace(A, 4096, MmCached);
}
