// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ValueBuilder.cpp - from a Clang expression to its value.
//
// Constants fold as Clang folds them; around them `?:`, bit operations, sums
// and casts keep what is known of their operands. Anything else is unknown.
//
#include "ValueBuilder.h"

#include "Expressions.h"

#include "clang/AST/ExprCXX.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace hvci {

unsigned ValueBuilder::width(QualType Type) const {
  if (Type->isDependentType() || Type->isIncompleteType())
    return 64;
  uint64_t Bits = Context.getTypeSize(Type);
  return Bits >= 1 && Bits <= 64 ? static_cast<unsigned>(Bits) : 64;
}

hvci_value ValueBuilder::unknown(QualType Type) const {
  hvci_value Value;
  hvci_value_unknown(&Value, width(Type));
  return Value;
}

hvci_value ValueBuilder::zero(QualType Type) const {
  hvci_value Value;
  hvci_value_constant(&Value, 0, 0, width(Type));
  return Value;
}

hvci_value ValueBuilder::leaf(const Expr *E) {
  std::optional<uint64_t> Bits = fold(E, Context);
  if (!Bits)
    return unknown(E->getType());
  hvci_value Value;
  hvci_value_constant(&Value, *Bits,
                      addTerm({E, *Bits, Elsewhere, false, nullptr}),
                      width(E->getType()));
  return Value;
}

hvci_value ValueBuilder::convert(const hvci_value &Value, QualType From,
                                 QualType To) {
  if (To->isBooleanType() || !To->isIntegralOrEnumerationType() ||
      !From->isIntegralOrEnumerationType())
    return unknown(To);
  hvci_value Result;
  hvci_value_convert(&Result, &Value, width(From),
                     From->isSignedIntegerOrEnumerationType(), width(To));
  return Result;
}

hvci_value
ValueBuilder::valueOfConditional(const AbstractConditionalOperator *E,
                                 ArrayRef<const FieldDecl *> Path) {
  const Expr *Condition = E->getCond();
  bool Holds;
  if (!Condition->isValueDependent() &&
      Condition->EvaluateAsBooleanCondition(Holds, Context))
    return partOf(Holds ? E->getTrueExpr() : E->getFalseExpr(), Path);
  auto Arm = [&](const Expr *Of, bool When) {
    return Around ? Around->under(Condition, When,
                                  [&] { return partOf(Of, Path); })
                  : partOf(Of, Path);
  };
  hvci_value True = Arm(E->getTrueExpr(), true);
  hvci_value False = Arm(E->getFalseExpr(), false);
  hvci_value_join(&True, &True, &False);
  return True;
}

// An assignment's value is what its target holds then. A constant is better
// taken from where it is written.
hvci_value ValueBuilder::valueOfBinary(const BinaryOperator *E) {
  if (E->getOpcode() == BO_Comma)
    return valueOf(E->getRHS());
  if (E->getOpcode() == BO_Assign && fold(E->getRHS(), Context))
    return valueOf(E->getRHS());
  if (E->isAssignmentOp())
    return valueOf(E->getLHS());
  QualType Type = E->getType();
  std::optional<hvci_operation> Operation = operationOf(E->getOpcode(), Type);
  if (!Operation || !Type->isIntegralOrEnumerationType())
    return leaf(E);
  hvci_value Left = valueOf(E->getLHS());
  hvci_value Right = valueOf(E->getRHS());
  hvci_value_apply(&Left, *Operation, &Left, &Right, width(Type));
  return Left;
}

hvci_value ValueBuilder::stored(const CompoundAssignOperator *E) {
  QualType Type = E->getComputationResultType();
  std::optional<hvci_operation> Operation = operationOf(
      BinaryOperator::getOpForCompoundAssignment(E->getOpcode()), Type);
  if (!Operation || !Type->isIntegralOrEnumerationType())
    return unknown(E->getType());
  hvci_value Left = convert(valueOf(E->getLHS()), E->getLHS()->getType(),
                            E->getComputationLHSType());
  hvci_value Right = valueOf(E->getRHS());
  hvci_value_apply(&Left, *Operation, &Left, &Right, width(Type));
  return convert(Left, Type, E->getType());
}

static hvci_value step(const hvci_value &Value, bool Up, unsigned Width) {
  hvci_value Result, One;
  hvci_value_constant(&One, 1, 0, Width);
  hvci_value_apply(&Result, Up ? HVCI_ADD : HVCI_SUBTRACT, &Value, &One, Width);
  return Result;
}

hvci_value ValueBuilder::stored(const UnaryOperator *E) {
  if (!E->getType()->isIntegralOrEnumerationType() ||
      E->getType()->isBooleanType())
    return unknown(E->getType());
  return step(valueOf(E->getSubExpr()), E->isIncrementOp(),
              width(E->getType()));
}

