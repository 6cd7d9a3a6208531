// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compat.h - everything of the image reader that differs between the supported
// releases of LLVM.
//
#ifndef HVCI_IMAGE_COMPAT_H
#define HVCI_IMAGE_COMPAT_H

#include "llvm/BinaryFormat/COFF.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/Endian.h"

namespace hvci::compat {

#if LLVM_VERSION_MAJOR >= 18
inline constexpr auto LittleEndian = llvm::endianness::little;
inline constexpr auto MachineArm64X = llvm::COFF::IMAGE_FILE_MACHINE_ARM64X;
#else
inline constexpr auto LittleEndian = llvm::support::little;
inline constexpr auto MachineArm64X =
    static_cast<llvm::COFF::MachineTypes>(0xA64E);
#endif

} // namespace hvci::compat

#endif
