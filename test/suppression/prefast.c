// `#pragma prefast`, which no Clang knows: with the plugin it is not unknown.
// RUN: %hvci_cl -Wunknown-pragmas -Wignored-pragmas -Xclang -verify -- %s
// RUN: %hvci_cl /TP -Wunknown-pragmas -Wignored-pragmas -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Wall -Xclang -verify %s
#include <ntddk.h>

void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

#pragma prefast(suppress: 30030, "the JIT runs from it")
void *suppressed(void) { return ExAllocatePool(NonPagedPool, 8); }
void *after(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma prefast(suppress:30030)
void *bare(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma prefast(suppress : 6014 30030, "both") // comment
void *several(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma prefast(suppress: 6014; suppress: 30030)
void *clauses(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma prefast(suppress: C30030, "why")
void *prefixed(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma prefast(suppress: __WARNING_BANNED_MEM_ALLOCATION_UNSAFE, "why")
void *named(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma prefast(suppress: __WARNING_BANNED_MEM_ALLOCATION_NOTYPE, "why")
void *space(PHYSICAL_ADDRESS Where) { return MmMapIoSpace(Where, 8, MmNonCached); }
#pragma prefast(suppress: 28197, "memory is kept: see 30030")
void *other(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma prefast(suppress: __WARNING_BANNED_MEM_ALLOCATION_NOTYPE, "why")
void *unfit(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

#pragma prefast(disable: 30030, "why")
void *disabled(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma prefast(push)
#pragma prefast(enable: 30030, "why")
void *enabled(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma prefast(pop)
void *popped(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma prefast(default: 30030)
void *again(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma prefast(pop)
#pragma prefast(disable: __WARNING_BANNED_MEM_ALLOCATION_UNSAFE, "why")
void *disabled_name(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(default: 30030)
void *mixed(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

// Nothing that is malformed says a word or suppresses.
#pragma prefast
#pragma prefast()
#pragma prefast(
#pragma prefast(suppress)
#pragma prefast(suppress: )
#pragma prefast(suppress: "30030")
#pragma prefast(suppres: 30030)
#pragma prefast suppress: 30030
#pragma prefast(push
void *malformed(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
