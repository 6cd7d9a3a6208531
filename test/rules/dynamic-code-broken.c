// What does not compile calls nothing; the rest is judged.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

typedef int (*ROUTINE)(void);
#define POOL(Size) ExAllocatePoolWithTag(NonPagedPoolNx, (Size), 'tseT')

int whole(void) { return ((ROUTINE)POOL(8))(); } // expected-warning {{data called as code}}

void broken(PVOID Data) {
  ROUTINE Code = POOL(Missing); // expected-error {{undeclared}}
  ((ROUTINE)Unknown)();         // expected-error {{undeclared}}
  Code();
  Data = POOL(8);
}
