// `__pragma` and `_Pragma` cover the line of the first code behind them.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_cl /TP -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

#define SUPPRESS __pragma(warning(suppress: 30030))
#define SUPPRESS_NUMBER(n) __pragma(warning(suppress: n))
#define PREFAST(n, why) __pragma(prefast(suppress: n, why))
#define STANDARD _Pragma("warning(suppress: 30030)")
#define BEGIN __pragma(warning(push)) __pragma(warning(disable: 30030))
#define END __pragma(warning(pop))
#define ALLOCATE(n) __pragma(warning(suppress: 30030)) ExAllocatePool(NonPagedPool, n)
#define ALLOCATE_SAFELY(n) BEGIN ExAllocatePool(NonPagedPool, n) END

void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

SUPPRESS
void *alone(void) { return ExAllocatePool(NonPagedPool, 8); }
SUPPRESS_NUMBER(30030)
void *number(void) { return ExAllocatePool(NonPagedPool, 8); }
SUPPRESS_NUMBER(30029)
void *other(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
PREFAST(30030, "why")
void *prefast(void) { return ExAllocatePool(NonPagedPool, 8); }
STANDARD
void *standard(void) { return ExAllocatePool(NonPagedPool, 8); }
__pragma(warning(suppress: 30030))
void *bare(void) { return ExAllocatePool(NonPagedPool, 8); }
_Pragma("prefast(suppress: 30030)")
void *bare_standard(void) { return ExAllocatePool(NonPagedPool, 8); }
void *after(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

void *state(void) {
  BEGIN
  void *Kept = ExAllocatePool(NonPagedPool, 8);
  END
  Kept = ExAllocatePool(NonPagedPool, 8); // expected-warning {{hvci-execute-pool-type}}
  BEGIN Kept = ExAllocatePool(NonPagedPool, 8); END
  Kept = ExAllocatePool(NonPagedPool, 8); // expected-warning {{hvci-execute-pool-type}}
  Kept = ALLOCATE_SAFELY(8);
  Kept = ExAllocatePool(NonPagedPool, 8); // expected-warning {{hvci-execute-pool-type}}
  return Kept;
}
