// A driver whose data begin on a page if the linker aligns nothing.
#include <ntddk.h>
static ULONG Count = 1;
static const char Filler[] = {[0x900 - 1] = 1};
NTSTATUS DriverEntry(PVOID Driver, PVOID Path) {
  return Driver != Path && Filler[++Count];
}
