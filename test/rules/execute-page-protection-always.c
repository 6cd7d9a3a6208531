// The DDIs that cannot ask for anything but executable memory.
// RUN: %hvci_cl -Xclang -verify -- %s
// RUN: %hvci_cl /DPOOL_NX_OPTIN_AUTO=1 -Xclang -verify -- %s
#include <ntddk.h>

// expected-note@#spec {{C30030 names only MmCached as executable here}}
// expected-note@#unknown {{C30030 names only MmCached as executable here}}
// expected-note@* 3 {{that memory is freed by MmFreeContiguousMemory}}
void always(PHYSICAL_ADDRESS A, MEMORY_CACHING_TYPE Cache, PVOID *Out) {
  Out[0] = MmMapIoSpace(A, 4096, MmNonCached);     // expected-warning {{'MmMapIoSpace' always gives executable memory; use MmMapIoSpaceEx with PAGE_READWRITE | PAGE_NOCACHE [hvci-execute-page-protection]}}
  Out[1] = MmMapIoSpace(A, 4096, MmCached);        // expected-warning {{use MmMapIoSpaceEx with PAGE_READWRITE [}}
  Out[2] = MmMapIoSpace(A, 4096, MmWriteCombined); // expected-warning {{use MmMapIoSpaceEx with PAGE_READWRITE | PAGE_WRITECOMBINE}}
  Out[3] = MmMapIoSpace(A, 4096, Cache);           // expected-warning {{use MmMapIoSpaceEx with PAGE_READWRITE [}}
  Out[4] = MmAllocateContiguousMemory(4096, A);    // expected-warning {{'MmAllocateContiguousMemory' always gives executable memory; use MmAllocateContiguousNodeMemory with PAGE_READWRITE}}
  Out[5] = MmAllocateContiguousMemorySpecifyCache(4096, A, A, A, MmCached);    // expected-warning {{always gives executable memory}}
  Out[6] = MmAllocateContiguousMemorySpecifyCache(4096, A, A, A, MmNonCached); // #spec expected-warning {{may give executable memory}}
  Out[7] = MmAllocateContiguousMemorySpecifyCache(4096, A, A, A, Cache);       // #unknown expected-warning {{may give executable memory}}
  Out[8] = MmMapIoSpaceEx(A, 4096, PAGE_READWRITE | PAGE_NOCACHE);
  Out[9] = MmAllocateContiguousNodeMemory(4096, A, A, A, PAGE_READWRITE, MM_ANY_NODE_OK);
}
