// The names that Microsoft's code analysis knows beside the numbers, and the
// justification that newer compilers take.
// RUN: %hvci_cl -Wno-unknown-pragmas -Xclang -verify -- %s
// RUN: %hvci_clang_mingw -Wno-unknown-pragmas -Xclang -verify %s
#include <ntddk.h>

void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

#pragma warning(suppress: 30030, justification: "the JIT runs from it")
void *justified(void) { return ExAllocatePool(NonPagedPool, 8); }

#pragma warning(push)
#pragma warning(disable: 30030, justification: "the JIT runs from it")
void *disabled(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(pop)

#pragma warning(suppress: __WARNING_BANNED_MEM_ALLOCATION_UNSAFE)
void *named(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(suppress:__WARNING_BANNED_MEM_ALLOCATION_UNSAFE) // why
void *close(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(suppress: 4996 __WARNING_BANNED_MEM_ALLOCATION_UNSAFE 6011)
void *among(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(suppress: 4996; suppress: __WARNING_BANNED_MEM_ALLOCATION_UNSAFE)
void *clause(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(suppress: __WARNING_BANNED_MEM_ALLOCATION_NOTYPE)
void *space(PHYSICAL_ADDRESS Where) { return MmMapIoSpace(Where, 8, MmNonCached); }

#pragma warning(push)
#pragma warning(disable: __WARNING_BANNED_MEM_ALLOCATION_UNSAFE)
void *state(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(pop)

#pragma warning(suppress: __WARNING_BANNED_MEM_ALLOCATION_NOTYPE)
void *other(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma warning(suppress: __WARNING_BANNED_MEM_ALLOCATION)
void *unknown(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma warning(suppress: BANNED_MEM_ALLOCATION_UNSAFE)
void *bare(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
