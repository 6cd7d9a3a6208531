// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathRows.h - the rows by which the static analyzer judges calls.
//
#ifndef HVCI_PLUGIN_PATHROWS_H
#define HVCI_PLUGIN_PATHROWS_H

#include "SharedUnit.h"

#include "hvci/catalogue.h"

#include "clang/AST/Decl.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "llvm/ADT/DenseMap.h"

namespace hvci {

class PathRows {
public:
  explicit PathRows(SharedUnit &Unit) : Unit(Unit) {}

  /// The row of what is called: of its name, or of an interface's table. Null
  /// if the path goes on to something that has one.
  const hvci_ddi *of(const clang::ento::CallEvent &Call);

private:
  const hvci_ddi *of(const clang::FunctionDecl *Callee);

  SharedUnit &Unit;
  /// Null for all but few functions.
  llvm::DenseMap<const clang::FunctionDecl *, const hvci_ddi *> Known;
  llvm::DenseMap<const clang::FunctionDecl *, bool> Derivable;
};

} // namespace hvci

#endif
