// RUN: %hvci_cl_x86 -Xclang -verify -- %s
#include <ntddk.h>
#define WP 0x10000

void off(void) {
  __asm { // expected-warning {{'mov cr0' switches off write protection (CR0.WP) with 'eax'; use a value with bit 16 set [hvci-code-modification]}}
    cli
    mov eax, cr0
    and eax, not 10000h
    mov cr0, eax
  }
  __asm mov eax, cr0 // expected-warning {{with 'eax'}}
  __asm and eax, 0FFFEFFFFh
  __asm mov cr0, eax
  __asm { // expected-warning {{with 'ECX'}}
    MOV ECX, CR0
    AND ECX, NOT WP ; a comment
    MOV CR0, ECX
  }
}

void on(ULONG Mask) {
  __asm {
    mov eax, cr0
    push eax
    or eax, 10000h
    mov cr0, eax
    pop eax
    mov cr0, eax
  }
  __asm {
    mov eax, cr0
    and eax, Mask
    mov cr0, eax
    and eax, 0FFFFFFF7h
    mov cr0, eax
  }
  __asm {
    mov eax, cr0
    and eax, not 10000h
    mov ecx, eax
    mov eax, Mask
    mov cr0, eax
  }
}
