// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// AstHost.h - the host that sees a unit's AST and tells the checkers.
//
#ifndef HVCI_PLUGIN_ASTHOST_H
#define HVCI_PLUGIN_ASTHOST_H

#include "hvci/options.h"

#include "clang/AST/ASTConsumer.h"

#include <memory>

namespace clang {
class CompilerInstance;
} // namespace clang

namespace hvci {

class Config;
class Reporter;
enum class RecordMode;

/// \p Options borrow from \p Project, and that from \p Host.
std::unique_ptr<clang::ASTConsumer>
createAstHost(clang::CompilerInstance &CI, const hvci_options &Options,
              std::unique_ptr<Reporter> Host, std::unique_ptr<Config> Project,
              RecordMode Mode);

} // namespace hvci

#endif
