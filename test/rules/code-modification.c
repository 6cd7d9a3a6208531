// RUN: %hvci_cl_x64 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_arm64 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_x86 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_clang_mingw -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <ntifs.h>

NTSYSAPI NTSTATUS NTAPI ZwProtectVirtualMemory(HANDLE, PVOID *, PSIZE_T, ULONG, PULONG);
NTKERNELAPI NTSTATUS MmCopyMemory(PVOID Target, PVOID Source, SIZE_T Size, ULONG Flags, PSIZE_T Copied);
VOID WRITE_REGISTER_UCHAR(volatile UCHAR *Register, UCHAR Value);

typedef int (*ROUTINE)(void);
typedef struct { UCHAR Opcode; ULONG Target; UCHAR Rest[4]; } JUMP;
typedef struct { ROUTINE MajorFunction[4]; PVOID Original; } HOOKS;
int target(void);
static int own(void) { return 1; }
#define PAGE_OF(Address) ((PVOID)((ULONG_PTR)(Address) & ~(ULONG_PTR)4095))

// ---- Stores ----------------------------------------------------------------

void stores(int Offset) {
  PUCHAR Bytes = (PUCHAR)target;
  PVOID Page = PAGE_OF(own);
  ULONG_PTR Number = (ULONG_PTR)own;
  JUMP *Jump = (JUMP *)(PVOID)own;
  *(UCHAR *)target = 0xCC;                   // expected-warning {{'*(UCHAR *)target' writes into the code of 'target'; use a callback, or a function pointer in data [hvci-code-modification]}}
  *(UCHAR *)(ULONG_PTR)target = 0xCC;        // expected-warning {{writes into the code of 'target'}}
  *(UCHAR *)&target = 0xCC;                  // expected-warning {{writes into the code of 'target'}}
  *((UCHAR *)target + 5) = 0xCC;             // expected-warning {{writes into the code of 'target'}}
  *(UCHAR *)((ULONG_PTR)target + 5) = 0xCC;  // expected-warning {{writes into the code of 'target'}}
#ifdef _WIN64 // elsewhere a number of that width may lead anywhere
  *(UCHAR *)((ULONG_PTR)target + Offset) = 1;// expected-warning {{writes into the code of 'target'}}
#endif
  ((UCHAR *)own)[Offset] ^= 0x55;            // expected-warning {{writes into the code of 'own'}}
  ((UCHAR *)own)[0]++;                       // expected-warning {{writes into the code of 'own'}}
  Bytes[1] = 0x90;                           // expected-warning {{'Bytes[1]' writes into the code of 'target'}}
  *Bytes++ = 0x90;                           // expected-warning {{writes into the code of 'target'}}
  *(ULONG *)Page = 0;                        // expected-warning {{writes into the code of 'own'}}
  *(ULONG *)Number = 0;                      // expected-warning {{writes into the code of 'own'}}
  Jump->Opcode = 0xE9;                       // expected-warning {{'Jump->Opcode' writes into the code of 'own'}}
  Jump->Rest[2] = 0;                         // expected-warning {{writes into the code of 'own'}}
}

// ---- Copies ----------------------------------------------------------------

void copies(const UCHAR *Patch, PUNICODE_STRING Name, SIZE_T *Copied) {
  PVOID Found = MmGetSystemRoutineAddress(Name);
  PVOID Page = PAGE_OF(own);
  RtlCopyMemory((PVOID)target, Patch, 5);              // expected-warning {{'__builtin_memcpy' writes into the code of 'target'}}
  RtlZeroMemory(Page, 5);                              // expected-warning {{'__builtin_memset' writes into the code of 'own'}}
  _InterlockedExchange((volatile long *)target, 1);    // expected-warning {{'_InterlockedExchange' writes into the code of 'target'}}
  WRITE_REGISTER_UCHAR((volatile UCHAR *)own, 1);      // expected-warning {{'WRITE_REGISTER_UCHAR' writes into the code of 'own'}}
  MmCopyMemory((PVOID)own, (PVOID)Patch, 5, 2, Copied);// expected-warning {{'MmCopyMemory' writes into the code of 'own'}}
  RtlCopyMemory(Found, Patch, 5);                      // expected-warning {{'__builtin_memcpy' may write into the code found by 'MmGetSystemRoutineAddress'}}
  *(UCHAR *)Found = 0xC3;                              // expected-warning {{may write into the code found by 'MmGetSystemRoutineAddress'}}
}

// ---- Other mappings --------------------------------------------------------

