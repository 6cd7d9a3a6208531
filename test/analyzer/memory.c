// Values in structures, arrays, unions and bit-fields, on the paths that store them.
// RUN: %hvci_analyze -Xclang -analyzer-disable-checker=core -Xclang -analyzer-output=plist -o %t.plist -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntifs.h>

#define PROTECT(Protection) MmProtectMdlSystemAddress(Mdl, Protection)

typedef struct _STATE {
  ULONG Protect;
  struct { ULONG Inner; } Nested;
} STATE;
void opaque(STATE *s);

// The value is used in a function that is inlined.
static void use(STATE *s, PMDL Mdl) { PROTECT(s->Protect); } // expected-warning {{asks for executable pages with 's->Protect'}}
static void useGood(STATE *s, PMDL Mdl) { PROTECT(s->Protect); }
static void useNested(STATE *s, PMDL Mdl) { PROTECT(s->Nested.Inner); } // expected-warning {{with 's->Nested.Inner'}}
void fieldBad(STATE *s, PMDL m, int x) { s->Protect = PAGE_READWRITE; if (x) s->Protect = PAGE_EXECUTE_READWRITE; use(s, m); }
void fieldGood(STATE *s, PMDL m, int x) { s->Protect = PAGE_READWRITE; if (x) s->Protect = PAGE_READONLY; useGood(s, m); }
void nestedBad(STATE *s, PMDL m, int x) { s->Nested.Inner = x > 3 ? PAGE_EXECUTE : PAGE_READONLY; useNested(s, m); }
void otherPath(STATE *s, PMDL m, int x) { s->Protect = x ? PAGE_EXECUTE_READWRITE : PAGE_READONLY; if (!x) useGood(s, m); }
void betweenUnknown(STATE *s, PMDL m) { s->Protect = PAGE_EXECUTE_READWRITE; opaque(s); useGood(s, m); }
void testedBits(STATE *s, PMDL m, ULONG p) { if (p & 0xF0) return; s->Protect = p; useGood(s, m); }

void orBad(STATE *s, PMDL Mdl, int x) { s->Protect = PAGE_NOCACHE; s->Protect |= x ? PAGE_EXECUTE_READ : PAGE_READONLY; PROTECT(s->Protect); } // expected-warning {{with 's->Protect'}}
void maskGood(STATE *s, PMDL Mdl) { s->Protect = PAGE_EXECUTE_READWRITE; s->Protect &= ~0xF0; s->Protect |= PAGE_READWRITE; PROTECT(s->Protect); }
void aliasGood(STATE *s, PMDL Mdl) { ULONG *p = &s->Protect; s->Protect = PAGE_EXECUTE; *p = PAGE_READONLY; PROTECT(s->Protect); }

// Arrays, of pool flags as well.
void arrayBad(PMDL Mdl, int i) { ULONG p[3] = {PAGE_READONLY, PAGE_READWRITE, PAGE_EXECUTE_READ}; if (i == 2) PROTECT(p[i]); } // expected-warning {{with 'p[i]'}}
void arrayUnknown(PMDL Mdl, int i) { ULONG p[3] = {PAGE_READONLY, PAGE_READWRITE, PAGE_EXECUTE_READ}; PROTECT(p[i]); }
void arrayBeyond(PMDL Mdl) { ULONG p[1] = {PAGE_READONLY}; PROTECT(p[5]); }
void flagsBad(void) { ULONG64 f[] = {POOL_FLAG_NON_PAGED, POOL_FLAG_NON_PAGED_EXECUTE}; for (int j = 0; j < 2; j++) ExAllocatePool2(f[j], 8, 'tseT'); } // expected-warning {{with 'f[j]'}}
void flagsGood(void) { ULONG64 f[] = {POOL_FLAG_NON_PAGED, POOL_FLAG_PAGED}; for (int j = 0; j < 2; j++) ExAllocatePool2(f[j], 8, 'tseT'); }
void flagsUnset(void) { ULONG64 f[2]; f[0] = POOL_FLAG_NON_PAGED_EXECUTE; ExAllocatePool2(f[1], 8, 'tseT'); }

// Unions, parts of objects, bit-fields: they hold what they are wide enough for.
union PARTS { ULONG Protect; UCHAR Bytes[4]; struct { ULONG Low : 8, High : 24; } Bits; };
void unionBad(PMDL Mdl) { union PARTS u; u.Protect = PAGE_EXECUTE_READ; PROTECT(u.Protect); } // expected-warning {{with 'u.Protect'}}
void unionBytes(PMDL Mdl) { union PARTS u; u.Protect = PAGE_EXECUTE_READ; u.Bytes[0] = PAGE_READONLY; PROTECT(u.Protect); }
void unionBits(PMDL Mdl) { union PARTS u; u.Protect = PAGE_EXECUTE_READ; u.Bits.Low = PAGE_READONLY; PROTECT(u.Protect); }
void firstByte(PMDL Mdl) { ULONG p = PAGE_EXECUTE_READ; *(UCHAR *)&p = PAGE_READONLY; PROTECT(p); }
void bitFieldBad(PMDL Mdl) { struct { ULONG Low : 8; } b; b.Low = PAGE_EXECUTE_READ; PROTECT(b.Low); } // expected-warning {{with 'b.Low'}}
void bitFieldCut(PMDL Mdl) { struct { ULONG Low : 4; } b; b.Low = PAGE_EXECUTE_READ | PAGE_READONLY; PROTECT(b.Low); }
void bitFieldCutLater(PMDL Mdl) { struct { ULONG Low : 4; } b; b.Low = PAGE_EXECUTE_READ | PAGE_READONLY; ULONG p = b.Low; PROTECT(p); }
void signedBitField(PMDL Mdl) { struct { LONG Low : 8; } b; b.Low = 0x80; PROTECT((ULONG)b.Low); } // expected-warning {{with '(ULONG)b.Low'}}
void cutToByte(PMDL Mdl) { UCHAR b = (UCHAR)(0x100 | PAGE_EXECUTE); PROTECT(b); } // expected-warning {{with 'b'}}

