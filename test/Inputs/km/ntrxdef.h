// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* ntrxdef.h - stand-in: how mini-redirectors spell the pool functions. */
#ifndef HVCI_KM_NTRXDEF_H
#define HVCI_KM_NTRXDEF_H

#include "ntifs.h"

#define RxAllocatePool ExAllocatePool
#define RxAllocatePoolWithTag ExAllocatePoolWithTag
#define RxAllocatePoolWithTag2 ExAllocatePool2

#endif
