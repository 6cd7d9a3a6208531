// RUN: %hvci_cl_x64 %arg only=hvci-executable-data-file -Xclang -verify -- %s
// RUN: %hvci_cl_x86 %arg only=hvci-executable-data-file -Xclang -verify -- %s
// RUN: %hvci_cl_arm64 %arg only=hvci-executable-data-file -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -plugin-arg-hvcilint -Xclang only=hvci-executable-data-file -Xclang -verify %s
// RUN: %hvci_cl -Xclang -fdiagnostics-parseable-fixits -- %s 2>&1 | FileCheck --check-prefix=FIX %s
#include <fltKernel.h>

NTSYSAPI NTSTATUS NTAPI ZwCreateSectionEx(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, PLARGE_INTEGER, ULONG, ULONG, HANDLE, PMEM_EXTENDED_PARAMETER, ULONG);
NTKERNELAPI NTSTATUS NTAPI MmCreateSection(PVOID *, ACCESS_MASK, POBJECT_ATTRIBUTES, PLARGE_INTEGER, ULONG, ULONG, HANDLE, PFILE_OBJECT);
#define IMAGE SEC_IMAGE

// ---- Images ----------------------------------------------------------------

// expected-note@#1 {{the view may be a process's own, or the file a signed image}}
// expected-note@#2 {{the view may be}}
// expected-note@#3 {{the view may be}}
// expected-note@#4 {{the view may be}}
// expected-note@#5 {{the view may be}}
// expected-note@#6 {{the view may be}}
// Six are written as the constant, one in a macro of the driver.
// FIX-COUNT-6: fix-it:{{.*}}:"SEC_IMAGE_NO_EXECUTE"
// FIX-NOT: "SEC_IMAGE_NO_EXECUTE"
void images(HANDLE File, PVOID *Object, PHANDLE Section, ULONG Flag, PLARGE_INTEGER Size) {
  ZwCreateSection(Section, SECTION_ALL_ACCESS, NULL, Size, PAGE_READONLY, SEC_IMAGE, File); // #1 expected-warning {{'ZwCreateSection' may make a file executable with 'SEC_IMAGE'; use SEC_IMAGE_NO_EXECUTE [hvci-executable-data-file]}}
  ZwCreateSection(Section, SECTION_ALL_ACCESS, NULL, Size, PAGE_EXECUTE_READ, SEC_IMAGE, File); // #2 expected-warning {{may make a file executable with 'SEC_IMAGE'}}
  NtCreateSection(Section, SECTION_ALL_ACCESS, NULL, NULL, PAGE_READONLY, 0x1000000, File); // #3 expected-warning {{'NtCreateSection' may make a file executable with '0x1000000'}}
  ZwCreateSectionEx(Section, 0, NULL, NULL, PAGE_READONLY, IMAGE, File, NULL, 0);                         // #4 expected-warning {{may make a file executable with 'IMAGE'}}
  MmCreateSection(Object, 0, NULL, NULL, PAGE_READONLY, SEC_IMAGE, File, NULL);                           // #5 expected-warning {{'MmCreateSection' may make a file executable}}
  ZwCreateSection(Section, 0, NULL, NULL, PAGE_READONLY, Flag ? SEC_IMAGE : SEC_COMMIT, File);            // #6 expected-warning {{may make a file executable}}
}

// ---- Data ------------------------------------------------------------------

// expected-note@#opened 4 {{the file is opened here}}
// expected-note@#unsure {{whether it is an image is not known here}}
NTSTATUS data(PHANDLE Section, POBJECT_ATTRIBUTES Name, PIO_STATUS_BLOCK Status, ULONG Flag) {
  HANDLE File = NULL;
  NTSTATUS Result = ZwCreateFile(&File, 0, Name, Status, NULL, 0, 0, 0, 0, NULL, 0); // #opened
  if (!NT_SUCCESS(Result))
    return Result;
  ZwCreateSection(Section, 0, NULL, NULL, PAGE_EXECUTE_READ, SEC_COMMIT, File);                         // expected-warning {{'ZwCreateSection' makes a data file executable with 'PAGE_EXECUTE_READ'; use a protection without PAGE_EXECUTE [hvci-executable-data-file]}}
  ZwCreateSection(Section, 0, NULL, NULL, PAGE_EXECUTE_READWRITE, 0x8000000, File);                     // expected-warning {{makes a data file executable}}
  ZwCreateSection(Section, 0, NULL, NULL, PAGE_EXECUTE_READ, Flag, File);                               // #unsure expected-warning {{'ZwCreateSection' may make a data file executable}}
  ZwCreateSection(Section, 0, NULL, NULL, Flag ? PAGE_EXECUTE_READ : PAGE_READONLY, SEC_COMMIT, File);  // expected-warning {{may make a data file executable}}
  ZwCreateSection(Section, 0, NULL, NULL, PAGE_READONLY, SEC_COMMIT, File);
  ZwCreateSection(Section, 0, NULL, NULL, PAGE_EXECUTE_READ, SEC_IMAGE_NO_EXECUTE, File);
  return ZwCreateSection(Section, 0, NULL, NULL, Flag, SEC_COMMIT, File);
}

