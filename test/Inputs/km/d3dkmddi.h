// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* d3dkmddi.h - stand-in: what display drivers ask of the graphics kernel. */
#ifndef HVCI_KM_D3DKMDDI_H
#define HVCI_KM_D3DKMDDI_H

#include "wdm.h"

EXTERN_C_START

typedef MEMORY_CACHING_TYPE DXGK_MEMORY_CACHING_TYPE;

typedef enum _DXGK_PHYSICAL_MEMORY_TYPE {
  DXGK_PHYSICAL_MEMORY_TYPE_UNINITIALIZED,
  DXGK_PHYSICAL_MEMORY_TYPE_MDL,
  DXGK_PHYSICAL_MEMORY_TYPE_CONTIGUOUS_MEMORY,
  DXGK_PHYSICAL_MEMORY_TYPE_SECTION,
  DXGK_PHYSICAL_MEMORY_TYPE_IO_SPACE
} DXGK_PHYSICAL_MEMORY_TYPE;

typedef struct _DXGKARGCB_ALLOCATECONTIGUOUSMEMORY {
  SIZE_T NumberOfBytes;
  PHYSICAL_ADDRESS LowestAcceptableAddress;
  PHYSICAL_ADDRESS HighestAcceptableAddress;
  PHYSICAL_ADDRESS BoundaryAddressMultiple;
  DXGK_MEMORY_CACHING_TYPE CacheType;
  HANDLE hMemoryHandle;
  PVOID pMemory;
} DXGKARGCB_ALLOCATECONTIGUOUSMEMORY;

typedef struct _DXGKARGCB_CREATE_PHYSICAL_MEMORY_OBJECT {
  HANDLE hAdapter;
  SIZE_T Size;
  ULONG_PTR Context;
  DXGK_PHYSICAL_MEMORY_TYPE Type;
  DXGK_MEMORY_CACHING_TYPE CacheType;
  union {
    struct {
      PHYSICAL_ADDRESS LowAddress;
      PHYSICAL_ADDRESS HighAddress;
      PHYSICAL_ADDRESS SkipBytes;
      UINT Flags;
    } Mdl;
    struct {
      PHYSICAL_ADDRESS LowestAcceptableAddress;
      PHYSICAL_ADDRESS HighestAcceptableAddress;
      PHYSICAL_ADDRESS BoundaryAddressMultiple;
    } ContiguousMemory;
    struct {
      ACCESS_MASK DesiredAccess;
      POBJECT_ATTRIBUTES ObjectAttributes;
      ULONG PageProtection;
      ULONG AllocationAttributes;
    } Section;
    struct {
      PHYSICAL_ADDRESS BaseAddress;
    } IOSpace;
  };
  HANDLE hPhysicalMemoryObject;
  HANDLE hAdapterMemoryObject;
} DXGKARGCB_CREATE_PHYSICAL_MEMORY_OBJECT;

EXTERN_C_END

#endif
