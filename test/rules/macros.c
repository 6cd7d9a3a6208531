// Inside macros a finding stands at the expansion, with Clang's notes.
// RUN: not %hvci_cl /WX -- %s 2>&1 | FileCheck %s
#include <ntddk.h>
#define POOL_KIND NonPagedPool
#define ALLOC(Size) ExAllocatePoolWithTag(NonPagedPool, Size, 'tseT')
#define MAP(Mdl, Priority) MmGetSystemAddressForMdlSafe(Mdl, Priority)

void macros(PMDL Mdl, PVOID *Out) {
  Out[0] = ExAllocatePoolWithTag(POOL_KIND, 8, 'tseT');
  // CHECK: macros.c([[@LINE-1]],34): error: 'ExAllocatePoolWithTag' allocates executable pool with 'POOL_KIND'; use NonPagedPoolNx [hvci-execute-pool-type]
  // CHECK: macros.c(4,19): note: expanded from macro 'POOL_KIND'
  Out[1] = ALLOC(8);
  // CHECK: macros.c([[@LINE-1]],12): error: 'ExAllocatePoolWithTag' allocates executable pool with 'NonPagedPool'
  // CHECK: macros.c(5,43): note: expanded from macro 'ALLOC'
  Out[2] = MAP(Mdl, NormalPagePriority);
  // CHECK: macros.c([[@LINE-1]],21): error: 'MmGetSystemAddressForMdlSafe' maps an MDL executable with 'NormalPagePriority'
  // CHECK: macros.c(6,62): note: expanded from macro 'MAP'
}
