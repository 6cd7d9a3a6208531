// MmGetSystemRoutineAddress with a literal name.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /TP -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

typedef PVOID(NTAPI *ALLOC)(POOL_TYPE Type, SIZE_T Size, ULONG Tag);
typedef NTSTATUS(NTAPI *PROTECT)(HANDLE Process, PVOID *Base, PSIZE_T Size, ULONG New, PULONG Old);

void initialised(PVOID *Out) {
  UNICODE_STRING Name;
  RtlInitUnicodeString(&Name, L"ExAllocatePoolWithTag");
  ALLOC Alloc = (ALLOC)MmGetSystemRoutineAddress(&Name);
  Out[0] = Alloc(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  Out[1] = Alloc(NonPagedPoolNx, 8, 'tseT');
}

void assigned(PVOID *Base, PSIZE_T Size) {
  UNICODE_STRING Name;
  PROTECT Protect;
  ULONG Old;
  RtlInitUnicodeString(&Name, L"ZwProtectVirtualMemory");
  Protect = (PROTECT)(ULONG_PTR)MmGetSystemRoutineAddress(&Name);
  if (Protect)
    Protect(NtCurrentProcess(), Base, Size, PAGE_EXECUTE_READ, &Old); // expected-warning {{'ZwProtectVirtualMemory' may ask for executable pages with 'PAGE_EXECUTE_READ'}}
}

static ALLOC Global;
void find(void) {
  UNICODE_STRING Name = RTL_CONSTANT_STRING(L"ExAllocatePoolWithTag");
  Global = (ALLOC)MmGetSystemRoutineAddress(&Name);
}
PVOID global(void) { return Global(NonPagedPool, 8, 'tseT'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}

void constants(PVOID *Out) {
  static UNICODE_STRING Static = RTL_CONSTANT_STRING(L"ExAllocatePool");
  UNICODE_STRING Written = {42, 44, (PWSTR)L"ExAllocatePoolWithTag"};
  typedef PVOID (*SHORT_ALLOC)(POOL_TYPE, SIZE_T);
  Out[0] = ((SHORT_ALLOC)MmGetSystemRoutineAddress(&Static))(NonPagedPool, 8); // expected-warning {{'ExAllocatePool' allocates executable pool}}
  Out[1] = ((ALLOC)MmGetSystemRoutineAddress(&Written))(NonPagedPool, 8, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
}

// What is no row is silent; so is a name or a pointer that may have changed.
void others(int Flag, PCWSTR Any, PVOID *Out) {
  UNICODE_STRING Twice, Unknown, Changed, Plain;
  ALLOC Fallback, P;
  RtlInitUnicodeString(&Twice, L"ExAllocatePoolWithTag");
  if (Flag)
    RtlInitUnicodeString(&Twice, L"ExAllocatePoolNx");
  Out[0] = ((ALLOC)MmGetSystemRoutineAddress(&Twice))(NonPagedPool, 8, 'tseT');
  RtlInitUnicodeString(&Unknown, Any);
  Out[1] = ((ALLOC)MmGetSystemRoutineAddress(&Unknown))(NonPagedPool, 8, 'tseT');
  RtlInitUnicodeString(&Changed, L"ExAllocatePoolWithTag");
  Changed.Length = 4;
  Out[2] = ((ALLOC)MmGetSystemRoutineAddress(&Changed))(NonPagedPool, 8, 'tseT');
  RtlInitUnicodeString(&Plain, L"ExAllocatePoolWithTag");
  Fallback = (ALLOC)MmGetSystemRoutineAddress(&Plain);
  if (!Fallback)
    Fallback = (ALLOC)Any;
  Out[3] = Fallback(NonPagedPool, 8, 'tseT');
  P = (ALLOC)MmGetSystemRoutineAddress((PUNICODE_STRING)Any);
  Out[4] = P(NonPagedPool, 8, 'tseT');
}
void noRow(PVOID *Out) {
  UNICODE_STRING Name;
  ALLOC Alloc;
  RtlInitUnicodeString(&Name, L"SomethingElse");
  Alloc = (ALLOC)MmGetSystemRoutineAddress(&Name);
  Out[0] = Alloc(NonPagedPool, 8, 'tseT');
}
