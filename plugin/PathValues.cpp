// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathValues.cpp - what the static analyzer knows of a value on a path.
//
#include "PathValues.h"

#include "ValueBuilder.h"

#include <optional>

using namespace clang;
using namespace clang::ento;

namespace hvci {

static constexpr unsigned MaxDepth = 32;

static uint64_t bitsOf(const llvm::APSInt &Number) {
  return Number.extOrTrunc(64).getZExtValue();
}

unsigned PathValues::width(QualType Type) const {
  if (Type.isNull() || Type->isIncompleteType())
    return 64;
  uint64_t Bits = Context.getTypeSize(Type);
  return Bits >= 1 && Bits <= 64 ? static_cast<unsigned>(Bits) : 64;
}

hvci_value PathValues::unknown(QualType Type) const {
  hvci_value Value;
  hvci_value_unknown(&Value, width(Type));
  return Value;
}

static hvci_value constant(uint64_t Bits, unsigned Width) {
  hvci_value Value;
  hvci_value_constant(&Value, Bits, 0, Width);
  return Value;
}

hvci_value PathValues::ofOperation(const BinarySymExpr *Symbol, bool &Assumed,
                                   unsigned Depth) const {
  std::optional<hvci_operation> Operation =
      operationOf(Symbol->getOpcode(), Symbol->getType());
  hvci_value Left, Right;
  if (const auto *WithRight = dyn_cast<SymIntExpr>(Symbol)) {
    const llvm::APSInt &Number = WithRight->getRHS();
    Left = ofSymbol(WithRight->getLHS(), Assumed, Depth + 1);
    Right = constant(bitsOf(Number), width(Symbol->getType()));
  } else if (const auto *WithLeft = dyn_cast<IntSymExpr>(Symbol)) {
    const llvm::APSInt &Number = WithLeft->getLHS();
    Left = constant(bitsOf(Number), width(Symbol->getType()));
    Right = ofSymbol(WithLeft->getRHS(), Assumed, Depth + 1);
  } else if (const auto *Both = dyn_cast<SymSymExpr>(Symbol)) {
    Left = ofSymbol(Both->getLHS(), Assumed, Depth + 1);
    Right = ofSymbol(Both->getRHS(), Assumed, Depth + 1);
  } else {
    return unknown(Symbol->getType());
  }
  if (!Operation)
    return unknown(Symbol->getType());
  hvci_value_apply(&Left, *Operation, &Left, &Right, width(Symbol->getType()));
  return Left;
}

hvci_value PathValues::ofSymbol(SymbolRef Symbol, bool &Assumed,
                                unsigned Depth) const {
  QualType Type = Symbol->getType();
  if (Depth > MaxDepth || !Type->isIntegralOrEnumerationType())
    return unknown(Type);
  SValBuilder &Builder = State->getStateManager().getSValBuilder();
  if (const llvm::APSInt *Known =
          Builder.getKnownValue(State, nonloc::SymbolVal(Symbol))) {
    Assumed = true;
    return constant(bitsOf(*Known), width(Type));
  }
  if (const auto *Operation = dyn_cast<BinarySymExpr>(Symbol))
    return ofOperation(Operation, Assumed, Depth);
  hvci_value Value = unknown(Type);
  if (const auto *Cast = dyn_cast<SymbolCast>(Symbol)) {
    QualType From = Cast->getOperand()->getType();
    hvci_value Operand = ofSymbol(Cast->getOperand(), Assumed, Depth + 1);
    if (!Type->isBooleanType())
      hvci_value_convert(&Value, &Operand, width(From),
                         From->isSignedIntegerOrEnumerationType(), width(Type));
  } else if (const auto *Unary = dyn_cast<UnarySymExpr>(Symbol)) {
    hvci_value Operand = ofSymbol(Unary->getOperand(), Assumed, Depth + 1);
    if (Unary->getOpcode() == UO_Not)
      hvci_value_complement(&Value, &Operand, width(Type));
  }
  return Value;
}

PathValue PathValues::of(SVal Value, QualType Type) const {
  PathValue Result;
  Result.Value = unknown(Type);
  if (auto Number = Value.getAs<nonloc::ConcreteInt>()) {
    const llvm::APSInt &Bits = Number->getValue();
    Result.Value = constant(bitsOf(Bits), width(Type));
  } else if (auto Address = Value.getAs<loc::ConcreteInt>()) {
    const llvm::APSInt &Bits = Address->getValue();
    Result.Value = constant(bitsOf(Bits), width(Type));
  } else if (auto Symbol = Value.getAs<nonloc::SymbolVal>()) {
    // The analyzer passes over some conversions.
    hvci_value Own = ofSymbol(Symbol->getSymbol(), Result.Assumed, 0);
    QualType From = Symbol->getSymbol()->getType();
    hvci_value_convert(&Result.Value, &Own, width(From),
                       From->isSignedIntegerOrEnumerationType(), width(Type));
  }
  return Result;
}

// The object that is read, as far as this can be told without evaluating again.
SVal PathValues::placeOf(const Expr *E, const LocationContext *Frame,
                         unsigned Depth) const {
  if (Depth > MaxDepth)
    return UnknownVal();
  E = E->IgnoreParenCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Variable)
      return UnknownVal();
    SVal Place = State->getLValue(Variable, Frame);
    return Variable->getType()->isReferenceType()
               ? State->getSVal(Place.castAs<Loc>())
               : Place;
  }
  const auto *Member = dyn_cast<MemberExpr>(E);
  const auto *Field =
      Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  if (!Field)
    return UnknownVal();
  SVal Base = placeOf(Member->getBase(), Frame, Depth + 1);
  if (Member->isArrow() && Base.getAs<Loc>())
    Base = State->getSVal(Base.castAs<Loc>());
  // What a pointer leads to is the first of several, for the analyzer;
  // getLValue itself has it so since 17.
  if (const auto *Pointee =
          dyn_cast_or_null<SymbolicRegion>(Base.getAsRegion())) {
    QualType Whole = Member->getBase()->getType();
    ProgramStateManager &States = State->getStateManager();
    Base = loc::MemRegionVal(States.getRegionManager().getElementRegion(
        Member->isArrow() ? Whole->getPointeeType() : Whole,
        States.getSValBuilder().makeZeroArrayIndex(), Pointee,
        States.getContext()));
  }
  return Base.isUnknownOrUndef() ? Base : State->getLValue(Field, Base);
}

