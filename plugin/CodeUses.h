// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// CodeUses.h - the statements that use data as code, or code as data.
//
#ifndef HVCI_PLUGIN_CODEUSES_H
#define HVCI_PLUGIN_CODEUSES_H

#include "Flow.h"
#include "Origins.h"

#include "hvci/check.h"

namespace hvci {

/// What an address is used for.
enum class Purpose {
  Run,    ///< the address is called
  Change, ///< what lies there is written to, or made writable
  Map,    ///< it is a file that becomes a section object
};

Purpose purposeOf(hvci_code_role Role);

/// Whether a rule may have to say something.
bool concerns(Purpose What, const Origin &From, const Origins &Addresses);

/// A use of an address, in Clang's terms.
struct CodeUse {
  hvci_code_use Use;
  Origin From;
  const clang::Expr *E;                    ///< what is used
  const clang::CallExpr *Call;             ///< of HVCI_USE_PASS, else null
  llvm::ArrayRef<hvci_argument> Arguments; ///< the call's
};

/// Tells the checkers of it.
void tell(const CodeUse &Use, clang::ASTContext &Context,
          const Origins &Addresses, const hvci_unit_fact &Unit,
          const hvci_options &Options, const hvci_sink &Sink);

/// Sees the statements of the unit, in their order, and tells the checkers.
class CodeUses {
public:
  CodeUses(clang::ASTContext &Context, const hvci_unit_fact &Unit,
           const hvci_options &Options, const hvci_sink &Sink,
           const Sections &Claims)
      : Context(Context), Unit(Unit), Options(Options), Sink(Sink),
        Addresses(Context, Claims) {}

  void visit(const clang::Stmt *S);

  /// The function whose statements are visited, as long as this lives. In a
  /// quiet one nothing is reported.
  class Scope {
  public:
    Scope(CodeUses &Uses, const clang::Decl *Function, const clang::Stmt *Body,
          bool Quiet)
        : Uses(Uses), Outer(Uses.Around), Function(Function), Body(Body),
          Quiet(Quiet) {
      Uses.Around = this;
    }
    ~Scope() { Uses.Around = Outer; }
    Scope(const Scope &) = delete;
    Scope &operator=(const Scope &) = delete;

  private:
    friend class CodeUses;
    CodeUses &Uses;
    Scope *Outer;
    const clang::Decl *Function;
    const clang::Stmt *Body;
    bool Quiet;
    std::unique_ptr<Flow> Values; ///< once there is something to ask
  };

private:
  void visitAssembler(const clang::MSAsmStmt *S);
  void visitCall(const clang::CallExpr *Call);
  void store(const clang::Expr *To);
  void pass(const clang::CallExpr *Call, const hvci_code_ddi &Row);
  void consider(hvci_code_use Use, Purpose What, const clang::Expr *E,
                Origins::Part Part, const clang::CallExpr *Call);
  llvm::SmallVector<hvci_argument, 10> arguments(const clang::CallExpr *Call,
                                                 const hvci_code_ddi &Row);

  clang::ASTContext &Context;
  const hvci_unit_fact &Unit;
  const hvci_options &Options;
  const hvci_sink &Sink;
  Origins Addresses;
  Scope *Around = nullptr;
};

} // namespace hvci

#endif
