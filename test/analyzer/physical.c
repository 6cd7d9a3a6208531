// A physical address that is kept in variables and fields, through functions.
// RUN: %hvci_analyze -Xclang -analyzer-output=plist -o %t.plist -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_analyze /TP -Xclang -analyzer-output=plist -o %t.plist -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_analyze -Xclang -analyzer-output=text -- %s 2>&1 | FileCheck %s
#include <ntifs.h>
typedef struct { PUCHAR Alias; PHYSICAL_ADDRESS At; } PATCH;
typedef struct { ULONG Count; PATCH One; } PATCHES;
void target(void);
void other(PATCH *p);
static UCHAR Data[64];

static PHYSICAL_ADDRESS where(PVOID Address) { return MmGetPhysicalAddress(Address); }
static void locate(PATCH *p, PVOID Address) { p->At = MmGetPhysicalAddress(Address); }
static PUCHAR mapped(PHYSICAL_ADDRESS At) { return (PUCHAR)MmMapIoSpaceEx(At, 16, PAGE_READWRITE); }
static void map(PATCH *p) { p->Alias = (PUCHAR)MmMapIoSpaceEx(p->At, 16, PAGE_READWRITE); }

void variable(void) {
  // CHECK: [[@LINE+1]],{{[0-9]+}}): note: this describes the code of 'target'
  PHYSICAL_ADDRESS At = MmGetPhysicalAddress((PVOID)target);
  // CHECK: [[@LINE+1]],{{[0-9]+}}): note: this maps the code of 'target'
  PUCHAR Alias = (PUCHAR)MmMapIoSpaceEx(At, 16, PAGE_READWRITE);
  // CHECK: [[@LINE+1]],{{[0-9]+}}): note: 'Alias[0]' writes into the code of 'target'
  Alias[0] = 0x90; // expected-warning {{'Alias[0]' writes into the code of 'target'}}
}
void variableGood(void) { PHYSICAL_ADDRESS At = MmGetPhysicalAddress(Data); PUCHAR Alias = mapped(At); Alias[0] = 0x90; }
void unknown(PVOID Address) { PHYSICAL_ADDRESS At = MmGetPhysicalAddress(Address); PUCHAR Alias = mapped(At); Alias[0] = 0x90; }

void result(void) { PUCHAR Alias = mapped(where((PVOID)target)); Alias[0] = 0x90; } // expected-warning {{'Alias[0]' writes into the code of 'target'}}
void resultGood(void) { PUCHAR Alias = mapped(where(Data)); Alias[0] = 0x90; }

void field(PATCH *p) { locate(p, (PVOID)target); map(p); p->Alias[0] = 0x90; } // expected-warning {{'p->Alias[0]' writes into the code of 'target'}}
void fieldGood(PATCH *p) { locate(p, Data); map(p); p->Alias[0] = 0x90; }
void inner(PATCHES *p) { locate(&p->One, (PVOID)target); PATCHES Copy = *p; map(&Copy.One); Copy.One.Alias[0] = 0x90; } // expected-warning {{writes into the code of 'target'}}
void innerGood(PATCHES *p) { locate(&p->One, Data); PATCHES Copy = *p; map(&Copy.One); Copy.One.Alias[0] = 0x90; }

// It has changed since.
void again(PATCH *p) { locate(p, (PVOID)target); locate(p, Data); map(p); p->Alias[0] = 0x90; }
void overwritten(PATCH *p) { locate(p, (PVOID)target); p->At.QuadPart = 0x1000; map(p); p->Alias[0] = 0x90; }
void handedOut(PATCH *p) { locate(p, (PVOID)target); other(p); map(p); p->Alias[0] = 0x90; }
void part(PATCH *p, PATCH *q) { locate(q, (PVOID)target); p->At.u.LowPart = q->At.u.LowPart; map(p); p->Alias[0] = 0x90; }
void each(PATCH *p) {
  for (int I = 0; I < 2; I++) {
    locate(&p[I], I ? (PVOID)target : (PVOID)Data);
    map(&p[I]);
  }
  p[0].Alias[0] = 0x90;
}
