// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// FlowSolution.cpp - the values of some places, everywhere in a function.
//
#include "FlowEngine.h"

#include "Compat.h"

#include "clang/Analysis/FlowSensitive/DataflowWorklist.h"

using namespace clang;

namespace hvci {

// The constant that is all that the variable ever holds, and which is read here
// alone: to change it changes nothing else.
static const Expr *ownConstant(const Locals::Variable &Variable,
                               const Place &What) {
  if (!What.Path.empty() || Variable.Reads != 1 ||
      Variable.Writes.size() != 1 || isa<ParmVarDecl>(What.Root) ||
      Variable.Writes[0].What != Write::Stores)
    return nullptr;
  return Variable.Writes[0].E->IgnoreParenImpCasts();
}

hvci_value Flow::Engine::Reader::object(const Place &What, ValueBuilder &For) {
  auto Known = From.Index.find(What);
  if (Known == From.Index.end() || From.Kind == Solution::Lost)
    return For.unknown(What.type());
  std::optional<hvci_value> Held = Of.read(From, S, Known->second);
  hvci_value Value = Held ? *Held : For.unknown(What.type());
  if (&For != &From.Builder)
    For.adopt(Value, From.Builder.sources(),
              ownConstant(Of.locals().of(What.Root), What));
  return Value;
}

const Locals &Flow::Engine::locals() {
  if (!Seen)
    Seen = std::make_unique<Locals>(Context, Function, Body);
  return *Seen;
}

// Null where Clang builds none, or one that is wrong: it takes the handlers of
// __try for what always follows.
Graph *Flow::Engine::graph() {
  if (Built)
    return Built->get();
  Built.emplace();
  if (!Body || locals().tooDeep() || locals().hasSehTry())
    return nullptr;
  CFG::BuildOptions Options;
  Options.AddInitializers = true;
  Options.AddEHEdges = locals().hasTry();
  Options.setAlwaysAdd(Stmt::BinaryOperatorClass)
      .setAlwaysAdd(Stmt::CompoundAssignOperatorClass)
      .setAlwaysAdd(Stmt::UnaryOperatorClass);
  if (std::unique_ptr<CFG> Blocks =
          CFG::buildCFG(Function, const_cast<Stmt *>(Body), &Context, Options))
    *Built = std::make_unique<Graph>(Context, std::move(Blocks));
  return Built->get();
}

bool Flow::Engine::isOwn(const VarDecl *Variable) const {
  const auto *Of = dyn_cast_or_null<Decl>(Variable->getDeclContext());
  return Of && Function &&
         Of->getCanonicalDecl() == Function->getCanonicalDecl();
}

// Whether the variable has a value when the function is entered.
bool Flow::Engine::isEntered(const VarDecl *Variable) const {
  return isa<ParmVarDecl>(Variable) || Variable->isInitCapture() ||
         !isOwn(Variable);
}

static bool isVolatile(const Place &What) {
  return What.Root->getType().getNonReferenceType().isVolatileQualified() ||
         llvm::any_of(What.Path, [](const FieldDecl *Field) {
           return Field->getType().isVolatileQualified();
         });
}

bool Flow::Engine::isFollowed(const Place &What) {
  QualType Type = What.type();
  return Body && What.Root->hasLocalStorage() &&
         (Type->isIntegralOrEnumerationType() || Type->isPointerType()) &&
         !isVolatile(What) && !locals().of(What.Root).Escapes;
}

// Whether control flow decides what the place holds.
bool Flow::Engine::isChosen(const Place &What) {
  const Locals::Variable &Variable = locals().of(What.Root);
  if (Variable.Tested || Variable.Writes.size() > 1)
    return true;
  return Variable.Writes.size() == 1 &&
         (isEntered(What.Root) || !Variable.Writes[0].Initialises);
}

static bool covers(const Write &By, const Place &What) {
  ArrayRef<const FieldDecl *> Outer = By.Target.Path, Inner = What.Path;
  return By.Target.Root == What.Root && Outer.size() <= Inner.size() &&
         Outer == Inner.take_front(Outer.size());
}

hvci_value Flow::Engine::written(ValueBuilder &Builder, const Write &By,
                                 const Place &What) {
  hvci_value Value = Builder.unknown(What.type());
  unsigned Width = Builder.width(What.type());
  switch (By.What) {
  case Write::Forgets:
    return Value;
  case Write::Clears:
    hvci_value_constant(&Value, 0, 0, Width);
    return Value;
  case Write::Stores:
    Value = Builder.partOf(
        By.E, ArrayRef(What.Path).drop_front(By.Target.Path.size()));
    break;
  case Write::Computes:
    if (const auto *Compound = dyn_cast<CompoundAssignOperator>(By.E))
      Value = Builder.stored(Compound);
    else
      Value = Builder.stored(cast<UnaryOperator>(By.E));
    break;
  }
  if (!What.Path.empty() && What.Path.back()->isBitField()) {
    bool Signed = What.type()->isSignedIntegerOrEnumerationType();
    unsigned Bits = compat::bitWidth(What.Path.back(), Context);
    hvci_value_convert(&Value, &Value, Width, false, Bits);
    hvci_value_convert(&Value, &Value, Bits, Signed, Width);
  }
  return Value;
}

// The places that are asked for, and all that they depend on.
void Flow::Engine::close(Solution &Of, const Places &Asked) {
  constexpr size_t MaxPlaces = 64;
  std::vector<Place> Left(Asked.begin(), Asked.end());
  while (!Left.empty()) {
    auto [Entry, New] = Of.Index.try_emplace(Left.back(), Of.Places.size());
    Left.pop_back();
    if (!New)
      continue;
    if (Of.Places.size() == MaxPlaces) {
      Of.Kind = Solution::Lost;
      return;
    }
    const Place &What = Entry->first;
    Of.Places.push_back(&What);
    for (const Write &By : locals().of(What.Root).Writes) {
      if (!covers(By, What))
        continue;
      if (++Work > MaxWork) {
        Of.Kind = Solution::Lost;
        return;
      }
      Places Read;
      Discovery Reads(*this, Read);
      Of.Builder.start(&Reads);
      (void)written(Of.Builder, By, What);
      Left.insert(Left.end(), Read.begin(), Read.end());
    }
  }
}

Solution &Flow::Engine::solution(const Places &Asked, bool Flowing) {
  std::unique_ptr<Solution> &Known = Solutions[{Asked, Flowing}];
  if (Known)
    return *Known;
  Known = std::make_unique<Solution>(Context);
  Solution &New = *Known;
  close(New, Asked);
  if (New.Kind == Solution::Lost)
    return New;
  New.Everywhere.resize(New.Places.size());
  bool Chosen = llvm::any_of(
      New.Places, [this](const Place *What) { return isChosen(*What); });
  if ((Flowing || Chosen) && graph())
    run(New);
  else
    settle(New);
  return New;
}

void Flow::Engine::settle(Solution &Of) {
  Reader Reads(*this, Of, Of.Everywhere);
  Of.Builder.start(&Reads);
  for (unsigned I = 0; I < Of.Places.size(); I++)
    (void)settled(Of, I);
}

// Stands for a value that is being found out.
static const hvci_alternative Busy = {};

// Null while it is being found out.
std::optional<hvci_value> Flow::Engine::read(Solution &Of, const State &S,
                                             unsigned Index) {
  if (S[Index].data() == &Busy)
    return std::nullopt;
  return Of.Kind == Solution::Flowing || S[Index].data() ? load(S[Index])
                                                         : settled(Of, Index);
}

// The value of a place that is set once, wherever in the function that is.
std::optional<hvci_value> Flow::Engine::settled(Solution &Of, unsigned Index) {
  if (!Of.Everywhere[Index].data()) {
    Of.Everywhere[Index] = Held(&Busy, size_t(0));
    const Place &What = *Of.Places[Index];
    const Locals::Variable &Variable = locals().of(What.Root);
    bool Entered = isEntered(What.Root);
    hvci_value Found = Of.Builder.unknown(What.type());
    if (Entered && Variable.Writes.empty() && !Variable.Tested)
      Found = initial(Of, What);
    else if (!Entered && Variable.Writes.size() == 1 &&
             covers(Variable.Writes[0], What))
      Found = written(Of.Builder, Variable.Writes[0], What);
    Of.Everywhere[Index] = Of.keep(Found);
  }
  return load(Of.Everywhere[Index]);
}

// What the place holds when the function is entered.
hvci_value Flow::Engine::initial(Solution &Of, const Place &What) {
  if (!isOwn(What.Root))
    return captured(Of, What);
  // Captured by an initialiser: of that the constants are known.
  if (What.Root->isInitCapture() && What.Root->hasInit())
    return Of.Builder.partOf(What.Root->getInit(), What.Path);
  const auto *Parameter = dyn_cast<ParmVarDecl>(What.Root);
  hvci_value Value = Of.Builder.unknown(What.type());
  if (Parameter && What.Path.empty())
    hvci_value_base(&Value,
                    static_cast<int32_t>(Parameter->getFunctionScopeIndex()),
                    Of.Builder.width(What.type()));
  return Value;
}

// A lambda's copy of a variable holds what that held where the lambda is made.
// What the enclosing function was passed is unknown in the lambda.
hvci_value Flow::Engine::captured(Solution &Of, const Place &What) {
  hvci_value Value = Of.Builder.unknown(What.type());
  const auto *Operator = dyn_cast_or_null<CXXMethodDecl>(Function);
  if (!Operator || !Operator->getParent()->isLambda())
    return Value;
  const CXXRecordDecl *Class = Operator->getParent();
  bool Copied = llvm::any_of(Class->captures(), [&](const LambdaCapture &C) {
    return C.getCaptureKind() == LCK_ByCopy && C.getCapturedVar() == What.Root;
  });
  const DeclContext *Around = Class->getParent();
  while (Around && !isa<FunctionDecl>(Around))
    Around = Around->getParent();
  if (!Copied || !Around)
    return Value;
  if (!Outer) {
    const auto *Enclosing = cast<FunctionDecl>(Around);
    Outer = std::make_unique<Engine>(Context, Enclosing, Enclosing->getBody(),
                                     SiteOf());
  }
  const LambdaExpr *Made = Outer->locals().lambda(Class);
  if (!Made || !Outer->isFollowed(What))
    return Value;
  Solution &There = Outer->solution({What}, false);
  std::optional<State> S = Outer->before(There, Made);
  if (!S)
    return Value;
  Reader Reads(*Outer, There, *S);
  Value = Reads.object(What, Of.Builder);
  for (unsigned I = 0; I < Value.count; I++)
    if (Value.alternatives[I].base != HVCI_NO_BASE)
      return Of.Builder.unknown(What.type());
  return Value;
}

void Flow::Engine::apply(Solution &Of, State &S, const Write &By) {
  SmallVector<std::pair<unsigned, Held>, 4> Changes;
  Reader Reads(*this, Of, S);
  Of.Builder.within(&Reads);
  for (unsigned I = 0; I < Of.Places.size(); I++)
    if (covers(By, *Of.Places[I]))
      Changes.push_back({I, Of.keep(written(Of.Builder, By, *Of.Places[I]))});
  Of.Builder.within(nullptr);
  for (auto [I, Value] : Changes)
    S[I] = Value;
}

bool Flow::Engine::merge(Solution &Of, std::optional<State> &Into,
                         const State &From, bool Often) {
  if (!Into) {
    Into = From;
    return true;
  }
  bool Changed = false;
  for (unsigned I = 0; I < From.size(); I++) {
    Held &Old = (*Into)[I];
    const Held &Top = Of.Unsettled[I];
    if (Old.data() == From[I].data() || Old.data() == Top.data())
      continue;
    hvci_value Joined = load(Old), New = load(From[I]);
    hvci_value_join(&Joined, &Joined, &New);
    if (From[I].data() != Top.data() && isSame(Joined, Old))
      continue;
    Old = Often || From[I].data() == Top.data() ? Top : Of.keep(Joined);
    Changed = true;
  }
  return Changed;
}

void Flow::Engine::run(Solution &Of) {
  // A value that still changes after so many rounds through its block is taken
  // for unknown.
  constexpr unsigned MaxRounds = 16;
  Graph &G = *graph();
  Of.Kind = Solution::Flowing;
  Of.Entries.resize(G.cfg().getNumBlockIDs());
  std::vector<unsigned> Rounds(G.cfg().getNumBlockIDs());
  Of.Builder.start(nullptr);
  State First;
  for (const Place *What : Of.Places) {
    Of.Unsettled.push_back(Of.keep(Of.Builder.unknown(What->type())));
    First.push_back(Of.keep(initial(Of, *What)));
  }
  const CFGBlock *Entry = &G.cfg().getEntry();
  Of.Entries[Entry->getBlockID()] = First;
  ForwardDataflowWorklist Left(G.cfg(), &G.order());
  Left.enqueueBlock(Entry);
  while (const CFGBlock *Block = Left.dequeue()) {
    Rounds[Block->getBlockID()]++;
    State S = *Of.Entries[Block->getBlockID()];
    for (const Graph::Step &Step : G.steps(Block)) {
      apply(Of, S, Step.second);
      Work++;
    }
    for (unsigned Edge = 0; Edge < Block->succ_size(); Edge++) {
      const CFGBlock *Target = *(Block->succ_begin() + Edge);
      State Along = S;
      if (Work++ > MaxWork) {
        Of.Kind = Solution::Lost;
        return;
      }
      if (!Target || !follow(Of, Along, Block, Edge))
        continue;
      bool Often = Rounds[Target->getBlockID()] > MaxRounds;
      if (merge(Of, Of.Entries[Target->getBlockID()], Along, Often))
        Left.enqueueBlock(Target);
    }
  }
}

// The state before the statement; null if it is never reached.
std::optional<State> Flow::Engine::before(Solution &Of, const Stmt *At) {
  if (Of.Kind != Solution::Flowing)
    return Of.Everywhere;
  std::optional<Position> Where = graph()->find(At);
  if (!Where)
    return Of.Unsettled;
  const std::optional<State> &Entry = Of.Entries[Where->Block->getBlockID()];
  if (!Entry)
    return std::nullopt;
  ArrayRef<Graph::Step> Steps = graph()->steps(Where->Block);
  if (Of.Block != Where->Block ||
      (Of.Done > 0 && Steps[Of.Done - 1].first >= Where->Index)) {
    Of.Block = Where->Block;
    Of.Done = 0;
    Of.There = *Entry;
  }
  for (; Of.Done < Steps.size() && Steps[Of.Done].first < Where->Index;
       Of.Done++) {
    if (Work++ > MaxWork)
      return Of.Unsettled;
    apply(Of, Of.There, Steps[Of.Done].second);
  }
  return Of.There;
}

} // namespace hvci
