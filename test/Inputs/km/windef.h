// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* windef.h - stand-in: ks.h of the real kit wants it included first. */
#ifndef HVCI_KM_WINDEF_H
#define HVCI_KM_WINDEF_H

typedef unsigned char BYTE;
typedef unsigned short WORD;
typedef unsigned long DWORD;

#endif
