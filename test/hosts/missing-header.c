// A missing header is fatal to Clang, which says nothing more of the unit; and
// what the header would have opted in to nobody knows.
// RUN: not %hvci_cl -- %s 2>&1 | FileCheck %s --implicit-check-not=warning:
// RUN: not %hvci_clang_mingw %s 2>&1 | FileCheck %s --implicit-check-not=warning:
// RUN: %hvci_cl /DFOUND -Xclang -verify -- %s
#include <ntddk.h>
#ifndef FOUND
#include "no_such_header.h"
#endif
// CHECK: missing-header.c{{[(:]}}[[#@LINE-2]]{{.*}}: fatal error: 'no_such_header.h' file not found
// CHECK-NEXT: #include "no_such_header.h"
// CHECK-NEXT: ^
// CHECK-NEXT: 1 error generated.

void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
