// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ValueParts.cpp - the values of fields, out of what makes their object.
//
#include "Compat.h"
#include "Expressions.h"
#include "ValueBuilder.h"

#include "clang/AST/ExprCXX.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace hvci {

// Fields of a struct, in the order of its list of initialisers.
static std::optional<unsigned> indexOf(const FieldDecl *Field) {
  unsigned Index = 0;
  for (const FieldDecl *Other : Field->getParent()->fields()) {
    if (Other == Field)
      return Index;
    Index += !compat::isUnnamedBitField(Other);
  }
  return std::nullopt;
}

hvci_value ValueBuilder::valueOfList(const InitListExpr *E,
                                     ArrayRef<const FieldDecl *> Path) {
  QualType Type = Path.back()->getType();
  if (const InitListExpr *Semantic = E->getSemanticForm())
    E = Semantic;
  const FieldDecl *Field = Path.front();
  const auto *Record = E->getType()->getAsRecordDecl();
  if (E->isTransparent())
    return partOf(E->getInit(0), Path);
  if (Record != Field->getParent())
    return unknown(Type);
  unsigned Index = 0;
  if (Record->isUnion()) {
    if (E->getInitializedFieldInUnion() != Field)
      return unknown(Type);
  } else {
    // An aggregate's bases come first.
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Record))
      Index = Class->getNumBases();
    Index += indexOf(Field).value_or(0);
  }
  return Index < E->getNumInits() ? partOf(E->getInit(Index), Path.drop_front())
                                  : zero(Type);
}

hvci_value ValueBuilder::valueOfConstruction(const CXXConstructExpr *E,
                                             ArrayRef<const FieldDecl *> Path) {
  QualType Type = Path.back()->getType();
  const CXXConstructorDecl *Constructor = E->getConstructor();
  if (Constructor->isCopyOrMoveConstructor() && Constructor->isTrivial())
    return partOf(E->getArg(0), Path);
  if (!Constructor->isDefaultConstructor() || Constructor->isUserProvided() ||
      Constructor->getParent() != Path.front()->getParent())
    return unknown(Type);
  if (Path.front()->hasInClassInitializer()) {
    const Expr *Init = Path.front()->getInClassInitializer();
    return Init ? partOf(Init, Path.drop_front()) : unknown(Type);
  }
  return E->requiresZeroInitialization() ? zero(Type) : unknown(Type);
}

hvci_value ValueBuilder::partOf(const Expr *E,
                                ArrayRef<const FieldDecl *> Path) {
  if (Path.empty())
    return valueOf(E);
  QualType Type = Path.back()->getType();
  llvm::SaveAndRestore<unsigned> Deeper(Depth, Depth + 1);
  if (Depth > MaxDepth || isBroken(E))
    return unknown(Type);
  if (std::optional<Place> Whole = placeOf(E)) {
    Whole->Path.append(Path.begin(), Path.end());
    return at(*Whole);
  }
  if (const Expr *Inner = wrapped(E))
    return partOf(Inner, Path);
  if (const auto *Conditional = dyn_cast<AbstractConditionalOperator>(E))
    return valueOfConditional(Conditional, Path);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->getOpcode() == BO_Comma)
      return partOf(Binary->getRHS(), Path);
    if (Binary->getOpcode() == BO_Assign)
      return partOf(Binary->getLHS(), Path);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E);
      Member && !Member->isArrow())
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl())) {
      SmallVector<const FieldDecl *, 4> Longer{Field};
      Longer.append(Path.begin(), Path.end());
      return partOf(Member->getBase(), Longer);
    }
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return valueOfList(List, Path);
  if (const auto *Construction = dyn_cast<CXXConstructExpr>(E))
    return valueOfConstruction(Construction, Path);
  if (isa<ImplicitValueInitExpr, CXXScalarValueInitExpr>(E))
    return zero(Type);
  return unknown(Type);
}

} // namespace hvci
