// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// CoveredLines.h - the lines that a suppression of one line is for.
//
#ifndef HVCI_PLUGIN_COVEREDLINES_H
#define HVCI_PLUGIN_COVEREDLINES_H

#include "clang/Basic/SourceLocation.h"

namespace clang {
class LangOptions;
class SourceManager;
} // namespace clang

namespace hvci {

/// How a suppression of one line is written.
enum class SuppressionForm {
  Comment,   ///< of ours, at its code or in front of it
  Directive, ///< a pragma on a line of its own
  Operator   ///< __pragma or _Pragma, perhaps from a macro
};

/// Code on its own line, else the next line that has any: comments do not
/// count, nor do directives, but for those under a comment in which there may
/// be a finding. Whole lines of a file, or an invalid range if there are none.
/// \p Written is in a file, up to behind its last character.
clang::SourceRange coveredLines(SuppressionForm Form,
                                clang::SourceRange Written,
                                const clang::SourceManager &SM,
                                const clang::LangOptions &LO);

/// The same of one that stands somewhere in front of \p From.
clang::SourceRange coveredFrom(SuppressionForm Form, clang::SourceLocation From,
                               const clang::SourceManager &SM,
                               const clang::LangOptions &LO);

} // namespace hvci

#endif
