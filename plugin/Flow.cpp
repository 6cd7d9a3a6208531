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
#include "Flow.h"

#include "Compat.h"
#include "Locals.h"

#include "clang/Analysis/Analyses/PostOrderCFGView.h"
#include "clang/Analysis/CFG.h"
#include "clang/Analysis/FlowSensitive/DataflowWorklist.h"
#include "clang/Basic/Builtins.h"
#include "llvm/Support/SaveAndRestore.h"

#include <map>
#include <set>

using namespace clang;

namespace hvci {

namespace {

// Each place's alternatives, in the order of the places. Those of a place that
// did not change between two blocks are shared.
using Held = ArrayRef<hvci_alternative>;
using State = SmallVector<Held, 4>;

hvci_value load(Held Kept) {
  hvci_value Value;
  Value.count = static_cast<unsigned>(Kept.size());
  std::copy(Kept.begin(), Kept.end(), Value.alternatives);
  return Value;
}

// Terms included.
bool isSame(const hvci_value &Value, Held Kept) {
  hvci_value Other = load(Kept);
  if (!hvci_value_equal(&Value, &Other))
    return false;
  for (unsigned I = 0; I < Value.count; I++)
    if (Value.alternatives[I].terms != Other.alternatives[I].terms)
      return false;
  return true;
}

// Where in the CFG: before the block's element of that index.
struct Position {
  const CFGBlock *Block;
  unsigned Index;
};

// A function's CFG, with what it writes where.
class Graph {
public:
  using Step = std::pair<unsigned, Write>; // the element, and what it writes

  Graph(const ASTContext &Context, std::unique_ptr<CFG> Built)
      : Blocks(std::move(Built)), Order(Blocks.get()),
        Steps(Blocks->getNumBlockIDs()) {
    for (const CFGBlock *Block : *Blocks)
      for (unsigned I = 0; I < Block->size(); I++)
        add(Context, Block, I);
  }

  const CFG &cfg() const { return *Blocks; }
  PostOrderCFGView &order() { return Order; }
  ArrayRef<Step> steps(const CFGBlock *Block) const {
    return Steps[Block->getBlockID()];
  }
  std::optional<Position> find(const Stmt *S);

private:
  static const Stmt *statement(const CFGElement &Element) {
    if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
      return S->getStmt();
    if (std::optional<CFGInitializer> Init = Element.getAs<CFGInitializer>())
      return Init->getInitializer()->getInit();
    return nullptr;
  }
  void add(const ASTContext &Context, const CFGBlock *Block, unsigned Index);
  void findInner();

  std::unique_ptr<CFG> Blocks;
  PostOrderCFGView Order;
  std::vector<SmallVector<Step, 1>> Steps;
  llvm::DenseMap<const Stmt *, Position> Positions;
  bool HasInner = false;
};

} // namespace

void Graph::add(const ASTContext &Context, const CFGBlock *Block,
                unsigned Index) {
  const Stmt *S = statement((*Block)[Index]);
  if (!S)
    return;
  Positions.try_emplace(S, Position{Block, Index});
  if (std::optional<Write> Found = writeOf(S, Context))
    Steps[Block->getBlockID()].push_back({Index, *Found});
}

// Expressions that are no elements of their own belong to the first element
// that they are a part of.
void Graph::findInner() {
  HasInner = true;
  for (const CFGBlock *Block : *Blocks)
    for (unsigned I = 0; I < Block->size(); I++) {
      SmallVector<const Stmt *, 16> Left;
      if (const Stmt *S = statement((*Block)[I]))
        Left.append(S->child_begin(), S->child_end());
      while (!Left.empty()) {
        const Stmt *S = Left.pop_back_val();
        if (S && Positions.try_emplace(S, Position{Block, I}).second)
          Left.append(S->child_begin(), S->child_end());
      }
    }
}

std::optional<Position> Graph::find(const Stmt *S) {
  if (!HasInner && !Positions.count(S))
    findInner();
  auto Found = Positions.find(S);
  return Found == Positions.end() ? std::nullopt : std::optional(Found->second);
}

namespace {

// The values of some places, everywhere in the function.
struct Solution {
  Solution(ASTContext &Context) : Builder(Context, ValueBuilder::Values) {}

  std::map<Place, unsigned> Index;
  std::vector<const Place *> Places; ///< keys of the index
  ValueBuilder Builder;              ///< its sources number the values' terms
  llvm::BumpPtrAllocator Memory;

  enum { Settled, Flowing, Lost } Kind = Settled;
  State Everywhere;                          ///< if it is settled
  std::vector<std::optional<State>> Entries; ///< if it flows; none: not reached
  State Unsettled; ///< what stands for values that changed too often
  /// The last place that was asked for: the next is mostly behind it.
  const CFGBlock *Block = nullptr;
  unsigned Done = 0; ///< steps of the block
  State There;

  Held keep(const hvci_value &Value) {
    return ArrayRef(Value.alternatives, Value.count).copy(Memory);
  }
};

} // namespace

class Flow::Engine {
public:
  Engine(ASTContext &Context, const Decl *Function, const Stmt *Body,
         SiteOf Sites)
      : Context(Context), Function(Function), Body(Body),
        Sites(std::move(Sites)), Builders{{Context, ValueBuilder::Values},
                                          {Context, ValueBuilder::Words}} {}

