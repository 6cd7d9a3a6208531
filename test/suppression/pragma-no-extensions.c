// Without Microsoft extensions Clang leaves `#pragma warning` to the plugin.
// RUN: %hvci_clang_mingw -fno-ms-extensions -Wunknown-pragmas -Xclang -verify %s
// RUN: %hvci_clang_mingw -fno-ms-extensions -Wunknown-pragmas -Xclang -verify -x c++ %s

typedef enum _POOL_TYPE { NonPagedPool, PagedPool, NonPagedPoolNx = 512 } POOL_TYPE; // expected-note 0+ {{comes from here}}
#ifdef __cplusplus
extern "C"
#endif
void *ExAllocatePool(POOL_TYPE PoolType, unsigned long long NumberOfBytes);

void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}

#pragma warning(suppress: 30030)
void *next(void) { return ExAllocatePool(NonPagedPool, 8); }
void *after(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma warning(suppress: 4996 30030, justification: "why")
void *justified(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(suppress: __WARNING_BANNED_MEM_ALLOCATION_UNSAFE)
void *named(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(disable: 4996; suppress: 30030)
void *clauses(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma prefast(suppress: 30030, "why")
void *prefast(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(suppress: 30029)
void *other(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
_Pragma("warning(suppress: 30030)")
void *standard(void) { return ExAllocatePool(NonPagedPool, 8); }

#pragma warning(push, 3)
#pragma warning(disable: 30030)
void *disabled(void) { return ExAllocatePool(NonPagedPool, 8); }
#pragma warning(pop)
void *popped(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma warning(disable: 30030)
#pragma warning(4: 30030)
void *level(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
#pragma warning
#pragma warning(
#pragma warning(suppress
void *malformed(void) { return ExAllocatePool(NonPagedPool, 8); } // expected-warning {{hvci-execute-pool-type}}
