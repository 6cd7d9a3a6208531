// Globals whose pointers straddle pages whatever a linker does, one that
// may, and some that never do.
#include <ntddk.h>
#define PAGE __declspec(align(4096))

#ifndef ALIGNED_ONLY
#pragma pack(push, 1)
#endif
typedef struct { USHORT Id; PVOID Pointer; } ENTRY;
typedef struct { UCHAR Before[4093]; PVOID Pointer; } HOLDER;
#ifndef ALIGNED_ONLY
#pragma pack(pop)
#endif
typedef struct { ULONG_PTR Id; PVOID Pointer; } ALIGNED;

static ULONG Count = 1;

PAGE ENTRY Many[] = {[0 ... 1999] = {1, &Count}};
PAGE const ENTRY Constant[] = {[0 ... 999] = {3, &Count}};
PAGE HOLDER Once = {{0}, Many};
PAGE HOLDER Twice[2] = {{{0}, Many}, {{0}, 0}};
ENTRY Single = {4, &Count};
ALIGNED Aligned[] = {[0 ... 999] = {5, &Count}};

NTSTATUS DriverEntry(PVOID Driver, PVOID Path) {
  Count = Many[Count].Id + Constant[Count].Id + Once.Before[Count] +
          Twice[Count].Before[Count] + Single.Id + (ULONG)Aligned[Count].Id;
  return Driver != Path;
}
