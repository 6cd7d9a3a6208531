// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * ndis.h - stand-in: NDIS 6, and with NDIS50 or NDIS51 (also as _MINIPORT)
 * the packet and buffer macros of NDIS 5.
 */
#ifndef HVCI_KM_NDIS_H
#define HVCI_KM_NDIS_H

#include "ntddk.h"

#if defined(NDIS50) || defined(NDIS51) || defined(NDIS50_MINIPORT) ||          \
    defined(NDIS51_MINIPORT)
#define NDIS_LEGACY_DRIVER 1
#else
#define NDIS_LEGACY_DRIVER 0
#endif

EXTERN_C_START

#define NDIS_RUNTIME_VERSION_630 ((6 << 16) | 30)

typedef MDL NDIS_BUFFER, *PNDIS_BUFFER;

UINT NdisGetVersion(VOID);

#define NdisQueryBufferSafe(_Buffer, _VirtualAddress, _Length, _Priority)      \
  {                                                                            \
    if (ARGUMENT_PRESENT(_VirtualAddress)) {                                   \
      *(PVOID *)(_VirtualAddress) =                                            \
          MmGetSystemAddressForMdlSafe(_Buffer, _Priority);                    \
    }                                                                          \
    *(_Length) = MmGetMdlByteCount(_Buffer);                                   \
  }

#if !NDIS_LEGACY_DRIVER
#define NdisQueryMdl(_Mdl, _VirtualAddress, _Length, _Priority)                \
  {                                                                            \
    if (ARGUMENT_PRESENT(_VirtualAddress)) {                                   \
      *(PVOID *)(_VirtualAddress) = MmGetSystemAddressForMdlSafe(              \
          _Mdl, (_Priority | MdlMappingNoExecute));                            \
    }                                                                          \
    *(_Length) = MmGetMdlByteCount(_Mdl);                                      \
  }
#endif

#define NdisBufferVirtualAddress(_Buffer) MmGetSystemAddressForMdl(_Buffer)
#define NdisBufferVirtualAddressSafe(_Buffer, _Priority)                       \
  MmGetSystemAddressForMdlSafe(_Buffer, _Priority)

FORCEINLINE VOID NdisInitializeNPagedLookasideList(
    PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate,
    PFREE_FUNCTION Free, ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth) {
#if NTDDI_VERSION >= NTDDI_WIN8
  if (NdisGetVersion() >= NDIS_RUNTIME_VERSION_630)
    Flags |= POOL_NX_ALLOCATION;
#endif
  ExInitializeNPagedLookasideList(Lookaside, Allocate, Free, Flags, Size, Tag,
                                  Depth);
}

#if NDIS_LEGACY_DRIVER
typedef struct _NDIS_PACKET {
  struct {
    PNDIS_BUFFER Head;
    PNDIS_BUFFER Tail;
  } Private;
} NDIS_PACKET, *PNDIS_PACKET;

#define NdisQueryBuffer(_Buffer, _VirtualAddress, _Length)                     \
  {                                                                            \
    if (ARGUMENT_PRESENT(_VirtualAddress)) {                                   \
      *(PVOID *)(_VirtualAddress) = MmGetSystemAddressForMdl(_Buffer);         \
    }                                                                          \
    *(_Length) = MmGetMdlByteCount(_Buffer);                                   \
  }

// What the two macros below share: only the mapping call differs.
#define HVCI_KM_FIRST_BUFFER(Packet, FirstBuffer, Va, Length, Total, MAP)      \
  {                                                                            \
    PNDIS_BUFFER _pBuf = (Packet)->Private.Head;                               \
    *(FirstBuffer) = _pBuf;                                                    \
    *(Va) = 0;                                                                 \
    *(Length) = *(Total) = 0;                                                  \
    if (_pBuf) {                                                               \
      *(Va) = MAP;                                                             \
      *(Length) = MmGetMdlByteCount(_pBuf);                                    \
      for (; _pBuf; _pBuf = _pBuf->Next)                                       \
        *(Total) += MmGetMdlByteCount(_pBuf);                                  \
    }                                                                          \
  }

#define NdisGetFirstBufferFromPacket(_Packet, _FirstBuffer, _FirstBufferVA,    \
                                     _FirstBufferLength, _TotalBufferLength)   \
  HVCI_KM_FIRST_BUFFER(_Packet, _FirstBuffer, _FirstBufferVA,                  \
                       _FirstBufferLength, _TotalBufferLength,                 \
                       MmGetSystemAddressForMdl(_pBuf))

#define NdisGetFirstBufferFromPacketSafe(_Packet, _FirstBuffer,                \
                                         _FirstBufferVA, _FirstBufferLength,   \
                                         _TotalBufferLength, _Priority)        \
  HVCI_KM_FIRST_BUFFER(_Packet, _FirstBuffer, _FirstBufferVA,                  \
                       _FirstBufferLength, _TotalBufferLength,                 \
                       MmGetSystemAddressForMdlSafe(_pBuf, _Priority))

VOID NdisCopyFromPacketToPacketSafe(PNDIS_PACKET Destination,
                                    UINT DestinationOffset, UINT BytesToCopy,
                                    PNDIS_PACKET Source, UINT SourceOffset,
                                    PUINT BytesCopied,
                                    MM_PAGE_PRIORITY Priority);
#endif

EXTERN_C_END

#endif
