// Who passes a value to a wrapper is at fault, as for the AST host; with the
// path to where it leads.
// RUN: %hvci_analyze -Xclang -analyzer-output=text -- %s 2>&1 | FileCheck %s --match-full-lines
#include <ntddk.h>
static PVOID Tagged(SIZE_T Size, POOL_TYPE Type) {
  return ExAllocatePoolWithTag(Type, Size, 'tseT');
}
PVOID good(void) { return Tagged(1, NonPagedPoolNx); }
PVOID first(void) { return Tagged(1, NonPagedPool); }
PVOID second(int Flag) {
  POOL_TYPE Type = PagedPool;
  if (Flag)
    Type = NonPagedPool;
  return Tagged(1, Type);
}
// CHECK: {{.*}}wrappers.c(9,38): warning: 'Tagged' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci.execute-pool-type]
// CHECK: {{.*}}wrappers.c(9,28): note: Calling 'Tagged'
// CHECK: {{.*}}wrappers.c(6,10): note: this calls 'ExAllocatePoolWithTag'
// CHECK: {{.*}}wrappers.c(9,38): note: 'Tagged' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]
// CHECK: {{.*}}wrappers.c(14,20): warning: 'Tagged' allocates executable pool with 'Type'; use NonPagedPoolNx [hvci.execute-pool-type]
// CHECK: {{.*}}wrappers.c(12,7): note: Assuming 'Flag' is not equal to 0
// CHECK: {{.*}}wrappers.c(12,3): note: Taking true branch
// CHECK: {{.*}}wrappers.c(13,5): note: The value 0 is assigned to 'Type'
// CHECK: {{.*}}wrappers.c(14,10): note: Calling 'Tagged'
// CHECK: {{.*}}wrappers.c(6,10): note: this calls 'ExAllocatePoolWithTag'
// CHECK: 2 warnings generated.
