// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Callee.h - what a call calls, as the catalogue names it.
//
#ifndef HVCI_PLUGIN_CALLEE_H
#define HVCI_PLUGIN_CALLEE_H

#include "Pointers.h"

#include "hvci/catalogue.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

#include <optional>
#include <string>

namespace hvci {

struct Callee {
  const clang::FunctionDecl *Function; ///< or null: known by name alone
  std::string Name;                    ///< empty if Function tells
  clang::SourceRange NameRange;
  unsigned FirstArgument; ///< of the callee's parameters in the expression's
                          ///< arguments
};

/// What the call, construction or new-expression calls, if that is known.
std::optional<Callee> calleeOf(const clang::Expr *Call, Pointers &Known);

/// Where the name of what it calls is written.
clang::SourceRange calleeRange(const clang::Expr *Call);

/// The row of a COM call in C, through the interface's table of functions, or
/// null. Its first argument is `this`.
const hvci_ddi *rowOfTable(const clang::CallExpr *Call);

/// False for a class's or a namespace's own function, which a DDI never is.
bool isAtFileScope(const clang::FunctionDecl *Function);

/// The name by which the catalogue or a message speaks of the function.
std::string nameOf(const clang::FunctionDecl *Function);

} // namespace hvci

#endif
