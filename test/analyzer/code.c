// Addresses of code, and of data that is called, through functions and memory.
// RUN: %hvci_analyze -Xclang -analyzer-output=plist -o %t.plist -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntifs.h>
typedef void (*ROUTINE)(void);
void target(void);
static void call(PVOID p) { ((ROUTINE)p)(); } // expected-warning {{data called as code: memory from 'ExAllocatePoolWithTag'}}
void passed(void) { call(ExAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT')); }
void passedGood(void) { call((PVOID)target); }
typedef struct { PVOID Code; } TABLE;
void stored(TABLE *t) { t->Code = ExAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT'); ((ROUTINE)t->Code)(); } // expected-warning {{data called as code}}
void storedGood(TABLE *t) { t->Code = (PVOID)target; ((ROUTINE)t->Code)(); }
static void patch(PUCHAR p) { *p = 0x90; } // expected-warning {{writes into the code of 'target'}}
void patches(void) { patch((PUCHAR)target); }
void patchesGood(PUCHAR p) { patch(p); }
void field(TABLE *t) { t->Code = (PVOID)target; *(PUCHAR)t->Code = 0x90; } // expected-warning {{writes into the code of 'target'}}
