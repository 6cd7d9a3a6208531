// `#pragma warning(disable: n)` holds until something ends it.
// RUN: %hvci_cl -Wno-unknown-pragmas -Xclang -verify -- %s
// RUN: %hvci_cl /TP -Wno-unknown-pragmas -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Wno-unknown-pragmas -Xclang -verify %s
#include <ntddk.h>

#pragma warning(pop) // of no push
void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

#pragma warning(disable: 4996 30030)
void *disabled(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(push)
void *pushed(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(default: 30030)
void *again(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma warning(push, 3)
#pragma warning(disable: 4100; disable: 30030)
void *nested(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(pop)
void *popped(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma warning(pop)
void *outer(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(pop) // of no push: changes nothing
void *still(void) { return ExAllocatePool(NonPagedPool, 8); }

#pragma warning(default: 4996)
void *foreign(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(once: 30030)
void *once(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma warning(disable: 30030)
#pragma warning(error: 30030)
void *error(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma warning(disable: 30030)
#pragma warning(2: 30030)
void *level(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma warning(disable: 30029)
void *other(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

void *within(void) {
  void *Kept = ExAllocatePool(NonPagedPool, 8); // expected-warning {{hvci-execute-pool-type}}
#pragma warning(push)
#pragma warning(disable: 30030)
  Kept = ExAllocatePool(NonPagedPool, 8);
  Kept = ExAllocatePool(
#pragma warning(pop)
      NonPagedPool, // expected-warning {{hvci-execute-pool-type}}
      8);
  return Kept;
}

// Where a macro is used decides, not where it is defined.
#pragma warning(disable: 30030)
#define ALLOCATE() ExAllocatePool(NonPagedPool, 8)
#pragma warning(default: 30030)
void *macro(void) { return ALLOCATE(); } // expected-warning {{hvci-execute-pool-type}}
#pragma warning(disable: 30030)
void *macro_disabled(void) { return ALLOCATE(); }
