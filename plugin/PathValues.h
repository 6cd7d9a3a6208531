// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathValues.h - what the static analyzer knows of a value on a path.
//
#ifndef HVCI_PLUGIN_PATHVALUES_H
#define HVCI_PLUGIN_PATHVALUES_H

#include "hvci/value.h"

#include "clang/AST/ASTContext.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/ProgramState.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/SValBuilder.h"

namespace hvci {

struct PathValue {
  hvci_value Value;
  /// Nothing has given it this value: the code compares it to a constant, and
  /// the path is the one on which they are equal.
  bool Assumed = false;
};

/// Reads values in one state.
class PathValues {
public:
  PathValues(clang::ASTContext &Context, clang::ento::ProgramStateRef State)
      : Context(Context), State(std::move(State)) {}

  /// \p Value as one of the type.
  PathValue of(clang::ento::SVal Value, clang::QualType Type) const;

  /// The answer that the tests on the path leave.
  hvci_answer ask(clang::ento::SVal Value, clang::QualType Type,
                  const hvci_predicate &Predicate) const;

  /// Whether the object that \p E reads was found to be that constant, and has
  /// not been given it.
  hvci_answer isTested(const clang::Expr *E, uint64_t Bits,
                       const clang::LocationContext *Frame) const;

private:
  clang::ento::SVal placeOf(const clang::Expr *E,
                            const clang::LocationContext *Frame,
                            unsigned Depth) const;
  hvci_value ofSymbol(clang::ento::SymbolRef Symbol, bool &Assumed,
                      unsigned Depth) const;
  hvci_value ofOperation(const clang::ento::BinarySymExpr *Symbol,
                         bool &Assumed, unsigned Depth) const;
  hvci_value unknown(clang::QualType Type) const;
  unsigned width(clang::QualType Type) const;

  clang::ASTContext &Context;
  clang::ento::ProgramStateRef State;
};

} // namespace hvci

#endif
