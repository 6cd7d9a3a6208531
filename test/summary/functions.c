// Functions of unusual form: variadic, without a prototype, recursive.
// RUN: %hvci_cl -Wno-deprecated-non-prototype -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

static PVOID Logged(POOL_TYPE Type, const char *Format, ...) {
  UNREFERENCED_PARAMETER(Format);
  return ExAllocatePool(Type, 8);
}
static PVOID Listed(int Count, ...) {
  __builtin_va_list List;
  __builtin_va_start(List, Count);
  PVOID Memory = ExAllocatePool(__builtin_va_arg(List, POOL_TYPE), 8);
  __builtin_va_end(List);
  return Memory;
}
static PVOID Old(Size, Type)
  SIZE_T Size;
  POOL_TYPE Type;
{
  return ExAllocatePool(Type, Size);
}
static PVOID None() { return ExAllocatePool(PagedPool, 8); }

void forms(PVOID *Out) {
  Out[0] = Logged(NonPagedPool, "%d", 1); // expected-warning {{'Logged' allocates executable pool with 'NonPagedPool'}}
  Out[1] = Logged(NonPagedPoolNx, "%d", NonPagedPool);
  Out[2] = Listed(1, NonPagedPool);
  Out[3] = Old((SIZE_T)8, NonPagedPool); // expected-warning {{'Old' allocates executable pool with 'NonPagedPool'}}
  Out[4] = Old((SIZE_T)0, NonPagedPoolNx);
  Out[5] = None();
}

static PVOID Direct(POOL_TYPE Type, int Count) {
  if (Count == 0)
    return ExAllocatePool(Type, 8);
  return Direct(Type, Count - 1);
}
static PVOID Even(POOL_TYPE Type, int Count);
static PVOID Odd(POOL_TYPE Type, int Count) { return Even(Type, Count - 1); }
static PVOID Even(POOL_TYPE Type, int Count) {
  if (Count == 0)
    return ExAllocatePool(Type, 8);
  return Odd(Type, Count - 1);
}
static PVOID Constant(POOL_TYPE Type, int Count) {
  if (Count == 0)
    return ExAllocatePool(Type, 8);
  return Constant(NonPagedPool, Count - 1); // expected-warning {{'Constant' allocates executable pool with 'NonPagedPool'}}
}
static PVOID Growing(POOL_TYPE Type, int Count) {
  if (Count == 0)
    return ExAllocatePool(Type, 8);
  return Growing(Type | POOL_COLD_ALLOCATION, Count - 1);
}
static PVOID Shifting(ULONG Type, int Count) {
  if (Count == 0)
    return ExAllocatePool((POOL_TYPE)Type, 8);
  return Shifting(Type << 1, Count - 1);
}
static PVOID Swapping(POOL_TYPE First, POOL_TYPE Second, int Count) {
  if (Count == 0)
    return ExAllocatePool(First, 8);
  return Swapping(Second, First, Count - 1);
}
static PVOID Endless(POOL_TYPE Type) { return Endless(Type); }

void recursion(PVOID *Out) {
  Out[0] = Direct(NonPagedPool, 3); // expected-warning {{'Direct' allocates executable pool with 'NonPagedPool'}}
  Out[1] = Direct(NonPagedPoolNx, 3);
  Out[2] = Even(NonPagedPool, 3); // expected-warning {{'Even' allocates executable pool}}
  Out[3] = Odd(NonPagedPool, 3);  // expected-warning {{'Odd' allocates executable pool}}
  Out[4] = Odd(PagedPool, 3);
  Out[5] = Constant(NonPagedPoolNx, 3);
  Out[6] = Growing(NonPagedPool, 3); // expected-warning {{'Growing' allocates executable pool}}
  Out[7] = Growing(NonPagedPoolNx, 3);
  Out[8] = Shifting(NonPagedPool, 3); // expected-warning {{'Shifting' allocates executable pool}}
  Out[9] = Swapping(NonPagedPool, PagedPool, 3); // expected-warning-re {{'Swapping' {{(may allocate|allocates)}} executable pool with 'NonPagedPool'}}
  Out[10] = Swapping(PagedPool, NonPagedPool, 3); // expected-warning-re {{'Swapping' {{(may allocate|allocates)}} executable pool with 'NonPagedPool'}}
  Out[11] = Swapping(PagedPool, NonPagedPoolNx, 3);
  Out[12] = Endless(NonPagedPool);
}
