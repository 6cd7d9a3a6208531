// What does not compile writes nowhere; the rest is judged.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

void target(void);
void whole(void) { *(UCHAR *)target = 0x90; } // expected-warning {{writes into the code of 'target'}}

void broken(void) {
  PUCHAR Bytes = (PUCHAR)missing; // expected-error {{undeclared}}
  Bytes[0] = 1;
  *(UCHAR *)(lost) = 1;           // expected-error {{undeclared}}
}
