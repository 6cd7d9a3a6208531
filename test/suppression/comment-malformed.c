// A comment that addresses us and says nothing valid is reported, even without
// any finding, and suppresses nothing.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
// RUN: not %hvci_cl /w %arg error=hvci-execute-pool-type -- %s 2>&1 | not grep hvci-suppression
// RUN: not %hvci_cl /WX -- %s 2>&1 | FileCheck %s
#include <ntddk.h>

// CHECK: (28,1): error: unknown rule 'hvci-execute-pool-typ' in suppression;
// CHECK-SAME: valid rules are hvci-execute-pool-type, hvci-execute-page-protection,
// CHECK-SAME: hvci-execute-page-mapping, hvci-execute-write-section, hvci-section-alignment, hvci-unsupported-reloc{{.*}} [hvci-suppression]
// CHECK: (31,1): error: a suppression reads 'hvcilint: allow(<rules>) <reason>' [hvci-suppression]

// expected-warning@+1 {{a suppression reads 'hvcilint: allow(<rules>) <reason>' [hvci-suppression]}}
// hvcilint:
// expected-warning@+1 {{a suppression reads}}
// hvcilint: disable(hvci-execute-pool-type)
// expected-warning@+1 {{a suppression reads}}
// hvcilint: allow()
// expected-warning@+1 {{a suppression reads}}
/* hvcilint: allow(hvci-execute-pool-type hvci-execute-page-mapping) */
// expected-warning@+1 {{a suppression reads}}
// hvcilint: allow(hvci-execute-pool-type,)

void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

// expected-warning@+1 {{unknown rule 'hvci-execute-pool-typ' in suppression; valid rules are hvci-execute-pool-type, hvci-execute-page-protection,}}
// hvcilint: allow(hvci-execute-pool-typ) why
void *misspelt(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
// expected-warning@+1 {{a suppression reads}}
// hvcilint: allow hvci-execute-pool-type why
void *bare(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
// expected-warning@+1 {{a suppression reads}}
// hvcilint: allow(hvci-execute-pool-type why
void *open(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
// expected-warning@+1 {{unknown rule '30030'}}
// hvcilint: allow(30030) why
void *number(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
// expected-warning@+1 {{unknown rule 'all'}}
// hvcilint: allow(hvci-execute-pool-type, all) one bad name spoils the rest
void *partly(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
// expected-warning@+1 {{a suppression reads}}
// hvcilint: Allow(hvci-execute-pool-type)
void *capital(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

// Not addressed to us.
// hvcilint
// hvcilint allow(hvci-execute-pool-type)
// See hvcilint: allow(nonsense) in the manual.
#if 0
// hvcilint: allow(nonsense)
#endif
