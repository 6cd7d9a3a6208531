// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SharedUnit.h - what the hosts that look at one unit in one compile share.
//
#ifndef HVCI_PLUGIN_SHAREDUNIT_H
#define HVCI_PLUGIN_SHAREDUNIT_H

#include "hvci/facts.h"
#include "hvci/options.h"

#include "clang/Basic/SourceLocation.h"

namespace clang {
class ASTContext;
} // namespace clang

namespace hvci {

class DiagSink;
class Reporter;
class Sections;

/// The AST host's, who reads the options and listens to the preprocessor. It
/// runs behind the compile's main action: if that is the static analyzer, whose
/// checkers find it here, they have the same options and suppressions.
class SharedUnit {
public:
  /// The one of the compile that the context belongs to, or null: the unit is
  /// not looked at. A process may run many compiles at once.
  static SharedUnit *of(const clang::ASTContext &Context);

  virtual const hvci_options &options() const = 0;

  // From the end of parsing on:
  virtual const hvci_unit_fact &unit() = 0;
  virtual DiagSink &findings() = 0;
  virtual const Sections &claims() = 0;

  /// Judges the whole unit now, and not when it is this host's turn. What is
  /// found is shown by \p Host, what it does not show, as it would be else.
  virtual void judge(Reporter &Host) = 0;

  /// Leaves to the users of this header what Clang does not, before it is
  /// written; else nobody uses it.
  virtual void keep() = 0;

  /// A report of that rule, whose findings are errors, fails the compile.
  virtual void fail(hvci_rule Rule, clang::SourceLocation Where) = 0;

protected:
  SharedUnit() = default;
  SharedUnit(const SharedUnit &) = delete;
  virtual ~SharedUnit();
  /// Makes this the one of the context, until it is destroyed.
  void share(const clang::ASTContext &Context);
};

} // namespace hvci

#endif