// A symbol that the path has tested for a constant reads as that constant.
hvci_answer PathValues::isTested(const Expr *E, uint64_t Bits,
                                 const LocationContext *Frame) const {
  auto Place = placeOf(E, Frame, 0).getAs<Loc>();
  if (!Place)
    return HVCI_UNKNOWN;
  SVal Stored = State->getRawSVal(*Place, E->getType());
  if (Stored.isConstant())
    return HVCI_NO;
  SymbolRef Symbol = Stored.getAsSymbol();
  if (!Symbol || !Symbol->getType()->isIntegralOrEnumerationType())
    return HVCI_UNKNOWN;
  bool Known = false;
  hvci_value Tested = ofSymbol(Symbol, Known, 0);
  uint64_t Constant;
  return Known && hvci_value_is_constant(&Tested, &Constant) && Constant == Bits
             ? HVCI_YES
             : HVCI_UNKNOWN;
}

hvci_answer PathValues::ask(SVal Value, QualType Type,
                            const hvci_predicate &Predicate) const {
  SValBuilder &Builder = State->getStateManager().getSValBuilder();
  if (Value.isUnknownOrUndef() || Type.isNull() ||
      !Type->isIntegralOrEnumerationType())
    return HVCI_UNKNOWN;
  SVal Bits = Builder.evalBinOp(State, BO_And, Value,
                                Builder.makeIntVal(Predicate.mask, Type), Type);
  SVal Equal = Builder.evalBinOp(State, BO_EQ, Bits,
                                 Builder.makeIntVal(Predicate.want, Type),
                                 Builder.getConditionType());
  auto Condition = Equal.getAs<DefinedOrUnknownSVal>();
  if (!Condition)
    return HVCI_UNKNOWN;
  auto [May, MayNot] = State->assume(*Condition);
  if (static_cast<bool>(May) == static_cast<bool>(MayNot))
    return HVCI_UNKNOWN;
  return static_cast<bool>(May) == Predicate.equal ? HVCI_YES : HVCI_NO;
}

} // namespace hvci
