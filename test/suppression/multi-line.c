// A call over several lines is covered above its name and above the argument.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

void *bad(SIZE_T Size) {
  return ExAllocatePoolWithTag(
      NonPagedPool, // expected-warning {{hvci-execute-pool-type}}
      Size, 'tseT');
}

void *above_the_name(SIZE_T Size) {
#pragma warning(suppress: 30030)
  void *Kept = ExAllocatePoolWithTag(
      NonPagedPool, Size,
      'tseT');
  // hvcilint: allow(hvci-execute-pool-type) the JIT runs from it
  Kept = ExAllocatePoolWithTag(
      NonPagedPool, Size,
      'tseT');
#pragma prefast(suppress: 30030, "the JIT runs from it")
  return Kept ? Kept : ExAllocatePoolWithTag(
      NonPagedPool, Size,
      'tseT');
}

void *above_the_argument(SIZE_T Size) {
  void *Kept = ExAllocatePoolWithTag(
#pragma warning(suppress: 30030)
      NonPagedPool, Size, 'tseT');
  Kept = ExAllocatePoolWithTag(
      // hvcilint: allow(hvci-execute-pool-type) the JIT runs from it
      NonPagedPool, Size, 'tseT');
  return Kept;
}

void *beside(SIZE_T Size) {
  void *Kept = ExAllocatePoolWithTag( // hvcilint: allow(hvci-execute-pool-type) why
      NonPagedPool, Size, 'tseT');
  Kept = ExAllocatePoolWithTag(
      NonPagedPool, // hvcilint: allow(hvci-execute-pool-type) why
      Size, 'tseT');
  return Kept;
}

void *elsewhere(PMDL Mdl, SIZE_T Size) {
#pragma warning(suppress: 30030)
  void *
      Kept = ExAllocatePoolWithTag(NonPagedPool, // expected-warning {{hvci-execute-pool-type}}
                                   Size, 'tseT');
  Kept = ExAllocatePoolWithTag(
      NonPagedPool, // expected-warning {{hvci-execute-pool-type}}
      Size,
      'tseT'); // hvcilint: allow(hvci-execute-pool-type) too late
  return Kept ? Kept : MmGetSystemAddressForMdlSafe(
      Mdl,
#pragma warning(suppress: 30030)
      NormalPagePriority);
}
