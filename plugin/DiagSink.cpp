// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// DiagSink.cpp - findings as Clang diagnostics.
//
#include "DiagSink.h"

#include "Compat.h"

#include "clang/Frontend/CompilerInstance.h"

using namespace clang;

namespace hvci {

using Level = DiagnosticsEngine::Level;

DiagSink::DiagSink(CompilerInstance &CI, const hvci_options &Options,
                   Suppressions &Suppressed, Config &Project)
    : CI(CI), Options(Options), Suppressed(Suppressed), Project(Project),
      Source(CI.getSourceManager(), CI.getLangOpts()),
      Sink{[](const hvci_finding *Finding, void *Self) {
             static_cast<DiagSink *>(Self)->Held.push_back(*Finding);
             return HVCI_OK;
           },
           this} {}

Level DiagSink::levelOf(const hvci_finding &Finding) const {
  if (Finding.certainty == HVCI_UNDECIDED)
    return Level::Remark;
  bool Error = (Options.error >> Finding.rule & 1) ||
               CI.getDiagnostics().getWarningsAsErrors();
  return Error ? Level::Error : Level::Warning;
}

// -w silences warnings, but as in Clang none that was made an error by name.
static bool isSilenced(const DiagnosticsEngine &Diags, Level Severity,
                       bool ErrorByName) {
  return Diags.getIgnoreAllWarnings() && Severity != Level::Remark &&
         !ErrorByName;
}

// The edits as one fix. None if one of them has no place in a file, or was
// proposed before: a macro may use what it is given twice.
SmallVector<FixItHint, 2> DiagSink::fixOf(const hvci_finding &Finding) {
  SmallVector<FixItHint, 2> Hints;
  SmallVector<std::pair<uint64_t, int>, 2> Places;
  for (size_t I = 0; I < Finding.edit_count; I++) {
    const hvci_edit &Edit = Finding.edits[I];
    CharSourceRange Range = Source.editableRange(decode(Edit.range));
    if (Range.isInvalid())
      return {};
    Places.push_back({Range.getBegin().getRawEncoding(), Edit.placement});
    if (Edited.count(Places.back()))
      return {};
    if (Edit.placement == HVCI_REPLACE)
      Hints.push_back(FixItHint::CreateReplacement(Range, Edit.text));
    else
      Hints.push_back(FixItHint::CreateInsertion(
          Edit.placement == HVCI_BEFORE ? Range.getBegin() : Range.getEnd(),
          Edit.text));
  }
  Edited.insert(Places.begin(), Places.end());
  return Hints;
}

void DiagSink::flush() {
  const SourceManager &SM = CI.getSourceManager();
  llvm::stable_sort(Held, [&](const hvci_finding &A, const hvci_finding &B) {
    return SM.isBeforeInTranslationUnit(decode(A.range).getBegin(),
                                        decode(B.range).getBegin());
  });
  for (const hvci_finding &Finding : Held)
    report(Finding);
  Held.clear();
}

void DiagSink::report(const hvci_finding &Finding) {
  DiagnosticsEngine &Diags = CI.getDiagnostics();
  SourceRange Range = decode(Finding.range);
  SourceLocation Loc = Range.getBegin();
  if (CI.getSourceManager().isInSystemHeader(
          CI.getSourceManager().getExpansionLoc(Loc)))
    return;
  if (!Seen.insert({Finding.rule, Finding.range.begin, Finding.message}).second)
    return;
  // A suppression in an excluded file has its effect all the same.
  if (Suppressed.covers(Finding) || Project.excludes(Loc))
    return;
  if (Record && Finding.certainty != HVCI_UNDECIDED)
    Record->add(Finding);
  Level Severity = levelOf(Finding);
  if (isSilenced(Diags, Severity, Options.error >> Finding.rule & 1))
    return;

  unsigned Id = Diags.getDiagnosticIDs()->getCustomDiagID(
      static_cast<DiagnosticIDs::Level>(Severity), "%0 [%1]");
  {
    DiagnosticBuilder Builder = Diags.Report(Loc, Id);
    Builder << StringRef(Finding.message)
            << StringRef(hvci_rule_name(Finding.rule))
            << CharSourceRange::getTokenRange(Range);
    for (const FixItHint &Hint : fixOf(Finding))
      Builder << Hint;
  }
  unsigned NoteId =
      Diags.getDiagnosticIDs()->getCustomDiagID(DiagnosticIDs::Note, "%0");
  for (size_t I = 0; I < Finding.note_count; I++)
    Diags.Report(decode(Finding.notes[I].range).getBegin(), NoteId)
        << StringRef(Finding.notes[I].text);
}

void DiagSink::warn(const Suppressions::Remark &Remark) {
  DiagnosticsEngine &Diags = CI.getDiagnostics();
  Level Severity = Diags.getWarningsAsErrors() ? Level::Error : Level::Warning;
  if (isSilenced(Diags, Severity, false) ||
      CI.getSourceManager().isInSystemHeader(Remark.Loc) ||
      Project.excludes(Remark.Loc))
    return;
  unsigned Id = Diags.getDiagnosticIDs()->getCustomDiagID(
      static_cast<DiagnosticIDs::Level>(Severity), "%0 [hvci-suppression]");
  Diags.Report(Remark.Loc, Id) << Remark.Text;
}

void DiagSink::reportSuppressions() {
  for (const auto &Remark : Suppressed.malformed())
    warn(Remark);
  if (Options.unused_suppressions)
    for (const auto &Remark : Suppressed.unused(hvci_options_silent(&Options)))
      warn(Remark);
}

} // namespace hvci
