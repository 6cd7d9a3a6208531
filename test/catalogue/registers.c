// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

// Microsoft's intrin.h declares these; Clang's gives the first one 32 bits.
#include <ntddk.h>

void __writecr0(ULONG64 Value);
void __writemsr(ULONG Register, ULONG64 Value);

void registers(ULONG64 v) {
  __writecr0(v & ~0x10000ull); // expected-warning-re {{'__writecr0' {{.*}} [hvci-code-modification]}}
  __writecr0(v | 0x10000); // good: __writecr0
  __writemsr(0xC0000080, v & ~0x800ull); // expected-warning-re {{'__writemsr' {{.*}} [hvci-code-modification]}}
  __writemsr(0xC0000080, v | 0x800); // good: __writemsr
}
