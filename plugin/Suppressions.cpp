// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Suppressions.cpp - the pragmas and comments of a unit that silence findings.
//
#include "Suppressions.h"

#include "Compat.h"
#include "SourceText.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h" // CommentHandler

#include <algorithm>
#include <utility>

using namespace clang;

namespace hvci {

Suppressions::Suppressions(CompilerInstance &CI, HeaderState &State)
    : CI(CI), State(State) {}

Suppressions::~Suppressions() = default;

// What a header leaves to its users, as fields.
static constexpr StringRef WarningKind = "warning", LineKind = "line";
enum { WarningFields = 3, LineFields = 6 };

void Suppressions::keep() {
  for (const WarningEvent &Event : Heard)
    State.keep(WarningKind,
               {std::to_string(Event.Action), std::to_string(Event.Warnings),
                Event.Reason},
               SourceRange(Event.Loc));
  for (auto &File : Lines)
    for (LineSuppression &S : File.second)
      keep(S);
}

// The lines by how far they are from where it is written, as that may not be
// the text that its users see. One that the preamble ends with covers what
// follows in the file.
void Suppressions::keep(LineSuppression &S) {
  const SourceManager &SM = CI.getSourceManager();
  SourceLocation Begin = S.Range.getBegin(), End = Begin;
  SourceRange Covered = coveredBy(S);
  bool Open = Covered.isInvalid() && State.isPreamble() &&
              SM.getFileID(Begin) == SM.getMainFileID();
  if (Covered.isInvalid() && !Open)
    return;
  std::string Distance = "end";
  if (!Open) {
    Distance = std::to_string(int64_t(SM.getFileOffset(Begin)) -
                              SM.getFileOffset(Covered.getBegin()));
    End = Covered.getEnd();
  }
  State.keep(LineKind,
             {std::to_string(static_cast<unsigned>(S.Form)),
              std::to_string(S.Warnings), std::to_string(S.Rules),
              std::to_string(S.Until), Distance, S.Reason},
             SourceRange(Begin, End));
}

void Suppressions::recallWarning(ArrayRef<StringRef> Fields,
                                 SourceLocation Loc) {
  unsigned Action = 0;
  uint32_t Warnings = 0;
  if (Fields[0].getAsInteger(10, Action) || Action > HVCI_WARNING_POP ||
      Fields[1].getAsInteger(10, Warnings))
    return;
  uint32_t Number = Action == HVCI_WARNING_DISABLE ? nextNumber(Loc) : NoNumber;
  Recalled.push_back({Loc, static_cast<hvci_warning_action>(Action), Warnings,
                      Number, Fields[2].str()});
}

void Suppressions::recallLine(ArrayRef<StringRef> Fields, SourceRange Range) {
  const SourceManager &SM = CI.getSourceManager();
  unsigned Form = 0;
  int Distance = 0;
  LineSuppression S;
  if (Fields[0].getAsInteger(10, Form) ||
      Form > static_cast<unsigned>(SuppressionForm::Operator) ||
      Fields[1].getAsInteger(10, S.Warnings) ||
      Fields[2].getAsInteger(10, S.Rules) ||
      Fields[3].getAsInteger(10, S.Until))
    return;
  S.Form = static_cast<SuppressionForm>(Form);
  S.Range = SourceRange(Range.getBegin());
  S.Reason = Fields[5].str();
  if (!Fields[4].getAsInteger(10, Distance))
    S.Covered = {Range.getBegin().getLocWithOffset(-Distance), Range.getEnd()};
  else if (State.usesPreamble())
    S.Covered =
        coveredFrom(S.Form, State.endOfPreamble(), SM, CI.getLangOpts());
  if (S.Covered.isInvalid())
    return;
  S.LookedUp = true;
  S.Number = nextNumber(Range.getBegin());
  Lines[SM.getFileID(S.Covered.getBegin())].push_back(std::move(S));
}

void Suppressions::finish() {
  State.recall(WarningKind, WarningFields,
               [&](ArrayRef<StringRef> Fields, SourceRange Range) {
                 recallWarning(Fields, Range.getBegin());
               });
  State.recall(LineKind, LineFields,
               [&](ArrayRef<StringRef> Fields, SourceRange Range) {
                 recallLine(Fields, Range);
               });
  // What the header left behind comes before everything in the unit.
  std::vector<WarningEvent> All = std::move(Recalled);
  All.insert(All.end(), Heard.begin(), Heard.end());

  unsigned Depth = 0; // of open pushes; a pop of none has no effect
  for (const WarningEvent &Event : All) {
    if (Event.Action == HVCI_WARNING_POP && Depth == 0)
      continue;
    Depth += Event.Action == HVCI_WARNING_PUSH;
    Depth -= Event.Action == HVCI_WARNING_POP;
    Events.push_back({Event.Action, Event.Warnings});
    EventLocs.push_back(Event.Loc);
    EventNumbers.push_back(Event.Number);
    EventReasons.push_back(Event.Reason);
  }
  EventsUsed.resize(Events.size());
}

uint32_t Suppressions::nextNumber(SourceLocation Loc) {
  const SourceManager &SM = CI.getSourceManager();
  return SM.isInSystemHeader(SM.getFileLoc(Loc)) ? NoNumber : Count++;
}

void Suppressions::addWarning(SourceLocation Loc, hvci_warning_action Action,
                              uint32_t Warnings, StringRef Reason) {
  uint32_t Number = Action == HVCI_WARNING_DISABLE ? nextNumber(Loc) : NoNumber;
  Heard.push_back({Loc, Action, Warnings, Number, Reason.str()});
}

void Suppressions::addSuppress(SourceLocation Loc, SuppressionForm Form,
                               uint32_t Warnings, StringRef Reason) {
  const SourceManager &SM = CI.getSourceManager();
  SourceRange Range(Loc);
  if (Loc.isMacroID()) // it comes with the code that it is for
    Range = SM.getExpansionRange(Loc).getAsRange();
  LineSuppression S;
  S.Form = Form;
  S.Range = Range;
  S.Warnings = Warnings;
  S.Number = nextNumber(Loc);
  S.Reason = Reason.str();
  Lines[SM.getFileID(Range.getBegin())].push_back(std::move(S));
}

void Suppressions::addMalformed(SourceLocation Loc, const hvci_allow &Allow) {
  if (!Allow.unknown[0]) {
    Malformed.push_back(
        {Loc, "a suppression reads 'hvcilint: allow(<rules>) <reason>'"});
    return;
  }
  if (StringRef(Allow.unknown).starts_with("until=")) {
    Malformed.push_back({Loc, "'" + std::string(Allow.unknown) +
                                  "' names no day; write it as "
                                  "until=2027-12-31"});
    return;
  }
  std::string Rules;
  for (int R = 0; R < HVCI_RULE_COUNT; R++)
    Rules +=
        std::string(R ? ", " : "") + hvci_rule_name(static_cast<hvci_rule>(R));
  Malformed.push_back({Loc, "unknown rule '" + std::string(Allow.unknown) +
                                "' in suppression; valid rules are " + Rules});
}

void Suppressions::addComment(SourceRange Range) {
  const SourceManager &SM = CI.getSourceManager();
  const char *Text = SM.getCharacterData(Range.getBegin());
  const char *End = SM.getCharacterData(Range.getEnd());
  hvci_allow Allow;
  if (hvci_allow_parse(&Allow, Text, static_cast<size_t>(End - Text)) !=
      HVCI_OK) {
    addMalformed(Range.getBegin(), Allow);
    return;
  }
  LineSuppression S;
  S.Range = Range;
  S.Rules = Allow.rules;
  S.Number = nextNumber(Range.getBegin());
  S.Reason = std::string(Allow.reason, Allow.reason_length);
  S.Until = Allow.until;
  Lines[SM.getFileID(Range.getBegin())].push_back(std::move(S));
}

SourceRange Suppressions::coveredBy(LineSuppression &S) const {
  if (!std::exchange(S.LookedUp, true))
    S.Covered =
        coveredLines(S.Form, S.Range, CI.getSourceManager(), CI.getLangOpts());
  return S.Covered;
}

bool Suppressions::coversLine(LineSuppression &S,
                              SourceLocation FileLoc) const {
  const SourceManager &SM = CI.getSourceManager();
  SourceRange Covered = coveredBy(S);
  unsigned Offset = SM.getFileOffset(FileLoc);
  return Covered.isValid() && SM.getFileOffset(Covered.getBegin()) <= Offset &&
         Offset <= SM.getFileOffset(Covered.getEnd());
}

static void addNumber(Suppressions::Numbers &By, uint32_t Number) {
  if (llvm::find(By, Number) == By.end())
    By.push_back(Number);
}

bool Suppressions::coveredByLine(const hvci_finding &Finding, Numbers &By) {
  const SourceManager &SM = CI.getSourceManager();
  SourceLocation Loc = decode(Finding.range).getBegin();
  SourceLocation Anchor = decode(Finding.anchor).getBegin();
  SmallVector<SourceLocation, 5> Places = {
      SM.getFileLoc(Loc), SM.getExpansionLoc(Loc), SM.getFileLoc(Anchor),
      SM.getExpansionLoc(Anchor)};
  if (SM.isMacroBodyExpansion(Loc)) // where the macro is defined
    Places.push_back(SM.getSpellingLoc(Loc));

  uint32_t Rule = uint32_t(1) << Finding.rule;
  bool Covered = false;
  for (SourceLocation Place : Places) {
    auto Found = Lines.find(SM.getFileID(Place));
    if (Found == Lines.end())
      continue;
    for (LineSuppression &S : Found->second) {
      uint32_t Bits = (S.Warnings & Finding.warnings) | (S.Rules & Rule);
      if (Bits && coversLine(S, Place)) {
        S.Used |= Bits;
        Covered = true;
        if (S.Number != NoNumber)
          addNumber(By, S.Number);
      }
    }
  }
  return Covered;
}

bool Suppressions::coveredByState(const hvci_finding &Finding, Numbers &By) {
  SourceManager &SM = CI.getSourceManager();
  SourceLocation Loc = decode(Finding.range).getBegin();
  auto After = std::partition_point(
      EventLocs.begin(), EventLocs.end(), [&](SourceLocation Event) {
        return SM.isBeforeInTranslationUnit(Event, Loc);
      });
  size_t Before = static_cast<size_t>(After - EventLocs.begin());
  bool Covered = false;
  for (uint32_t Bits = Finding.warnings; Bits; Bits &= Bits - 1) {
    uint32_t Warning = Bits & (~Bits + 1);
    ptrdiff_t Index = hvci_warning_disabled_by(Events.data(), Before, Warning);
    if (Index < 0)
      continue;
    EventsUsed[static_cast<size_t>(Index)] |= Warning;
    Covered = true;
    if (uint32_t Number = EventNumbers[static_cast<size_t>(Index)];
        Number != NoNumber)
      addNumber(By, Number);
  }
  return Covered;
}

bool Suppressions::covers(const hvci_finding &Finding, Numbers *By) {
  Numbers Unwanted;
  Numbers &To = By ? *By : Unwanted;
  bool ByLine = coveredByLine(Finding, To); // both count as used
  return coveredByState(Finding, To) || ByLine;
}

Suppressions::Covered Suppressions::coveredAt(SourceLocation Loc) {
  Covered Result = {0, 0, {}};
  hvci_finding Finding;
  if (Lines.empty() && Events.empty())
    return Result;
  for (int R = 0; R < HVCI_RULE_COUNT; R++) {
    hvci_finding_init(&Finding, static_cast<hvci_rule>(R), HVCI_POSSIBLE,
                      encode(SourceRange(Loc)));
    if (covers(Finding, &Result.By))
      Result.Rules |= uint32_t(1) << R;
  }
  // No comment allows this one: it asks for the warning alone.
  hvci_finding_init(&Finding, HVCI_RULE_COUNT, HVCI_POSSIBLE,
                    encode(SourceRange(Loc)));
  for (uint32_t Bit = 1; hvci_warning_number(Bit) != 0; Bit <<= 1) {
    Finding.warnings = Bit;
    if (covers(Finding, &Result.By))
      Result.Warnings |= Bit;
  }
  return Result;
}

} // namespace hvci
