// An access mode that was tested on the way is known well enough.
// RUN: %hvci_cl -Xclang -verify -- %s
#include <ntddk.h>

#define MAP(Mode) MmMapLockedPagesSpecifyCache(Mdl, Mode, MmCached, NULL, FALSE, NormalPagePriority)

PVOID untested(PMDL Mdl, KPROCESSOR_MODE Mode) { return MAP(Mode); } // expected-warning {{may map}} expected-note {{a mapping for UserMode is never executable}}
PVOID user(PMDL Mdl, KPROCESSOR_MODE Mode) { if (Mode == KernelMode) return NULL; return MAP(Mode); }
PVOID notUser(PMDL Mdl, KPROCESSOR_MODE Mode) { if (Mode != UserMode) return NULL; return MAP(Mode); }
PVOID kernel(PMDL Mdl, KPROCESSOR_MODE Mode) { if (Mode != KernelMode) return NULL; return MAP(Mode); } // expected-warning {{'MmMapLockedPagesSpecifyCache' maps}}
