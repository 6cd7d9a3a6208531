// RUN: %hvci_cl_x64 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_x64 %arg unknown -Xclang -verify=expected,unknown -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_x86 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

ULONG64 __readcr0(void);
void __writecr0(ULONG64 Value);
ULONG64 __readmsr(ULONG Register);
void __writemsr(ULONG Register, ULONG64 Value);
#define IA32_EFER 0xC0000080
#define CR0_WP 0x10000
#define WP_OFF(Value) ((Value) & ~(ULONG64)CR0_WP)

void off(void) {
  __writecr0(__readcr0() & ~CR0_WP);           // expected-warning {{'__writecr0' switches off write protection (CR0.WP) with '__readcr0() & ~CR0_WP'; use a value with bit 16 set [hvci-code-modification]}}
  __writecr0(__readcr0() & 0xFFFEFFFF);        // expected-warning {{switches off write protection}}
  __writecr0(WP_OFF(__readcr0()));             // expected-warning {{switches off write protection}}
  __writecr0((ULONG)(__readcr0() & ~CR0_WP));  // expected-warning {{switches off write protection}}
  __writecr0(0x80000011);                      // expected-warning {{switches off write protection}}
  __writecr0(__readcr0() ^ CR0_WP);            // expected-warning {{'__writecr0' may switch off write protection (CR0.WP) with '__readcr0() ^ CR0_WP'}}
  __writecr0((CR0_WP ^ __readcr0()));          // expected-warning {{may switch off write protection}}
}

void on(ULONG64 Saved, ULONG64 *Guest) {
  __writecr0(__readcr0() | CR0_WP);
  __writecr0(__readcr0() & ~(ULONG64)8);       // unknown-remark {{the CR0 value '__readcr0() & ~(ULONG64)8' is not known here}}
  __writecr0(__readcr0() ^ 8);                 // unknown-remark {{is not known here}}
  __writecr0((__readcr0() | CR0_WP) ^ 8);
  __writecr0(0x80010033);
  __writecr0(Saved);                           // unknown-remark {{is not known here}}
  *Guest = __readcr0() & ~CR0_WP;
}

void efer(ULONG64 Saved, ULONG Register) {
  __writemsr(IA32_EFER, __readmsr(IA32_EFER) & ~(ULONG64)0x800); // expected-warning {{'__writemsr' switches off no-execute (EFER.NXE) with '__readmsr(IA32_EFER) & ~(ULONG64)0x800'; use a value with bit 11 set}}
  __writemsr(IA32_EFER, 0x500);                                  // expected-warning {{switches off no-execute}}
  __writemsr(0xC0000080, __readmsr(0xC0000080) ^ 0x800);         // expected-warning {{may switch off no-execute}}
  __writemsr(IA32_EFER, __readmsr(IA32_EFER) | 0x1000);          // unknown-remark {{is not known here}}
  __writemsr(IA32_EFER, 0xD01);
  __writemsr(IA32_EFER, Saved);                                  // unknown-remark {{is not known here}}
  __writemsr(0xC0000082, 0);
  __writemsr(Register, 0);
}

// ---- Variables and functions -----------------------------------------------

static void write(ULONG64 Value) { __writecr0(Value); } // unknown-remark {{'Value' is not known here}}
void variables(ULONG64 Other) {
  ULONG64 Value = __readcr0(), Saved = Value;
  Value &= ~(ULONG64)CR0_WP;
  __writecr0(Value);                       // expected-warning {{'__writecr0' switches off write protection (CR0.WP) with 'Value'}}
  Value |= CR0_WP;
  __writecr0(Value);
  __writecr0(Saved);                       // unknown-remark {{is not known here}}
  write(Saved & ~(ULONG64)CR0_WP);         // expected-warning {{'write' switches off write protection (CR0.WP)}}
  write(Saved | CR0_WP);
}