#if NTDDI_VERSION >= NTDDI_WIN8
// expected-note@#scan {{the view may be}}
void scan(PFLT_INSTANCE Instance, PFILE_OBJECT File, PHANDLE Section, PVOID *Object, PLARGE_INTEGER Size) {
  FltCreateSectionForDataScan(Instance, File, NULL, 0, NULL, Size, PAGE_READONLY, SEC_IMAGE, 0, Section, Object, Size); // #scan expected-warning {{'FltCreateSectionForDataScan' may make a file executable}}
  FltCreateSectionForDataScan(Instance, File, NULL, 0, NULL, Size, PAGE_EXECUTE_READ, SEC_COMMIT, 0, Section, Object, Size);
  FsRtlCreateSectionForDataScan(Section, Object, Size, File, 0, NULL, Size, PAGE_READONLY, SEC_COMMIT, 0);
}
#endif

// ---- Variables -------------------------------------------------------------

// expected-note@#from 2 {{the value of 'SEC_IMAGE' comes from here}}
// expected-note@#later {{the view may be}}
// expected-note@#either {{the view may be}}
void variables(HANDLE File, PHANDLE Section, ULONG Flag) {
  ULONG Attributes = SEC_IMAGE; // #from
  ZwCreateSection(Section, 0, NULL, NULL, PAGE_READONLY, Attributes, File); // #later expected-warning {{may make a file executable with 'Attributes'}}
  if (Flag)
    Attributes = SEC_COMMIT;
  ZwCreateSection(Section, 0, NULL, NULL, PAGE_READONLY, Attributes, File); // #either expected-warning {{may make a file executable with 'Attributes'}}
  Attributes = SEC_IMAGE_NO_EXECUTE;
  ZwCreateSection(Section, 0, NULL, NULL, PAGE_READONLY, Attributes, File);
}

// ---- Silent ----------------------------------------------------------------

void open(PHANDLE);
void silent(HANDLE File, PHANDLE Section, ULONG Flags, POBJECT_ATTRIBUTES Name, PIO_STATUS_BLOCK Status) {
  HANDLE Either = File, Opened;
  ZwCreateSection(Section, SECTION_ALL_ACCESS, NULL, NULL, PAGE_READONLY, SEC_IMAGE_NO_EXECUTE, File);
  ZwCreateSection(Section, SECTION_MAP_EXECUTE, NULL, NULL, PAGE_READONLY, SEC_IMAGE | SEC_NOCACHE, File);
  ZwCreateSection(Section, SECTION_ALL_ACCESS, NULL, NULL, PAGE_EXECUTE_READ, SEC_COMMIT, File);
  ZwCreateSection(Section, SECTION_ALL_ACCESS, NULL, NULL, PAGE_EXECUTE_READWRITE, SEC_COMMIT, NULL);
  ZwCreateSection(Section, SECTION_ALL_ACCESS, NULL, NULL, PAGE_READONLY, SEC_IMAGE, NULL);
  ZwCreateSection(Section, SECTION_ALL_ACCESS, NULL, NULL, PAGE_READWRITE, SEC_COMMIT, File);
  ZwCreateSection(Section, SECTION_ALL_ACCESS, NULL, NULL, PAGE_READONLY, Flags, File);
  if (Flags)
    ZwCreateFile(&Either, 0, Name, Status, NULL, 0, 0, 0, 0, NULL, 0);
  ZwCreateSection(Section, 0, NULL, NULL, PAGE_EXECUTE_READ, SEC_COMMIT, Either);
  ZwOpenFile(&Opened, 0, Name, Status, 0, 0);
  open(&Opened);
  ZwCreateSection(Section, 0, NULL, NULL, PAGE_EXECUTE_READ, SEC_COMMIT, Opened);
}
