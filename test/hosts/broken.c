// Code that does not compile: no crash, nothing false, and what is sound in the
// unit is still reported.
// RUN: not %hvci_cl /clang:-ferror-limit=0 -- %s 2>&1 | FileCheck %s --implicit-check-not=[hvci-
// RUN: not %hvci_clang_mingw -ferror-limit=0 %s 2>&1 | FileCheck %s --implicit-check-not=[hvci-
#include <ntddk.h>

// CHECK: broken.c{{[(:]}}[[#@LINE+1]]{{.*}} warning: 'ExAllocatePool'{{.*}}[hvci-
void *sound(void) { return ExAllocatePool(NonPagedPool, 8); }

// CHECK: broken.c{{[(:]}}[[#@LINE+1]]{{.*}} warning: 'ExAllocatePool'{{.*}}[hvci-
NoType *return_type(void) { return ExAllocatePool(NonPagedPool, 8); }
void *unknown_constant(void) { return ExAllocatePool(NonPagedPoolSuch, 8); }
void *unknown_flag(void) { return ExAllocatePool(NonPagedPool | NoSuchFlag, 8); }
void *unknown_branch(int p) { return ExAllocatePool(p ? NoSuchType : NonPagedPool, 8); }
void *unknown_call(void) { return ExAllocatePool((POOL_TYPE)NoSuchCall(), 8); }
void *unknown_callee(void) { return ExAllocatePoolNoSuch(NonPagedPool, 8); }
void *incomplete(void) { struct none Local; return ExAllocatePool(Local, 8); }
void *too_few(void) { return ExAllocatePool(NonPagedPool); }
void *too_many(void) { return ExAllocatePool(NonPagedPool, 8, 9); }
void *no_argument(void) { return ExAllocatePool(); }
void *size(void) { return ExAllocatePool(sizeof(struct none), 8); }
// CHECK: broken.c{{[(:]}}[[#@LINE+1]]{{.*}} warning: 'ExAllocatePool'{{.*}}[hvci-
void *beside(void) { NoType Local; return ExAllocatePool(NonPagedPool, 8); }
void *semicolon(void) { int Local = 1 return ExAllocatePool(NonPagedPool, 8); }
POOL_TYPE Circular = Circular;
void *circular(void) { return ExAllocatePool(Circular, 8); }
static const POOL_TYPE Constant = NoSuchType;
void *constant(void) { return ExAllocatePool(Constant, 8); }
#define MACRO NoSuchType
void *macro(void) { return ExAllocatePool(MACRO, 8); }

int Value;
#pragma pack(push, 1)
struct unknown_field { char Kind; NoType *Why; int *Where; };
struct incomplete_field { char Kind; struct none Why; int *Where; };
struct bit_field { char Kind; int Bits : 99; int *Where; };
struct array_field { char Kind[NoSuch]; int *Where; };
struct packed { char Kind; int *Where; };
#pragma pack(pop)
struct none Incomplete = {0};
struct unknown_field A[500] = {{1, &Value}};
struct incomplete_field B[500] = {{1, {0}, &Value}};
struct bit_field C[500] = {{1, 2, &Value}};
struct array_field D[500] = {{{1}, &Value}};
struct packed E[500] = {{1, &Value}, {2, &NoSuch}};
struct packed F[NoSuch] = {{1, &Value}, {2, &Value}};
struct packed G[-1] = {{1, &Value}, {2, &Value}};
struct packed H[2] = {{1, &Value}, [99999] = {2, &Value}};
struct packed I[] = {[0 ... NoSuch] = {1, &Value}};
struct packed J[500] = {{1, &Value}, {.Nothing = 1}};
struct packed K[500] = {{1, (int *)NoSuchCall()}};
// CHECK: broken.c{{[(:]}}[[#@LINE+1]]{{.*}} warning: 'Sound'{{.*}}[hvci-
struct packed Sound[500] = {{1, &Value}, {2, &Value}};
struct packed L[500] = {{1, &Value}, {2, &Val