// Copies: of a whole object, or of what nobody knows.
void copyBad(PMDL Mdl) { STATE a, b; a.Protect = PAGE_EXECUTE_READ; RtlCopyMemory(&b, &a, sizeof b); PROTECT(b.Protect); } // expected-warning {{with 'b.Protect'}}
void copyOver(PMDL Mdl, STATE *from) { STATE b; b.Protect = PAGE_EXECUTE_READ; RtlCopyMemory(&b, from, sizeof b); PROTECT(b.Protect); }
void copySome(PMDL Mdl, STATE *from, ULONG n) { STATE b; b.Protect = PAGE_EXECUTE_READ; RtlCopyMemory(&b, from, n); PROTECT(b.Protect); }
void copyField(PMDL Mdl, STATE *from) { STATE b; b.Protect = PAGE_EXECUTE_READ; RtlCopyMemory(&b.Protect, &from->Protect, sizeof(ULONG)); PROTECT(b.Protect); }
void zeroed(PMDL Mdl) { STATE b; b.Protect = PAGE_EXECUTE_READ; RtlZeroMemory(&b, sizeof b); PROTECT(b.Protect); }
void zeroedPool(void) { struct { POOL_TYPE T; } c; RtlZeroMemory(&c, sizeof c); ExAllocatePoolWithTag(c.T, 8, 'tseT'); } // expected-warning {{with 'c.T'}}
void assigned(PMDL Mdl, int x) { STATE a = {PAGE_READONLY}, b; if (x) a.Protect = PAGE_EXECUTE_READ; b = a; PROTECT(b.Protect); } // expected-warning {{with 'b.Protect'}}

// What a function returns, or writes through its parameters.
static STATE make(int x) { STATE s = {PAGE_READWRITE}; if (x) s.Protect = PAGE_EXECUTE; return s; }
void returnedBad(PMDL Mdl, int x) { STATE s = make(x); PROTECT(s.Protect); } // expected-warning {{with 's.Protect'}}
void returnedGood(PMDL Mdl) { STATE s = make(0); PROTECT(s.Protect); }
static NTSTATUS query(ULONG *Out, int x) { if (x < 0) return STATUS_UNSUCCESSFUL; *Out = x ? PAGE_EXECUTE_READ : PAGE_READONLY; return STATUS_SUCCESS; }
void outBad(PMDL Mdl, int x) { ULONG p = PAGE_READONLY; if (NT_SUCCESS(query(&p, x))) PROTECT(p); } // expected-warning {{with 'p'}}
void outFailed(PMDL Mdl, int x) { ULONG p = PAGE_READONLY; if (!NT_SUCCESS(query(&p, x))) PROTECT(p); }
NTSTATUS elsewhere(ULONG *Out);
void outUnknown(PMDL Mdl) { ULONG p = PAGE_EXECUTE_READ; if (NT_SUCCESS(elsewhere(&p))) PROTECT(p); }

// Ways through a function.
void cases(PMDL Mdl, STATE *s, int n) { switch (n) { case 0: s->Protect = PAGE_READONLY; break; case 1: s->Protect = PAGE_EXECUTE; break; default: return; } PROTECT(s->Protect); } // expected-warning {{with 's->Protect'}}
void fallsThrough(PMDL Mdl, STATE *s, int n) { s->Protect = PAGE_EXECUTE; switch (n) { case 0: s->Protect = PAGE_READONLY; case 1: s->Protect = PAGE_READWRITE; break; default: return; } PROTECT(s->Protect); }
void jumps(PMDL Mdl, STATE *s, int n) { s->Protect = PAGE_READONLY; if (n) goto set; goto use; set: s->Protect = PAGE_EXECUTE; use: PROTECT(s->Protect); } // expected-warning {{with 's->Protect'}}
void loops(PMDL Mdl, STATE *s, int n) { STATE t = {PAGE_READONLY}; while (n--) if (s[n].Protect == PAGE_NOACCESS) t.Protect = PAGE_EXECUTE; PROTECT(t.Protect); } // expected-warning {{with 't.Protect'}}
void tries(PMDL Mdl, STATE *s, int n) { s->Protect = PAGE_READONLY; __try { if (n) s->Protect = PAGE_EXECUTE; PROTECT(s->Protect); } __except (1) { } } // expected-warning {{with 's->Protect'}}
void leaves(PMDL Mdl, STATE *s, int n) { s->Protect = PAGE_EXECUTE; __try { if (n) __leave; s->Protect = PAGE_EXECUTE_READ; } __finally { s->Protect = PAGE_READWRITE; } PROTECT(s->Protect); }
static PVOID ping(STATE *s, int n);
static PVOID pong(STATE *s, int n) { return n ? ping(s, n - 1) : NULL; }
static PVOID ping(STATE *s, int n) { if (!n) return ExAllocatePoolWithTag((POOL_TYPE)s->Protect, 8, 'tseT'); return pong(s, n - 1); } // expected-warning {{with '(POOL_TYPE)s->Protect'}}
PVOID recursion(int n) { STATE s; s.Protect = NonPagedPool; return ping(&s, n); }
static void endless(STATE *s) { endless(s); }
PVOID endlessly(STATE *s) { s->Protect = NonPagedPool; endless(s); return ExAllocatePoolWithTag((POOL_TYPE)s->Protect, 8, 'tseT'); }