hvci_value ValueBuilder::valueOfUnary(const UnaryOperator *E) {
  switch (E->getOpcode()) {
  case UO_Plus:
  case UO_Extension:
  case UO_PreInc:
  case UO_PreDec:
    return valueOf(E->getSubExpr());
  case UO_PostInc:
  case UO_PostDec:
    if (!E->getType()->isIntegerType() || E->getType()->isBooleanType())
      return unknown(E->getType());
    return step(valueOf(E->getSubExpr()), !E->isIncrementOp(),
                width(E->getType()));
  case UO_Not:
    if (E->getType()->isIntegerType()) {
      hvci_value Value = valueOf(E->getSubExpr());
      hvci_value_complement(&Value, &Value, width(E->getType()));
      return Value;
    }
    return leaf(E);
  default:
    return leaf(E);
  }
}

// The default stands in the declaration, for all callers.
hvci_value ValueBuilder::valueOfDefault(const CXXDefaultArgExpr *E) {
  size_t First = Sources.size();
  llvm::SaveAndRestore<bool> Away(Elsewhere, true);
  hvci_value Value = valueOf(E->getExpr());
  for (size_t I = First; I < Sources.size(); I++)
    Sources[I].Default = E->getExpr();
  return Value;
}

// Has always the value of its initialiser.
static const Expr *lastingInit(const VarDecl *Variable) {
  QualType Type = Variable->getType();
  if (!Variable->hasGlobalStorage() || !Type.isConstQualified() ||
      Type.isVolatileQualified() || Variable->isWeak())
    return nullptr;
  return Variable->getAnyInitializer();
}

hvci_value ValueBuilder::at(const Place &What) {
  if (What.Exact) {
    if (const Expr *Init = lastingInit(What.Root)) {
      llvm::SaveAndRestore<bool> Away(Elsewhere, true);
      return partOf(Init, What.Path);
    }
    if (Around)
      return Around->object(What, *this);
  }
  return unknown(What.type());
}

// A variable, an enumerator or a field.
hvci_value ValueBuilder::valueOfName(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  if (Ref && fold(E, Context))
    return leaf(E);
  hvci_value Value = unknown(E->getType());
  if (std::optional<Place> Named = placeOf(E); Named && Named->Exact)
    Value = at(*Named);
  else if (const auto *Member = dyn_cast<MemberExpr>(E);
           Member && !Member->isArrow())
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl()))
      Value = partOf(Member->getBase(), Field);
  if (!Ref)
    return hvci_value_is_constant(&Value, nullptr) || !fold(E, Context)
               ? Value
               : leaf(E);
  // Of what is not known, the type may tell a slip even so.
  for (unsigned I = 0; I < Value.count; I++) {
    hvci_alternative &One = Value.alternatives[I];
    if (!One.terms && (One.ones | One.zeros) != UINT64_MAX)
      One.terms = addTerm({E, 0, Elsewhere, false, nullptr});
  }
  return Value;
}

hvci_value ValueBuilder::valueOfCall(const Expr *E) {
  if (const Expr *Operand = expected(E))
    return valueOf(Operand);
  std::optional<int32_t> Base;
  if (Around && E->getType()->isIntegralOrEnumerationType() &&
      !fold(E, Context))
    Base = Around->resultOf(E);
  if (!Base)
    return leaf(E);
  hvci_value Value;
  hvci_value_base(&Value, *Base, width(E->getType()));
  return Value;
}

hvci_value ValueBuilder::valueOf(const Expr *E) {
  // Generated code nests by the thousand; what Clang folds is known even so.
  llvm::SaveAndRestore<unsigned> Deeper(Depth, Depth + 1);
  if (Depth > MaxDepth && !isBroken(E))
    return leaf(E);
  hvci_value Value;
  if (isBroken(E)) {
    hvci_value_unknown(&Value, 64);
    return Value;
  }
  if (const Expr *Inner = wrapped(E))
    return valueOf(Inner);
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return valueOfDefault(Default);
  if (const auto *Conditional = dyn_cast<AbstractConditionalOperator>(E))
    return valueOfConditional(Conditional, {});
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return valueOfBinary(Binary);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return valueOfUnary(Unary);
  if (isa<DeclRefExpr, MemberExpr>(E))
    return valueOfName(E);
  if (isa<CallExpr>(E))
    return valueOfCall(E);
  if (const auto *List = dyn_cast<InitListExpr>(E);
      List && E->getType()->isScalarType())
    return List->getNumInits() ? valueOf(List->getInit(0)) : zero(E->getType());
  if (isa<ImplicitValueInitExpr>(E) && E->getType()->isScalarType())
    return zero(E->getType());
  if (const auto *Cast = dyn_cast<CastExpr>(E);
      Cast && Cast->getCastKind() == CK_IntegralCast)
    return convert(valueOf(Cast->getSubExpr()), Cast->getSubExpr()->getType(),
                   E->getType());
  return leaf(E);
}

hvci_argument ValueBuilder::unknown() {
  hvci_argument Argument = {};
  hvci_value_unknown(&Argument.value, 64);
  Argument.text = "";
  return Argument;
}

hvci_argument ValueBuilder::build(const Expr *E, QualType Parameter) {
  start(nullptr);
  return argument(valueOf(E), E, Parameter);
}

void ValueBuilder::start(Surroundings *Within, bool Away) {
  Around = Within;
  Elsewhere = Away;
  Sources.clear();
}

} // namespace hvci
