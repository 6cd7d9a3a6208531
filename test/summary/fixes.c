// The fix is made at the caller's argument, as for a DDI.
// RUN: %hvci_cl -Xclang -fdiagnostics-parseable-fixits -- %s 2>&1 | FileCheck %s
#include <ntddk.h>

static PVOID Allocate(POOL_TYPE Type) { return ExAllocatePool(Type, 8); }
static PVOID Map(PMDL Mdl, ULONG Priority) { return MmGetSystemAddressForMdlSafe(Mdl, Priority); }
static PVOID Executable(POOL_TYPE Type) { return ExAllocatePool(Type & ~POOL_NX_ALLOCATION, 8); }
static POOL_TYPE Choose(void) { return NonPagedPool; }

PVOID pool(void) { return Allocate(NonPagedPool); }
// CHECK: fix-it:"{{.*}}fixes.c":{[[@LINE-1]]:36-[[@LINE-1]]:48}:"NonPagedPoolNx"
PVOID mapping(PMDL Mdl) { return Map(Mdl, NormalPagePriority); }
// CHECK: fix-it:"{{.*}}fixes.c":{[[@LINE-1]]:61-[[@LINE-1]]:61}:" | MdlMappingNoExecute"
// Nothing that a caller passes mends it, and another may need what is returned.
PVOID undone(void) { return Executable(NonPagedPool); }
PVOID chosen(void) { return ExAllocatePool(Choose(), 8); }
// CHECK-NOT: fix-it:
// CHECK: 4 warnings generated
