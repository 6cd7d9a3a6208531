// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* mcd.h - stand-in: the medium changer class driver. */
#ifndef HVCI_KM_MCD_H
#define HVCI_KM_MCD_H

#include "wdm.h"

EXTERN_C_START

PVOID ChangerClassAllocatePool(POOL_TYPE PoolType, ULONG NumberOfBytes);

EXTERN_C_END

#endif
