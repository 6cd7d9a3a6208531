// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// FlowConditions.cpp - what a condition that holds tells of the places.
//
#include "FlowEngine.h"

using namespace clang;

namespace hvci {

// What the expression passes on, with the bits of it that are left, or null.
static const Expr *bitsOf(const Expr *E, uint64_t &Mask,
                          const ASTContext &Context,
                          const ValueBuilder &Widths) {
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return Full->getSubExpr();
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E))
    return Opaque->getSourceExpr();
  if (const Expr *Operand = expected(E))
    return Operand;
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    const Expr *From = Cast->getSubExpr();
    if (Cast->getCastKind() == CK_LValueToRValue ||
        Cast->getCastKind() == CK_NoOp)
      return From;
    if (Cast->getCastKind() != CK_IntegralCast)
      return nullptr;
    uint64_t Narrow = lowBits(Widths.width(From->getType()));
    uint64_t Wide = lowBits(Widths.width(E->getType()));
    // Bits that repeat the sign are not the place's own.
    if (From->getType()->isSignedIntegerOrEnumerationType() &&
        (Mask & Wide) != Wide && (Mask & Wide & ~Narrow))
      return nullptr;
    Mask &= Wide & Narrow;
    return From;
  }
  const auto *Binary = dyn_cast<BinaryOperator>(E);
  if (!Binary)
    return nullptr;
  if (Binary->getOpcode() == BO_Assign)
    return Binary->getLHS();
  if (Binary->getOpcode() == BO_Comma)
    return Binary->getRHS();
  if (Binary->getOpcode() != BO_And)
    return nullptr;
  std::optional<uint64_t> Left = fold(Binary->getLHS(), Context);
  std::optional<uint64_t> Right = fold(Binary->getRHS(), Context);
  if (Left.has_value() == Right.has_value())
    return nullptr;
  Mask &= Left ? *Left : *Right;
  return Left ? Binary->getRHS() : Binary->getLHS();
}

static bool isSound(const Expr *E) {
  return E && !E->containsErrors() && !E->isInstantiationDependent();
}

std::optional<Flow::Engine::Subject> Flow::Engine::subject(Solution &Of,
                                                           const Expr *E) {
  uint64_t Mask = UINT64_MAX;
  if (!isSound(E) || Of.Kind == Solution::Lost)
    return std::nullopt;
  E = E->IgnoreParens();
  while (const Expr *Inner = bitsOf(E, Mask, Context, Of.Builder))
    E = Inner->IgnoreParens();
  std::optional<Place> What = placeOf(E);
  if (!What || !What->Exact)
    return std::nullopt;
  auto Known = Of.Index.find(*What);
  if (Known == Of.Index.end())
    return std::nullopt;
  return Subject{Known->second, Mask & lowBits(Of.Builder.width(What->type()))};
}

// Goes on only where (place & mask) == want, or != want. False if that cannot
// be.
bool Flow::Engine::assume(Solution &Of, State &S, const Subject &About,
                          uint64_t Want, bool Holds) {
  std::optional<hvci_value> Value = read(Of, S, About.Index);
  if (!Value || Want & ~About.Mask) // bits that are not the place's own
    return true;
  hvci_predicate Predicate = {About.Mask, Want, true};
  hvci_value_assume(&*Value, &*Value, &Predicate, Holds);
  if (Value->count == 0)
    return false;
  if (!isSame(*Value, S[About.Index]))
    S[About.Index] = Of.keep(*Value);
  return true;
}

