// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * compat.h - what the example needs of Windows 8 and 10, and mingw-w64 lacks.
 *
 * The Windows Driver Kit's wdm.h has both declarations below. mingw-w64's does
 * not have them yet (seen in version 10), and its libntoskrnl.a has no import
 * for MmMapIoSpaceEx: see ntoskrnl-win10.def.
 */
#ifndef FWLOG_COMPAT_H
#define FWLOG_COMPAT_H

#include <wdm.h>

#ifdef __MINGW64_VERSION_MAJOR

#ifndef MdlMappingNoExecute
#define MdlMappingNoExecute 0x40000000 // Windows 8
#endif

// Windows 10
NTKERNELAPI PVOID NTAPI MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress,
                                       SIZE_T NumberOfBytes, ULONG Protect);

#endif

#endif
