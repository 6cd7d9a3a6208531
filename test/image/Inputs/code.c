// A table among code, as an assembler may put it, and one of data.
#include <ntddk.h>
__declspec(align(4096)) struct { char Before[4093]; } Filler;
#pragma pack(push, 1)
struct { UCHAR Before[4093]; PVOID Pointer; } __declspec(align(4096)) Table = {
    {0}, &Filler};
#pragma pack(pop)

NTSTATUS DriverEntry(PVOID Driver, PVOID Path) {
  return Driver == Path || Table.Before[0];
}

__attribute__((naked, used)) void Jump(void) {
  __asm__(".balign 4096\n"
          ".skip 4090\n"
          ".quad Filler\n");
}
