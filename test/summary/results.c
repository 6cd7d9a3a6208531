// A value that a function returns.
// RUN: %hvci_cl -Xclang -verify -- %s
#include <ntddk.h>

static POOL_TYPE ChooseType(void) {
  return NonPagedPool; // expected-note 3 {{the value of 'NonPagedPool' comes from here}}
}
static POOL_TYPE ChooseNx(void) { return NonPagedPoolNx; }
static POOL_TYPE ByDevice(int Dma) {
  if (Dma)
    return NonPagedPool; // expected-note {{the value of 'NonPagedPool' comes from here}}
  return NonPagedPoolNx;
}
extern POOL_TYPE Elsewhere(void);
static POOL_TYPE Outer(void) { return ChooseType(); }

void chosen(int Dma, PVOID *Out) {
  Out[0] = ExAllocatePool(ChooseType(), 8); // expected-warning {{'ExAllocatePool' allocates executable pool with 'ChooseType()'; use NonPagedPoolNx [hvci-execute-pool-type]}}
  Out[1] = ExAllocatePool(ChooseNx(), 8);
  Out[2] = ExAllocatePool(ByDevice(Dma), 8); // expected-warning {{'ExAllocatePool' may allocate executable pool with 'ByDevice(Dma)'}}
  Out[3] = ExAllocatePool(ByDevice(Dma) | POOL_NX_ALLOCATION, 8);
  Out[4] = ExAllocatePool(Elsewhere(), 8);
  Out[5] = ExAllocatePool(Outer(), 8); // expected-warning {{'ExAllocatePool' allocates executable pool with 'Outer()'}}
  POOL_TYPE Type = ChooseType(); // expected-note {{the value of 'Type' comes from here}}
  Out[6] = ExAllocatePool(Type, 8); // expected-warning {{'ExAllocatePool' allocates executable pool with 'Type'}}
}

// Recursion.
static POOL_TYPE Recursive(int Count) {
  if (Count == 0)
    return NonPagedPool; // expected-note {{the value of 'NonPagedPool' comes from here}}
  return Recursive(Count - 1);
}
static POOL_TYPE Endless(int Count) { return Endless(Count); }
static POOL_TYPE Growing(POOL_TYPE Type, int Count) {
  return Count ? Growing(Type | POOL_COLD_ALLOCATION, Count - 1) : Type;
}
void recursive(PVOID *Out) {
  Out[0] = ExAllocatePool(Recursive(3), 8); // expected-warning {{'ExAllocatePool' allocates executable pool with 'Recursive(3)'}}
  Out[1] = ExAllocatePool(Endless(3), 8);
  Out[2] = ExAllocatePool(Growing(NonPagedPool, 3), 8); // expected-warning {{'ExAllocatePool' allocates executable pool}}
  Out[3] = ExAllocatePool(Growing(NonPagedPoolNx, 3), 8);
}

// Of another kind.
static ULONG Protection(BOOLEAN Write) {
  if (Write)
    return PAGE_EXECUTE_READWRITE; // expected-note {{the value of 'PAGE_EXECUTE_READWRITE' comes from here}}
  return PAGE_EXECUTE_READ; // nobody asks for it
}
static ULONG Priority(void) { return NormalPagePriority | MdlMappingNoExecute; }
void others(PMDL Mdl, PVOID *Out) {
  MmProtectMdlSystemAddress(Mdl, Protection(TRUE)); // expected-warning {{'MmProtectMdlSystemAddress' asks for executable pages with 'Protection(TRUE)'}}
  Out[0] = MmGetSystemAddressForMdlSafe(Mdl, Priority());
}
