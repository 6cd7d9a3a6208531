// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* ntddk.h - stand-in: what legacy drivers see on top of wdm.h. */
#ifndef HVCI_KM_NTDDK_H
#define HVCI_KM_NTDDK_H

#define _NTDDK_

#include "wdm.h"

EXTERN_C_START

NTKERNELAPI PVOID MmMapVideoDisplay(PHYSICAL_ADDRESS PhysicalAddress,
                                    SIZE_T NumberOfBytes,
                                    MEMORY_CACHING_TYPE CacheType);

NTKERNELAPI PVOID MmAllocateNonCachedMemory(SIZE_T NumberOfBytes);

NTKERNELAPI NTSTATUS MmMapViewInSystemSpace(PVOID Section, PVOID *MappedBase,
                                            PSIZE_T ViewSize);

NTKERNELAPI HANDLE MmSecureVirtualMemory(PVOID Address, SIZE_T Size,
                                         ULONG ProbeMode);

#if NTDDI_VERSION >= NTDDI_WIN10_RS5
NTKERNELAPI HANDLE MmSecureVirtualMemoryEx(PVOID Address, SIZE_T Size,
                                           ULONG ProbeMode, ULONG Flags);
#endif

#if NTDDI_VERSION >= NTDDI_WIN10_RS1
typedef VOID(NTAPI *SILO_CONTEXT_CLEANUP_CALLBACK)(PVOID SiloContext);

NTKERNELAPI NTSTATUS
PsCreateSiloContext(PESILO Silo, ULONG Size, POOL_TYPE PoolType,
                    SILO_CONTEXT_CLEANUP_CALLBACK ContextCleanupCallback,
                    PVOID *ReturnedSiloContext);
#endif

EXTERN_C_END

#endif
