// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SuppressionUse.cpp - what is told of suppressions: what each hides, and those
// that hide nothing.
//
#include "Suppressions.h"

#include "hvci/driver.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"

#include <algorithm>
#include <map>
#include <tuple>

using namespace clang;

namespace hvci {

// What a header leaves disabled is for its users to need, each of which sees a
// part of them.
bool Suppressions::isJudged(SourceLocation Event) const {
  return !State.isHeader() && !State.isForeign(Event);
}

std::vector<hvci_suppression> Suppressions::list(uint32_t Off) const {
  const SourceManager &SM = CI.getSourceManager();
  std::vector<hvci_suppression> All(Count);
  auto At = [&](uint32_t Number, SourceLocation Loc,
                const std::string &Reason) -> hvci_suppression & {
    hvci_suppression &Out = All[Number];
    PresumedLoc Presumed = SM.getPresumedLoc(SM.getFileLoc(Loc));
    Out.file = Presumed.isValid() ? Presumed.getFilename() : "";
    Out.line = Presumed.isValid() ? Presumed.getLine() : 0;
    Out.column = Presumed.isValid() ? Presumed.getColumn() : 0;
    Out.reason = Reason.c_str();
    return Out;
  };
  uint32_t Judged = Off ? 0 : ~hvci_driver_warnings();
  for (size_t I = 0; I < Events.size(); I++) {
    if (EventNumbers[I] == NoNumber)
      continue;
    hvci_suppression &Out = At(EventNumbers[I], EventLocs[I], EventReasons[I]);
    Out.kind = HVCI_SUPPRESSION_STATE;
    Out.warnings = Events[I].warnings;
    if (isJudged(EventLocs[I]))
      Out.idle_warnings = Out.warnings & Judged & ~EventsUsed[I];
  }
  for (const auto &File : Lines) {
    for (const LineSuppression &S : File.second) {
      if (S.Number == NoNumber)
        continue;
      hvci_suppression &Out = At(S.Number, S.Range.getBegin(), S.Reason);
      Out.kind = S.Form == SuppressionForm::Comment ? HVCI_SUPPRESSION_COMMENT
                                                    : HVCI_SUPPRESSION_LINE;
      Out.rules = S.Rules;
      Out.warnings = S.Warnings;
      Out.until = S.Until;
      if (State.isForeign(S.Range.getBegin()))
        continue;
      Out.idle_rules = S.Rules & ~Off & ~hvci_driver_rules() & ~S.Used;
      Out.idle_warnings = S.Warnings & Judged & ~S.Used;
    }
  }
  return All;
}

std::vector<Suppressions::Remark> Suppressions::unused(uint32_t Off) const {
  const SourceManager &SM = CI.getSourceManager();
  if (State.isPreamble())
    return {}; // its file tells
  // By place in its file: what one inclusion of a header needs is used.
  struct Entry {
    Remark What;
    bool Used;
  };
  std::map<std::tuple<std::string, unsigned, std::string>, Entry> Entries;
  auto Add = [&](SourceLocation Loc, const std::string &What, bool Used) {
    Loc = SM.getFileLoc(Loc);
    if (SM.isInSystemHeader(Loc) || State.isForeign(Loc))
      return;
    auto &Known =
        Entries
            .try_emplace(
                {SM.getFilename(Loc).str(), SM.getFileOffset(Loc), What},
                Entry{{Loc, "suppression of " + What + " has no effect"},
                      false})
            .first->second;
    Known.Used |= Used;
  };
  auto AddWarnings = [&](SourceLocation Loc, uint32_t Bits, uint32_t Used) {
    for (Bits &= ~hvci_driver_warnings(); Bits; Bits &= Bits - 1) {
      uint32_t Bit = Bits & (~Bits + 1);
      Add(Loc, std::to_string(hvci_warning_number(Bit)), Used & Bit);
    }
  };
  // A number stands for several rules: it can be judged only if all ran.
  for (size_t I = 0; I < Events.size() && !Off; I++)
    if (Events[I].action == HVCI_WARNING_DISABLE && isJudged(EventLocs[I]))
      AddWarnings(EventLocs[I], Events[I].warnings, EventsUsed[I]);
  for (const auto &File : Lines) {
    for (const LineSuppression &S : File.second) {
      SourceLocation Loc = S.Range.getBegin();
      AddWarnings(Loc, Off ? 0 : S.Warnings, S.Used);
      for (int R = 0; R < HVCI_RULE_COUNT; R++)
        if (uint32_t Bit = uint32_t(1) << R;
            S.Rules & ~Off & ~hvci_driver_rules() & Bit)
          Add(Loc,
              std::string("'") + hvci_rule_name(static_cast<hvci_rule>(R)) +
                  "'",
              S.Used & Bit);
    }
  }
  std::vector<Remark> Result;
  for (const auto &Known : Entries)
    if (!Known.second.Used)
      Result.push_back(Known.second.What);
  std::sort(Result.begin(), Result.end(), [&](auto &A, auto &B) {
    return A.Loc != B.Loc ? SM.isBeforeInTranslationUnit(A.Loc, B.Loc)
                          : A.Text < B.Text;
  });
  return Result;
}

} // namespace hvci
