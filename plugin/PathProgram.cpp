// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathProgram.cpp - the calls on the analyzer's stack, as the rule core asks of
// them.
//
#include "PathProgram.h"

#include "Callee.h"

#include "hvci/catalogue.h"

#include <algorithm>

using namespace clang;
using namespace clang::ento;

namespace hvci {

static const Stmt *bodyOf(const Decl *Function) {
  if (const auto *Plain = dyn_cast_or_null<FunctionDecl>(Function))
    return Plain->getBody();
  return Function ? Function->getBody() : nullptr;
}

Flow &Flows::of(const Decl *Function) {
  std::unique_ptr<Flow> &One = Known[Function];
  if (!One)
    One = std::make_unique<Flow>(Context, Function, bodyOf(Function),
                                 [](const Expr *) { return std::nullopt; });
  return *One;
}

SmallVector<Passed, 8> passedBy(const CallEvent &Call) {
  SmallVector<Passed, 8> Arguments;
  const auto *Callee = dyn_cast_or_null<FunctionDecl>(Call.getDecl());
  for (unsigned I = 0; I < Call.getNumArgs(); I++) {
    QualType Parameter;
    if (Callee && I < Callee->getNumParams())
      Parameter = Callee->getParamDecl(I)->getType();
    Arguments.push_back({Call.getArgExpr(I), Call.getArgSVal(I), Parameter});
  }
  return Arguments;
}

PathProgram::PathProgram(CheckerContext &C, const hvci_unit_fact &Unit,
                         const hvci_options &Options, Flows &Known)
    : C(C), Unit(Unit), Options(Options), Known(Known) {}

// The state in which the frame was entered: the arguments are still known.
static const ExplodedNode *entryOf(const StackFrameContext *Frame,
                                   const ExplodedNode *N) {
  for (; N; N = N->getFirstPred())
    if (auto Enter = N->getLocationAs<CallEnter>())
      if (Enter->getCalleeContext() == Frame)
        return N;
  return nullptr;
}

// From the innermost outwards, as far as functions were called in the source.
void PathProgram::addCallers() {
  CallEventManager &Calls = C.getStateManager().getCallEventManager();
  const ExplodedNode *N = C.getPredecessor();
  const StackFrameContext *Frame = C.getStackFrame();
  while (!Frame->inTopFrame()) {
    N = entryOf(Frame, N);
    if (!N)
      break;
    CallEventRef<> Call = Calls.getCaller(Frame, N->getState());
    const Expr *Origin = Call->getOriginExpr();
    const auto *Callee = dyn_cast_or_null<FunctionDecl>(Frame->getDecl());
    if (!Origin || !Callee)
      break;
    // A virtual call that may end elsewhere: Clang has only tried this end.
    Guessed = Call->getRuntimeDefinition().mayHaveOtherDefinitions();
    if (Guessed)
      break;
    Step Outer;
    Outer.Where = Frame->getParent();
    Outer.Node = N;
    Outer.State = N->getState();
    Outer.Call = {nameOf(Callee), calleeRange(Origin), Origin, passedBy(*Call)};
    Steps.push_back(std::move(Outer));
    Frame = Frame->getParent()->getStackFrame();
  }
}

// Whether one of the alternatives is exactly that.
static const hvci_alternative *findConstant(const hvci_value &Value,
                                            uint64_t Bits) {
  for (unsigned I = 0; I < Value.count; I++) {
    const hvci_alternative &One = Value.alternatives[I];
    if ((One.ones | One.zeros) == UINT64_MAX && One.ones == Bits)
      return &Value.alternatives[I];
  }
  return nullptr;
}

static bool disagree(const hvci_value &Left, const hvci_value &Right) {
  if (Left.count != 1 || Right.count != 1)
    return false;
  const hvci_alternative &A = Left.alternatives[0], &B = Right.alternatives[0];
  return (A.ones & B.zeros) || (A.zeros & B.ones);
}

// What the function itself says of the value, where the path agrees: with the
// constants that it names, or the parameters that it passes on. On the path
// they had no other choice.
hvci_value PathProgram::merge(const hvci_argument &Written,
                              const PathValue &Found,
                              const Step *Caller) const {
  hvci_value Result, One;
  uint64_t Bits;
  bool Constant = hvci_value_is_constant(&Found.Value, &Bits);
  if (Constant && !Found.Assumed) {
    if (const hvci_alternative *Same = findConstant(Written.value, Bits)) {
      hvci_value_constant(&Result, Bits, Same->terms, 64);
      return Result;
    }
  }
  bool Assumed = Found.Assumed;
  hvci_value_none(&Result);
  for (unsigned I = 0; I < Written.value.count; I++) {
    One = {1, {Written.value.alternatives[I]}};
    int32_t Base = One.alternatives[0].base;
    if (Base < 0)
      continue;
    if (!Caller && Guessed) {
      hvci_value_unknown(&Result, 64);
      return Result;
    }
    Assumed = Assumed || (!Caller && Constant); // nobody has passed anything
    if (!Caller || static_cast<size_t>(Base) >= Caller->Values.size())
      continue;
    One.alternatives[0].guard_count = 0;
    hvci_value Given;
    hvci_value_substitute(&Given, &One, Base,
                          &Caller->Values[static_cast<size_t>(Base)].Value);
    if (!disagree(Given, Found.Value))
      hvci_value_join(&Result, &Result, &One);
  }
  if (Result.count > 0)
    return Result;
  Result = Found.Value;
  if (Assumed) { // and other values may come here as well
    hvci_value_unknown(&One, 64);
    hvci_value_join(&Result, &Result, &One);
  }
  return Result;
}

// The row's condition, by what the path has tested.
void PathProgram::settle(hvci_argument &Argument, const Passed &What,
                         hvci_condition Condition, const Step &S) const {
  const hvci_predicate &Holds = hvci_condition_get(Condition)->holds;
  hvci_verdict Verdict = hvci_value_ask(&Argument.value, &Holds);
  if (!What.E || Verdict.answer == HVCI_NO || Verdict.every)
    return;
  PathValues Values(C.getASTContext(), S.State);
  hvci_answer Answer = Values.ask(What.Value, What.E->getType(), Holds);
  uint64_t Lowest = Holds.mask & (~Holds.mask + 1);
  if (Answer != HVCI_UNKNOWN)
    hvci_value_constant(&Argument.value,
                        Answer == HVCI_YES ? Holds.want : Holds.want ^ Lowest,
                        0, 64);
}

// Whether the value was found by a test. What nothing reads any more is
// forgotten along the path: so the states before tell.
static bool isTested(const Expr *E, const hvci_value &Value,
                     const LocationContext *Frame, const ExplodedNode *N) {
  constexpr unsigned MaxNodes = 64;
  uint64_t Bits;
  if (!hvci_value_is_constant(&Value, &Bits))
    return false;
  ASTContext &Context = Frame->getAnalysisDeclContext()->getASTContext();
  for (unsigned I = 0; N && I < MaxNodes; I++, N = N->getFirstPred()) {
    if (N->getLocationContext() != Frame)
      continue;
    hvci_answer Answer =
        PathValues(Context, N->getState()).isTested(E, Bits, Frame);
    if (Answer != HVCI_UNKNOWN)
      return Answer == HVCI_YES;
  }
  return false;
}

void PathProgram::evaluate(Step &S, const Step *Caller) {
  PathValues Values(C.getASTContext(), S.State);
  Flow &Written = Known.of(S.Where->getStackFrame()->getDecl());
  for (const Passed &What : S.Call.Arguments) {
    hvci_argument Fact = ValueBuilder::unknown();
    PathValue Found;
    Found.Value = Fact.value;
    if (What.E) {
      Fact = Written.argument(What.E, What.Parameter, S.Call.At,
                              ValueBuilder::Words);
      Found = Values.of(What.Value, What.E->getType());
      Found.Assumed =
          Found.Assumed || isTested(What.E, Found.Value, S.Where, S.Node);
      Fact.value = merge(Fact, Found, Caller);
    }
    S.Values.push_back(Found);
    S.Facts.push_back(Fact);
  }
  S.Fact = {};
  S.Fact.callee = S.Call.Callee.c_str();
  S.Fact.callee_range = encode(S.Call.NameRange);
  SourceText Source(C.getSourceManager(), C.getLangOpts());
  S.Fact.callee_editable = Source.editableRange(S.Call.NameRange).isValid() &&
                           Source.text(S.Call.NameRange) == S.Call.Callee;
  S.Fact.arguments = S.Facts.data();
  S.Fact.argument_count = S.Facts.size();
  S.Fact.unit = &Unit;
}

hvci_program PathProgram::program(const char *Callee) {
  const SourceManager &SM = C.getSourceManager();
  for (const Step &S : Steps) {
    const Decl *Owner = S.Where->getStackFrame()->getDecl();
    const auto *Function = dyn_cast<FunctionDecl>(Owner);
    Names.push_back(Function ? nameOf(Function) : "");
    Sites.push_back({Names.size()});
  }
  Names.push_back(Callee);
  for (size_t I = 0; I < Names.size(); I++) {
    hvci_function Fact = {};
    Fact.name = Names[I].c_str();
    if (I < Steps.size()) {
      const Decl *Owner = Steps[I].Where->getStackFrame()->getDecl();
      Fact.sites = &Sites[I];
      Fact.site_count = 1;
      Fact.has_body = true;
      Fact.quiet =
          SM.isInSystemHeader(SM.getExpansionLoc(Owner->getLocation()));
    }
    Functions.push_back(Fact);
  }
  hvci_program Program = {};
  Program.functions = Functions.data();
  Program.function_count = Functions.size();
  Program.call = [](size_t F, size_t, uint32_t, hvci_detail,
                    hvci_call_fact *Out, void *Self) {
    *Out = static_cast<PathProgram *>(Self)->Steps[F].Fact;
  };
  Program.result = [](size_t, hvci_detail, hvci_argument *Out, void *) {
    *Out = ValueBuilder::unknown();
  };
  Program.payload = this;
  return Program;
}

std::vector<hvci_finding> PathProgram::judge(const PathCall &Call,
                                             const hvci_ddi &Row) {
  std::vector<hvci_finding> Found;
  Steps.emplace_back();
  Steps.back().Where = C.getLocationContext();
  Steps.back().Node = C.getPredecessor();
  Steps.back().State = C.getState();
  Steps.back().Call = Call;
  addCallers();
  std::reverse(Steps.begin(), Steps.end());
  for (size_t I = 0; I < Steps.size(); I++)
    evaluate(Steps[I], I > 0 ? &Steps[I - 1] : nullptr);
  Step &Last = Steps.back();
  auto Condition = static_cast<size_t>(Row.condition_argument);
  if (Row.condition_argument != HVCI_NOARG && Condition < Last.Facts.size())
    settle(Last.Facts[Condition], Call.Arguments[Condition], Row.condition,
           Last);

  hvci_program Program = program(Row.callee);
  hvci_solution *Solution = hvci_solve(&Program, &Options);
  if (!Solution)
    return Found; // the AST host says that memory ran out
  const hvci_sink Sink = {
      [](const hvci_finding *Finding, void *To) {
        static_cast<std::vector<hvci_finding> *>(To)->push_back(*Finding);
        return HVCI_OK;
      },
      &Found};
  (void)hvci_solution_judge(Solution, &Sink);
  hvci_solution_free(Solution);
  return Found;
}

SmallVector<hvci_argument, 8> PathProgram::arguments(const PathCall &Call) {
  Step Only;
  Only.Where = C.getLocationContext();
  Only.Node = C.getPredecessor();
  Only.State = C.getState();
  Only.Call = Call;
  evaluate(Only, nullptr);
  return Only.Facts;
}

bool PathProgram::isPassed(const hvci_finding &Finding, const PathCall &Call) {
  return decode(Finding.anchor).getBegin() != Call.NameRange.getBegin();
}

} // namespace hvci
