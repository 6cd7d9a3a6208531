// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* video.h - stand-in: the video port driver. */
#ifndef HVCI_KM_VIDEO_H
#define HVCI_KM_VIDEO_H

#include "miniport.h"
#include "ntddvdeo.h"

EXTERN_C_START

#define VIDEOPORT_API DECLSPEC_IMPORT

typedef enum _VP_POOL_TYPE {
  VpNonPagedPool,
  VpPagedPool,
  VpNonPagedPoolCacheAligned = 4,
  VpPagedPoolCacheAligned
} VP_POOL_TYPE;

VIDEOPORT_API PVOID VideoPortAllocatePool(PVOID HwDeviceExtension,
                                          VP_POOL_TYPE PoolType,
                                          SIZE_T NumberOfBytes, ULONG Tag);

EXTERN_C_END

#endif
