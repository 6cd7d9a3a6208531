// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// DiagSink.cpp - which findings are shown, and in which order.
//
#include "DiagSink.h"

#include "clang/Frontend/CompilerInstance.h"

using namespace clang;

namespace hvci {

DiagSink::DiagSink(CompilerInstance &CI, const hvci_options &Options,
                   Suppressions &Suppressed, Config &Project, Reporter &Host)
    : CI(CI), Options(Options), Suppressed(Suppressed), Project(Project),
      Host(&Host), Source(CI.getSourceManager(), CI.getLangOpts()),
      Sink{[](const hvci_finding *Finding, void *Self) {
             static_cast<DiagSink *>(Self)->Held.push_back(*Finding);
             return HVCI_OK;
           },
           this} {}

Shown::Severity DiagSink::levelOf(const hvci_finding &Finding) const {
  if (Finding.certainty == HVCI_UNDECIDED)
    return Shown::Severity::Remark;
  bool Error =
      (Options.error >> Finding.rule & 1) && !(Record && Record->isOutput());
  return Error ? Shown::Severity::Error : Shown::Severity::Warning;
}

// The edits as one fix. None if one of them has no place in a file, or was
// proposed before: a macro may use what it is given twice.
SmallVector<FixItHint, 2> DiagSink::fixOf(const hvci_finding &Finding) {
  SmallVector<FixItHint, 2> Hints;
  SmallVector<std::pair<uint64_t, int>, 2> Places;
  Key Owner(Finding.range.begin, Finding.message);
  for (size_t I = 0; I < Finding.edit_count; I++) {
    const hvci_edit &Edit = Finding.edits[I];
    CharSourceRange Range = Source.editableRange(decode(Edit.range));
    if (Range.isInvalid())
      return {};
    Places.push_back({Range.getBegin().getRawEncoding(), Edit.placement});
    auto Before = Edited.find(Places.back());
    if (Before != Edited.end() && Before->second != Owner)
      return {};
    if (Edit.placement == HVCI_REPLACE)
      Hints.push_back(FixItHint::CreateReplacement(Range, Edit.text));
    else
      Hints.push_back(FixItHint::CreateInsertion(
          Edit.placement == HVCI_BEFORE ? Range.getBegin() : Range.getEnd(),
          Edit.text));
  }
  for (const auto &Place : Places)
    Edited[Place] = Owner;
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

bool DiagSink::admits(const hvci_finding &Finding) {
  const SourceManager &SM = CI.getSourceManager();
  SourceLocation Loc = decode(Finding.range).getBegin();
  if (SM.isInSystemHeader(SM.getExpansionLoc(Loc)))
    return false;
  // A suppression in an excluded file has its effect all the same.
  Suppressions::Numbers By;
  bool Covered = Suppressed.covers(Finding, &By);
  if (Project.excludes(Loc))
    return false;
  if (Covered && Recorded.insert({Finding.rule, Finding.range.begin}).second)
    record(Finding, By, Covered);
  return !Covered;
}

Shown DiagSink::shown(const hvci_finding &Finding) {
  Shown Message;
  SourceRange Range = decode(Finding.range);
  Message.Level = levelOf(Finding);
  Message.Loc = Range.getBegin();
  Message.Name = hvci_rule_name(Finding.rule);
  Message.Message = Finding.message;
  Message.Ranges.push_back(CharSourceRange::getTokenRange(Range));
  Message.Fixes = fixOf(Finding);
  for (size_t I = 0; I < Finding.note_count; I++)
    Message.Notes.push_back(
        {decode(Finding.notes[I].range).getBegin(), Finding.notes[I].text});
  return Message;
}

void DiagSink::claim(const hvci_finding &Finding) {
  if (Recorded.insert({Finding.rule, Finding.range.begin}).second)
    record(Finding, {}, false);
  Claimed.insert({Finding.rule, Finding.range.begin});
  Claimed.insert({Finding.rule, Finding.anchor.begin});
}

bool DiagSink::isClaimed(const hvci_finding &Finding) const {
  return Claimed.count({Finding.rule, Finding.range.begin}) ||
         Claimed.count({Finding.rule, Finding.anchor.begin});
}

void DiagSink::record(const hvci_finding &Finding,
                      const Suppressions::Numbers &By, bool Covered) {
  if (!Record || Finding.certainty == HVCI_UNDECIDED || (Covered && By.empty()))
    return;
  Record->add(Finding, By,
              Covered ? SmallVector<FixItHint, 2>() : fixOf(Finding));
}

void DiagSink::report(const hvci_finding &Finding) {
  const SourceManager &SM = CI.getSourceManager();
  SourceLocation Loc = decode(Finding.range).getBegin();
  if (SM.isInSystemHeader(SM.getExpansionLoc(Loc)))
    return;
  if (!Seen.insert({Finding.rule, Finding.range.begin, Finding.message}).second)
    return;
  // A suppression in an excluded file has its effect all the same.
  Suppressions::Numbers By;
  bool Covered = Suppressed.covers(Finding, &By);
  if (Project.excludes(Loc) || isClaimed(Finding))
    return;
  if (!Recorded.count({Finding.rule, Finding.range.begin}))
    record(Finding, By, Covered);
  if (!Covered && Host->shows(levelOf(Finding)))
    Host->report(shown(Finding));
}

void DiagSink::warn(const Suppressions::Remark &Remark) {
  Shown Message;
  if (!Host->shows(Message.Level) ||
      CI.getSourceManager().isInSystemHeader(Remark.Loc) ||
      Project.excludes(Remark.Loc))
    return;
  Message.Loc = Remark.Loc;
  Message.Name = "hvci-suppression";
  Message.Message = Remark.Text;
  Host->report(Message);
}

void DiagSink::reportSuppressions() {
  if (std::exchange(SuppressionsReported, true))
    return;
  for (const auto &Remark : Suppressed.malformed())
    warn(Remark);
  if (Options.unused_suppressions)
    for (const auto &Remark : Suppressed.unused(hvci_options_silent(&Options)))
      warn(Remark);
}

} // namespace hvci
