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

// Each kind of origin, kept in memory.
static UCHAR Bytes[] = {0x90, 0xC3};
extern UCHAR Label[];
void number(TABLE *t) { t->Code = (PVOID)0xFFFFF78000000000; ((ROUTINE)t->Code)(); } // expected-warning {{may be data called as code: the fixed address 0xFFFFF78000000000}}
void string(TABLE *t) { t->Code = "\x90\xC3"; ((ROUTINE)t->Code)(); } // expected-warning {{data called as code: a string literal}}
void variable(TABLE *t) { t->Code = Bytes; ((ROUTINE)t->Code)(); } // expected-warning {{data called as code: the variable 'Bytes'}}
void declared(TABLE *t) { t->Code = Label; ((ROUTINE)t->Code)(); }
void null(TABLE *t) { t->Code = NULL; if (t->Code) ((ROUTINE)t->Code)(); }
void given(TABLE *t, SIZE_T Size) { ZwAllocateVirtualMemory(NULL, &t->Code, 0, &Size, MEM_COMMIT, PAGE_READWRITE); ((ROUTINE)t->Code)(); } // expected-warning {{data called as code: memory from 'ZwAllocateVirtualMemory'}}
void content(TABLE *t) { t->Code = ExAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT'); if (t->Code) (*(ROUTINE *)t->Code)(); }
void asInteger(TABLE *t) { t->Code = Bytes; ULONG_PTR At = (ULONG_PTR)t->Code; ((ROUTINE)At)(); } // expected-warning {{data called as code: the variable 'Bytes'}}

// What a call may have changed elsewhere is not what it gives. Of what a system
// header declares, the analyzer knows that it changes nothing of ours.
PVOID RtlAllocateHeap(PVOID Heap, ULONG Flags, SIZE_T Size);
int NdisAllocateMemoryWithTag(PVOID *Out, UINT Size, ULONG Tag);
extern ROUTINE Dispatch;
static TABLE Routines;
static void prepare(void) { Routines.Code = (PVOID)target; }
void result(TABLE *t) { t->Code = RtlAllocateHeap(NULL, 0, 8); ((ROUTINE)t->Code)(); } // expected-warning {{data called as code: memory from 'RtlAllocateHeap'}}
void resultGood(TABLE *t) { prepare(); t->Code = RtlAllocateHeap(NULL, 0, 8); Dispatch(); ((ROUTINE)Routines.Code)(); }
void written(TABLE *t) { NdisAllocateMemoryWithTag(&t->Code, 8, 'tseT'); ((ROUTINE)t->Code)(); } // expected-warning {{data called as code: memory from 'NdisAllocateMemoryWithTag'}}
void writtenGood(TABLE *t) { prepare(); NdisAllocateMemoryWithTag(&t->Code, 8, 'tseT'); Dispatch(); ((ROUTINE)Routines.Code)(); }

// A section object of a file that the function has opened: two rules, one call.
typedef struct { HANDLE File, Section; } IMAGE;
static VOID open(IMAGE *i, POBJECT_ATTRIBUTES Name) { ZwOpenFile(&i->File, 0, Name, NULL, 0, 0); }
void file(IMAGE *i, POBJECT_ATTRIBUTES Name) {
  open(i, Name);
  // expected-warning@+2 {{'ZwCreateSection' makes a data file executable with 'PAGE_EXECUTE_READ'}}
  // expected-warning@+1 {{'ZwCreateSection' asks for executable pages with 'PAGE_EXECUTE_READ'}}
  ZwCreateSection(&i->Section, 0, NULL, NULL, PAGE_EXECUTE_READ, SEC_COMMIT, i->File);
}
void fileGood(IMAGE *i, POBJECT_ATTRIBUTES Name) { open(i, Name); ZwCreateSection(&i->Section, 0, NULL, NULL, PAGE_READONLY, SEC_COMMIT, i->File); }
