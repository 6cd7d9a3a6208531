// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// CodeUses.h - the statements that use data as code, or code as data.
//
#ifndef HVCI_PLUGIN_CODEUSES_H
#define HVCI_PLUGIN_CODEUSES_H

#include "Origins.h"
#include "ValueBuilder.h"

#include "hvci/check.h"

namespace hvci {

/// Sees the statements of the unit, in their order, and tells the checkers.
class CodeUses {
public:
  CodeUses(clang::ASTContext &Context, const hvci_unit_fact &Unit,
           const hvci_options &Options, const hvci_sink &Sink)
      : Context(Context), Unit(Unit), Options(Options), Sink(Sink),
        Addresses(Context) {}

  void visit(const clang::Stmt *S);

  enum Purpose {
    Run,    ///< the address is called
    Change, ///< what lies there is written to, or made writable
    Map,    ///< it is a file that becomes a section object
  };

private:
  bool concerns(Purpose What, const Origin &From) const;
  void visitCall(const clang::CallExpr *Call);
  void store(const clang::Expr *To);
  void pass(const clang::CallExpr *Call, const hvci_code_ddi &Row);
  void consider(hvci_code_use Use, Purpose What, const clang::Expr *E,
                Origins::Part Part, const clang::CallExpr *Call);
  void tell(hvci_code_use Use, const Origin &From, const clang::Expr *E,
            const clang::CallExpr *Call);
  hvci_origin fact(const Origin &From, ValueBuilder &Words) const;

  clang::ASTContext &Context;
  const hvci_unit_fact &Unit;
  const hvci_options &Options;
  const hvci_sink &Sink;
  Origins Addresses;
};

} // namespace hvci

#endif
