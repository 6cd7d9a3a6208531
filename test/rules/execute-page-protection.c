// RUN: %hvci_cl_x64 -Xclang -verify -- %s
// RUN: %hvci_cl_x86 -Xclang -verify -- %s
// RUN: %hvci_cl_arm64 -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <ntifs.h>

#define PROTECTION PAGE_EXECUTE_READ
#define BOTH (PAGE_EXECUTE_READWRITE | PAGE_NOCACHE)

// expected-note@wdm.h:* 0+ {{expanded from macro}}
NTSTATUS protections(PMDL Mdl, int Flag, ULONG Unknown) {
  MmProtectMdlSystemAddress(Mdl, PAGE_EXECUTE);           // expected-warning {{'MmProtectMdlSystemAddress' asks for executable pages with 'PAGE_EXECUTE'; use PAGE_NOACCESS [hvci-execute-page-protection]}}
  MmProtectMdlSystemAddress(Mdl, PAGE_EXECUTE_READ);      // expected-warning {{use PAGE_READONLY}}
  MmProtectMdlSystemAddress(Mdl, PAGE_EXECUTE_READWRITE); // expected-warning {{use PAGE_READWRITE}}
  MmProtectMdlSystemAddress(Mdl, PAGE_EXECUTE_WRITECOPY); // expected-warning {{use PAGE_WRITECOPY}}
  MmProtectMdlSystemAddress(Mdl, 0x40);                   // expected-warning {{with '0x40'; use PAGE_READWRITE}}
  MmProtectMdlSystemAddress(Mdl, PROTECTION);             // expected-warning {{with 'PROTECTION'; use PAGE_READONLY}}
  MmProtectMdlSystemAddress(Mdl, BOTH);                   // expected-warning {{with 'BOTH'; use PAGE_READWRITE}}
  MmProtectMdlSystemAddress(Mdl, Unknown | PAGE_EXECUTE); // expected-warning {{asks for executable pages}}
  MmProtectMdlSystemAddress(Mdl, Flag ? PAGE_EXECUTE_READ : PAGE_READONLY); // expected-warning {{may ask for executable pages}}
  MmProtectMdlSystemAddress(Mdl, PAGE_READWRITE | PAGE_NOCACHE);
  MmProtectMdlSystemAddress(Mdl, Unknown);
  MmProtectMdlSystemAddress(Mdl, Unknown & ~0xF0u);
  return MmProtectMdlSystemAddress(Mdl, PAGE_READONLY);
}

// expected-note@#user {{the pages belong to a process, where memory integrity does not restrict them}}
void user(PVOID Address, SIZE_T Size) {
  ZwAllocateVirtualMemory((HANDLE)-1, &Address, 0, &Size, MEM_COMMIT, PAGE_EXECUTE_READWRITE); // #user expected-warning {{'ZwAllocateVirtualMemory' may ask for executable pages}}
  ZwAllocateVirtualMemory((HANDLE)-1, &Address, 0, &Size, MEM_COMMIT, PAGE_READWRITE);
}

BOOLEAN compared(ULONG Protection) { return Protection == PAGE_EXECUTE_READ; }
