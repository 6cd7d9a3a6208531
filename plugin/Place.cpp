// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Place.cpp - the variable, or the field of one, that an expression names.
//
#include "ValueBuilder.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace hvci {

QualType Place::type() const {
  return Path.empty() ? Root->getType().getNonReferenceType()
                      : Path.back()->getType();
}

static std::optional<Place> placeOf(const Expr *E, unsigned Depth);

// A local reference is bound once, for good.
static std::optional<Place> placeOf(const VarDecl *Variable, unsigned Depth) {
  if (!Variable->getType()->isReferenceType())
    return Place{Variable, {}};
  if (isa<ParmVarDecl>(Variable)) // changed by none, or by who knows whom
    return Variable->getType()->isRValueReferenceType() ||
                   Variable->getType()->getPointeeType().isConstQualified()
               ? std::optional(Place{Variable, {}})
               : std::nullopt;
  if (!Variable->hasInit() || Variable->isInitCapture())
    return std::nullopt;
  return placeOf(Variable->getInit(), Depth);
}

static std::optional<Place> placeOf(const Expr *E, unsigned Depth) {
  if (Depth == 0)
    return std::nullopt;
  E = E->IgnoreParens();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
    return Variable ? placeOf(Variable, Depth - 1) : std::nullopt;
  }
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    bool Same = Cast->getCastKind() == CK_NoOp ||
                Cast->getCastKind() == CK_DerivedToBase ||
                Cast->getCastKind() == CK_UncheckedDerivedToBase;
    return Same && E->isGLValue() ? placeOf(Cast->getSubExpr(), Depth - 1)
                                  : std::nullopt;
  }
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
    const auto *Decay =
        dyn_cast<ImplicitCastExpr>(Element->getBase()->IgnoreParens());
    if (!Decay || Decay->getCastKind() != CK_ArrayToPointerDecay)
      return std::nullopt;
    std::optional<Place> Array = placeOf(Decay->getSubExpr(), Depth - 1);
    if (Array)
      Array->Exact = false;
    return Array;
  }
  const auto *Member = dyn_cast<MemberExpr>(E);
  if (!Member || Member->isArrow())
    return std::nullopt;
  const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
  if (!Field || Field->getType()->isReferenceType())
    return std::nullopt;
  std::optional<Place> Base = placeOf(Member->getBase(), Depth - 1);
  if (!Base)
    return std::nullopt;
  // Members of a union lie over each other.
  if (Field->getParent()->isUnion())
    Base->Exact = false;
  if (Base->Exact)
    Base->Path.push_back(Field);
  return Base;
}

std::optional<Place> placeOf(const Expr *E) {
  constexpr unsigned MaxChain = 64;
  return placeOf(E, MaxChain);
}

} // namespace hvci