void mappings(const UCHAR *Patch, PHYSICAL_ADDRESS Device) {
  PMDL Mdl = IoAllocateMdl((PVOID)target, 16, FALSE, FALSE, NULL);
  PMDL Data = IoAllocateMdl((PVOID)Patch, 16, FALSE, FALSE, NULL);
  PUCHAR Alias;
  PHYSICAL_ADDRESS Physical = MmGetPhysicalAddress((PVOID)target);
  PUCHAR Window = MmMapIoSpaceEx(Physical, 16, PAGE_READWRITE);
  PUCHAR Registers = MmMapIoSpaceEx(Device, 16, PAGE_READWRITE);
  if (!Mdl || !Data)
    return;
  Mdl->MdlFlags |= MDL_PAGES_LOCKED;
  MmBuildMdlForNonPagedPool(Mdl);
  Alias = MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmNonCached, NULL, FALSE, NormalPagePriority | MdlMappingNoExecute);
  MmProtectMdlSystemAddress(Mdl, PAGE_READWRITE);  // expected-warning {{'MmProtectMdlSystemAddress' makes the code of 'target' writable; use PAGE_READONLY [hvci-code-modification]}}
  MmProtectMdlSystemAddress(Mdl, PAGE_READONLY);
  MmProtectMdlSystemAddress(Data, PAGE_READWRITE);
  RtlCopyMemory(Alias, Patch, 5);                  // expected-warning {{writes into the code of 'target'}}
  Alias[0] = 0xCC;                                 // expected-warning {{'Alias[0]' writes into the code of 'target'}}
  Window[0] = 0xCC;                                // expected-warning {{'Window[0]' writes into the code of 'target'}}
  Registers[0] = 1;
}

void protections(SIZE_T Size, ULONG Flag) {
  PVOID Address = (PVOID)target, Pool = ExAllocatePool2(POOL_FLAG_NON_PAGED, 8, 'tseT');
  ULONG Old;
  ZwProtectVirtualMemory(NtCurrentProcess(), &Address, &Size, PAGE_READWRITE, &Old);                        // expected-warning {{'ZwProtectVirtualMemory' makes the code of 'target' writable}}
  ZwProtectVirtualMemory(NtCurrentProcess(), &Address, &Size, Flag ? PAGE_READWRITE : PAGE_READONLY, &Old); // expected-warning {{'ZwProtectVirtualMemory' may make the code of 'target' writable}}
  ZwProtectVirtualMemory(NtCurrentProcess(), &Address, &Size, Old, &Old);
  ZwProtectVirtualMemory(NtCurrentProcess(), &Pool, &Size, PAGE_READWRITE, &Old);
}

// ---- Sections of code ------------------------------------------------------

#pragma section(".stub", read, write, execute) // expected-warning {{section '.stub' is executable and writable}}
__declspec(allocate(".stub")) UCHAR Stub[4] = {0xc3};
__declspec(allocate(".stub")) long Count;
#pragma section(".plain", read, write)
__declspec(allocate(".plain")) UCHAR Plain[4] = {0xc3};
void sections(void) {
  PUCHAR Where = Stub;
  Stub[1] = 0xc3;                // expected-warning {{'Stub[1]' writes into 'Stub', which lies in a section of code; use a section of data}}
  *Where = 0xc3;                 // expected-warning {{'*Where' writes into 'Stub'}}
  Count = 1;                     // expected-warning {{'Count' writes into 'Count'}}
  _InterlockedIncrement(&Count); // expected-warning {{'_InterlockedIncrement' writes into 'Count'}}
  Plain[1] = 0xc3;
}

// ---- Silent ----------------------------------------------------------------

static ROUTINE Slot;
void registered(PVOID);
int silent(HOOKS *Hooks, PUCHAR Out, ROUTINE Given, PVOID Opaque, ULONG_PTR Base, ULONG_PTR Other, SIZE_T Size) {
  ROUTINE Local = target;
  PVOID *Pointer = (PVOID *)&Local;
  PUCHAR Scan = (PUCHAR)target;
  ULONG_PTR Moved = (ULONG_PTR)target - Base + Other;
  UCHAR Saved[16];
  PVOID Either = (PVOID)target;
  Slot = target;
  Hooks->MajorFunction[2] = target;
  Hooks->Original = (PVOID)target;
  *Pointer = (PVOID)own;
  *(PVOID *)&Slot = (PVOID)own;
  Local = own;
  RtlCopyMemory(Saved, (PVOID)target, sizeof(Saved));
  RtlCopyMemory(Out, Scan, Size);
  _InterlockedExchangePointer((void *volatile *)&Slot, (void *)target);
  _InterlockedExchangePointer(&Hooks->Original, (void *)target);
  *(UCHAR *)Given = 1;
  *(UCHAR *)Opaque = 1;
  *(UCHAR *)Moved = 1;
  *(UCHAR *)(ULONG_PTR)((ULONG)(ULONG_PTR)target & 0xFFF) = 1;
  Either = Opaque;
  *(UCHAR *)Either = 1;
  registered((PVOID)target);
  for (; *Scan != 0xC3; Scan++)
    Out[0] = *Scan;
  (void)sizeof(*(UCHAR *)target);
  return Scan == (PUCHAR)own && (PVOID)target != Opaque;
}
