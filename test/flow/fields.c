// RUN: %hvci_cl_x64 -Xclang -verify -- %s
#include <ntddk.h>

void *memset(void *, int, size_t);

typedef struct { ULONG Size; POOL_TYPE Type; } CONFIG;
typedef struct { CONFIG Inner; POOL_TYPE Other; } OUTER;
typedef struct { struct { POOL_TYPE Type; }; union { POOL_TYPE A; ULONG B; }; volatile POOL_TYPE V; ULONG Bits : 10; ULONG Array[2]; } MIXED;
static const CONFIG Fixed = {8, NonPagedPool}; // expected-note {{comes from here}}
static const CONFIG Zero = {8};
static const OUTER Nested = {.Inner.Type = NonPagedPool, .Other = NonPagedPoolNx}; // expected-note {{comes from here}}
static CONFIG Variable = {8, NonPagedPool};
CONFIG Make(void);

void *assigned(void) { CONFIG c; c.Type = NonPagedPool; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *assignedFine(void) { CONFIG c; c.Type = NonPagedPoolNx; c.Size = 0; return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *otherField(void) { OUTER c; c.Inner.Type = NonPagedPool; c.Other = NonPagedPoolNx; return ExAllocatePoolWithTag(c.Other, 8, 'a'); }
void *deep(void) { OUTER c; c.Other = NonPagedPoolNx; c.Inner.Type = NonPagedPool; return ExAllocatePoolWithTag(c.Inner.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Inner.Type'}} expected-note {{comes from here}}
void *listed(void) { CONFIG c = {8, NonPagedPool}; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *designated(void) { CONFIG c = {.Type = NonPagedPool, .Size = 512}; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *designatedFine(void) { CONFIG c = {.Type = NonPagedPoolNx}; return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *missing(void) { CONFIG c = {0}; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}}
void *missingThenSet(void) { CONFIG c = {0}; c.Type = NonPagedPoolNx; return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *missingNested(void) { OUTER c = {.Other = NonPagedPoolNx}; return ExAllocatePoolWithTag(c.Inner.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Inner.Type'}}
void *copied(void) { CONFIG a = {8, NonPagedPool}, b; b = a; return ExAllocatePoolWithTag(b.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'b.Type'}} expected-note {{comes from here}}
void *copiedInit(void) { CONFIG a = {8, NonPagedPoolNx}, b = a; a.Type = NonPagedPool; return ExAllocatePoolWithTag(b.Type, 8, 'a'); }
void *copiedInner(void) { CONFIG a = {8, NonPagedPool}; OUTER b; b.Inner = a; return ExAllocatePoolWithTag(b.Inner.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'b.Inner.Type'}} expected-note {{comes from here}}
void *copiedOut(void) { OUTER a = {{8, NonPagedPoolNx}, NonPagedPool}; CONFIG b = a.Inner; return ExAllocatePoolWithTag(b.Type, 8, 'a'); }
void *literal(void) { return ExAllocatePoolWithTag(((CONFIG){8, NonPagedPool}).Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '((CONFIG){8, NonPagedPool}).Type'}}
void *literalFine(void) { return ExAllocatePoolWithTag(((CONFIG){NonPagedPool, NonPagedPoolNx}).Type, 8, 'a'); }
void *literalScalar(void) { return ExAllocatePoolWithTag((POOL_TYPE){NonPagedPool}, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE){NonPagedPool}'}}
void *literalCopied(void) { CONFIG c; c = (CONFIG){8, NonPagedPool}; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *chosen(int n) { CONFIG a = {8, NonPagedPool}, b = {8, NonPagedPoolNx}, c = n ? a : b; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' may allocate executable pool with 'c.Type'}} expected-note {{comes from here}}
void *called(void) { CONFIG c = {8, NonPagedPool}; c = Make(); return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *calledField(void) { return ExAllocatePoolWithTag(Make().Type, 8, 'a'); }
void *passed(CONFIG c) { return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *passedAndSet(CONFIG c) { c.Type = NonPagedPool; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *cleared(void) { CONFIG c; RtlZeroMemory(&c, sizeof(c)); return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}}
void *clearedThenSet(void) { CONFIG c; RtlZeroMemory(&c, sizeof(CONFIG)); c.Type = NonPagedPoolNx; return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *clearedInPart(void) { OUTER c; RtlZeroMemory(&c, sizeof(CONFIG)); return ExAllocatePoolWithTag(c.Other, 8, 'a'); }
void *clearedInner(void) { OUTER c; c.Other = NonPagedPoolNx; RtlZeroMemory(&c.Inner, sizeof(c.Inner)); return ExAllocatePoolWithTag(c.Other, 8, 'a'); }
void *filled(void) { CONFIG c = {8, NonPagedPool}; memset(&c, 2, sizeof(c)); return ExAllocatePoolWithTag(c.Type, 8, 'a'); }
void *fixed(void) { return ExAllocatePoolWithTag(Fixed.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'Fixed.Type'}}
void *fixedZero(void) { return ExAllocatePoolWithTag(Zero.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'Zero.Type'}}
void *fixedNested(void) { CONFIG c = Nested.Inner; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}}
void *fixedOther(void) { return ExAllocatePoolWithTag(Nested.Other, 8, 'a'); }
void *variable(void) { return ExAllocatePoolWithTag(Variable.Type, 8, 'a'); }
void *anonymous(void) { MIXED c; c.Type = NonPagedPool; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *inUnion(void) { MIXED c; c.A = NonPagedPool; c.B = 512; return ExAllocatePoolWithTag(c.A, 8, 'a'); }
void *isVolatile(void) { MIXED c; c.V = NonPagedPool; return ExAllocatePoolWithTag(c.V, 8, 'a'); }
void *bits(void) { MIXED c; ULONG n = 1024; c.Bits = n; return ExAllocatePoolWithTag((POOL_TYPE)c.Bits, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with '(POOL_TYPE)c.Bits'}} expected-note {{comes from here}}
void *element(void) { MIXED c; c.Array[0] = NonPagedPool; return ExAllocatePoolWithTag((POOL_TYPE)c.Array[0], 8, 'a'); }
void *elementOfOther(void) { MIXED c; c.Type = NonPagedPool; c.Array[1] = 0; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *arrayOf(void) { CONFIG c[2] = {{8, NonPagedPool}}; return ExAllocatePoolWithTag(c[0].Type, 8, 'a'); }
void *pointed(CONFIG *c) { c->Type = NonPagedPool; return ExAllocatePoolWithTag(c->Type, 8, 'a'); }
