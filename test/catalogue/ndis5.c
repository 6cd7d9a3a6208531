// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

// Macros of NDIS 5: the callees are those in their expansions.
#define NDIS51 1
#include <ndis.h>

#define NORMAL_NX (NormalPagePriority | MdlMappingNoExecute)

void buffers(PNDIS_BUFFER b, PVOID *va, PUINT n) {
  NdisQueryBuffer(b, va, n); // expected-warning-re {{'MmMapLockedPages' {{.*}} [hvci-execute-page-mapping]}}
  NdisQueryBufferSafe(b, va, n, NormalPagePriority); // expected-warning-re {{'MmGetSystemAddressForMdlSafe' {{.*}} [hvci-execute-page-mapping]}}
  NdisQueryBufferSafe(b, va, n, NORMAL_NX); // good: NdisQueryBuffer
}

void packets(PNDIS_PACKET p, PNDIS_BUFFER *b, PVOID *va, PUINT n, PUINT all) {
  NdisGetFirstBufferFromPacket(p, b, va, n, all); // expected-warning-re {{'MmMapLockedPages' {{.*}} [hvci-execute-page-mapping]}}
  NdisGetFirstBufferFromPacketSafe(p, b, va, n, all, NormalPagePriority); // expected-warning-re {{'MmGetSystemAddressForMdlSafe' {{.*}} [hvci-execute-page-mapping]}}
  NdisGetFirstBufferFromPacketSafe(p, b, va, n, all, NORMAL_NX); // good: NdisGetFirstBufferFromPacketSafe
  NdisCopyFromPacketToPacketSafe(p, 0, 8, p, 8, n, NormalPagePriority); // expected-warning-re {{'NdisCopyFromPacketToPacketSafe' {{.*}} [hvci-execute-page-mapping]}}
  NdisCopyFromPacketToPacketSafe(p, 0, 8, p, 8, n, (MM_PAGE_PRIORITY)NORMAL_NX); // good: NdisCopyFromPacketToPacketSafe
}
