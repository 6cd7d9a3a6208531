// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compat.h - everything that differs between the supported Clang releases.
//
#ifndef HVCI_PLUGIN_COMPAT_H
#define HVCI_PLUGIN_COMPAT_H

#include "clang/AST/ASTContext.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/Version.inc"
#include "clang/Sema/Sema.h"

namespace hvci::compat {

/// The release that the plugin is built for, and the only one that it runs in.
inline constexpr unsigned ClangMajor = CLANG_VERSION_MAJOR;

} // namespace hvci::compat

#endif
