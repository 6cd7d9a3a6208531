// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathOrigins.h - where the static analyzer sees an address come from.
//
#ifndef HVCI_PLUGIN_PATHORIGINS_H
#define HVCI_PLUGIN_PATHORIGINS_H

#include "Origins.h"

#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CheckerContext.h"

#include <deque>

namespace hvci {

/// As Origins, but through memory and functions: by what the analyzer's values
/// are made of.
class PathOrigins {
public:
  explicit PathOrigins(Origins &Rows) : Rows(Rows) {}

  Origin of(clang::ento::SVal Value, clang::ento::ProgramStateRef State) const;

  /// Remembers what the call's result describes or maps: new state, or the old.
  /// \p Step tells of it on the path.
  clang::ento::ProgramStateRef called(const clang::ento::CallEvent &Call,
                                      clang::ento::CheckerContext &C,
                                      const clang::ento::NoteTag *&Step);

  /// Forgets what nothing leads to any more.
  static clang::ento::ProgramStateRef
  forget(clang::ento::SymbolReaper &Dead, clang::ento::ProgramStateRef State);

private:
  Origin ofSymbol(clang::ento::SymbolRef Symbol,
                  clang::ento::ProgramStateRef State) const;
  clang::ento::ProgramStateRef written(const clang::ento::CallEvent &Call,
                                       const clang::CallExpr *E,
                                       const hvci_code_source &Source,
                                       clang::ento::ProgramStateRef State);
  const Origin *keep(const Origin &From);

  Origins &Rows;
  std::deque<Origin> Kept;
};

} // namespace hvci

#endif
