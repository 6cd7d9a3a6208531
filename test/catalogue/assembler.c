// RUN: %hvci_cl_x86 -Xclang -verify -- %s

// The instruction stands for a function.
#include <ntddk.h>

void assembler(void) {
  __asm { // expected-warning-re {{'mov cr0' {{.*}} [hvci-code-modification]}}
    mov eax, cr0
    and eax, 0FFFEFFFFh
    mov cr0, eax
  }
  __asm { // good: mov cr0
    mov eax, cr0
    or eax, 10000h
    mov cr0, eax
  }
}
