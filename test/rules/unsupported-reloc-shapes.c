// Nested structs, unions, arrays, bit-fields, designators and attributes.
// RUN: %hvci_cl_x64 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_clang_mingw -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <ntddk.h>
#define PAGE __declspec(align(4096))

extern int Object;
#pragma pack(push, 1)
typedef struct { char Tag; union { void *Pointer; ULONG64 Number; char Bytes[8]; }; } VARIANT;
typedef struct { char Before[4088]; VARIANT Variants[2]; } HOLDER;
typedef struct { USHORT Bits : 3, More : 13; void *Pointer; } BITS;
struct inner { void *First; char Tail; };
#pragma pack(pop)
struct __attribute__((packed)) attribute { char Tag; void *Pointer; };
typedef struct { char Tag; struct inner Inner[3]; } OUTER;
struct flexible { ULONG Count; struct attribute Items[]; };

PAGE HOLDER Pointer = {{0}, {{1, {&Object}}}};                 // expected-warning {{at least 1 and at most 1 of its 1 relocations}}
PAGE HOLDER Second = {{0}, {{1}, {2, {&Object}}}};
PAGE HOLDER Number = {{0}, {{1, {.Number = 7}}}};
PAGE HOLDER Cast = {{0}, {{1, {.Number = (ULONG64)&Object}}}}; // expected-warning {{at least 1 and at most 1 of its 1 relocations}}
PAGE HOLDER Bytes = {{0}, {{1, {.Bytes = {1, 2}}}}};
PAGE BITS Bits[410] = {[409] = {1, 2, &Object}};               // 10 * 409 + 2 = 4092: expected-warning {{at least 1 and at most 1 of its 1 relocations}}
PAGE BITS Sparse[410] = {[0] = {1, 2, &Object}, [2] = {.Pointer = &Object}};
PAGE struct attribute Attribute[1000] = {[0 ... 999] = {0, &Object}}; // 9 * 910 + 1 = 8191: expected-warning {{at least 1 and at most 1 of its 1000 relocations}}
PAGE OUTER Nested[200] = {[0 ... 199] = {1, {{&Object}, {&Object}, {&Object}}}}; // expected-warning {{of its 600 relocations}}
PAGE struct attribute Grid[40][30] = {[1 ... 39] = {[0 ... 28] = {0, &Object}}}; // expected-warning {{at least 1 and at most 1 of its 1131 relocations}}
PAGE struct attribute Elided[456] = {0, &Object, 0, &Object, [455] = {0, &Object}}; // 9 * 455 + 1 = 4096: none crosses
PAGE struct attribute Twice[1000] = {[0 ... 999] = {0, &Object}, // expected-warning {{at least 1 and at most 1 of its 999 relocations}}
                                     [3] = {0, 0}}; // expected-warning {{overrides prior initialization}}
PAGE struct flexible Flexible = {1000, {[0 ... 999] = {0, &Object}}}; // expected-warning {{at least 2 and at most 2 of its 1000 relocations}}
PAGE struct attribute Again[2][500] = {{[0 ... 499] = {0, 0}}, {[0 ... 499] = {0, 0}}, // expected-warning {{of its 1 relocations}}
                                       [1][410] = {0, &Object}}; // expected-warning {{overrides prior initialization}}
PAGE struct attribute Updated[1000] = {[0 ... 999] = (struct attribute){0, &Object}, // expected-warning {{of its 999 relocations}}
                                       [3].Pointer = 0}; // expected-warning {{overrides prior initialization}}
struct attribute *const Unnamed = &(struct attribute){0, &Object}; // expected-warning {{'compound literal' may be placed so that at least 0 and at most 1 of its 1 relocations}}
