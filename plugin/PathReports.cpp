// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathReports.cpp - findings as reports of the static analyzer.
//
#include "PathReports.h"

#include "Compat.h"
#include "SharedUnit.h"

#include "clang/StaticAnalyzer/Core/BugReporter/BugReporterVisitors.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/AnalysisManager.h"

using namespace clang;
using namespace clang::ento;

namespace hvci {

static constexpr const char *Category = "Memory integrity (HVCI)";

void EnabledRules::enable(hvci_rule Rule, CheckerNameRef Checker) {
  Types[Rule] =
      std::make_unique<BugType>(Checker, hvci_rule_summary(Rule), Category);
}

void EnabledRules::enableSuppression(CheckerNameRef Checker) {
  Suppression =
      std::make_unique<BugType>(Checker, SuppressionSummary, Category);
}

// Some outputs show the message alone, without the checker's name.
static std::string withRule(const Shown &What) {
  return What.Message + " [" + What.Name + "]";
}

namespace {

/// A report that gives its place itself, as its end may lie in a function that
/// was called from there.
class PathReport : public PathSensitiveBugReport {
public:
  PathReport(const BugType &Type, const PathFinding &Finding,
             PathDiagnosticLocation Place, const Decl *Function)
      : PathSensitiveBugReport(Type, Finding.What.Message,
                               withRule(Finding.What), Finding.End, Place,
                               Function),
        Place(Place), OnEnd(Finding.OnEnd) {}

  ~PathReport() override { OnEnd(isValid()); }

  PathDiagnosticLocation getLocation() const override { return Place; }

  void makeValid() { Invalidations.clear(); }

private:
  PathDiagnosticLocation Place;
  std::function<void(bool)> OnEnd;
};

/// Clang drops a report whose value a function of a system header could have
/// changed, but has not: it takes that for a variable without a value. Ours has
/// one, and the kit's inlined functions are on most paths.
class ValidityVisitor : public BugReporterVisitor {
public:
  explicit ValidityVisitor(unsigned Number = 0) : Number(Number) {}

  void Profile(llvm::FoldingSetNodeID &Id) const override {
    static int Tag;
    Id.AddPointer(&Tag);
    Id.AddInteger(Number);
  }

  // Clang asks at the function's end, and looks at the report when all visitors
  // have been there. So a new one, the last in the row, is there as well.
  PathDiagnosticPieceRef VisitNode(const ExplodedNode *N,
                                   BugReporterContext &Context,
                                   PathSensitiveBugReport &Report) override {
    static_cast<PathReport &>(Report).makeValid();
    const ExplodedNode *Next = N->getFirstPred();
    if (Number == 0 && Next && Next->getLocationAs<CallExitBegin>() &&
        isInSystemHeader(Next->getStackFrame(), Context.getSourceManager()))
      Report.addVisitor(std::make_unique<ValidityVisitor>(++Count));
    return nullptr;
  }

private:
  static bool isInSystemHeader(const StackFrameContext *Frame,
                               const SourceManager &SM) {
    return SM.isInSystemHeader(
        SM.getExpansionLoc(Frame->getDecl()->getLocation()));
  }

  unsigned Number;
  unsigned Count = 0; ///< of those that the first one has made
};

/// A report without a path: of what the AST shows.
class UnitReport : public BasicBugReport {
public:
  UnitReport(const BugType &Type, const Shown &What,
             PathDiagnosticLocation Place)
      : BasicBugReport(Type, withRule(What), Place) {
    ShortDescription = What.Message;
  }
};

/// Names the call at which a path ends that another function's value has led
/// to: the report itself stands where that function chose it.
class EndVisitor : public BugReporterVisitor {
public:
  explicit EndVisitor(const PathCall &Call)
      : At(Call.At), Text("this calls '" + Call.Callee + "'") {}

  void Profile(llvm::FoldingSetNodeID &Id) const override {
    static int Tag;
    Id.AddPointer(&Tag);
    Id.AddPointer(At);
  }

