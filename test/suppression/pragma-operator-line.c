// `__pragma` with code behind it on its line covers that line and no other.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

#define SUPPRESS __pragma(warning(suppress: 30030))
#define STANDARD _Pragma("warning(suppress: 30030)")
#define ALLOCATE(n) __pragma(warning(suppress: 30030)) ExAllocatePool(NonPagedPool, n)
#define ALLOCATE_LONG(n)                                                       \
  __pragma(prefast(suppress: 30030, "why"))                                    \
  ExAllocatePool(                                                              \
      NonPagedPool, n)

void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

void *macro(void) { SUPPRESS return ExAllocatePool(NonPagedPool, 8); }
void *macro_next(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
void *standard(void) { STANDARD return ExAllocatePool(NonPagedPool, 8); }
void *standard_next(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
void *whole(void) { return ALLOCATE(8); }
void *whole_next(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
void *lines(void) { return ALLOCATE_LONG(8); }
void *lines_next(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
void *direct(void) { __pragma(warning(suppress: 30030)) return ExAllocatePool(NonPagedPool, 8); }
void *direct_next(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
void *operator_(void) { _Pragma("warning(suppress: 30030)") return ExAllocatePool(NonPagedPool, 8); }
void *operator_next(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
