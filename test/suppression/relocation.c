// No Microsoft warning stands for a relocation: only a comment suppresses it.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

int Value;
#pragma pack(push, 1) // expected-note 0+ {{}}
struct packed {
  char Kind;
  int *Where; // expected-note 0+ {{}}
};
#pragma pack(pop)

struct packed Bad[500] = {{1, &Value}, {2, &Value}}; // expected-warning {{hvci-unsupported-reloc}}

#pragma warning(suppress: 30029 30030 30031 30032 30033 30034 30035)
struct packed Pragma[500] = {{1, &Value}, {2, &Value}}; // expected-warning {{hvci-unsupported-reloc}}
#pragma warning(push)
#pragma warning(disable: 30029 30030)
struct packed Disabled[500] = {{1, &Value}, {2, &Value}}; // expected-warning {{hvci-unsupported-reloc}}
#pragma warning(pop)
// hvcilint: allow(hvci-execute-pool-type) another rule
struct packed Other[500] = {{1, &Value}, {2, &Value}}; // expected-warning {{hvci-unsupported-reloc}}

// hvcilint: allow(hvci-unsupported-reloc) this driver needs 1703
struct packed Alone[500] = {{1, &Value}, {2, &Value}};
struct packed Beside[500] = {{1, &Value}, {2, &Value}}; // hvcilint: allow(hvci-unsupported-reloc) why
struct packed
    // hvcilint: allow(hvci-unsupported-reloc) above the line of its name
    Lines[500] = {
        {1, &Value},
        {2, &Value},
};
