// A finding in a macro's body: the comment stands where the macro is used, or
// where it is defined.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

#define ALLOCATE(n) ExAllocatePool(NonPagedPool, n)
void *bad(void) { return ALLOCATE(8); } // expected-warning {{hvci-execute-pool-type}}
void *beside(void) { return ALLOCATE(8); } // hvcilint: allow(hvci-execute-pool-type) why
// hvcilint: allow(hvci-execute-pool-type) why
void *alone(void) { return ALLOCATE(8); }
void *call(void) {
  // hvcilint: allow(hvci-execute-pool-type) why
  return ALLOCATE(
      8);
}

// hvcilint: allow(hvci-execute-pool-type) why
#define ABOVE(n) ExAllocatePool(NonPagedPool, n)
void *after_definition(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
void *above(void) { return ABOVE(8); }
#define BESIDE(n) ExAllocatePool(NonPagedPool, n) // hvcilint: allow(hvci-execute-pool-type) why
void *beside_definition(void) { return BESIDE(8); }
#define AMID(n)                                                                \
  ExAllocatePool(                                                              \
      NonPagedPool, /* hvcilint: allow(hvci-execute-pool-type) why */          \
      n)
void *amid(void) { return AMID(8); }

// What the user of a macro passes is the user's: the definition speaks for its
// own constants alone.
#define ANY(type) ExAllocatePool(type, 8) // hvcilint: allow(hvci-execute-pool-type) why
void *passed(void) { return ANY(NonPagedPool); } // expected-warning {{hvci-execute-pool-type}}
