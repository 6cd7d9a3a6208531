// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* nthalext.h - stand-in: HAL extensions. */
#ifndef HVCI_KM_NTHALEXT_H
#define HVCI_KM_NTHALEXT_H

#include "ntddk.h"

EXTERN_C_START

PVOID HalMapIoSpace(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes,
                    MEMORY_CACHING_TYPE CacheType);

EXTERN_C_END

#endif
