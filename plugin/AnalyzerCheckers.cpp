// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// AnalyzerCheckers.cpp - the host that the static analyzer takes along each
// path through a function.
//
// It sees what is called with which values, and hands it to the same checkers
// as the AST host, whose findings it reports as well: beside the analyzer a
// compile is silent.
//
#include "Callee.h"
#include "CodeUses.h"
#include "Compat.h"
#include "DiagSink.h"
#include "Fields.h"
#include "HostVersion.h"
#include "PathLoads.h"
#include "PathOrigins.h"
#include "PathReports.h"
#include "PathRows.h"
#include "Plugin.h"
#include "SharedUnit.h"

#include "hvci/driver.h"
#include "hvci/rule.h"

#include "clang/AST/ExprCXX.h"
#include "clang/StaticAnalyzer/Core/Checker.h"
#include "clang/StaticAnalyzer/Core/CheckerManager.h"
#include "clang/StaticAnalyzer/Frontend/CheckerRegistry.h"

#include <cstring>
#include <map>
#include <optional>

using namespace clang;
using namespace clang::ento;

namespace hvci {

namespace {

/// What is kept from one path to the next.
struct Analysis {
  Analysis(ASTContext &Context, SharedUnit &Unit)
      : Unit(Unit), Addresses(Context, Unit.claims()), Paths(Addresses),
        Known(Context), Rows(Unit), NamedFields(Unit.options()) {}

  SharedUnit &Unit;
  Origins Addresses;
  PathOrigins Paths;
  Flows Known;
  PathRows Rows;
  Fields NamedFields;
  /// What was reported at a place by a rule.
  std::map<std::pair<int, uint64_t>, std::string> Said;
  /// What Clang has shown of that, and what it has not.
  std::map<std::pair<hvci_rule, unsigned>, Shown> WithPath, Dropped;
};

/// What the path has come to.
class Event {
public:
  Event(Analysis &A, CheckerContext &C) : A(A), C(C) {}

  /// Where reports of it end. Clang makes such a node once.
  ExplodedNode *end() {
    if (!End)
      End = C.generateNonFatalErrorNode();
    return End;
  }