  hvci_argument argument(const Expr *E, QualType Parameter, const Stmt *At,
                         ValueBuilder::Detail Detail);
  hvci_argument result(ValueBuilder::Detail Detail, bool Guarded = true);
  SmallVector<Place, 2> testedParameters(const FunctionDecl *Declared);

private:
  class Discovery;
  class Reader;
  struct Subject;
  using Places = std::set<Place>;

  const Locals &locals();
  Graph *graph();
  bool isFollowed(const Place &What);
  bool isOwn(const VarDecl *Variable) const;
  bool isEntered(const VarDecl *Variable) const;
  bool isChosen(const Place &What);

  Solution &solution(const Places &Asked, bool Flowing);
  void close(Solution &Of, const Places &Asked);
  void settle(Solution &Of);
  void run(Solution &Of);
  hvci_value initial(Solution &Of, const Place &What);
  hvci_value captured(Solution &Of, const Place &What);
  hvci_value written(ValueBuilder &Builder, const Write &By, const Place &What);
  void apply(Solution &Of, State &S, const Write &By);
  std::optional<hvci_value> read(Solution &Of, const State &S, unsigned Index);
  std::optional<hvci_value> settled(Solution &Of, unsigned Index);
  bool merge(Solution &Of, std::optional<State> &Into, const State &From,
             bool Often);
  std::optional<State> before(Solution &Of, const Stmt *At);

  bool follow(Solution &Of, State &S, const CFGBlock *Block, unsigned Edge);
  bool follow(Solution &Of, State &S, const SwitchStmt *Switch,
              const Stmt *Label, bool Last);
  bool assume(Solution &Of, State &S, const Expr *Condition, bool Holds,
              unsigned Depth = 0);
  bool assume(Solution &Of, State &S, const Subject &About, uint64_t Want,
              bool Holds);
  std::optional<Subject> subject(Solution &Of, const Expr *E);

  ASTContext &Context;
  const Decl *Function;
  const Stmt *Body;
  SiteOf Sites;
  ValueBuilder Builders[2];
  std::unique_ptr<Locals> Seen;
  std::optional<std::unique_ptr<Graph>> Built; ///< null: there is none
  std::map<std::pair<Places, bool>, std::unique_ptr<Solution>> Solutions;
  std::unique_ptr<Engine> Outer; ///< of the function that makes this lambda

  // Blocks, writes and edges that may be looked at for one function. Every
  // question about other variables walks the graph anew: in a huge function
  // with many variables that would take quadratic time. What is asked beyond
  // this limit is unknown.
  static constexpr unsigned MaxWork = 1 << 18;
  unsigned Work = 0;
};

// Finds out which places an expression reads.
class Flow::Engine::Discovery final : public Surroundings {
public:
  Discovery(Engine &Of, Places &Found) : Of(Of), Found(Found) {}

  hvci_value object(const Place &What, ValueBuilder &For) override {
    if (Of.isFollowed(What))
      Found.insert(What);
    return For.unknown(What.type());
  }
  std::optional<int32_t> resultOf(const Expr *) override {
    return std::nullopt;
  }
  hvci_value under(const Expr *, bool,
                   llvm::function_ref<hvci_value()> Value) override {
    return Value();
  }

private:
  Engine &Of;
  Places &Found;
};

// Reads the places as they are in a state.
class Flow::Engine::Reader final : public Surroundings {
public:
  Reader(Engine &Of, Solution &From, State &S) : Of(Of), From(From), S(S) {}

  /// From now on what was tested of these is remembered by constants.
  void remember(ArrayRef<Place> Tested) { Remembered = Tested; }

  hvci_value object(const Place &What, ValueBuilder &For) override;

  std::optional<int32_t> resultOf(const Expr *Call) override {
    std::optional<unsigned> Site =
        Of.Sites ? Of.Sites(Call) : std::optional<unsigned>();
    return Site ? std::optional<int32_t>(HVCI_RESULT_OF(*Site)) : std::nullopt;
  }

  hvci_value under(const Expr *Condition, bool Holds,
                   llvm::function_ref<hvci_value()> Value) override {
    State Before = S;
    hvci_value Result;
    if (Of.assume(From, S, Condition, Holds))
      Result = guarded(Value());
    else
      hvci_value_none(&Result);
    S = Before;
    return Result;
  }

  /// The value as it is here, by what was tested on the way.
  hvci_value guarded(hvci_value Value) {
    for (const Place &What : Remembered)
      if (auto Known = From.Index.find(What); Known != From.Index.end())
        if (std::optional<hvci_value> Tested = Of.read(From, S, Known->second))
          hvci_value_under(&Value, &Value, &*Tested);
    return Value;
  }

private:
  Engine &Of;
  Solution &From;
  State &S;
  ArrayRef<Place> Remembered;
};

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

// What a condition asks of: some bits of a place.
struct Flow::Engine::Subject {
  unsigned Index;
  uint64_t Mask;
};

static uint64_t lowBits(unsigned Width) {
  return Width >= 64 ? UINT64_MAX : (uint64_t(1) << Width) - 1;
}

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
