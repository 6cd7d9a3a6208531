// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

// What is a macro in this kit is a function in others.
#include <ntifs.h>

#undef FsRtlAllocatePoolWithTag
#undef FsRtlAllocatePoolWithQuotaTag
#undef MmGetSystemAddressForMdl
PVOID FsRtlAllocatePoolWithTag(POOL_TYPE, SIZE_T, ULONG);
PVOID FsRtlAllocatePoolWithQuotaTag(POOL_TYPE, SIZE_T, ULONG);
PVOID MmGetSystemAddressForMdl(PMDL);

typedef struct _NDIS_PACKET *PNDIS_PACKET;
VOID NdisQueryBuffer(PMDL, PVOID *, PULONG);
VOID NdisQueryBufferSafe(PMDL, PVOID *, PULONG, ULONG);
PVOID NdisBufferVirtualAddress(PMDL);
PVOID NdisBufferVirtualAddressSafe(PMDL, ULONG);
VOID NdisGetFirstBufferFromPacket(PNDIS_PACKET, PMDL *, PVOID *, PULONG, PULONG);
VOID NdisGetFirstBufferFromPacketSafe(PNDIS_PACKET, PMDL *, PVOID *, PULONG, PULONG, ULONG);
VOID NdisQueryMdl(PMDL, PVOID *, PULONG, ULONG);

#define NORMAL_NX (NormalPagePriority | MdlMappingNoExecute)

void pool(void) {
  FsRtlAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); // expected-warning-re {{'FsRtlAllocatePoolWithTag' {{.*}} [hvci-execute-pool-type]}}
  FsRtlAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT'); // good: FsRtlAllocatePoolWithTag
  FsRtlAllocatePoolWithQuotaTag(NonPagedPool, 8, 'tseT'); // expected-warning-re {{'FsRtlAllocatePoolWithQuotaTag' {{.*}} [hvci-execute-pool-type]}}
  FsRtlAllocatePoolWithQuotaTag(NonPagedPoolNx, 8, 'tseT'); // good: FsRtlAllocatePoolWithQuotaTag
}

void mappings(PMDL m, PVOID *va, PULONG n) {
  MmGetSystemAddressForMdl(m); // expected-warning-re {{'MmGetSystemAddressForMdl' {{.*}} [hvci-execute-page-mapping]}}
  MmGetSystemAddressForMdlSafe(m, NORMAL_NX); // good: MmGetSystemAddressForMdl
  NdisQueryBuffer(m, va, n); // expected-warning-re {{'NdisQueryBuffer' {{.*}} [hvci-execute-page-mapping]}}
  NdisQueryBufferSafe(m, va, n, NORMAL_NX); // good: NdisQueryBuffer
  NdisQueryBufferSafe(m, va, n, NormalPagePriority); // expected-warning-re {{'NdisQueryBufferSafe' {{.*}} [hvci-execute-page-mapping]}}
  NdisQueryBufferSafe(m, va, n, NORMAL_NX); // good: NdisQueryBufferSafe
  NdisBufferVirtualAddress(m); // expected-warning-re {{'NdisBufferVirtualAddress' {{.*}} [hvci-execute-page-mapping]}}
  NdisBufferVirtualAddressSafe(m, NORMAL_NX); // good: NdisBufferVirtualAddress
  NdisBufferVirtualAddressSafe(m, NormalPagePriority); // expected-warning-re {{'NdisBufferVirtualAddressSafe' {{.*}} [hvci-execute-page-mapping]}}
  NdisBufferVirtualAddressSafe(m, NORMAL_NX); // good: NdisBufferVirtualAddressSafe
  NdisQueryMdl(m, va, n, NormalPagePriority); // silent: NdisQueryMdl
}

void packets(PNDIS_PACKET p, PMDL *m, PVOID *va, PULONG n, PULONG all) {
  NdisGetFirstBufferFromPacket(p, m, va, n, all); // expected-warning-re {{'NdisGetFirstBufferFromPacket' {{.*}} [hvci-execute-page-mapping]}}
  NdisGetFirstBufferFromPacketSafe(p, m, va, n, all, NORMAL_NX); // good: NdisGetFirstBufferFromPacket
  NdisGetFirstBufferFromPacketSafe(p, m, va, n, all, NormalPagePriority); // expected-warning-re {{'NdisGetFirstBufferFromPacketSafe' {{.*}} [hvci-execute-page-mapping]}}
  NdisGetFirstBufferFromPacketSafe(p, m, va, n, all, NORMAL_NX); // good: NdisGetFirstBufferFromPacketSafe
}