  Analysis &A;
  CheckerContext &C;

private:
  ExplodedNode *End = nullptr;
};

/// Sees the calls, stores and code uses for the checkers of all rules.
class Paths : public Checker<check::PreCall, check::PostCall, check::Location,
                             check::PreStmt<BinaryOperator>,
                             check::PostStmt<ImplicitCastExpr>,
                             check::PreStmt<InitListExpr>, check::DeadSymbols,
                             check::EndOfTranslationUnit> {
public:
  void checkPreCall(const CallEvent &Call, CheckerContext &C) const;
  void checkPostCall(const CallEvent &Call, CheckerContext &C) const;
  void checkLocation(SVal To, bool IsLoad, const Stmt *S,
                     CheckerContext &C) const;
  void checkPreStmt(const BinaryOperator *E, CheckerContext &C) const;
  void checkPreStmt(const InitListExpr *E, CheckerContext &C) const;
  void checkPostStmt(const ImplicitCastExpr *E, CheckerContext &C) const;
  void checkDeadSymbols(SymbolReaper &Dead, CheckerContext &C) const;
  void checkEndOfTranslationUnit(const TranslationUnitDecl *Unit,
                                 AnalysisManager &Manager,
                                 BugReporter &Reports) const;

  EnabledRules Rules;

private:
  Analysis *analysis(ASTContext &Context) const;
  /// The row, if its rule is switched on.
  const hvci_ddi *enabled(const hvci_ddi *Row) const;
  void judge(const PathCall &Call, const hvci_ddi &Row, Event &Now) const;
  void judgeStores(const Expr *E, Event &Now) const;
  void consider(Purpose What, const CodeUse &Use, Event &Now) const;
  void show(const hvci_finding &Finding, const PathCall *Call,
            const Expr *Value, Event &Now) const;

  mutable bool LookedUp = false;
  mutable std::optional<Analysis> Known; ///< empty: the unit is not looked at
};

} // namespace

// A checker belongs to one compile.
Analysis *Paths::analysis(ASTContext &Context) const {
  if (!LookedUp) {
    LookedUp = true;
    if (SharedUnit *Unit = SharedUnit::of(Context)) {
      (void)Unit->unit(); // what the preprocessor has told takes effect
      Known.emplace(Context, *Unit);
    }
  }
  return Known ? &*Known : nullptr;
}

const hvci_ddi *Paths::enabled(const hvci_ddi *Row) const {
  return Row && Rules.has(hvci_kind_get(Row->kind)->rule) ? Row : nullptr;
}

// ---- Calls -----------------------------------------------------------------

// Whether the path has something to say that is worth looking at the callers.
// What is executable whatever its arguments are needs no path.
static bool isPromising(const PathCall &Call, const hvci_ddi &Row,
                        CheckerContext &C) {
  const hvci_predicate &Executable = hvci_kind_get(Row.kind)->executable;
  if (Executable.mask == 0)
    return Row.condition_argument != HVCI_NOARG;
  auto I = static_cast<size_t>(Row.argument);
  if (Row.argument == HVCI_NOARG || I >= Call.Arguments.size() ||
      !Call.Arguments[I].E)
    return false;
  PathValue Found =
      PathValues(C.getASTContext(), C.getState())
          .of(Call.Arguments[I].Value, Call.Arguments[I].E->getType());
  return hvci_value_ask(&Found.Value, &Executable).answer == HVCI_YES;
}

void Paths::judge(const PathCall &Call, const hvci_ddi &Row, Event &Now) const {
  if (!isPromising(Call, Row, Now.C))
    return;
  Analysis &A = Now.A;
  PathProgram Stack(Now.C, A.Unit.unit(), A.Unit.options(), A.Known);
  int Decides = hvci_kind_get(Row.kind)->executable.mask
                    ? Row.argument
                    : Row.condition_argument;
  for (const hvci_finding &Finding : Stack.judge(Call, Row))
    if (Finding.certainty >= HVCI_POSSIBLE && A.Unit.findings().admits(Finding))
      show(Finding, &Call, Call.Arguments[static_cast<size_t>(Decides)].E, Now);
}

void Paths::show(const hvci_finding &Finding, const PathCall *Call,
                 const Expr *Value, Event &Now) const {
  Analysis &A = Now.A;
  DiagSink &Findings = A.Unit.findings();
  // Another path may have another value, and so other words, for it.
  auto [Said, New] =
      A.Said.try_emplace({Finding.rule, Finding.range.begin}, Finding.message);
  if (!New && Said->second != Finding.message)
    return;
  ExplodedNode *End = Now.end();
  if (!End)
    return;
  bool Passed = Call && PathProgram::isPassed(Finding, *Call);
  Shown What = Findings.shown(Finding);
  if (What.Level == Shown::Severity::Error)
    A.Unit.fail(Finding.rule, What.Loc);
  Findings.claim(Finding);
  auto OnEnd = [&A, Rule = Finding.rule, What](bool IsShown) {
    auto &Where = IsShown ? A.WithPath : A.Dropped;
    Where.try_emplace({Rule, What.Loc.getRawEncoding()}, What);
  };
  report({What, Finding.rule, Call, Value, Passed, End, OnEnd}, Rules, Now.C);
}

void Paths::checkPreCall(const CallEvent &Call, CheckerContext &C) const {
  Analysis *A = analysis(C.getASTContext());
  const Expr *E = Call.getOriginExpr();
  if (!A || !E)
    return;
  Event Now(*A, C);
  if (const hvci_ddi *Row = enabled(A->Rows.of(Call))) {
    PathCall Made{Row->callee, calleeRange(E), E, passedBy(Call)};
    if (!isa_and_nonnull<FunctionDecl>(Call.getDecl()) &&
        !Made.Arguments.empty())
      Made.Arguments.erase(Made.Arguments.begin()); // `this`
    judge(Made, *Row, Now);
  }
  const auto *Plain = dyn_cast<CallExpr>(E);
  if (!Plain || !Plain->getCallee())
    return;
  const CodeRow *Row = A->Addresses.rowOf(Plain);
  if (!Plain->getDirectCallee()) {
    Origin From = A->Paths.of(C.getSVal(Plain->getCallee()), C.getState());
    consider(Purpose::Run,
             {HVCI_USE_CALL, From, Plain->getCallee(), nullptr, {}}, Now);
  } else if (Row && Row->Use) {
    auto I = static_cast<unsigned>(Row->Use->address);
    if (I >= Call.getNumArgs() || !Call.getArgExpr(I))
      return;
    SVal Address = Call.getArgSVal(I);
    // The address lies where the argument points to.
    if (Row->Use->role == HVCI_CODE_PROTECTS)
      if (auto Where = Address.getAs<Loc>())
        if (const auto *Slot =
                dyn_cast_or_null<TypedValueRegion>(Where->getAsRegion()))
          if (Slot->getValueType()->isPointerType())
            Address = C.getState()->getSVal(Slot);
    consider(purposeOf(Row->Use->role),
             {HVCI_USE_PASS,
              A->Paths.of(Address, C.getState()),
              Call.getArgExpr(I),
              Plain,
              {}},
             Now);
  }
}

void Paths::checkPostCall(const CallEvent &Call, CheckerContext &C) const {
  Analysis *A = analysis(C.getASTContext());
  if (!A)
    return;
  const NoteTag *Step = nullptr;
  ProgramStateRef State = A->Paths.called(Call, C, Step);
  C.addTransition(copied(Call, State), Step);
}

void Paths::checkDeadSymbols(SymbolReaper &Dead, CheckerContext &C) const {
  C.addTransition(PathOrigins::forget(Dead, C.getState()));
}

// ---- Stores ----------------------------------------------------------------

void Paths::judgeStores(const Expr *E, Event &Now) const {
  Now.A.NamedFields.forEachStore(E, [&](const FieldStore &Store) {
    const hvci_options &Options = Now.A.Unit.options();
    const hvci_ddi *Row = enabled(hvci_options_ddi(&Options, Store.Name));
    if (!Row || isa<CompoundAssignOperator>(Store.Value))
      return;
    PathCall Made{Store.Name, Store.NameRange, E, {}};
    Made.Arguments.push_back(
        {Store.Value, Now.C.getSVal(Store.Value), QualType()});
    judge(Made, *Row, Now);
  });
}

void Paths::checkPreStmt(const BinaryOperator *E, CheckerContext &C) const {
  if (E->getOpcode() != BO_Assign)
    return;
  if (Analysis *A = analysis(C.getASTContext())) {
    Event Now(*A, C);
    judgeStores(E, Now);
  }
}

void Paths::checkPreStmt(const InitListExpr *E, CheckerContext &C) const {
  Analysis *A = analysis(C.getASTContext());
  if (!A || !A->NamedFields.areIn(E->getType()))
    return;
  Event Now(*A, C);
  judgeStores(E, Now);
}

void Paths::checkPostStmt(const ImplicitCastExpr *E, CheckerContext &C) const {
  C.addTransition(loaded(E, C));
}

void Paths::checkLocation(SVal To, bool IsLoad, const Stmt *S,
                          CheckerContext &C) const {
  const MemRegion *Region = IsLoad ? nullptr : To.getAsRegion();
  Analysis *A = Region ? analysis(C.getASTContext()) : nullptr;
  const auto *E = dyn_cast_or_null<Expr>(S);
  if (!A || !E)
    return;
  if (const auto *Assignment = dyn_cast<BinaryOperator>(E))
    E = Assignment->getLHS();
  Event Now(*A, C);
  consider(Purpose::Change,
           {HVCI_USE_STORE, A->Paths.of(To, C.getState()), E, nullptr, {}},
           Now);
}

// ---- Code ------------------------------------------------------------------

void Paths::consider(Purpose What, const CodeUse &Use, Event &Now) const {
  Analysis &A = Now.A;
  CheckerContext &C = Now.C;
  if (!concerns(What, Use.From, A.Addresses))
    return;
  CodeUse Told = Use;
  SmallVector<hvci_argument, 8> Facts;
  PathProgram Stack(C, A.Unit.unit(), A.Unit.options(), A.Known);
  if (Use.Call) {
    PathCall Made{"", calleeRange(Use.Call), Use.Call, {}};
    const FunctionDecl *Callee = Use.Call->getDirectCallee();
    for (unsigned I = 0; I < Use.Call->getNumArgs(); I++)
      Made.Arguments.push_back({Use.Call->getArg(I),
                                C.getSVal(Use.Call->getArg(I)),
                                Callee && I < Callee->getNumParams()
                                    ? Callee->getParamDecl(I)->getType()
                                    : QualType()});
    Facts = Stack.arguments(Made);
    Told.Arguments = Facts;
  }
  std::vector<hvci_finding> Found;
  const hvci_sink Sink = {
      [](const hvci_finding *Finding, void *To) {
        static_cast<std::vector<hvci_finding> *>(To)->push_back(*Finding);
        return HVCI_OK;
      },
      &Found};
  tell(Told, C.getASTContext(), A.Addresses, A.Unit.unit(), A.Unit.options(),
       Sink);
  for (const hvci_finding &Finding : Found)
    if (Finding.certainty >= HVCI_POSSIBLE && Rules.has(Finding.rule) &&
        A.Unit.findings().admits(Finding))
      show(Finding, nullptr, Use.E, Now);
}

// ---- The unit --------------------------------------------------------------

void Paths::checkEndOfTranslationUnit(const TranslationUnitDecl *,
                                      AnalysisManager &Manager,
                                      BugReporter &Reports) const {
  Analysis *A = analysis(Manager.getASTContext());
  if (!A)
    return;
  for (const auto &[Where, What] : A->Dropped)
    if (!A->WithPath.count(Where))
      report(What, Where.first, Rules, Reports);
  std::unique_ptr<Reporter> Else =
      createClangReporter(Manager.getASTContext().getDiagnostics());
  std::unique_ptr<Reporter> Both =
      createReportReporter(Rules, Reports, A->Unit, *Else);
  A->Unit.judge(*Both);
}

// ---- Registration ----------------------------------------------------------

static constexpr const char *Model = "hvci.paths";

template <hvci_rule Rule> static void enable(CheckerManager &Manager) {
  Manager.getChecker<Paths>()->Rules.enable(Rule,
                                            Manager.getCurrentCheckerName());
}

static void enableSuppression(CheckerManager &Manager) {
  Manager.getChecker<Paths>()->Rules.enableSuppression(
      Manager.getCurrentCheckerName());
}

static bool always(const CheckerManager &) { return true; }

namespace {

/// The checker of the rule "hvci-execute-pool-type" is hvci.execute-pool-type:
/// the analyzer's names have a package in front of a dot.
template <size_t Size> struct CheckerName {
  char Text[Size] = {};

  constexpr explicit CheckerName(const char (&Rule)[Size]) {
    bool Package = true;
    for (size_t I = 0; I < Size; I++) {
      bool Dot = Package && Rule[I] == '-';
      Text[I] = Dot ? '.' : Rule[I];
      Package = Package && !Dot;
    }
  }
};

#define HVCI_RULE(id, name, fact, decide, code, summary)                       \
  constexpr CheckerName Name##id(name);
#include "rules.def"

} // namespace

static void add(CheckerRegistry &Registry, hvci_rule Rule, StringRef Name,
                void (*Enable)(CheckerManager &)) {
  if (hvci_driver_rules() >> Rule & 1)
    return; // what only the whole driver can answer
  Registry.addChecker(Enable, always, Name, hvci_rule_summary(Rule),
                      "NoDocsUri", false);
  Registry.addDependency(Name, Model);
}

} // namespace hvci

