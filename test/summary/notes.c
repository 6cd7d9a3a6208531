// The way to the DDI, word for word and in order.
// RUN: %hvci_cl -Xclang -fno-caret-diagnostics -- %s 2>&1 | FileCheck %s --match-full-lines --implicit-check-not=warning: --implicit-check-not=note:
#include <ntddk.h>

static PVOID One(POOL_TYPE Type, SIZE_T Size) {
  return ExAllocatePoolZero(Type, Size, 'tseT');
}
static PVOID Two(SIZE_T Size, POOL_TYPE Type) { return One(Type, Size); }
static PVOID Three(POOL_TYPE Type) { return Two(8, Type); }
enum { Mine = NonPagedPool };

PVOID caller(void) { return Three(NonPagedPool); }
// CHECK:      {{.*}}notes.c([[@LINE-1]],35): warning: 'Three' allocates executable pool with 'NonPagedPool'; use NonPagedPoolNx [hvci-execute-pool-type]
// CHECK-NEXT: {{.*}}notes.c(9,45): note: 'Three' passes it to 'Two' here
// CHECK-NEXT: {{.*}}notes.c(8,56): note: 'Two' passes it to 'One' here
// CHECK-NEXT: {{.*}}notes.c(6,10): note: 'One' passes it to 'ExAllocatePoolZero' here

PVOID constant(void) { return Two(8, Mine); }
// CHECK-NEXT: {{.*}}notes.c([[@LINE-1]],38): warning: 'Two' allocates executable pool with 'Mine'; use NonPagedPoolNx [hvci-execute-pool-type]
// CHECK-NEXT: {{.*}}notes.c(10,8): note: the value of 'Mine' comes from here
// CHECK-NEXT: {{.*}}notes.c(8,56): note: 'Two' passes it to 'One' here
// CHECK-NEXT: {{.*}}notes.c(6,10): note: 'One' passes it to 'ExAllocatePoolZero' here

static POOL_TYPE Choose(void) { return NonPagedPool; }
PVOID chosen(void) { return Two(8, Choose()); }
// CHECK-NEXT: {{.*}}notes.c([[@LINE-1]],36): warning: 'Two' allocates executable pool with 'Choose()'; use NonPagedPoolNx [hvci-execute-pool-type]
// CHECK-NEXT: {{.*}}notes.c([[@LINE-3]],40): note: the value of 'NonPagedPool' comes from here
// CHECK-NEXT: {{.*}}notes.c(8,56): note: 'Two' passes it to 'One' here
// CHECK-NEXT: {{.*}}notes.c(6,10): note: 'One' passes it to 'ExAllocatePoolZero' here
