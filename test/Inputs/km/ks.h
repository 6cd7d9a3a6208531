// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* ks.h - stand-in: kernel streaming. */
#ifndef HVCI_KM_KS_H
#define HVCI_KM_KS_H

#include "wdm.h"
#include "windef.h"

EXTERN_C_START

typedef union _KSDATAFORMAT *PKSDATAFORMAT, *PKSDATARANGE;

// What a connection's allocator is asked to do; user mode has no POOL_TYPE.
typedef struct {
  union {
    ULONG OptionsFlags;
    ULONG RequirementsFlags;
  };
#ifdef _NTDDK_
  POOL_TYPE PoolType;
#else
  ULONG PoolType;
#endif
  ULONG Frames;
  ULONG FrameSize;
  union {
    ULONG FileAlignment;
    LONG FramePitch;
  };
  ULONG Reserved;
} KSALLOCATOR_FRAMING, *PKSALLOCATOR_FRAMING;

NTKERNELAPI NTSTATUS NTAPI KsLoadResource(PVOID ImageBase, POOL_TYPE PoolType,
                                          ULONG_PTR ResourceName,
                                          ULONG ResourceType, PVOID *Resource,
                                          PULONG ResourceSize);

EXTERN_C_END

#endif
