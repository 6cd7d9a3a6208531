// `unused-suppressions` lists what has no effect, in the order of the unit.
// RUN: %hvci_cl %arg unused-suppressions -- %s 2>&1 | FileCheck %s --implicit-check-not=warning:
// RUN: %hvci_cl %arg unused-suppressions /w -- %s 2>&1 | count 0
// RUN: not %hvci_cl %arg unused-suppressions /WX -- %s 2>&1 | FileCheck %s --check-prefix=ERROR
// RUN: %hvci_cl -- %s 2>&1 | count 0
// ERROR: error: suppression of 30030 has no effect [hvci-suppression]
#include <ntddk.h>

#pragma warning(suppress: 30030)
void *used(void) { return ExAllocatePool(NonPagedPool, 8); }
// CHECK: unused.c([[#@LINE+1]],9): warning: suppression of 30030 has no effect [hvci-suppression]
#pragma warning(suppress: 30030)
void *unused(void) { return ExAllocatePool(NonPagedPoolNx, 8); }
// CHECK: unused.c([[#@LINE+1]],9): warning: suppression of 30029 has no effect
#pragma warning(suppress: 4996 30029 30030)
void *half(void) { return ExAllocatePool(NonPagedPool, 8); }

#pragma prefast(suppress: 30030, "why")
void *prefast_used(void) { return ExAllocatePool(NonPagedPool, 8); }
// CHECK: unused.c([[#@LINE+1]],{{[0-9]+}}): warning: suppression of 30030 has no effect
#pragma prefast(suppress: __WARNING_BANNED_MEM_ALLOCATION_UNSAFE, "why")
void *prefast_unused(void) { return ExAllocatePool(NonPagedPoolNx, 8); }

#pragma warning(push)
#pragma warning(disable: 30030 4996)
void *state_used(void) { return ExAllocatePool(NonPagedPool, 8); }
// CHECK: unused.c([[#@LINE+1]],9): warning: suppression of 30030 has no effect
#pragma warning(disable: 30030)
#pragma warning(pop)
// CHECK: unused.c([[#@LINE+1]],9): warning: suppression of 30029 has no effect
#pragma warning(disable: 30029)
// CHECK: unused.c([[#@LINE+1]],{{[0-9]+}}): warning: suppression of 30030 has no effect
#pragma prefast(disable: 30030, "why")
void *state_unused(void) { return ExAllocatePool(NonPagedPoolNx, 8); }
#pragma prefast(enable: 30030)
#pragma warning(disable: 4996)

#define SUPPRESS __pragma(warning(suppress: 30030))
SUPPRESS
void *macro_used(void) { return ExAllocatePool(NonPagedPool, 8); }
// CHECK: unused.c([[#@LINE+1]],1): warning: suppression of 30030 has no effect
SUPPRESS
void *macro_unused(void) { return ExAllocatePool(NonPagedPoolNx, 8); }

void *comment_used(void) { return ExAllocatePool(NonPagedPool, 8); } // hvcilint: allow(hvci-execute-pool-type) why
// CHECK: unused.c([[#@LINE+1]],76): warning: suppression of 'hvci-execute-pool-type' has no effect
void *comment_unused(void) { return ExAllocatePool(NonPagedPoolNx, 8); }   // hvcilint: allow(hvci-execute-pool-type) why
// CHECK: unused.c([[#@LINE+1]],1): warning: suppression of 'hvci-execute-page-mapping' has no effect
// hvcilint: allow(hvci-execute-pool-type, hvci-execute-page-mapping) why
void *comment_half(void) { return ExAllocatePool(NonPagedPool, 8); }

// CHECK: unused.c([[#@LINE+1]],9): warning: suppression of 30030 has no effect
#pragma warning(suppress: 30030)
// CHECK-NEXT: {{suppress: 30030}}
