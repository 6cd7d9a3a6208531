// The next line of code, however the lines between are laid out.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

#pragma warning(suppress: \
                    30030)
void *continued(void) { return ExAllocatePool(NonPagedPool, 8); }
void *after(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

#pragma prefast(suppress: 30030, \
                "a reason that needs a line of its own")
void *prefast(void) { return ExAllocatePool(NonPagedPool, 8); }

#pragma warning(suppress: 30030) /* a reason
   that needs a second line */
void *commented(void) { return ExAllocatePool(NonPagedPool, 8); }

#pragma warning(suppress: 30030) // a reason that goes \
   on behind the backslash
void *spliced(void) { return ExAllocatePool(NonPagedPool, 8); }

#define ALLOCATE                                                               \
  ExAllocatePool(                                                              \
      NonPagedPool, 8)
#pragma warning(suppress: 30030)
void *macro(void) { return ALLOCATE; }
void *macro_bad(void) { return ALLOCATE; } // expected-warning {{hvci-execute-pool-type}}
