// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* hidpddi.h - stand-in: the HID parser. */
#ifndef HVCI_KM_HIDPDDI_H
#define HVCI_KM_HIDPDDI_H

#include "wdm.h"

EXTERN_C_START

typedef PUCHAR PHIDP_REPORT_DESCRIPTOR;
typedef struct _HIDP_DEVICE_DESC *PHIDP_DEVICE_DESC;

NTSTATUS HidP_GetCollectionDescription(PHIDP_REPORT_DESCRIPTOR ReportDesc,
                                       ULONG DescLength, POOL_TYPE PoolType,
                                       PHIDP_DEVICE_DESC DeviceDescription);

EXTERN_C_END

#endif