// Goes on only where the condition holds, or does not. False if that cannot be.
bool Flow::Engine::assume(Solution &Of, State &S, const Expr *Condition,
                          bool Holds, unsigned Depth) {
  constexpr unsigned MaxDepth = 8; // both sides of && and || are visited twice
  if (!isSound(Condition) || Depth > MaxDepth || Of.Places.empty())
    return true;
  const Expr *E = Condition->IgnoreParens();
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return assume(Of, S, Full->getSubExpr(), Holds, Depth + 1);
  if (const auto *Cast = dyn_cast<CastExpr>(E);
      Cast && Cast->getCastKind() == CK_IntegralToBoolean)
    return assume(Of, S, Cast->getSubExpr(), Holds, Depth + 1);
  if (const Expr *Operand = expected(E))
    return assume(Of, S, Operand, Holds, Depth + 1);
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E);
      Cast && Cast->getCastKind() == CK_IntegralCast &&
      Of.Builder.width(E->getType()) >=
          Of.Builder.width(Cast->getSubExpr()->getType()))
    return assume(Of, S, Cast->getSubExpr(), Holds, Depth + 1);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E);
      Unary && Unary->getOpcode() == UO_LNot)
    return assume(Of, S, Unary->getSubExpr(), !Holds, Depth + 1);

  const auto *Binary = dyn_cast<BinaryOperator>(E);
  if (Binary && Binary->isLogicalOp()) {
    const Expr *Left = Binary->getLHS(), *Right = Binary->getRHS();
    bool Both = Binary->getOpcode() == BO_LAnd; // what it takes to hold
    State Second = S;
    // One side is enough, or both are needed.
    bool SecondCan = assume(Of, Second, Left, Both, Depth + 1) &&
                     assume(Of, Second, Right, Holds, Depth + 1);
    if (Both == Holds) {
      S = Second;
      return SecondCan;
    }
    std::optional<State> Either;
    if (assume(Of, S, Left, Holds, Depth + 1))
      Either = S;
    if (SecondCan)
      merge(Of, Either, Second, false);
    if (Either)
      S = *Either;
    return Either.has_value();
  }
  if (Binary && Binary->isEqualityOp()) {
    bool Equal = (Binary->getOpcode() == BO_EQ) == Holds;
    for (bool Swapped : {false, true}) {
      const Expr *Side = Swapped ? Binary->getRHS() : Binary->getLHS();
      const Expr *Constant = Swapped ? Binary->getLHS() : Binary->getRHS();
      if (std::optional<Subject> About = subject(Of, Side))
        if (std::optional<uint64_t> Want = fold(Constant, Context))
          return assume(Of, S, *About,
                        *Want & lowBits(Of.Builder.width(Constant->getType())),
                        Equal);
    }
    return true;
  }
  if (std::optional<Subject> About = subject(Of, E))
    return assume(Of, S, *About, 0, !Holds);
  return true;
}

// Where the value is none of the cases', the switch takes its last edge.
bool Flow::Engine::follow(Solution &Of, State &S, const SwitchStmt *Switch,
                          const Stmt *Label, bool Last) {
  std::optional<Subject> About = subject(Of, Switch->getCond());
  if (!About)
    return true;
  auto Wanted = [&](const SwitchCase *Case) -> std::optional<uint64_t> {
    const auto *One = dyn_cast_or_null<CaseStmt>(Case);
    if (!One || One->getRHS() || !isSound(One->getLHS()))
      return std::nullopt; // a range, or the default
    std::optional<uint64_t> Bits = fold(One->getLHS(), Context);
    if (Bits)
      *Bits &= lowBits(Of.Builder.width(Switch->getCond()->getType()));
    return Bits;
  };
  if (!Last) {
    std::optional<uint64_t> Want = Wanted(dyn_cast_or_null<SwitchCase>(Label));
    return !Want || assume(Of, S, *About, *Want, true);
  }
  for (const SwitchCase *Case = Switch->getSwitchCaseList(); Case;
       Case = Case->getNextSwitchCase()) {
    Work++;
    if (std::optional<uint64_t> Want = Wanted(Case))
      if (!assume(Of, S, *About, *Want, false))
        return false;
  }
  return true;
}

// Goes along the block's edge of that number. False if that is never taken.
bool Flow::Engine::follow(Solution &Of, State &S, const CFGBlock *Block,
                          unsigned Edge) {
  if (Of.Places.empty() || !Block->getTerminator().isStmtBranch())
    return true;
  const Stmt *Branch = Block->getTerminatorStmt();
  if (const auto *Switch = dyn_cast_or_null<SwitchStmt>(Branch)) {
    const CFGBlock *Target = *(Block->succ_begin() + Edge);
    return follow(Of, S, Switch, Target->getLabel(),
                  Edge + 1 == Block->succ_size());
  }
  if (!isa_and_nonnull<IfStmt, WhileStmt, DoStmt, ForStmt, BinaryOperator,
                       AbstractConditionalOperator>(Branch) ||
      Block->succ_size() != 2)
    return true;
  const auto *Condition =
      dyn_cast_or_null<Expr>(Block->getTerminatorCondition());
  if (!Condition)
    return true;
  // The left sides of && and || have branches of their own.
  Condition = Condition->IgnoreParens();
  for (const auto *Binary = dyn_cast<BinaryOperator>(Condition);
       Binary && Binary->isLogicalOp();
       Binary = dyn_cast<BinaryOperator>(Condition))
    Condition = Binary->getRHS()->IgnoreParens();
  return assume(Of, S, Condition, Edge == 0);
}

} // namespace hvci
