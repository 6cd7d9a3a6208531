// RUN: %hvci_cl_x64 -Xclang -verify -- %s
#include <ntddk.h>

void *before(void) { POOL_TYPE t = NonPagedPool; void *p = ExAllocatePoolWithTag(t, 8, 'a'); Wrong wrong; return p; } // expected-error {{undeclared}} expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *mixed(int n) { POOL_TYPE t = NonPagedPoolNx; if (missing(n)) t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-error {{undeclared}} expected-warning {{may allocate executable pool with 't'}} expected-note {{comes from here}}
void *unknownValue(void) { POOL_TYPE t = Missing; return ExAllocatePoolWithTag(t, 8, 'a'); } // expected-error {{undeclared}}
void *unknownField(void) { struct { POOL_TYPE Type; } c = {.Wrong = NonPagedPool}; return ExAllocatePoolWithTag(c.Type, 8, 'a'); } // expected-error {{field designator}}
// expected-note@+1 {{to match}} expected-error@+1 {{expected expression}} expected-error@+1 {{expected '}'}}
void *open(void) { POOL_TYPE t = NonPagedPool; if (t ==
