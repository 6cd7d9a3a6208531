// `hvcilint: allow(rules) reason`: beside code it covers its line, alone the
// next line of code.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_cl /TP -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

void *beside(void) { return ExAllocatePool(NonPagedPool, 8); } // hvcilint: allow(hvci-execute-pool-type) why
void *following(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
void *block(void) { return ExAllocatePool(NonPagedPool, 8); } /* hvcilint: allow(hvci-execute-pool-type) why */
void *amid(void) { return ExAllocatePool(/* hvcilint: allow(hvci-execute-pool-type) */ NonPagedPool, 8); }
void *after_amid(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

// hvcilint: allow(hvci-execute-pool-type) why
void *alone(void) { return ExAllocatePool(NonPagedPool, 8); }
void *after_alone(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
  /*hvcilint:allow(hvci-execute-pool-type)*/
void *tight(void) { return ExAllocatePool(NonPagedPool, 8); }
/* hvcilint: allow(hvci-execute-pool-type) why */

// Another comment, a blank line, a pragma.
#pragma warning(disable: 4996)
void *between(void) { return ExAllocatePool(NonPagedPool, 8); }
//	hvcilint: allow(	hvci-execute-page-mapping , hvci-execute-pool-type ,hvci-unsupported-reloc )
void *several(PMDL Mdl) { return Mdl ? MmGetSystemAddressForMdlSafe(Mdl, 16) : ExAllocatePool(NonPagedPool, 8); }

// hvcilint: allow(hvci-execute-page-mapping) of two findings one
void *one(PMDL Mdl) { return Mdl ? MmGetSystemAddressForMdlSafe(Mdl, 16) : ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
void *wrong(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}} // hvcilint: allow(hvci-execute-page-mapping) why

// hvcilint: allow(hvci-execute-page-mapping)
// hvcilint: allow(hvci-execute-pool-type) each covers the line of code
void *stacked(PMDL Mdl) { return Mdl ? MmGetSystemAddressForMdlSafe(Mdl, 16) : ExAllocatePool(NonPagedPool, 8); }

// It has to be the start of the comment: hvcilint: allow(hvci-execute-pool-type)
void *quoted(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
const char *String = "// hvcilint: allow(hvci-execute-pool-type)"; void *string(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

#if 0
// hvcilint: allow(hvci-execute-pool-type) not compiled
#endif
void *compiled(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