  PathDiagnosticPieceRef VisitNode(const ExplodedNode *N,
                                   BugReporterContext &Context,
                                   PathSensitiveBugReport &) override {
    if (Said) // nodes come from the end backwards
      return nullptr;
    Said = true;
    PathDiagnosticLocation Place(At, Context.getSourceManager(),
                                 N->getLocationContext());
    return std::make_shared<PathDiagnosticEventPiece>(Place, Text);
  }

private:
  const Stmt *At;
  std::string Text;
  bool Said = false;
};

} // namespace

// Plain property lists are of one file each: a report that touches another is
// left out of them.
static bool isOneFileOnly(const AnalyzerOptions &Options) {
  return Options.AnalysisDiagOpt == PD_PLIST;
}

static void fill(BugReport &Report, const Shown &What, const SourceManager &SM,
                 bool OneFile) {
  FileID File = SM.getFileID(SM.getExpansionLoc(What.Loc));
  for (CharSourceRange Range : What.Ranges)
    Report.addRange(Range.getAsRange());
  for (const FixItHint &Fix : What.Fixes)
    Report.addFixItHint(Fix);
  for (const Shown::Note &Note : What.Notes)
    if (Note.Loc.isValid() &&
        (!OneFile || SM.getFileID(SM.getExpansionLoc(Note.Loc)) == File))
      Report.addNote(Note.Text, PathDiagnosticLocation(Note.Loc, SM));
}

static std::unique_ptr<BugReport> unitReport(const BugType &Type,
                                             const Shown &What,
                                             const SourceManager &SM,
                                             const AnalyzerOptions &Options) {
  auto Report = std::make_unique<UnitReport>(
      Type, What, PathDiagnosticLocation(What.Loc, SM));
  fill(*Report, What, SM, isOneFileOnly(Options));
  return Report;
}

namespace {

class ReportReporter : public Reporter {
public:
  ReportReporter(const EnabledRules &Rules, BugReporter &To, SharedUnit &Unit,
                 Reporter &Else)
      : Rules(Rules), To(To), Unit(Unit), Else(Else) {}

  // The compile is silent, as the analyzer's driver wants it; the reports are
  // not.
  bool shows(Shown::Severity Level) const override {
    return Level != Shown::Severity::Remark || Else.shows(Level);
  }

  void report(const Shown &What) override {
    hvci_rule Rule = hvci_rule_find(What.Name.data(), What.Name.size());
    const BugType *Type = Rule != HVCI_RULE_COUNT        ? Rules.type(Rule)
                          : What.Name == SuppressionRule ? Rules.suppression()
                                                         : nullptr;
    bool Mine =
        Type && What.Level != Shown::Severity::Remark && What.Loc.isValid();
    if (Mine && What.Level == Shown::Severity::Error)
      Unit.fail(Rule, What.Loc);
    if (Mine)
      To.emitReport(unitReport(*Type, What, To.getSourceManager(),
                               To.getAnalyzerOptions()));
    else if (Else.shows(What.Level))
      Else.report(What);
  }

private:
  const EnabledRules &Rules;
  BugReporter &To;
  SharedUnit &Unit;
  Reporter &Else;
};

} // namespace

void report(const Shown &What, hvci_rule Rule, const EnabledRules &Rules,
            BugReporter &To) {
  To.emitReport(unitReport(*Rules.type(Rule), What, To.getSourceManager(),
                           To.getAnalyzerOptions()));
}

std::unique_ptr<Reporter> createReportReporter(const EnabledRules &Rules,
                                               BugReporter &To,
                                               SharedUnit &Unit,
                                               Reporter &Else) {
  return std::make_unique<ReportReporter>(Rules, To, Unit, Else);
}

// Whether the path comes through a function in another file than the report.
static bool crossesFiles(const Shown &What, const ExplodedNode *End,
                         const SourceManager &SM) {
  FileID File = SM.getFileID(SM.getExpansionLoc(What.Loc));
  const StackFrameContext *Last = nullptr;
  for (const ExplodedNode *N = End; N; N = N->getFirstPred()) {
    const StackFrameContext *Frame = N->getStackFrame();
    if (Frame != Last && SM.getFileID(SM.getExpansionLoc(
                             Frame->getDecl()->getLocation())) != File)
      return true;
    Last = Frame;
  }
  return false;
}

void report(const PathFinding &Finding, const EnabledRules &Rules,
            CheckerContext &C) {
  const Shown &What = Finding.What;
  const SourceManager &SM = C.getSourceManager();
  const AnalyzerOptions &Options = C.getAnalysisManager().getAnalyzerOptions();
  const BugType &Type = *Rules.type(Finding.Rule);
  const LocationContext *Where = C.getLocationContext();
  bool OneFile = isOneFileOnly(Options);
  if (OneFile && crossesFiles(What, Finding.End, SM)) {
    C.emitReport(unitReport(Type, What, SM, Options));
    Finding.OnEnd(true);
    return;
  }
  PathDiagnosticLocation Place(What.Loc, SM);
  auto Report =
      std::make_unique<PathReport>(Type, Finding, Place, Where->getDecl());
  fill(*Report, What, SM, OneFile);
  Report->addVisitor(std::make_unique<ValidityVisitor>());
  if (Finding.Passed)
    Report->addVisitor(std::make_unique<EndVisitor>(*Finding.Call));
  // The steps that have led to an address tell of themselves.
  if (Finding.Value && !Finding.Call)
    if (SymbolRef Address =
            C.getSVal(Finding.Value).getAsSymbol(/*IncludeBaseRegions=*/true))
      Report->markInteresting(Address);
  if (Finding.Value)
    // NonPagedPool is zero: what the analyzer holds for null is no accident.
    bugreporter::trackExpressionValue(
        Finding.End, Finding.Value, *Report,
        {bugreporter::TrackingKind::Thorough, false});
  C.emitReport(std::move(Report));
}

} // namespace hvci
