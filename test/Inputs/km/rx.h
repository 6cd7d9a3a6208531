// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* rx.h - stand-in: what a mini-redirector includes. */
#ifndef HVCI_KM_RX_H
#define HVCI_KM_RX_H

#include "ntifs.h"
#include "ntrxdef.h"
#include "rxprocs.h"

#endif
