// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* dispmprt.h - stand-in: display miniports. */
#ifndef HVCI_KM_DISPMPRT_H
#define HVCI_KM_DISPMPRT_H

#include "ntddk.h"
#include "ntddvdeo.h"
#include "video.h"

EXTERN_C_START

PVOID DlAllocatePool(PVOID DeviceHandle, VP_POOL_TYPE PoolType,
                     SIZE_T NumberOfBytes, ULONG Tag);

EXTERN_C_END

#endif
