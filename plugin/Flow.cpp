// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Flow.cpp - the values in one function, followed through its control flow.
//
// A question is about a few places: those that the expression reads, and those
// that are read where these are written. Mostly none of them ever changes after
// it was set, and no condition asks for it; then the function's control flow
// does not matter. Otherwise the places' values are carried along Clang's CFG
// until they settle. Places are followed only as far as a question needs them.
//
#include "FlowEngine.h"

using namespace clang;

namespace hvci {

hvci_argument Flow::Engine::argument(const Expr *E, QualType Parameter,
                                     const Stmt *At,
                                     ValueBuilder::Detail Detail) {
  ValueBuilder &Builder = Builders[Detail];
  Places Asked;
  Discovery Reads(*this, Asked);
  const auto *Compound =
      E == At ? dyn_cast<CompoundAssignOperator>(E) : nullptr;
  auto ValueOf = [&] {
    return Compound ? Builder.stored(Compound) : Builder.valueOf(E);
  };
  Builder.start(&Reads);
  (void)ValueOf();

  Solution &Found = solution(Asked, false);
  std::optional<State> S = before(Found, At);
  if (S && Detail == ValueBuilder::Words && Found.Kind != Solution::Flowing &&
      graph() && !before(solution({}, true), At))
    S = std::nullopt;
  hvci_value Value;
  hvci_value_none(&Value);
  Builder.start(nullptr);
  if (S) {
    Reader Around(*this, Found, *S);
    Builder.start(&Around);
    Value = ValueOf();
  }
  return Builder.argument(Value, E, Parameter);
}

// Parameters that keep their value and are tested: callers may know which way
// the function goes.
SmallVector<Place, 2>
Flow::Engine::testedParameters(const FunctionDecl *Declared) {
  SmallVector<Place, 2> Tested;
  for (const ParmVarDecl *Parameter : Declared->parameters()) {
    const Locals::Variable &Use = locals().of(Parameter);
    Place What{Parameter, {}};
    if (Use.Tested && Use.Writes.empty() && !Use.Escapes &&
        Parameter->getType()->isIntegralOrEnumerationType() && isFollowed(What))
      Tested.push_back(What);
  }
  return Tested;
}

hvci_argument Flow::Engine::result(ValueBuilder::Detail Detail, bool Guarded) {
  const auto *Declared = dyn_cast_or_null<FunctionDecl>(Function);
  if (!Body || !Declared ||
      !Declared->getReturnType()->isIntegralOrEnumerationType())
    return ValueBuilder::unknown();
  ValueBuilder &Builder = Builders[Detail];
  Places Asked;
  Discovery Reads(*this, Asked);
  SmallVector<const ReturnStmt *, 4> Returns;
  for (const ReturnStmt *Return : locals().returns())
    if (Return->getRetValue()) {
      Returns.push_back(Return);
      Builder.start(&Reads);
      (void)Builder.valueOf(Return->getRetValue());
    }
  if (Returns.empty())
    return ValueBuilder::unknown();
  SmallVector<Place, 2> Tested;
  if (Guarded)
    Tested = testedParameters(Declared);
  Asked.insert(Tested.begin(), Tested.end());

  Solution &Found = solution(Asked, Returns.size() > 1);
  hvci_value Value;
  hvci_value_none(&Value);
  unsigned Alternatives = 0;
  Builder.start(nullptr, true);
  for (const ReturnStmt *Return : Returns) {
    std::optional<State> S = before(Found, Return);
    if (!S)
      continue;
    Reader Around(*this, Found, *S);
    Around.remember(Tested);
    Builder.within(&Around);
    hvci_value One = Around.guarded(Builder.valueOf(Return->getRetValue()));
    Alternatives += One.count;
    hvci_value_join(&Value, &Value, &One);
  }
  Builder.within(nullptr);
  // Better to know all that may be returned than when.
  if (Alternatives > HVCI_MAX_ALTERNATIVES && !Tested.empty())
    return result(Detail, /*Guarded=*/false);
  return Builder.argument(Value, Returns.front()->getRetValue(),
                          Declared->getReturnType());
}

Flow::Flow(ASTContext &Context, const Decl *Function, const Stmt *Body,
           SiteOf Sites)
    : TheEngine(std::make_unique<Engine>(Context, Function, Body,
                                         std::move(Sites))) {}
Flow::~Flow() = default;

hvci_argument Flow::argument(const Expr *E, QualType Parameter, const Stmt *At,
                             ValueBuilder::Detail Detail) {
  return TheEngine->argument(E, Parameter, At, Detail);
}

hvci_argument Flow::result(ValueBuilder::Detail Detail) {
  return TheEngine->result(Detail);
}

} // namespace hvci
