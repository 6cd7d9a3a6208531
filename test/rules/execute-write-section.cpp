// RUN: %hvci_cl_x64 -Xclang -verify -- %s
// RUN: %hvci_cl_arm64 -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

int start();

// A function and a class with sections of their own.
struct __declspec(code_seg("w.class")) Device {
  int read() { return State; } // expected-note {{'read' is code in 'w.class'}}
  int unused() { return 1; }
  static int State;
};
#pragma section("w.class", read, write)
// expected-warning@-1 {{section 'w.class' may become executable and writable}}
// expected-note@-2 {{'w.class' is made writable here}}
__declspec(allocate("w.class")) int Device::State = 1;
int use(Device &D) { return D.read(); }

__declspec(code_seg("w.attr")) void attribute() {} // expected-note {{is code in 'w.attr'}}
#pragma section("w.attr", write) // expected-warning {{section 'w.attr' may become}} expected-note {{'w.attr' is made writable here}}

// A constant that is written: by its initialiser, its destructor, or a member.
extern "C" {
void Code1();
void Code2();
void Code3();
void Code4();
#pragma alloc_text("w.dynamic", Code1)
#pragma alloc_text("w.mutable", Code2)
#pragma alloc_text("g.const", Code3)
#pragma alloc_text("g.constant", Code4)
void Code1() {} // expected-note {{'Code1' is code in 'w.dynamic'}}
void Code2() {} // expected-note {{'Code2' is code in 'w.mutable'}}
void Code3() {}
void Code4() {}
}
struct Cache {
  mutable int Last;
};
#pragma bss_seg("w.dynamic")
extern const int Dynamic;
const int Dynamic = start();
// expected-warning@-1 {{section 'w.dynamic' may become executable and writable}}
// expected-note@-2 {{'Dynamic' is writable data in 'w.dynamic'}}
#pragma bss_seg()
#pragma data_seg("w.mutable")
extern const Cache Mutable;
const Cache Mutable = {1};
// expected-warning@-1 {{section 'w.mutable' may become executable and writable}}
// expected-note@-2 {{'Mutable' is writable data in 'w.mutable'}}
#pragma data_seg()
#pragma const_seg("g.const")
extern const int Constant;
const int Constant = 1;
#pragma const_seg()

// Templates take no section from a pragma.
#pragma data_seg("g.constant")
template <typename T> int count() {
  static int Count = 1;
  return Count++;
}
#pragma data_seg()
int (*Counter)() = count<int>;
#pragma section("g.template", read, write)
#pragma code_seg("g.template")
template <typename T> struct Number {
  int get() { return 1; }
};
template <typename T> int number() { return Number<T>().get(); }
#pragma code_seg()
int (*Getter)() = number<int>;
