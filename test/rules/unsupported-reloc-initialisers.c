// What is an address that the loader must adjust, and what is not. Each slot
// lies across the end of its page, so that each relocation counts.
// RUN: %hvci_cl_x64 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_arm64 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

typedef void (*FN)(void);
extern int Object, Array[10];
__declspec(dllimport) void Imported(void);
static void Local(void) {}
#pragma pack(1)
#define AT_END(Type, Name, Init) \
  __declspec(align(4096)) struct { char Before[4089]; Type Slot; } Name = {{0}, Init}
#pragma pack()

#pragma pack(1)
AT_END(void *, Address, &Object);                       // expected-warning {{at least 1 and at most 1 of its 1 relocations}}
AT_END(int *, ArrayName, Array);                        // expected-warning {{at least 1 and at most 1}}
AT_END(int *, Element, &Array[3]);                      // expected-warning {{at least 1 and at most 1}}
AT_END(char *, Offset, (char *)&Object - 5);            // expected-warning {{at least 1 and at most 1}}
AT_END(FN, Function, Local);                            // expected-warning {{at least 1 and at most 1}}
AT_END(FN, AddressOfFunction, &Local);                  // expected-warning {{at least 1 and at most 1}}
AT_END(FN, Import, Imported);                           // expected-warning {{at least 1 and at most 1}}
AT_END(const char *, Text, "text");                     // expected-warning {{at least 1 and at most 1}}
AT_END(const char *, TextEnd, &"text"[4]);              // expected-warning {{at least 1 and at most 1}}
AT_END(const int *, Literal, (const int[]){1});         // expected-warning {{at least 1 and at most 1}}
AT_END(ULONG_PTR, Integer, (ULONG_PTR)&Object);         // expected-warning {{at least 1 and at most 1}}
AT_END(ULONG_PTR, Sum, (ULONG_PTR)&Object + 5);         // expected-warning {{at least 1 and at most 1}}
AT_END(LONG_PTR, Signed, (LONG_PTR)Local);              // expected-warning {{at least 1 and at most 1}}

AT_END(void *, Null, NULL);
AT_END(void *, Number, (void *)0x1234);
AT_END(ULONG_PTR, Plain, 0x12345678);
AT_END(LONG_PTR, Difference, &Array[3] - &Array[1]);
AT_END(ULONG_PTR, OffsetOf, (ULONG_PTR)&((struct _MDL *)0)->MdlFlags);
AT_END(double, Floating, 1.0);
__declspec(align(4096)) struct { char Before[4089]; char Text[8]; } Characters = {{0}, "text"};
__declspec(align(4096)) struct { char Before[4089]; void *Slot; } Zero;
__declspec(thread) struct { char Before[4089]; void *Slot; } Thread = {{0}, &Object};
