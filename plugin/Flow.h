// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Flow.h - the values in one function, followed through its control flow.
//
#ifndef HVCI_PLUGIN_FLOW_H
#define HVCI_PLUGIN_FLOW_H

#include "ValueBuilder.h"

#include "clang/AST/DeclBase.h"
#include "clang/AST/Stmt.h"

#include <functional>
#include <memory>
#include <optional>

namespace hvci {

/// The values in one function, followed through its control flow. Owns the
/// memory of the facts it gives. Costs next to nothing until it is asked.
class Flow {
public:
  /// The site (program.h) of a call, constructor, or new-expression of this
  /// function, if it has one whose result may be followed.
  using SiteOf = std::function<std::optional<unsigned>(const clang::Expr *)>;

  /// \p Function may be null and \p Body null (an initialiser outside
  /// functions): then only constants are known.
  Flow(clang::ASTContext &Context, const clang::Decl *Function,
       const clang::Stmt *Body, SiteOf Sites);
  ~Flow();

  /// What \p E (an argument, or the value stored to a field) is when \p At (the
  /// call, new-expression, constructor or assignment that uses it) is
  /// evaluated. With Words the value is empty if that never happens; with
  /// Values only where variables had to be followed to tell it.
  hvci_argument argument(const clang::Expr *E, clang::QualType Parameter,
                         const clang::Stmt *At, ValueBuilder::Detail Detail);

  /// What the function returns: all its return statements that can be reached,
  /// joined. The terms are where they are written; text and range are those of
  /// the first return's expression.
  hvci_argument result(ValueBuilder::Detail Detail);

private:
  class Engine;
  std::unique_ptr<Engine> TheEngine;
};

} // namespace hvci

#endif
