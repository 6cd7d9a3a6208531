// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Origins.h - where an address comes from.
//
#ifndef HVCI_PLUGIN_ORIGINS_H
#define HVCI_PLUGIN_ORIGINS_H

#include "hvci/catalogue.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace hvci {

class Sections;

/// What code.def and ddi.def say of a function.
struct CodeRow {
  const hvci_code_ddi *Use;       ///< or null
  const hvci_code_source *Source; ///< or null
  bool GivesMemory;               ///< its result is memory
};

/// Where an address comes from: struct hvci_origin in Clang's terms.
struct Origin {
  hvci_origin_kind Kind = HVCI_ORIGIN_UNKNOWN;
  hvci_via Via = HVCI_VIA_NOTHING;
  const clang::Expr *Source = nullptr;    ///< the call, new or string
  const clang::ValueDecl *Name = nullptr; ///< the function or variable
  uint64_t Number = 0;

  bool isNull() const { return Kind == HVCI_ORIGIN_NUMBER && Number == 0; }
  bool isKnown() const { return Kind != HVCI_ORIGIN_UNKNOWN; }
};

/// Follows addresses through casts, arithmetic and local variables. A variable
/// has an origin if all that is assigned to it in its function has that one,
/// and nobody else can assign to it.
class Origins {
public:
  Origins(clang::ASTContext &Context, const Sections &Claims)
      : Context(Context), Claims(Claims) {}

  /// What of an expression is an address.
  enum Part {
    Value,   ///< the expression's value
    Object,  ///< where the object or function is that it denotes
    Pointee, ///< what is stored where it points to, if that can be told; else
             ///< its value
  };

  Origin of(const clang::Expr *E, Part What);

  /// The same at first sight: what is assigned to a variable first counts as
  /// all that is. If this is unknown, so is the other.
  Origin atFirstSight(const clang::Expr *E, Part What);

  /// Remembers what is assigned to a local variable. A variable of which
  /// nothing was remembered is unknown, at no cost.
  void assigned(const clang::Expr *To, const clang::Expr *From);
  void initialised(const clang::VarDecl *Variable);
  /// The call may give addresses through its arguments.
  void called(const clang::CallExpr *Call);

  /// Null for all but few functions.
  const CodeRow *rowOf(const clang::CallExpr *Call);

  /// Whether the variable lies in a section that holds code.
  bool isInCode(const clang::ValueDecl *Variable) const;

private:
  Origin ofValue(const clang::Expr *E);
  Origin ofObject(const clang::Expr *E);
  Origin ofPointee(const clang::Expr *E);
  Origin ofCast(const clang::CastExpr *E);
  Origin ofBinary(const clang::BinaryOperator *E);
  Origin ofCall(const clang::CallExpr *Call);
  Origin ofSource(const hvci_code_source &Source, const clang::CallExpr *Call);
  Origin ofValueIn(const clang::Expr *Object);
  Origin ofVariable(const clang::VarDecl *Variable);
  Origin joined(const clang::VarDecl *Variable);
  void remember(const clang::VarDecl *Variable, const Origin &Value);
  bool isOffset(const clang::Expr *E) const;
  bool isWide(clang::QualType Type) const;

  clang::ASTContext &Context;
  const Sections &Claims;
  llvm::DenseMap<const clang::FunctionDecl *, const CodeRow *> Rows;
  std::vector<std::unique_ptr<CodeRow>> RowStore;
  /// The first known origin of a variable, in the order of the source.
  llvm::DenseMap<const clang::VarDecl *, Origin> First;
  /// The origin of all that is assigned to it.
  llvm::DenseMap<const clang::VarDecl *, Origin> Joined;
  bool Sight = false; ///< at first sight
  static constexpr unsigned MaxDepth = 64;
  unsigned Depth = 0;
  /// The variables that are being looked into, and how many there may be for
  /// one question.
  llvm::SmallPtrSet<const clang::VarDecl *, 4> Open;
  static constexpr unsigned MaxVariables = 32;
  unsigned Variables = 0;
};

} // namespace hvci

#endif
