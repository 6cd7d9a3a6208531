// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shipped.h - units that icecream had preprocessed on another machine.
//
#ifndef HVCI_PLUGIN_SHIPPED_H
#define HVCI_PLUGIN_SHIPPED_H

#include "clang/Basic/SourceLocation.h"
#include "clang/Frontend/CompilerInstance.h"

namespace hvci {

/// The source's name on the machine that preprocessed it, or "" if nobody did:
/// it comes through a pipe then, which icecream names after the source.
llvm::StringRef shippedName(const clang::CompilerInstance &CI);

/// The source's name, as it was given to the compiler.
std::string mainFileName(const clang::CompilerInstance &CI);

/// The beginning of the source.
clang::SourceLocation mainFileStart(const clang::CompilerInstance &CI);

/// \p Path, relative to the folder of the compile on the machine that named it.
std::string absolutePath(const clang::CompilerInstance &CI,
                         llvm::StringRef Path);

} // namespace hvci

#endif
