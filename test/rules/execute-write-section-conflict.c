// What Clang refuses, and Microsoft's compiler builds, is seen all the same.
// RUN: %hvci_cl -Xclang -verify -- %s
#include <ntddk.h>

#pragma section("a", read, write) // expected-note {{#pragma entered here}}
// expected-warning@-1 {{section 'a' may become executable and writable}}
// expected-note@-2 {{'a' is made writable here}}
#pragma section("a", read, execute) // expected-error {{this causes a section type conflict}}
// expected-note@-1 {{'a' is made executable here}}

#pragma code_seg("b") // expected-note 2 {{#pragma entered here}}
void Code(void) {} // expected-note 2 {{declared here}} expected-note {{'Code' is code in 'b'}}
#pragma code_seg()
#pragma data_seg("b") // expected-note 2 {{#pragma entered here}}
int Data = 1;
// expected-error@-1 {{'Data' causes a section type conflict with 'Code'}}
// expected-warning@-2 {{section 'b' may become executable and writable}}
// expected-note@-3 {{'Data' is writable data in 'b'}}
int use(void) {
  static int Local = 1; // expected-error {{'Local' causes a section type conflict}}
  return Local++;
}
#pragma data_seg()
int Behind = 1;

// The array is of the pragma's kind: a page of code that another may fill.
#pragma code_seg("c")
__declspec(allocate("c")) static unsigned char Page[4096]; // expected-error {{'Page' causes a section type conflict with 'first'}}
// expected-note@-2 {{#pragma entered here}}
int first(void) { return Page[0]; } // expected-note {{declared here}}
