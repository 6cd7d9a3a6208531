// RUN: %hvci_cl_x64 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_arm64 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_x86 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_clang_mingw -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <ntifs.h>

typedef int (*ROUTINE)(void);
typedef struct { ULONG AddressOfEntryPoint; } HEADERS;
typedef struct { PVOID Callback; ROUTINE Typed; PVOID *Table; } CONTEXT;
extern UCHAR AssemblerLabel[];
extern ROUTINE Elsewhere;
int plain(void);
void start(PVOID Context);
#define POOL(Size) ExAllocatePoolWithTag(NonPagedPoolNx, (Size), 'tseT')
#define CALL(Buffer) ((ROUTINE)(Buffer))()

static const UCHAR Bytes[] = {0xb8, 0xef, 0xbe, 0xad, 0xde, 0xc3};
static UCHAR Buffer[64];

// Arrays, strings, numbers.
void literally(void) {
  UCHAR Local[] = {0xc3};
  static UCHAR Kept[16];
  struct { UCHAR Code[8]; } Record = {{0}};
  ((ROUTINE)Bytes)();                  // expected-warning {{'(ROUTINE)Bytes' is data called as code: the variable 'Bytes'; use a function of the driver [hvci-dynamic-code]}}
  ((ROUTINE)(PVOID)Buffer)();          // expected-warning {{the variable 'Buffer'}}
  ((ROUTINE)(ULONG_PTR)Buffer)();      // expected-warning {{the variable 'Buffer'}}
  ((ROUTINE)&Buffer)();                // expected-warning {{the variable 'Buffer'}}
  ((ROUTINE)&Buffer[4])();             // expected-warning {{the variable 'Buffer'}}
  ((ROUTINE)(Buffer + 4))();           // expected-warning {{the variable 'Buffer'}}
  (*(ROUTINE)Local)();                 // expected-warning {{the variable 'Local'}}
  ((ROUTINE)Kept)();                   // expected-warning {{the variable 'Kept'}}
  ((ROUTINE)Record.Code)();            // expected-warning {{the variable 'Record'}}
  ((ROUTINE) "\xc3")();                // expected-warning {{is data called as code: a string literal}}
  ((ROUTINE)0xFFFFF000)();             // expected-warning {{may be data called as code: the fixed address 0xFFFFF000}}
  ((ROUTINE)0x17)(); // a number that stands for a function: no address at all
  CALL(Bytes);                         // expected-warning {{the variable 'Bytes'}}
}

// Memory, at once and through variables.
int memory(PHYSICAL_ADDRESS A, PMDL Mdl, ULONG Flag) {
  ROUTINE Func, Same, Or, Mapped, Twice = NULL;
  PVOID Data;
  ULONG_PTR Number;
  static ROUTINE Kept;
  ((ROUTINE)POOL(8))(); // expected-warning {{data called as code: memory from 'ExAllocatePoolWithTag'}}
  Func = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(Bytes), 'tseT');
  if (!Func)
    return 0;
  __builtin_memcpy(Func, Bytes, sizeof(Bytes));
  Func();                   // expected-warning {{'Func' is data called as code: memory from 'ExAllocatePool2'; use a function of the driver [hvci-dynamic-code]}}
  (*Func)();                // expected-warning {{memory from 'ExAllocatePool2'}}
  Same = Func;
  Same();                   // expected-warning {{'Same' is data called as code: memory from 'ExAllocatePool2'}}
  Data = POOL(64);
  ((ROUTINE)Data)();        // expected-warning {{'(ROUTINE)Data' is data called as code: memory from 'ExAllocatePoolWithTag'}}
  Number = (ULONG_PTR)Data + 16;
  ((ROUTINE)Number)();      // expected-warning {{memory from 'ExAllocatePoolWithTag'}}
  Or = Flag ? (ROUTINE)POOL(8) : NULL;
  Or();                     // expected-warning {{memory from}}
  Mapped = (ROUTINE)MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority | MdlMappingNoExecute);
  Mapped();                 // expected-warning {{memory from 'MmGetSystemAddressForMdlSafe'}}
  Data = NULL;
  if (Flag)
    Twice = (ROUTINE)POOL(1);
  else
    Twice = (ROUTINE)MmMapIoSpaceEx(A, 4096, PAGE_READWRITE);
  Twice();                  // expected-warning {{memory from}}
  if (!Kept)
    Kept = (ROUTINE)POOL(8);
  return Kept();            // expected-warning {{memory from}}
}

// Given through the argument.
void views(HANDLE Section, PVOID Object, SIZE_T Size) {
  PVOID View = NULL, System = NULL;
  ZwMapViewOfSection(Section, NtCurrentProcess(), &View, 0, 0, NULL, &Size, ViewUnmap, 0, PAGE_READONLY);
  ((ROUTINE)View)();        // expected-warning {{memory from 'ZwMapViewOfSection'}}
  if (NT_SUCCESS(MmMapViewInSystemSpace(Object, &System, &Size)))
    ((ROUTINE)System)();    // expected-warning {{memory from 'MmMapViewInSystemSpace'}}
}

