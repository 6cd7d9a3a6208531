// Calls of what can only give executable memory, and of what can give other.
#include <ntddk.h>
#include <nthalext.h>

NTSTATUS DriverEntry(PVOID Driver, PVOID Path) {
  static PHYSICAL_ADDRESS Where;
  PVOID Found = MmMapIoSpace(Where, 4096, MmNonCached);
  Found = Found ? Found : MmAllocateContiguousMemory(4096, Where);
  Found = Found ? Found : HalMapIoSpace(Where, 4096, MmNonCached);
  Found = Found ? Found : MmMapLockedPages(Driver, KernelMode);
  Found = Found ? Found : ExAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT');
  if (Found != Path)
    ExFreePool(Found);
  return 0;
}
