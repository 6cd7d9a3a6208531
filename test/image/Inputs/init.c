// A driver whose entry is in INIT.
#include <ntddk.h>
NTSTATUS DriverEntry(PVOID Driver, PVOID Path);
#pragma alloc_text(INIT, DriverEntry)
NTSTATUS DriverEntry(PVOID Driver, PVOID Path) { return Driver == Path; }