// An image loaded by hand.
void image(const UCHAR *File, const HEADERS *Headers, SIZE_T Size) {
  UCHAR *Image = POOL(Size);
  ROUTINE Entry;
  __builtin_memcpy(Image, File, Size);
  Entry = (ROUTINE)(Image + Headers->AddressOfEntryPoint);
  Entry();                  // expected-warning {{memory from 'ExAllocatePoolWithTag'}}
}

// Run by the system.
void handed(PKDPC Dpc, PIO_WORKITEM Item, HANDLE *Thread) {
  PVOID Code = POOL(64);
  PsCreateSystemThread(Thread, 0, NULL, NULL, NULL, (PKSTART_ROUTINE)Code, NULL); // expected-warning {{'PsCreateSystemThread' runs data as code: memory from 'ExAllocatePoolWithTag'; use a function of the driver [hvci-dynamic-code]}}
  IoQueueWorkItem(Item, (PIO_WORKITEM_ROUTINE)Code, DelayedWorkQueue, NULL);      // expected-warning {{'IoQueueWorkItem' runs data as code}}
  KeInitializeDpc(Dpc, (PKDEFERRED_ROUTINE)(PVOID)Buffer, NULL);                  // expected-warning {{'KeInitializeDpc' runs data as code: the variable 'Buffer'}}
  PsCreateSystemThread(Thread, 0, NULL, NULL, NULL, start, Code);
  KeInitializeDpc(Dpc, NULL, NULL);
}

// In a section of code.
#pragma section(".stub", read, execute)
__declspec(allocate(".stub")) const UCHAR Stub[] = {0xc3};
__declspec(allocate(".text")) const UCHAR Text[] = {0xc3};
void stubs(void) {
  ((ROUTINE)Stub)();        // expected-warning {{may be data called as code: the variable 'Stub'}}
  ((ROUTINE)Text)();        // expected-warning {{may be data called as code: the variable 'Text'}}
}

// ---- Silent ----------------------------------------------------------------

int known(CONTEXT *Context, ROUTINE Given, PVOID Opaque, ULONG_PTR Raw, PUNICODE_STRING Name, unsigned Index) {
  static const ROUTINE Table[] = {plain, 0};
  ROUTINE Function = plain, Found = (ROUTINE)MmGetSystemRoutineAddress(Name), Loaded;
  PVOID AsData = (PVOID)plain;
  plain();
  (*plain)();
  ((ROUTINE)(PVOID)plain)();
  ((ROUTINE)AsData)();
  Function();
  Found();
  Given();
  ((ROUTINE)Opaque)();
  ((ROUTINE)Raw)();
  ((ROUTINE)Context->Callback)();
  Context->Typed();
  ((ROUTINE)Context->Table[Index])();
  Table[Index]();
  Elsewhere();
  ((ROUTINE)AssemblerLabel)();
  ((ROUTINE)0)();
  ((ROUTINE)NULL)();
  Loaded = *(ROUTINE *)Buffer;
  return Loaded() + (*(ROUTINE *)Buffer)();
}

// A table of functions, as the framework's inlines call it.
typedef void (*TABLE_FUNCTION)(void);
typedef int (*TYPED_FUNCTION)(PVOID Globals, int Argument);
extern TABLE_FUNCTION *FrameworkFunctions;
static TABLE_FUNCTION OwnFunctions[8];
int framework(PVOID Globals) {
  ((TYPED_FUNCTION)OwnFunctions[3])(Globals, 1);
  return ((TYPED_FUNCTION)FrameworkFunctions[3])(Globals, 1);
}

// Variables that may be something else as well.
void change(PVOID *Where);
void unsure(PVOID Other, ULONG Flag, ROUTINE Given, ULONG_PTR Distance) {
  PVOID Assigned = POOL(8), Escaped = POOL(8), Loaded = POOL(8);
  ULONG_PTR Moved = (ULONG_PTR)POOL(8) + Distance, Difference;
  ROUTINE Chosen = Flag ? (ROUTINE)POOL(8) : Given, Both = plain;
  PVOID *Alias = &Loaded;
  if (Flag)
    Assigned = Other;
  ((ROUTINE)Assigned)();
  change(&Escaped);
  ((ROUTINE)Escaped)();
  *Alias = Other;
  ((ROUTINE)Loaded)();
  ((ROUTINE)Moved)();
  Chosen();
  if (Flag)
    Both = (ROUTINE)POOL(8);
  Both();
  Difference = (ULONG_PTR)Buffer - (ULONG_PTR)Other + (ULONG_PTR)Given;
  ((ROUTINE)Difference)();
}

// Memory that is only filled, and pointers that go round.
void filled(void) {
  UCHAR *Data = POOL(8);
  UCHAR *Left = NULL, *Right = Left;
  __builtin_memcpy(Data, Bytes, 6);
  Data[0] = 1;
  Left = Right;
  Right = Left;
  ((ROUTINE)Right)();
  (void)sizeof(((ROUTINE)Bytes)());
}
