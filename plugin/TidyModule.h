// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// TidyModule.h - the rules as clang-tidy's checks.
//
#ifndef HVCI_PLUGIN_TIDYMODULE_H
#define HVCI_PLUGIN_TIDYMODULE_H

#include "Reporter.h"

#include "hvci/options.h"

namespace clang {
class CompilerInstance;
} // namespace clang

namespace hvci {

/// Whether clang-tidy is the host.
bool isClangTidy();

/// Once, when clang-tidy loads the plugin.
void registerTidyModule();

/// Only in clang-tidy, when its own consumer of the unit is made: hands
/// messages to the checks that the user enabled, and takes off the rules that
/// have none. The options of .clang-tidy go into \p Options, which borrow from
/// the result. Null if no check of ours is enabled.
std::unique_ptr<Reporter> createTidyReporter(clang::CompilerInstance &CI,
                                             hvci_options &Options);

} // namespace hvci

#endif
