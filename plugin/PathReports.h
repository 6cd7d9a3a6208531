// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathReports.h - findings as reports of the static analyzer.
//
#ifndef HVCI_PLUGIN_PATHREPORTS_H
#define HVCI_PLUGIN_PATHREPORTS_H

#include "PathProgram.h"
#include "Reporter.h"

#include "hvci/catalogue.h"

#include "clang/StaticAnalyzer/Core/BugReporter/BugReporter.h"
#include "clang/StaticAnalyzer/Core/BugReporter/BugType.h"

#include <array>
#include <functional>

namespace hvci {

class SharedUnit;

/// What is said about suppressions has a checker as well.
inline constexpr const char *SuppressionRule = "hvci-suppression";
inline constexpr const char *SuppressionSummary =
    "a suppression is malformed, or has no effect";

/// The rules whose checkers the user has switched on: each has the type of its
/// reports.
class EnabledRules {
public:
  void enable(hvci_rule Rule, clang::ento::CheckerNameRef Checker);
  void enableSuppression(clang::ento::CheckerNameRef Checker);
  bool has(hvci_rule Rule) const { return type(Rule) != nullptr; }
  /// Null if it is off.
  const clang::ento::BugType *type(hvci_rule Rule) const {
    return Types[Rule].get();
  }
  const clang::ento::BugType *suppression() const { return Suppression.get(); }

private:
  std::array<std::unique_ptr<clang::ento::BugType>, HVCI_RULE_COUNT> Types;
  std::unique_ptr<clang::ento::BugType> Suppression;
};

/// Shows the findings of the whole unit among the analyzer's reports, and those
/// of rules without a checker as \p Else does.
std::unique_ptr<Reporter> createReportReporter(const EnabledRules &Rules,
                                               clang::ento::BugReporter &To,
                                               SharedUnit &Unit,
                                               Reporter &Else);

/// Where a finding on a path is reported.
struct PathFinding {
  Shown What;
  hvci_rule Rule;
  const PathCall *Call;           ///< what decides it on the path, or null
  const clang::Expr *Value;       ///< whose value to track back, or null
  bool Passed;                    ///< the place is in a caller of that
  clang::ento::ExplodedNode *End; ///< the path's
  /// Told in the end whether Clang shows it, or takes it for a false one.
  std::function<void(bool)> OnEnd;
};

void report(const PathFinding &Finding, const EnabledRules &Rules,
            clang::ento::CheckerContext &C);

/// Without the path.
void report(const Shown &What, hvci_rule Rule, const EnabledRules &Rules,
            clang::ento::BugReporter &To);

} // namespace hvci

#endif
