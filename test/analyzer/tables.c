// Function pointers, tables of them as in COM, and globals.
// RUN: %hvci_analyze -Xclang -analyzer-disable-checker=core -Xclang -analyzer-output=plist -o %t.plist -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

typedef PVOID (*ALLOC)(POOL_TYPE, SIZE_T, ULONG);
typedef struct _OPS { ALLOC Alloc; POOL_TYPE Type; } OPS;
static PVOID wrap(POOL_TYPE t, SIZE_T n, ULONG g) { return ExAllocatePoolWithTag(t, n, g); }
static PVOID nx(POOL_TYPE t, SIZE_T n, ULONG g) { return ExAllocatePoolWithTag((POOL_TYPE)(t | POOL_NX_ALLOCATION), n, g); }

PVOID pointerBad(OPS *o) { o->Alloc = wrap; return o->Alloc(NonPagedPool, 8, 'tseT'); } // expected-warning {{'wrap' allocates executable pool}}
PVOID kernelBad(OPS *o) { o->Alloc = ExAllocatePoolWithTag; return o->Alloc(NonPagedPool, 8, 'tseT'); } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
PVOID pointerGood(OPS *o) { o->Alloc = nx; return o->Alloc(NonPagedPool, 8, 'tseT'); }
PVOID pointerEither(OPS *o, int x) { o->Alloc = x ? wrap : nx; return o->Alloc(NonPagedPool, 8, 'tseT'); } // expected-warning {{'wrap' allocates executable pool}}
PVOID pointerUnknown(OPS *o) { return o->Alloc(NonPagedPool, 8, 'tseT'); }

// Constant tables, through a pointer to them.
static const OPS Constant[2] = {{nx, NonPagedPoolNx}, {&wrap, NonPagedPool}};
static const OPS Empty[2] = {{nx}};
static OPS Variable = {wrap, NonPagedPool};
PVOID constantBad(void) { const OPS *o = &Constant[1]; return o->Alloc(NonPagedPool, 8, 'tseT'); } // expected-warning {{'wrap' allocates executable pool}}
PVOID constantType(void) { const OPS *o = &Constant[1]; return ExAllocatePoolWithTag(o->Type, 8, 'tseT'); } // expected-warning {{with 'o->Type'}}
PVOID constantGood(void) { const OPS *o = Constant; return o->Alloc(o->Type, 8, 'tseT'); }
PVOID constantAny(int i) { const OPS *o = &Constant[i]; return o->Alloc(NonPagedPool, 8, 'tseT'); }
PVOID constantNull(void) { const OPS *o = &Empty[1]; return o->Alloc(NonPagedPool, 8, 'tseT'); }
PVOID variable(void) { OPS *o = &Variable; return o->Alloc(NonPagedPool, 8, 'tseT'); }
void changes(ALLOC a, POOL_TYPE t) { Variable.Alloc = a; Variable.Type = t; }

typedef struct IFoo IFoo;
typedef struct IFooVtbl {
  PVOID (*Allocate)(IFoo *This, POOL_TYPE Type);
  POOL_TYPE (*Type)(IFoo *This);
} IFooVtbl;
struct IFoo { const IFooVtbl *lpVtbl; POOL_TYPE Kept; };
static PVOID Foo_Allocate(IFoo *This, POOL_TYPE Type) { return ExAllocatePoolWithTag(Type, 8, 'tseT'); }
static POOL_TYPE Foo_Type(IFoo *This) { return This->Kept; }
static const IFooVtbl FooVtbl = {Foo_Allocate, .Type = Foo_Type};
PVOID comBad(void) { IFoo f = {&FooVtbl, NonPagedPool}; return f.lpVtbl->Allocate(&f, NonPagedPool); } // expected-warning {{'Foo_Allocate' allocates executable pool}}
PVOID comType(void) { IFoo f = {&FooVtbl, NonPagedPool}; return ExAllocatePoolWithTag(f.lpVtbl->Type(&f), 8, 'tseT'); } // expected-warning {{with 'f.lpVtbl->Type(&f)'}}
PVOID comGood(void) { IFoo f = {&FooVtbl, NonPagedPoolNx}; return ExAllocatePoolWithTag(f.lpVtbl->Type(&f), 8, 'tseT'); }
PVOID comUnknown(IFoo *f) { return f->lpVtbl->Allocate(f, NonPagedPool); }

// Globals: what the path has stored, or what never changes.
extern POOL_TYPE Other;
extern const POOL_TYPE OtherConstant;
const POOL_TYPE Types[] = {PagedPool, NonPagedPool, NonPagedPoolNx};
void outside(void);
PVOID globalBad(void) { Other = NonPagedPool; return ExAllocatePoolWithTag(Other, 8, 'tseT'); } // expected-warning {{with 'Other'}}
PVOID globalBetween(void) { Other = NonPagedPool; outside(); return ExAllocatePoolWithTag(Other, 8, 'tseT'); }
PVOID globalUnknown(void) { return ExAllocatePoolWithTag(OtherConstant, 8, 'tseT'); }
PVOID globalInitial(void) { return ExAllocatePoolWithTag(Variable.Type, 8, 'tseT'); }
PVOID typesBad(int i) { return i == 1 ? ExAllocatePoolWithTag(Types[i], 8, 'tseT') : NULL; } // expected-warning {{with 'Types[i]'}}
PVOID typesGood(int i) { return i == 2 ? ExAllocatePoolWithTag(Types[i], 8, 'tseT') : NULL; }
PVOID typesAny(int i) { return ExAllocatePoolWithTag(Types[i], 8, 'tseT'); }

// Memory without a value, and no memory.
PVOID heapBad(void) { OPS *o = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof *o, 'tseT'); if (!o) return NULL; o->Type = NonPagedPool; return ExAllocatePoolWithTag(o->Type, 8, 'tseT'); } // expected-warning {{with 'o->Type'}}
PVOID heapUnset(void) { OPS *o = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof *o, 'tseT'); return o ? ExAllocatePoolWithTag(o->Type, 8, 'tseT') : NULL; }
PVOID unset(int x) { POOL_TYPE t; if (x) t = PagedPool; return ExAllocatePoolWithTag(t, 8, 'tseT'); }
PVOID null(void) { OPS *o = NULL; return o->Alloc(o->Type, 8, 'tseT'); }
