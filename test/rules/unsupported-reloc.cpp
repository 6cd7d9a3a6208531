// RUN: %hvci_cl_x64 -Xclang -verify -Wno-c99-designator -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_x64 /std:c++20 -Xclang -verify=expected,cpp20 -Wno-c99-designator -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>
#define PAGE __declspec(align(4096))

extern int Object;
__declspec(dllimport) void Imported();
void Local();
#pragma pack(push, 1)
struct Plain { char Before[4089]; void *Slot; };
struct Derived : Plain { char After; };
struct Reference { char Before[4089]; int &Slot; };
struct Made { char Before[4089] = {}; void *Slot; constexpr Made(void *P) : Slot(P) {} };
struct Default { char Before[4089] = {}; void *Slot = &Object; };
struct Class { void method(); virtual void dynamic(); };
struct Method { char Before[4089]; void (Class::*Slot)(); };
struct Data { char Before[4089]; int Plain::*Slot; };
struct Shape { char Tag; constexpr Shape() : Tag(1) {} virtual void draw(); };
struct Shapes { char Before[4089]; Shape Slot; };
struct Function { char Before[4089]; void (*Slot)(); };
struct Self { char Before[4089] = {}; void *Slot = this; };
struct Small { char Tag = 1; void *Slot = &Object; };
#pragma pack(pop)

PAGE Plain P = {{0}, &Object};       // expected-warning {{'P' is laid out so that at least 1 and at most 1 of its 1 relocations}}
PAGE Plain Reinterpreted = {{0}, (char *)&Object + 1}; // expected-warning {{at least 1 and at most 1}}
PAGE Plain Code = {{0}, (void *)Local}; // expected-warning {{at least 1 and at most 1}}
PAGE Plain Null = {{0}, nullptr};
#if __cplusplus >= 201703L
PAGE Derived D = {{{0}, &Object}, 1}; // cpp20-warning {{at least 1 and at most 1}}
#endif
PAGE Reference R = {{0}, Object};    // expected-warning {{at least 1 and at most 1}}
PAGE Made M(&Object);                // expected-warning {{at least 1 and at most 1}}
PAGE Made MNull(nullptr);
PAGE Default Def;                    // expected-warning {{at least 1 and at most 1}}
PAGE Method Me = {{0}, &Class::method};     // expected-warning {{at least 1 and at most 1}}
PAGE Method Virtual = {{0}, &Class::dynamic}; // expected-warning {{at least 1 and at most 1}}
PAGE Data Member = {{0}, nullptr};
PAGE Shapes S;                       // not constant: Before has no value
PAGE constexpr Shapes Constant = {{0}, {}}; // expected-warning {{at least 1 and at most 1}}
PAGE Function F = {{0}, Local};      // expected-warning {{at least 1 and at most 1}}
PAGE Function Import = {{0}, Imported}; // a dynamic initialiser in C++
PAGE Self Itself;                    // expected-warning {{at least 1 and at most 1}}
PAGE Small Many[4000];               // expected-warning {{of its 4000 relocations}}
PAGE Small Gap[4000] = {[0] = {}, [10 ... 3999] = {}}; // expected-warning {{of its 4000 relocations}}
PAGE Small Filled[4000] = {};        // expected-warning {{of its 4000 relocations}}
template <typename T> struct Table { static Plain Entry; };
template <typename T> PAGE Plain Table<T>::Entry = {{0}, &Object}; // expected-warning {{'Entry' is laid out}}
template <typename T> PAGE Plain Never = {{0}, &Object}; // no object without a use
template <typename T> PAGE T Typed = {{0}, &Object}; // expected-warning {{'Typed' is laid out}}
void *useTyped() { return Typed<Plain>.Slot; }
void *use() { return Table<int>::Entry.Slot; }
