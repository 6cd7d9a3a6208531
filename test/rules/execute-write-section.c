// RUN: %hvci_cl_x64 -Wno-ignored-pragmas -Xclang -verify -- %s
// RUN: %hvci_cl_arm64 -Wno-ignored-pragmas -Xclang -verify -- %s
// RUN: %hvci_cl_x86 -Wno-ignored-pragmas -Xclang -verify=expected,x86 -- %s
// RUN: %hvci_clang_mingw -Wno-ignored-pragmas -Xclang -verify %s
#include <ntddk.h>
// x86-note@* 6 {{memory integrity runs on 64-bit Windows only}}

// One pragma that asks for both; certain only if something lies there.
#pragma section("w.none", execute, write) // expected-warning {{section 'w.none' may become executable and writable; drop 'execute' or 'write', and keep code and data apart [hvci-execute-write-section]}}
#pragma section("w.some", read, write, execute, nopage)
__declspec(allocate("w.some")) const int Some = 1;
// expected-warning@-2 {{section 'w.some' is executable and writable; drop}}
#pragma section("g.data", read, write)
__declspec(allocate("g.data")) int Data = 1;
// Data that may be executed, but not written; no attributes; an old word.
#pragma section("g.code", read, execute)
__declspec(allocate("g.code")) int Stub = 0x90C3;
#pragma section("g.none")
__declspec(allocate("g.none")) int None = 1;
#pragma section("g.long", long, read)

// Code where a pragma asks for writable data.
#pragma section("w.code", read, write)
// expected-warning@-1 {{section 'w.code' may become executable and writable, as code and writable data meet in it; give each a section of its own}}
// expected-note@-2 {{'w.code' is made writable here}}
#pragma code_seg("w.code")
void Code(void) {} // expected-note {{'Code' is code in 'w.code'}}
#pragma code_seg()

// Data among code: the variables that Microsoft's compiler puts there.
void Paged(void);
#pragma alloc_text("PAGE", Paged)
void Paged(void) {} // expected-note {{'Paged' is code in 'PAGE'}}
#pragma data_seg("PAGE")
const int Constant = 1;
int Uninitialised;
extern int Elsewhere;
int Writable = 1;
// expected-warning@-1 {{section 'PAGE' may become executable and writable, as}}
// expected-note@-2 {{'Writable' is writable data in 'PAGE'}}
#pragma data_seg()
int Behind = 1;

// Statics of functions; what is behind $ in a name does not count.
void Counts(void);
#pragma alloc_text("w.local$c", Counts)
#pragma data_seg("w.local$d")
void Counts(void) { // expected-note {{'Counts' is code in 'w.local$c'}}
  static int Count = 1;
  // expected-warning@-1 {{section 'w.local' may become executable and writable}}
  // expected-note@-2 {{'Count' is writable data in 'w.local$d'}}
  Count++;
}
#pragma data_seg()

// The compiler's own section of code.
#pragma bss_seg(".text")
static int Text;
// expected-warning@-1 {{section '.text' may become executable and writable}}
// expected-note@-2 {{'Text' is writable data in '.text'}}
#pragma bss_seg()
int *text(void) { return &Text; }

// INIT alone is tolerated: Windows takes the write access away.
#pragma section("INIT", read, write, execute, discard)
__declspec(allocate("INIT")) int Start = 1;

// hvcilint: allow(hvci-execute-write-section) only in the test image
#pragma section("allowed", execute, write)
#pragma section("beside", execute, write) // hvcilint: allow(hvci-execute-write-section) why
