// A comment of several lines, or in front of its code, covers that code.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>

void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

/* hvcilint: allow(hvci-execute-pool-type) a reason
   that needs a second line */
void *block(void) { return ExAllocatePool(NonPagedPool, 8); }
void *after_block(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

// hvcilint: allow(hvci-execute-pool-type) a reason that goes \
   on behind the backslash
void *spliced(void) { return ExAllocatePool(NonPagedPool, 8); }
void *after_spliced(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

/* hvcilint: allow(hvci-execute-pool-type) why */ void *before(void) { return ExAllocatePool(NonPagedPool, 8); }
void *after_before(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

/* hvcilint: allow(hvci-execute-pool-type) why,
   and why */ void *tail(void) { return ExAllocatePool(NonPagedPool, 8); }
void *after_tail(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

/* another comment */ /* hvcilint: allow(hvci-execute-pool-type) why */
void *second(void) { return ExAllocatePool(NonPagedPool, 8); }

void *beside(void) { return ExAllocatePool(NonPagedPool, 8); } /* hvcilint: allow(hvci-execute-pool-type)
   a reason that needs a second line */
void *after_beside(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
