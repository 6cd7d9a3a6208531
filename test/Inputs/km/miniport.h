// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* miniport.h - stand-in: video miniports include it in wdm.h's place. */
#ifndef HVCI_KM_MINIPORT_H
#define HVCI_KM_MINIPORT_H

#include "wdm.h"

#endif
