// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* ntddvdeo.h - stand-in: video.h of the real kit wants it included first. */
#ifndef HVCI_KM_NTDDVDEO_H
#define HVCI_KM_NTDDVDEO_H

#endif
