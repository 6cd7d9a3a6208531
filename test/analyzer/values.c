// Values that only a path shows: through memory, functions and loops.
// RUN: %hvci_analyze -Xclang -analyzer-output=plist -o %t.plist -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

#define ALLOC(Type) ExAllocatePoolWithTag(Type, 8, 'tseT')

typedef struct _CONTEXT {
  POOL_TYPE Type;
  struct _CONTEXT *Next;
} CONTEXT;
static POOL_TYPE Global;

static void fill(CONTEXT *Context, int Execute) {
  Context->Type = Execute ? NonPagedPool : NonPagedPoolNx;
}
PVOID pointerBad(int Flag) { CONTEXT c; fill(&c, Flag); return ALLOC(c.Type); } // expected-warning {{allocates executable pool with 'c.Type'}}
PVOID pointerGood(void) { CONTEXT c; fill(&c, 0); return ALLOC(c.Type); }

static void choose(POOL_TYPE *Out, int Flag) { *Out = Flag == 3 ? NonPagedPool : PagedPool; }
PVOID outBad(void) { POOL_TYPE t; choose(&t, 3); return ALLOC(t); } // expected-warning {{allocates executable pool with 't'}}
PVOID outGood(void) { POOL_TYPE t; choose(&t, 2); return ALLOC(t); }

PVOID arrayBad(int i) { POOL_TYPE t[2] = {PagedPool, NonPagedPool}; return i == 1 ? ALLOC(t[i]) : NULL; } // expected-warning {{with 't[i]'}}
PVOID arrayGood(int i) { POOL_TYPE t[2] = {PagedPool, NonPagedPool}; return i == 0 ? ALLOC(t[i]) : NULL; }

PVOID copyBad(void) { CONTEXT a = {NonPagedPool}, b; RtlCopyMemory(&b, &a, sizeof(b)); return ALLOC(b.Type); } // expected-warning {{with 'b.Type'}}
PVOID copyGood(void) { CONTEXT a = {NonPagedPoolNx}, b; RtlCopyMemory(&b, &a, sizeof(b)); return ALLOC(b.Type); }
PVOID copyOfAPart(void) { CONTEXT a = {NonPagedPool}, b; RtlCopyMemory(&b, &a, 1); return ALLOC(b.Type); }

PVOID globalBad(void) { Global = NonPagedPool; return ALLOC(Global); } // expected-warning {{with 'Global'}}
PVOID globalGood(void) { Global = NonPagedPoolNx; return ALLOC(Global); }
PVOID globalUnknown(void) { return ALLOC(Global); }

PVOID listBad(CONTEXT *c) { c->Next->Type = NonPagedPool; return ALLOC(c->Next->Type); } // expected-warning {{with 'c->Next->Type'}}
PVOID listGood(CONTEXT *c) { c->Next->Type = PagedPool; return ALLOC(c->Next->Type); }

PVOID loopBad(void) { POOL_TYPE t[] = {PagedPool, NonPagedPool}; PVOID p = NULL; for (int i = 0; i < 2; i++) p = ALLOC(t[i]); return p; } // expected-warning {{with 't[i]'}}
PVOID loopGood(void) { POOL_TYPE t[] = {PagedPool, NonPagedPoolNx}; PVOID p = NULL; for (int i = 0; i < 2; i++) p = ALLOC(t[i]); return p; }

PVOID switchBad(int n, CONTEXT *c) { switch (n) { case 1: c->Type = PagedPool; break; default: c->Type = NonPagedPool; } return ALLOC(c->Type); } // expected-warning {{with 'c->Type'}}
PVOID switchGood(int n, CONTEXT *c) { switch (n) { case 1: c->Type = PagedPool; break; default: c->Type = NonPagedPoolNx; } return ALLOC(c->Type); }

// Nobody passes a value here; the code only names one.
PVOID named(POOL_TYPE t) { return t == NonPagedPool ? ALLOC(t) : NULL; } // expected-warning {{may allocate executable pool with 't'}}
PVOID namedInMemory(CONTEXT *c) { if (c->Type == NonPagedPool) return ALLOC(c->Type); return NULL; } // expected-warning {{may allocate executable pool with 'c->Type'}}
PVOID corrected(POOL_TYPE t) { if (t == NonPagedPool) t = NonPagedPoolNx; return ALLOC(t); }
PVOID tested(ULONG t) { if (!(t & 512)) return NULL; return ALLOC((POOL_TYPE)t); }
PVOID unknown(POOL_TYPE t) { return ALLOC(t); }

// The wrapper tests, and its caller knows nothing: neither is at fault.
static PVOID wrapper(POOL_TYPE t) { if (t == NonPagedPool) Global = t; return ALLOC(t); }
PVOID passes(CONTEXT *c) { return wrapper(c->Type); }

// What the call has in its words, and what no path leads to.
PVOID literal(void) { return ALLOC(NonPagedPool); } // expected-warning {{with 'NonPagedPool'}}
static PVOID uncalled(void) { return ALLOC(NonPagedPool); } // expected-warning {{with 'NonPagedPool'}}
PVOID dead(void) { return NULL; return ALLOC(NonPagedPool); }

PVOID modeBad(PMDL m, KPROCESSOR_MODE k) { return k == KernelMode ? MmMapLockedPages(m, k) : NULL; } // expected-warning {{always maps executable memory}}
PVOID modeGood(PMDL m, KPROCESSOR_MODE k) { return k != KernelMode ? MmMapLockedPages(m, k) : NULL; }

// A value that a function has computed has no name, and a remedy none the less.
static ULONG protection(int Execute) { return 0x80U / (Execute ? 2 : 32); }
void remedyProtection(PMDL m, PMM_MDL_ROUTINE r) { MmMapMdl(m, protection(1), r, NULL); } // expected-warning {{with 'protection(1)'; use PAGE_READWRITE}}
void remedyGood(PMDL m, PMM_MDL_ROUTINE r) { MmMapMdl(m, protection(0), r, NULL); }
static POOL_TYPE aligned(int Align) { return (POOL_TYPE)(8 / (Align ? 2 : 1) & 4); }
PVOID remedyType(void) { return ALLOC(aligned(1)); } // expected-warning {{with 'aligned(1)'; use NonPagedPoolNxCacheAligned}}
