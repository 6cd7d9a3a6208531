// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathRows.cpp - the rows by which the static analyzer judges calls.
//
#include "PathRows.h"

#include "Callee.h"

#include "hvci/rule.h"

using namespace clang;
using namespace clang::ento;

namespace hvci {

// Whether the function's body calls something that has a row, perhaps through
// others: then the analyzer comes to that.
static bool leadsToRow(const FunctionDecl *Function,
                       const hvci_options &Options,
                       llvm::DenseMap<const FunctionDecl *, bool> &Known) {
  const FunctionDecl *Definition = nullptr;
  if (!Function->hasBody(Definition) || Definition->isDependentContext())
    return false;
  if (!Known.try_emplace(Definition, false).second)
    return Known.lookup(Definition);
  SmallVector<const Stmt *, 32> Left{Definition->getBody()};
  while (!Left.empty()) {
    const Stmt *S = Left.pop_back_val();
    if (!S)
      continue;
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (Callee && (hvci_options_ddi(&Options, nameOf(Callee).c_str()) ||
                   leadsToRow(Callee, Options, Known)))
      return Known[Definition] = true;
    Left.append(S->child_begin(), S->child_end());
  }
  return false;
}

const hvci_ddi *PathRows::of(const FunctionDecl *Callee) {
  Callee = Callee->getCanonicalDecl();
  auto [Seen, New] = Known.try_emplace(Callee, nullptr);
  if (!New)
    return Seen->second;
  const hvci_options &Options = Unit.options();
  const hvci_ddi *Row = hvci_options_ddi(&Options, nameOf(Callee).c_str());
  bool Projects = Row && hvci_ddi_find(Row->callee) != Row;
  if (Row && (!hvci_options_on(&Options, hvci_kind_get(Row->kind)->rule) ||
              !hvci_ddi_applies(Row, &Unit.unit()) ||
              (!Projects && leadsToRow(Callee, Options, Derivable))))
    Row = nullptr;
  return Known[Callee] = Row;
}

const hvci_ddi *PathRows::of(const CallEvent &Call) {
  if (const auto *Callee = dyn_cast_or_null<FunctionDecl>(Call.getDecl()))
    return of(Callee);
  const auto *E = dyn_cast_or_null<CallExpr>(Call.getOriginExpr());
  return E && E->getCallee() ? rowOfTable(E) : nullptr;
}

} // namespace hvci
