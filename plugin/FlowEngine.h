// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// FlowEngine.h - what a function's flow is followed with: see Flow.cpp.
//
#ifndef HVCI_PLUGIN_FLOWENGINE_H
#define HVCI_PLUGIN_FLOWENGINE_H

#include "Flow.h"

#include "Locals.h"

#include "clang/Analysis/Analyses/PostOrderCFGView.h"
#include "clang/Analysis/CFG.h"

#include <map>
#include <set>

namespace hvci {

/// Each place's alternatives, in the order of the places. Those of a place that
/// did not change between two blocks are shared.
using Held = llvm::ArrayRef<hvci_alternative>;
using State = llvm::SmallVector<Held, 4>;

inline hvci_value load(Held Kept) {
  hvci_value Value;
  Value.count = static_cast<unsigned>(Kept.size());
  std::copy(Kept.begin(), Kept.end(), Value.alternatives);
  return Value;
}

/// Terms included.
inline bool isSame(const hvci_value &Value, Held Kept) {
  hvci_value Other = load(Kept);
  if (!hvci_value_equal(&Value, &Other))
    return false;
  for (unsigned I = 0; I < Value.count; I++)
    if (Value.alternatives[I].terms != Other.alternatives[I].terms)
      return false;
  return true;
}

/// Where in the CFG: before the block's element of that index.
struct Position {
  const clang::CFGBlock *Block;
  unsigned Index;
};

/// A function's CFG, with what it writes where.
class Graph {
public:
  using Step = std::pair<unsigned, Write>; // the element, and what it writes

  Graph(const clang::ASTContext &Context, std::unique_ptr<clang::CFG> Built)
      : Blocks(std::move(Built)), Order(Blocks.get()),
        Steps(Blocks->getNumBlockIDs()) {
    for (const clang::CFGBlock *Block : *Blocks)
      for (unsigned I = 0; I < Block->size(); I++)
        add(Context, Block, I);
  }

  const clang::CFG &cfg() const { return *Blocks; }
  clang::PostOrderCFGView &order() { return Order; }
  llvm::ArrayRef<Step> steps(const clang::CFGBlock *Block) const {
    return Steps[Block->getBlockID()];
  }
  std::optional<Position> find(const clang::Stmt *S);

private:
  void add(const clang::ASTContext &Context, const clang::CFGBlock *Block,
           unsigned Index);
  void findInner();

  std::unique_ptr<clang::CFG> Blocks;
  clang::PostOrderCFGView Order;
  std::vector<llvm::SmallVector<Step, 1>> Steps;
  llvm::DenseMap<const clang::Stmt *, Position> Positions;
  bool HasInner = false;
};

/// The values of some places, everywhere in the function.
struct Solution {
  Solution(clang::ASTContext &Context)
      : Builder(Context, ValueBuilder::Values) {}

  std::map<Place, unsigned> Index;
  std::vector<const Place *> Places; ///< keys of the index
  ValueBuilder Builder;              ///< its sources number the values' terms
  llvm::BumpPtrAllocator Memory;

  enum { Settled, Flowing, Lost } Kind = Settled;
  State Everywhere;                          ///< if it is settled
  std::vector<std::optional<State>> Entries; ///< if it flows; none: not reached
  State Unsettled; ///< what stands for values that changed too often
  /// The last place that was asked for: the next is mostly behind it.
  const clang::CFGBlock *Block = nullptr;
  unsigned Done = 0; ///< steps of the block
  State There;

  Held keep(const hvci_value &Value) {
    return llvm::ArrayRef(Value.alternatives, Value.count).copy(Memory);
  }
};

class Flow::Engine {
public:
  Engine(clang::ASTContext &Context, const clang::Decl *Function,
         const clang::Stmt *Body, SiteOf Sites)
      : Context(Context), Function(Function), Body(Body),
        Sites(std::move(Sites)), Builders{{Context, ValueBuilder::Values},
                                          {Context, ValueBuilder::Words}} {}

  hvci_argument argument(const clang::Expr *E, clang::QualType Parameter,
                         const clang::Stmt *At, ValueBuilder::Detail Detail);
  hvci_argument result(ValueBuilder::Detail Detail, bool Guarded = true);
  llvm::SmallVector<Place, 2>
  testedParameters(const clang::FunctionDecl *Declared);

private:
  class Discovery;
  class Reader;
  struct Subject;
  using Places = std::set<Place>;

  const Locals &locals();
  Graph *graph();
  bool isFollowed(const Place &What);
  bool isOwn(const clang::VarDecl *Variable) const;
  bool isEntered(const clang::VarDecl *Variable) const;
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
  std::optional<State> before(Solution &Of, const clang::Stmt *At);

  bool follow(Solution &Of, State &S, const clang::CFGBlock *Block,
              unsigned Edge);
  bool follow(Solution &Of, State &S, const clang::SwitchStmt *Switch,
              const clang::Stmt *Label, bool Last);
  bool assume(Solution &Of, State &S, const clang::Expr *Condition, bool Holds,
              unsigned Depth = 0);
  bool assume(Solution &Of, State &S, const Subject &About, uint64_t Want,
              bool Holds);
  std::optional<Subject> subject(Solution &Of, const clang::Expr *E);

  clang::ASTContext &Context;
  const clang::Decl *Function;
  const clang::Stmt *Body;
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

/// Finds out which places an expression reads.
class Flow::Engine::Discovery final : public Surroundings {
public:
  Discovery(Engine &Of, Places &Found) : Of(Of), Found(Found) {}

  hvci_value object(const Place &What, ValueBuilder &For) override {
    if (Of.isFollowed(What))
      Found.insert(What);
    return For.unknown(What.type());
  }
  std::optional<int32_t> resultOf(const clang::Expr *) override {
    return std::nullopt;
  }
  hvci_value under(const clang::Expr *, bool,
                   llvm::function_ref<hvci_value()> Value) override {
    return Value();
  }

private:
  Engine &Of;
  Places &Found;
};

/// Reads the places as they are in a state.
class Flow::Engine::Reader final : public Surroundings {
public:
  Reader(Engine &Of, Solution &From, State &S) : Of(Of), From(From), S(S) {}

  /// From now on what was tested of these is remembered by constants.
  void remember(llvm::ArrayRef<Place> Tested) { Remembered = Tested; }

  hvci_value object(const Place &What, ValueBuilder &For) override;

  std::optional<int32_t> resultOf(const clang::Expr *Call) override {
    std::optional<unsigned> Site =
        Of.Sites ? Of.Sites(Call) : std::optional<unsigned>();
    return Site ? std::optional<int32_t>(HVCI_RESULT_OF(*Site)) : std::nullopt;
  }

  hvci_value under(const clang::Expr *Condition, bool Holds,
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
  llvm::ArrayRef<Place> Remembered;
};

/// What a condition asks of: some bits of a place.
struct Flow::Engine::Subject {
  unsigned Index;
  uint64_t Mask;
};

/// All bits of that many.
inline uint64_t lowBits(unsigned Width) {
  return Width >= 64 ? UINT64_MAX : (uint64_t(1) << Width) - 1;
}

} // namespace hvci

#endif
