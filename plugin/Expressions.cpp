// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Expressions.cpp - what an expression is, under what is written around it.
//
#include "Expressions.h"

#include "ValueBuilder.h"

#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Builtins.h"

using namespace clang;

namespace hvci {

bool isBroken(const Expr *E) {
  return E->containsErrors() || E->isTypeDependent() || E->isValueDependent() ||
         E->getType().isNull();
}

std::optional<uint64_t> fold(const Expr *E, const ASTContext &Context) {
  QualType Type = E->getType();
  Expr::EvalResult Result;
  if (Type->isIntegralOrEnumerationType()) {
    if (E->EvaluateAsInt(Result, Context))
      return Result.Val.getInt().extOrTrunc(64).getZExtValue();
    return std::nullopt;
  }
  if (Type->isNullPtrType())
    return 0;
  if (!Type->isPointerType() || !E->EvaluateAsRValue(Result, Context) ||
      Result.HasSideEffects || !Result.Val.isLValue() ||
      Result.Val.getLValueBase())
    return std::nullopt;
  return static_cast<uint64_t>(Result.Val.getLValueOffset().getQuantity());
}

std::optional<hvci_operation> operationOf(BinaryOperatorKind Kind,
                                          QualType Type) {
  switch (Kind) {
  case BO_Or:
    return HVCI_OR;
  case BO_And:
    return HVCI_AND;
  case BO_Xor:
    return HVCI_XOR;
  case BO_Add:
    return HVCI_ADD;
  case BO_Sub:
    return HVCI_SUBTRACT;
  case BO_Shl:
    return HVCI_SHIFT_LEFT;
  case BO_Shr:
    if (Type->isUnsignedIntegerOrEnumerationType())
      return HVCI_SHIFT_RIGHT;
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

const Expr *expected(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call)
    return nullptr;
  switch (Call->getBuiltinCallee()) {
  case Builtin::BI__builtin_expect:
  case Builtin::BI__builtin_expect_with_probability:
  case Builtin::BIforward: // of namespace std
  case Builtin::BImove:
    return Call->getArg(0);
  default:
    return nullptr;
  }
}

const Expr *wrapped(const Expr *E) {
  if (const auto *Paren = dyn_cast<ParenExpr>(E))
    return Paren->getSubExpr();
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return Full->getSubExpr();
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
    return Temporary->getSubExpr();
  if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(E))
    return Temporary->getSubExpr();
  if (const auto *Generic = dyn_cast<GenericSelectionExpr>(E))
    return Generic->getResultExpr();
  if (const auto *Choose = dyn_cast<ChooseExpr>(E))
    return Choose->getChosenSubExpr();
  if (const auto *Parameter = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return Parameter->getReplacement();
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E))
    return Opaque->getSourceExpr();
  if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(E))
    return Literal->getInitializer();
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
    return Default->getExpr();
  if (const auto *Statements = dyn_cast<StmtExpr>(E))
    return Statements->getSubStmt()->body_empty()
               ? nullptr
               : dyn_cast<Expr>(Statements->getSubStmt()->body_back());
  const auto *Cast = dyn_cast<CastExpr>(E);
  if (Cast && (Cast->getCastKind() == CK_LValueToRValue ||
               Cast->getCastKind() == CK_NoOp ||
               Cast->getCastKind() == CK_DerivedToBase ||
               Cast->getCastKind() == CK_UncheckedDerivedToBase))
    return Cast->getSubExpr();
  return nullptr;
}

} // namespace hvci
