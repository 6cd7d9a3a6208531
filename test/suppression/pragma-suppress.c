// `#pragma warning(suppress: n)` covers the next line of code, no more.
// RUN: %hvci_cl -Wunknown-pragmas -Xclang -verify -- %s
// RUN: %hvci_cl /TP -Wunknown-pragmas -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Wunknown-pragmas -Xclang -verify %s
#include <ntddk.h>

#pragma warning(suppress: 30030)
void *next(void) { return ExAllocatePool(NonPagedPool, 8); }
void *after(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

#pragma warning(suppress: 30030)

// A comment, a blank line,

/* a longer
   comment, */
#define AND_A_DIRECTIVE 1
#pragma warning(suppress: 4996)
#pragma pack(push, 8)
void *between(void) { return ExAllocatePool(NonPagedPool, 8); }
void *behind(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma pack(pop)

#pragma warning(suppress: 30029 30030 4996)
void *several(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(suppress: 4305; suppress: 30030)
void *clauses(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(disable: 4996; suppress: 30030; disable: 4305)
void *mixed(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma   warning  (  suppress  :  30030  )   // why
void *spaced(void) { return ExAllocatePool(NonPagedPool, 8); }
#define POOL_WARNING 30030
#pragma warning(suppress: POOL_WARNING)
void *named(void) { return ExAllocatePool(NonPagedPool, 8); }

#pragma warning(suppress: 30030)
int NotTheCall;
void *late(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

void *two(void) {
#pragma warning(suppress: 30030)
  void *First = ExAllocatePool(NonPagedPool, 8), *Second = ExAllocatePool(NonPagedPool, 9);
  return First ? First : Second;
}

void *inside(void) {
  // expected-warning@+1 {{hvci-execute-pool-type}}
  return ExAllocatePool(NonPagedPool, 8);
#pragma warning(suppress: 30030)
}
void *over(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