// What Clang looks for in a plugin that the analyzer is to use: it wants its
// own version, all of it.
extern "C" {
HVCI_EXPORT char clang_analyzerAPIVersionString[32] =
    CLANG_ANALYZER_API_VERSION_STRING;
}

// The releases of one minor version have one binary interface, LLVM says: each
// of them finds its own version.
static bool adoptHostVersion() {
  std::string Host = hvci::hostVersion();
  StringRef Built = CLANG_ANALYZER_API_VERSION_STRING;
  StringRef Minor = Built.substr(0, Built.rfind('.') + 1);
  if (!StringRef(Host).starts_with(Minor) ||
      Host.size() >= sizeof clang_analyzerAPIVersionString)
    return false;
  std::strcpy(clang_analyzerAPIVersionString, Host.c_str());
  return true;
}
static const bool Adopted = adoptHostVersion();

extern "C" HVCI_EXPORT void clang_registerCheckers(CheckerRegistry &Registry) {
  if (!hvci::isActive())
    return;
  Registry.addChecker<hvci::Paths>(
      hvci::Model, "what the rules of hvci have in common", "NoDocsUri", true);
  Registry.addChecker(hvci::enableSuppression, hvci::always, "hvci.suppression",
                      hvci::SuppressionSummary, "NoDocsUri", false);
  Registry.addDependency("hvci.suppression", hvci::Model);
#define HVCI_RULE(id, name, fact, decide, code, summary)                       \
  hvci::add(Registry, HVCI_RULE_##id, hvci::Name##id.Text,                     \
            hvci::enable<HVCI_RULE_##id>);
#include "rules.def"
}
