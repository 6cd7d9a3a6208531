// A fix applied gives code that compiles and is silent.
// RUN: cp %s %t.c
// RUN: %hvci_cl -Xclang -fixit -- %t.c 2>&1 | FileCheck %s --check-prefix=APPLIED
// RUN: %hvci_cl /WX -- %t.c 2>&1 | FileCheck %s --check-prefix=SILENT --allow-empty
// RUN: grep -v CHECK %t.c | FileCheck %s
// APPLIED: FIX-IT applied
// SILENT-NOT: {{.}}
#include <ntddk.h>

#define BOTH(Type, A, B) (A = ExAllocatePoolWithTag(Type, 8, 'tseT'), B = ExAllocatePoolWithTag(Type, 9, 'tseT'))
#define PARENTHESES(Mdl, Priority) MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, NULL, FALSE, (Priority))
#define MAP(Mdl, Priority) MmGetSystemAddressForMdlSafe(Mdl, Priority)
#define PRIORITY Flag ? NormalPagePriority : HighPagePriority

void fix(int Flag, PMDL Mdl, PHYSICAL_ADDRESS A, PNPAGED_LOOKASIDE_LIST List, PVOID *Out) {
  Out[0] = ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT');
  // CHECK: ExAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT')
  // CHECK: ExAllocatePoolWithTag(NonPagedPoolNx | POOL_COLD_ALLOCATION, 8, 'tseT')
  Out[1] = ExAllocatePoolWithTag(NonPagedPool | POOL_COLD_ALLOCATION, 8, 'tseT');
  // CHECK: ExAllocatePoolWithTag(Flag ? NonPagedPoolNx : NonPagedPoolNxCacheAligned, 8, 'tseT')
  Out[2] = ExAllocatePoolWithTag(Flag ? NonPagedPool : NonPagedPoolCacheAligned, 8, 'tseT');
  // CHECK: ExAllocatePoolWithTag(NonPagedPoolNx, 9, 'tseT')
  Out[3] = ExAllocatePoolWithTag((POOL_TYPE)0, 9, 'tseT');
  // CHECK: ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_USE_QUOTA, 8, 'tseT')
  Out[4] = ExAllocatePool2(POOL_FLAG_NON_PAGED_EXECUTE | POOL_FLAG_USE_QUOTA, 8, 'tseT');
  // CHECK: ExAllocatePool2(POOL_FLAG_NON_PAGED, 8, 'tseT')
  Out[5] = ExAllocatePool2(NonPagedPoolNx, 8, 'tseT');
  // CHECK: ExInitializeNPagedLookasideList(List, NULL, NULL, POOL_NX_ALLOCATION, 8, 'tseT', 0)
  ExInitializeNPagedLookasideList(List, NULL, NULL, 0, 8, 'tseT', 0);
  // CHECK: ExInitializeNPagedLookasideList(List, NULL, NULL, POOL_RAISE_IF_ALLOCATION_FAILURE | POOL_NX_ALLOCATION, 8, 'tseT', 0)
  ExInitializeNPagedLookasideList(List, NULL, NULL, POOL_RAISE_IF_ALLOCATION_FAILURE, 8, 'tseT', 0);

  Out[0] = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority);
  // CHECK: MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority | MdlMappingNoExecute)
  // CHECK: MmGetSystemAddressForMdlSafe(Mdl, (Flag ? NormalPagePriority : HighPagePriority) | MdlMappingNoExecute)
  Out[1] = MmGetSystemAddressForMdlSafe(Mdl, Flag ? NormalPagePriority : HighPagePriority);
  // CHECK: MmGetSystemAddressForMdlSafe(Mdl, (HighPagePriority & 48) | MdlMappingNoExecute)
  Out[2] = MmGetSystemAddressForMdlSafe(Mdl, HighPagePriority & 48);
  // CHECK: MAP(Mdl, NormalPagePriority | MdlMappingNoExecute)
  Out[3] = MAP(Mdl, NormalPagePriority);
  // CHECK: MmGetSystemAddressForMdlSafe(Mdl, (PRIORITY) | MdlMappingNoExecute)
  Out[4] = MmGetSystemAddressForMdlSafe(Mdl, PRIORITY);
  // CHECK: MmMapIoSpaceEx(A, 4096, PAGE_READWRITE | PAGE_NOCACHE)
  Out[5] = MmMapIoSpace(A, 4096, MmNonCached);
  // CHECK: MmMapIoSpaceEx(A, 4096, PAGE_READWRITE | PAGE_WRITECOMBINE)
  Out[7] = MmMapIoSpaceEx(A, 4096, PAGE_EXECUTE_READWRITE | PAGE_WRITECOMBINE);
  // CHECK: PARENTHESES(Mdl, NormalPagePriority | MdlMappingNoExecute)
  Out[6] = PARENTHESES(Mdl, NormalPagePriority);
  // CHECK: BOTH(NonPagedPoolNx, Out[8], Out[9])
  BOTH(NonPagedPool, Out[8], Out[9]);
  // CHECK: MmProtectMdlSystemAddress(Mdl, PAGE_NOACCESS)
  MmProtectMdlSystemAddress(Mdl, 0x10);
}
