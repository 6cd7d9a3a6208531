// RUN: %hvci_cl_x64 -Xclang -verify -- %s
// Clang builds no graph for a function with __try: what is set once is known
// there, and nothing else.
#include <ntddk.h>

int Ask(void);

void *once(void) { POOL_TYPE t = NonPagedPool; __try { return ExAllocatePoolWithTag(t, 8, 'a'); } __except (1) { return 0; } } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *onceInside(void) { __try { POOL_TYPE t = NonPagedPool; return ExAllocatePoolWithTag(t, 8, 'a'); } __finally { Ask(); } } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *onceFine(void) { POOL_TYPE t = NonPagedPoolNx; __try { return ExAllocatePoolWithTag(t, 8, 'a'); } __except (1) { return 0; } }
void *assignedOnce(void) { POOL_TYPE t; t = NonPagedPool; __try { return ExAllocatePoolWithTag(t, 8, 'a'); } __except (1) { return 0; } } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 't'}} expected-note {{comes from here}}
void *twice(void) { POOL_TYPE t = NonPagedPool; __try { t = NonPagedPoolNx; return ExAllocatePoolWithTag(t, 8, 'a'); } __except (1) { return 0; } }
void *later(void) { POOL_TYPE t = PagedPool; __try { if (Ask()) __leave; t = NonPagedPool; } __finally { Ask(); } return ExAllocatePoolWithTag(t, 8, 'a'); }
void *copied(void) { POOL_TYPE t = NonPagedPool, u = t; __try { return ExAllocatePoolWithTag(u, 8, 'a'); } __except (1) { return 0; } } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'u'}} expected-note {{comes from here}}
void *dependent(void) { POOL_TYPE t = NonPagedPool, u = t; __try { t = PagedPool; return ExAllocatePoolWithTag(u, 8, 'a'); } __except (1) { return 0; } }
void *parameter(POOL_TYPE t) { t = NonPagedPool; __try { return ExAllocatePoolWithTag(t, 8, 'a'); } __except (1) { return 0; } }
void *field(void) { struct { POOL_TYPE Type; } c = {NonPagedPool}; __try { return ExAllocatePoolWithTag(c.Type, 8, 'a'); } __except (1) { return 0; } } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'c.Type'}} expected-note {{comes from here}}
void *itself(void) { POOL_TYPE t = t; __try { return ExAllocatePoolWithTag(t, 8, 'a'); } __except (1) { return 0; } }
void *constant(void) { __try { return ExAllocatePoolWithTag(NonPagedPool, 8, 'a'); } __except (1) { return 0; } } // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'NonPagedPool'}}
