// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reporter.h - how a host shows what is to be shown.
//
#ifndef HVCI_PLUGIN_REPORTER_H
#define HVCI_PLUGIN_REPORTER_H

#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/SmallVector.h"

#include <memory>
#include <string>

namespace hvci {

/// A message, and all that belongs to it.
struct Shown {
  using Severity = clang::DiagnosticsEngine::Level;
  struct Note {
    clang::SourceLocation Loc;
    std::string Text;
  };

  /// Remark, Warning, or what is an error by itself: Error.
  Severity Level = Severity::Warning;
  clang::SourceLocation Loc; ///< invalid: it has no place in a file
  std::string Name;          ///< a rule, or what else speaks; perhaps ""
  std::string Message;
  llvm::SmallVector<clang::CharSourceRange, 1> Ranges;
  llvm::SmallVector<clang::FixItHint, 2> Fixes; ///< together one fix
  llvm::SmallVector<Note, 4> Notes;
};

/// What is shown, and in which order, is decided before; a reporter gives it
/// the host's form.
class Reporter {
public:
  virtual ~Reporter();

  /// Whether the user wants messages of that level at all.
  virtual bool shows(Shown::Severity Level) const = 0;

  /// Borrows the message for the call. Its level is one that it shows.
  virtual void report(const Shown &Message) = 0;
};

/// Shows messages as Clang's own: whatever drives Clang passes them on.
std::unique_ptr<Reporter>
createClangReporter(clang::DiagnosticsEngine &Diagnostics);

} // namespace hvci

#endif
