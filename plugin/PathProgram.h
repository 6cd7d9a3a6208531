// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathProgram.h - the calls on the analyzer's stack, as the rule core asks of
// them.
//
#ifndef HVCI_PLUGIN_PATHPROGRAM_H
#define HVCI_PLUGIN_PATHPROGRAM_H

#include "Flow.h"
#include "PathValues.h"

#include "hvci/program.h"

#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CheckerContext.h"
#include "llvm/ADT/DenseMap.h"

#include <memory>
#include <string>
#include <vector>

namespace hvci {

/// The control flow of the functions that were asked about.
class Flows {
public:
  explicit Flows(clang::ASTContext &Context) : Context(Context) {}
  Flow &of(const clang::Decl *Function);

private:
  clang::ASTContext &Context;
  llvm::DenseMap<const clang::Decl *, std::unique_ptr<Flow>> Known;
};

/// What is passed to a parameter of a callee.
struct Passed {
  const clang::Expr *E; ///< null: it is not written
  clang::ento::SVal Value;
  clang::QualType Parameter; ///< the callee's, if it is known
};

/// A call, or a store to a field that is judged like one.
struct PathCall {
  std::string Callee; ///< as the catalogue or a message names it
  clang::SourceRange NameRange;
  const clang::Stmt *At = nullptr;
  llvm::SmallVector<Passed, 8> Arguments;
};

/// What is passed to the function that is called.
llvm::SmallVector<Passed, 8> passedBy(const clang::ento::CallEvent &Call);

/// The functions on the stack as a program: each makes one call, of the next
/// one, the innermost that which is judged. So the core finds out which of them
/// has chosen the value: the one that passes it on is not at fault.
class PathProgram {
public:
  PathProgram(clang::ento::CheckerContext &C, const hvci_unit_fact &Unit,
              const hvci_options &Options, Flows &Known);

  /// Judges the call that the function being analysed is about to make, by the
  /// row. Once.
  std::vector<hvci_finding> judge(const PathCall &Call, const hvci_ddi &Row);

  /// The call's arguments as facts, without those who called the function.
  llvm::SmallVector<hvci_argument, 8> arguments(const PathCall &Call);

  /// Whether the finding is at a call further out on the stack.
  static bool isPassed(const hvci_finding &Finding, const PathCall &Call);

private:
  struct Step {
    const clang::LocationContext *Where;
    const clang::ento::ExplodedNode *Node; ///< just before the call
    clang::ento::ProgramStateRef State;
    PathCall Call;
    llvm::SmallVector<PathValue, 8> Values;
    llvm::SmallVector<hvci_argument, 8> Facts;
    hvci_call_fact Fact;
  };

  void addCallers();
  void evaluate(Step &S, const Step *Caller);
  hvci_value merge(const hvci_argument &Written, const PathValue &Found,
                   const Step *Caller) const;
  void settle(hvci_argument &Argument, const Passed &What,
              hvci_condition Condition, const Step &S) const;
  hvci_program program(const char *Callee);

  clang::ento::CheckerContext &C;
  const hvci_unit_fact &Unit;
  const hvci_options &Options;
  Flows &Known;
  std::vector<Step> Steps; ///< the outermost first
  bool Guessed = false;    ///< whether it was perhaps not called at all
  std::vector<hvci_function> Functions;
  std::vector<hvci_site> Sites;
  std::vector<std::string> Names;
};

} // namespace hvci

#endif
