// What does not make a section executable and writable.
// RUN: %hvci_cl_x64 -Wno-ignored-pragmas -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Wno-ignored-pragmas -Xclang -verify %s
#include <ntddk.h>

void Paged(void);
void Local(void);
void Local2(void);
#pragma alloc_text("PAGE", Paged)
#pragma alloc_text("unused", Local)
#pragma alloc_text("constant", Local2)
void Paged(void) {} // expected-note {{'Paged' is code in 'PAGE'}}

// Pushed and popped.
#pragma data_seg(push, "PAGEDATA")
int Pushed = 1;
#pragma data_seg(push, inner, "PAGE")
#pragma data_seg("other")
#pragma data_seg(pop, inner)
int Popped = 1;
#pragma data_seg(push, "PAGE")
int Bad = 1;
// expected-warning@-1 {{section 'PAGE' may become executable and writable}}
// expected-note@-2 {{'Bad' is writable data in 'PAGE'}}
#pragma data_seg(pop)
int PoppedAgain = 1;
#pragma data_seg(pop)
int Outside = 1;

// Constants, declarations, and what no object file has.
#pragma const_seg("constant")
const int Table[2] = {1, 2};
#pragma const_seg()
__declspec(allocate("unused")) extern int Elsewhere;
#pragma data_seg("unused")
static int Unused = 1;
static __inline int UnusedLocal(void) {
  static int Count = 1;
  return Count++;
}
void Local(void) {
  int Automatic = 1;
  extern int Elsewhere2;
  (void)Automatic;
}
void Local2(void) {}
#pragma data_seg()

// What is allocated in a section is of its pragma's kind.
void Coded(void);
#pragma alloc_text("code", Coded)
void Coded(void) {}
#pragma code_seg(push, "code")
#pragma code_seg(pop)
__declspec(allocate("code")) unsigned char Template[4096];
#define CONSTANTS(Name) __pragma(section(Name, read))
CONSTANTS("PAGE$r")
__declspec(allocate("PAGE$r")) int NotWritable = 1;

// Under conditions that do not hold.
#if 0
#pragma section("never", execute, write)
#endif
