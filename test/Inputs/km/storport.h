// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* storport.h - stand-in: inlines that call one variadic dispatcher. */
#ifndef HVCI_KM_STORPORT_H
#define HVCI_KM_STORPORT_H

#include "ntddk.h"

EXTERN_C_START

typedef enum _STORPORT_FUNCTION_CODE {
  ExtFunctionAllocateContiguousMemorySpecifyCacheNode = 1,
  ExtFunctionAllocateDmaMemory
} STORPORT_FUNCTION_CODE;

ULONG StorPortExtendedFunction(STORPORT_FUNCTION_CODE FunctionCode,
                               PVOID HwDeviceExtension, ...);

FORCEINLINE ULONG StorPortAllocateContiguousMemorySpecifyCacheNode(
    PVOID HwDeviceExtension, SIZE_T NumberOfBytes,
    PHYSICAL_ADDRESS LowestAcceptableAddress,
    PHYSICAL_ADDRESS HighestAcceptableAddress,
    PHYSICAL_ADDRESS BoundaryAddressMultiple, MEMORY_CACHING_TYPE CacheType,
    NODE_REQUIREMENT PreferredNode, PVOID *BufferPointer) {
  return StorPortExtendedFunction(
      ExtFunctionAllocateContiguousMemorySpecifyCacheNode, HwDeviceExtension,
      NumberOfBytes, LowestAcceptableAddress, HighestAcceptableAddress,
      BoundaryAddressMultiple, CacheType, PreferredNode, BufferPointer);
}

FORCEINLINE ULONG StorPortAllocateDmaMemory(
    PVOID HwDeviceExtension, SIZE_T NumberOfBytes,
    PHYSICAL_ADDRESS LowestAcceptableAddress,
    PHYSICAL_ADDRESS HighestAcceptableAddress,
    PHYSICAL_ADDRESS BoundaryAddressMultiple, MEMORY_CACHING_TYPE CacheType,
    NODE_REQUIREMENT PreferredNode, PVOID *BufferPointer,
    PPHYSICAL_ADDRESS PhysicalAddress) {
  return StorPortExtendedFunction(
      ExtFunctionAllocateDmaMemory, HwDeviceExtension, NumberOfBytes,
      LowestAcceptableAddress, HighestAcceptableAddress,
      BoundaryAddressMultiple, CacheType, PreferredNode, BufferPointer,
      PhysicalAddress);
}

EXTERN_C_END

#endif
