// What an MDL describes, and what maps it, through functions and memory.
// RUN: %hvci_analyze -Xclang -analyzer-output=plist -o %t.plist -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntifs.h>
typedef void (*ROUTINE)(void);
typedef struct { PMDL Mdl; PUCHAR Alias; } PATCH;
void IoFreeMdl(PMDL Mdl);
void target(void);
static UCHAR Data[64];

static PMDL describe(PVOID Address) {
  PMDL Mdl = IoAllocateMdl(Address, 16, FALSE, FALSE, NULL);
  if (Mdl)
    MmBuildMdlForNonPagedPool(Mdl);
  return Mdl;
}
static PUCHAR map(PMDL Mdl) {
  return (PUCHAR)MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmNonCached, NULL, FALSE, NormalPagePriority | MdlMappingNoExecute);
}

void wrapped(void) { PUCHAR Alias = map(describe((PVOID)target)); *Alias = 0x90; } // expected-warning {{'*Alias' writes into the code of 'target'}}
void wrappedGood(void) { PUCHAR Alias = map(describe(Data)); *Alias = 0x90; }
void unknown(PMDL Mdl) { PUCHAR Alias = map(Mdl); *Alias = 0x90; }

void field(PATCH *p) { p->Mdl = describe((PVOID)target); p->Alias = map(p->Mdl); RtlCopyMemory(p->Alias, Data, 16); } // expected-warning {{writes into the code of 'target'}}
void fieldGood(PATCH *p) { p->Mdl = describe(Data); p->Alias = map(p->Mdl); RtlCopyMemory(p->Alias, Data, 16); }
void again(PATCH *p) {
  p->Mdl = describe((PVOID)target);
  IoFreeMdl(p->Mdl);
  p->Mdl = describe(Data);
  p->Alias = map(p->Mdl);
  p->Alias[0] = 0x90;
}

// The kit's inline function maps unless the MDL is mapped already.
void safe(PATCH *p) {
  p->Mdl = IoAllocateMdl((PVOID)target, 16, FALSE, FALSE, NULL);
  p->Alias = (PUCHAR)MmGetSystemAddressForMdlSafe(p->Mdl, NormalPagePriority | MdlMappingNoExecute);
  if (p->Alias)
    p->Alias[0] = 0x90; // expected-warning {{'p->Alias[0]' writes into the code of 'target'}}
}
// How it is mapped is of another rule, and changes nothing here.
void executable(PATCH *p) {
  p->Mdl = IoAllocateMdl((PVOID)target, 16, FALSE, FALSE, NULL);
  p->Alias = (PUCHAR)MmGetSystemAddressForMdlSafe(p->Mdl, NormalPagePriority); // expected-warning {{maps an MDL executable with 'NormalPagePriority'}}
  p->Alias[0] = 0x90; // expected-warning {{'p->Alias[0]' writes into the code of 'target'}}
}

void protects(PATCH *p) {
  p->Mdl = describe((PVOID)target);
  MmProtectMdlSystemAddress(p->Mdl, PAGE_READWRITE); // expected-warning {{'MmProtectMdlSystemAddress' makes the code of 'target' writable}}
  MmProtectMdlSystemAddress(p->Mdl, PAGE_READONLY);
}
void protectsGood(PATCH *p) { p->Mdl = describe(Data); MmProtectMdlSystemAddress(p->Mdl, PAGE_READWRITE); }

void found(PATCH *p, PUNICODE_STRING Name) {
  p->Mdl = describe(MmGetSystemRoutineAddress(Name));
  p->Alias = map(p->Mdl);
  p->Alias[0] = 0x90; // expected-warning {{'p->Alias[0]' may write into the code found by 'MmGetSystemRoutineAddress'}}
}

// A physical address is a union, to which the analyzer gives no value by itself.
void physical(PATCH *p) { p->Alias = MmMapIoSpaceEx(MmGetPhysicalAddress((PVOID)target), 16, PAGE_READWRITE); p->Alias[0] = 0x90; } // expected-warning {{'p->Alias[0]' writes into the code of 'target'}}
void physicalGood(PATCH *p) { p->Alias = MmMapIoSpaceEx(MmGetPhysicalAddress(Data), 16, PAGE_READWRITE); p->Alias[0] = 0x90; }

// What is mapped is memory, by the name that the driver has called.
void runs(PATCH *p, PVOID Address) { p->Mdl = describe(Address); p->Alias = map(p->Mdl); ((ROUTINE)p->Alias)(); } // expected-warning {{data called as code: memory from 'MmMapLockedPagesSpecifyCache'}}
void runsSafe(PATCH *p) { p->Alias = (PUCHAR)MmGetSystemAddressForMdlSafe(p->Mdl, NormalPagePriority | MdlMappingNoExecute); ((ROUTINE)p->Alias)(); } // expected-warning {{data called as code: memory from 'MmGetSystemAddressForMdlSafe'}}
void runsGood(PATCH *p) { p->Mdl = describe((PVOID)target); p->Alias = map(p->Mdl); ((ROUTINE)target)(); }
