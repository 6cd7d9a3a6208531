// A driver with code, data, relocations and an import, all as they should be.
#include <ntddk.h>

static ULONG Count = 1;
static PVOID Table[] = {&Count, Table};

NTSTATUS DriverEntry(PVOID Driver, PVOID Path) {
  Table[1] = ExAllocatePoolWithTag(NonPagedPoolNx, ++Count, 'tseT');
  return Table[0] != Driver && Path != Table[1];
}
