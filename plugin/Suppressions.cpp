// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Suppressions.cpp - the pragmas and comments of a unit that silence findings.
//
#include "Suppressions.h"

#include "Compat.h"
#include "PragmaText.h"
#include "SourceText.h"

#include "hvci/driver.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Pragma.h"
#include "clang/Lex/Preprocessor.h"

#include <algorithm>
#include <map>
#include <optional>

using namespace clang;

namespace hvci {

static std::optional<hvci_warning_action> actionOf(StringRef Verb) {
  if (Verb == "disable")
    return HVCI_WARNING_DISABLE;
  if (Verb == "push")
    return HVCI_WARNING_PUSH;
  if (Verb == "pop")
    return HVCI_WARNING_POP;
  if (Verb == "default" || Verb == "enable" || Verb == "once" ||
      Verb == "error" || (Verb.size() == 1 && Verb[0] >= '1' && Verb[0] <= '4'))
    return HVCI_WARNING_DEFAULT;
  return std::nullopt;
}

// Without its quotes, if it is a plain string.
static StringRef unquoted(StringRef Text) {
  return Text.size() >= 2 && Text.front() == '"' && Text.back() == '"'
             ? Text.drop_front().drop_back()
             : StringRef();
}

// The reason that a pragma on a line of its own gives: its string, or a comment
// behind it.
static StringRef reasonOf(SourceLocation Loc, const SourceManager &SM) {
  StringRef Line = PragmaText::line(SM.getFileLoc(Loc), SM).rtrim();
  size_t Quote = Line.find('"'), Comment = Line.find("//");
  if (Quote < Comment)
    return Line.drop_front(Quote + 1).split('"').first;
  return Comment == StringRef::npos ? StringRef()
                                    : Line.drop_front(Comment + 2).trim();
}

// Reads `(verb: numbers, "reason"; verb: ...)` from tokens given one by one, up
// to the end of the pragma, and tells what concerns us.
static void readClauses(llvm::function_ref<std::string()> Next,
                        SourceLocation Loc, Suppressions::Shape Form,
                        const SourceManager &SM, Suppressions &S) {
  if (Next() != "(")
    return;
  struct Clause {
    std::string Verb;
    uint32_t Warnings;
  };
  std::vector<Clause> Clauses;
  std::string Text, Reason;
  do {
    std::string Verb = Next();
    uint32_t Warnings = 0;
    for (Text = Next(); !Text.empty() && Text != ";" && Text != ")";
         Text = Next()) {
      Warnings |= hvci_warning_parse(Text.data(), Text.size());
      if (StringRef Said = unquoted(Text); !Said.empty())
        Reason = Said.str();
    }
    Clauses.push_back({Verb, Warnings});
  } while (Text == ";");
  if (Reason.empty() && Form == Suppressions::Directive)
    Reason = reasonOf(Loc, SM).str();
  for (const Clause &C : Clauses) {
    std::optional<hvci_warning_action> Action = actionOf(C.Verb);
    bool Moves = Action == HVCI_WARNING_PUSH || Action == HVCI_WARNING_POP;
    if (C.Verb == "suppress" && C.Warnings)
      S.addSuppress(Loc, Form, C.Warnings, Reason);
    else if (Action && (C.Warnings || Moves))
      S.addWarning(Loc, *Action, C.Warnings, Reason);
  }
}

static Suppressions::Shape formOf(PragmaIntroducerKind Kind) {
  return Kind == PIK_HashPragma ? Suppressions::Directive
                                : Suppressions::Operator;
}

namespace {

/// `#pragma warning` where Clang itself understands it: numbers, or macros that
/// stand for them.
class WarningCallbacks : public PPCallbacks {
public:
  WarningCallbacks(Suppressions &S, const Preprocessor &PP) : S(S), PP(PP) {}

  void PragmaDirective(SourceLocation Loc, PragmaIntroducerKind Kind) override {
    Form = formOf(Kind);
    if (Kind == PIK_HashPragma)
      readLine(Loc);
  }
  void PragmaWarning(SourceLocation Loc, PragmaWarningSpecifier Specifier,
                     ArrayRef<int> Ids) override {
    uint32_t Warnings = 0;
    for (int Id : Ids)
      Warnings |= hvci_warning_bit(static_cast<unsigned>(Id));
    if (!Warnings)
      return;
    StringRef Reason;
    if (Form == Suppressions::Directive)
      Reason = reasonOf(Loc, PP.getSourceManager());
    if (Specifier == PWS_Suppress)
      S.addSuppress(Loc, Form, Warnings, Reason);
    else
      S.addWarning(Loc,
                   Specifier == PWS_Disable ? HVCI_WARNING_DISABLE
                                            : HVCI_WARNING_DEFAULT,
                   Warnings, Reason);
  }
  void PragmaWarningPush(SourceLocation Loc, int) override {
    S.addWarning(Loc, HVCI_WARNING_PUSH, 0, "");
  }
  void PragmaWarningPop(SourceLocation Loc) override {
    if (Form == Suppressions::Operator)
      S.addWarning(Loc, HVCI_WARNING_POP, 0, "");
  }

private:
  // What Clang does not tell: `pop` of a push that a precompiled header made,
  // and `suppress: __WARNING_...`, which Microsoft's compiler knows though no
  // header defines the name.
  void readLine(SourceLocation Loc) {
    StringRef Line = PragmaText::line(Loc, PP.getSourceManager());
    bool Names = Line.contains("__WARNING_BANNED_MEM_ALLOCATION_");
    if (!Names && !Line.contains("pop"))
      return;
    PragmaText Text(Loc, PIK_HashPragma, PP);
    auto Next = [&] { return Text.nextText(); };
    if (Next() != "warning")
      return;
    if (Names)
      readClauses(Next, Loc, Suppressions::Directive, PP.getSourceManager(), S);
    else if (Next() == "(" && Next() == "pop")
      S.addWarning(Loc, HVCI_WARNING_POP, 0, "");
  }

  Suppressions &S;
  const Preprocessor &PP;
  Suppressions::Shape Form = Suppressions::Directive;
};

/// `#pragma prefast(...)`, which no Clang knows, and `#pragma warning(...)`
/// where Clang leaves it alone.
class ClauseHandler : public PragmaHandler {
public:
  ClauseHandler(StringRef Name, Suppressions &S) : PragmaHandler(Name), S(S) {}

  void HandlePragma(Preprocessor &PP, PragmaIntroducer Introducer,
                    Token &) override {
    Token Tok;
    Tok.startToken();
    auto Next = [&]() -> std::string {
      if (!Tok.isOneOf(tok::eod, tok::eof))
        PP.LexUnexpandedToken(Tok);
      return Tok.isOneOf(tok::eod, tok::eof) ? "" : PP.getSpelling(Tok);
    };
    readClauses(Next, Introducer.Loc, formOf(Introducer.Kind),
                PP.getSourceManager(), S);
    while (!Tok.isOneOf(tok::eod, tok::eof))
      PP.LexUnexpandedToken(Tok);
  }

private:
  Suppressions &S;
};

class AllowComments : public CommentHandler {
public:
  AllowComments(Suppressions &S, const SourceManager &SM) : S(S), SM(SM) {}

  bool HandleComment(Preprocessor &, SourceRange Range) override {
    const char *Begin = SM.getCharacterData(Range.getBegin());
    const char *End = SM.getCharacterData(Range.getEnd());
    StringRef Text(Begin, static_cast<size_t>(End - Begin));
    if (Text.drop_front(2).ltrim(" \t").starts_with("hvcilint:"))
      S.addComment(Range);
    return false;
  }

private:
  Suppressions &S;
  const SourceManager &SM;
};

} // namespace

Suppressions::Suppressions(CompilerInstance &CI, HeaderState &State)
    : CI(CI), State(State) {}

Suppressions::~Suppressions() = default;

void Suppressions::listen() {
  Preprocessor &PP = CI.getPreprocessor();
  PP.addPPCallbacks(std::make_unique<WarningCallbacks>(*this, PP));
  // The preprocessor owns its pragma handlers, but not its comment handlers.
  PP.AddPragmaHandler(new ClauseHandler("prefast", *this));
  if (!CI.getLangOpts().MicrosoftExt)
    PP.AddPragmaHandler(new ClauseHandler("warning", *this));
  Comments = std::make_unique<AllowComments>(*this, CI.getSourceManager());
  PP.addCommentHandler(Comments.get());
}

static StringRef verbOf(hvci_warning_action Action) {
  switch (Action) {
  case HVCI_WARNING_DISABLE:
    return "disable";
  case HVCI_WARNING_DEFAULT:
    return "default";
  case HVCI_WARNING_PUSH:
    return "push";
  case HVCI_WARNING_POP:
    return "pop";
  }
  return "";
}

// What a header leaves to its users, as fields.
static constexpr StringRef WarningKind = "warning", LineKind = "line";
enum { WarningFields = 3, LineFields = 6 };

void Suppressions::keep() {
  for (const WarningEvent &Event : Heard)
    State.keep(
        WarningKind,
        {verbOf(Event.Action), std::to_string(Event.Warnings), Event.Reason},
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
  lookUpLines(S);
  bool Open = S.Covered.isInvalid() && State.isPreamble() &&
              SM.getFileID(Begin) == SM.getMainFileID();
  if (S.Covered.isInvalid() && !Open)
    return;
  std::string Distance = "end";
  if (!Open) {
    Distance = std::to_string(int64_t(SM.getFileOffset(Begin)) -
                              SM.getFileOffset(S.Covered.getBegin()));
    End = S.Covered.getEnd();
  }
  State.keep(LineKind,
             {std::to_string(S.Form), std::to_string(S.Warnings),
              std::to_string(S.Rules), std::to_string(S.Until), Distance,
              S.Reason},
             SourceRange(Begin, End));
}

void Suppressions::recallWarning(ArrayRef<StringRef> Fields,
                                 SourceLocation Loc) {
  std::optional<hvci_warning_action> Action = actionOf(Fields[0]);
  uint32_t Warnings = 0;
  if (Action && !Fields[1].getAsInteger(10, Warnings))
    Recalled.push_back(
        {Loc, *Action, Warnings,
         *Action == HVCI_WARNING_DISABLE ? nextNumber(Loc) : NoNumber,
         Fields[2].str()});
}

void Suppressions::recallLine(ArrayRef<StringRef> Fields, SourceRange Range) {
  const SourceManager &SM = CI.getSourceManager();
  unsigned Form = 0;
  int Distance = 0;
  LineSuppression S;
  if (Fields[0].getAsInteger(10, Form) || Form > Operator ||
      Fields[1].getAsInteger(10, S.Warnings) ||
      Fields[2].getAsInteger(10, S.Rules) ||
      Fields[3].getAsInteger(10, S.Until))
    return;
  S.Form = static_cast<Shape>(Form);
  S.Range = SourceRange(Range.getBegin());
  S.Reason = Fields[5].str();
  if (!Fields[4].getAsInteger(10, Distance))
    S.Covered = {Range.getBegin().getLocWithOffset(-Distance), Range.getEnd()};
  else if (State.usesPreamble())
    lookUpLines(S, State.endOfPreamble());
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

void Suppressions::addSuppress(SourceLocation Loc, Shape Form,
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

namespace {

/// The raw tokens of a file from some place on.
class RawTokens {
public:
  RawTokens(SourceLocation Loc, const SourceManager &SM, const LangOptions &LO)
      : SM(SM), Buffer(SM.getBufferData(SM.getFileID(Loc))),
        Lex(SM.getLocForStartOfFile(SM.getFileID(Loc)), LO, Buffer.begin(),
            SM.getCharacterData(Loc), Buffer.end()) {}

  void next() { Lex.LexFromRawLexer(Tok); }
  bool atEnd() const { return Tok.is(tok::eof); }
  bool startsLine() const { return atEnd() || Tok.isAtStartOfLine(); }
  unsigned line() const { return SM.getSpellingLineNumber(Tok.getLocation()); }
  SourceLocation location() const { return Tok.getLocation(); }
  bool is(tok::TokenKind Kind) const { return Tok.is(Kind); }
  bool isWord(StringRef Word) const {
    return Tok.is(tok::raw_identifier) && Tok.getRawIdentifier() == Word;
  }

  /// Past the tokens of this line of the preprocessor, and the last one's line.
  unsigned skipLine() {
    unsigned Line = line();
    for (next(); !startsLine(); next())
      Line = line();
    return Line;
  }

  /// Past what stands in parentheses behind the current token, and past the end
  /// of those around it.
  void skipParentheses() {
    int Depth = 0;
    do {
      next();
      Depth += Tok.is(tok::l_paren);
      Depth -= Tok.is(tok::r_paren);
    } while (Depth > 0 && !atEnd());
    do
      next();
    while (Tok.is(tok::r_paren));
  }

private:
  const SourceManager &SM;
  StringRef Buffer;
  Lexer Lex;
  Token Tok;
};

} // namespace

static bool hasCodeBefore(SourceLocation Loc, const SourceManager &SM,
                          const LangOptions &LO) {
  unsigned Column = SM.getSpellingColumnNumber(Loc);
  RawTokens Tokens(Loc.getLocWithOffset(1 - static_cast<int>(Column)), SM, LO);
  Tokens.next();
  return !Tokens.atEnd() &&
         SM.getFileOffset(Tokens.location()) < SM.getFileOffset(Loc);
}

// Past the rest of this line of the preprocessor, and the last line that it
// takes. \p Speaks: there may be a finding in it, as in a definition or a
// pragma about sections.
static unsigned skipDirective(RawTokens &Tokens, bool &Speaks) {
  Speaks = Tokens.isWord("define");
  if (Tokens.isWord("pragma")) {
    unsigned Line = Tokens.line();
    Tokens.next();
    if (Tokens.startsLine())
      return Line;
    Speaks = Tokens.isWord("section") || Tokens.isWord("comment");
  }
  return Tokens.skipLine();
}

void Suppressions::cover(LineSuppression &S, FileID File, unsigned First,
                         unsigned Last) const {
  const SourceManager &SM = CI.getSourceManager();
  S.Covered = {SM.translateLineCol(File, First, 1),
               SM.translateLineCol(File, Last, UINT_MAX)};
}

// Code on its own line, else the next line that has any: comments do not count,
// nor do directives, but for those under a comment of which one may speak.
void Suppressions::lookUpLines(LineSuppression &S) const {
  const SourceManager &SM = CI.getSourceManager();
  const LangOptions &LO = CI.getLangOpts();
  SourceLocation Begin = S.Range.getBegin(), End = S.Range.getEnd();
  S.LookedUp = true;
  if (S.Form == Comment && hasCodeBefore(Begin, SM, LO)) {
    unsigned Line = SM.getSpellingLineNumber(Begin);
    cover(S, SM.getFileID(Begin), Line, Line);
    return;
  }
  RawTokens Tokens(End, SM, LO);
  Tokens.next();
  if (S.Form == Directive)
    Tokens.skipLine();
  if (S.Form == Operator && Begin == End) // as written, not by a macro's name
    Tokens.skipParentheses();
  else if (S.Form == Operator)
    Tokens.next();
  lookUpLines(S, Tokens.location());
  if (S.Form == Operator && Begin != End && S.Covered.isValid())
    cover(S, SM.getFileID(Begin), SM.getSpellingLineNumber(Begin),
          SM.getSpellingLineNumber(S.Covered.getEnd()));
}

// From some place on.
void Suppressions::lookUpLines(LineSuppression &S, SourceLocation From) const {
  const SourceManager &SM = CI.getSourceManager();
  RawTokens Tokens(From, SM, CI.getLangOpts());
  for (Tokens.next(); !Tokens.atEnd();) {
    unsigned First = Tokens.line(), Last = First;
    bool Speaks = true;
    if (Tokens.is(tok::hash) && Tokens.startsLine()) {
      Tokens.next();
      Speaks = false;
      Last = skipDirective(Tokens, Speaks);
      Speaks = Speaks && S.Form == Comment;
    }
    if (Speaks) {
      cover(S, SM.getFileID(From), First, Last);
      return;
    }
  }
}

bool Suppressions::coversLine(LineSuppression &S,
                              SourceLocation FileLoc) const {
  const SourceManager &SM = CI.getSourceManager();
  if (!S.LookedUp)
    lookUpLines(S);
  unsigned Offset = SM.getFileOffset(FileLoc);
  return S.Covered.isValid() &&
         SM.getFileOffset(S.Covered.getBegin()) <= Offset &&
         Offset <= SM.getFileOffset(S.Covered.getEnd());
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
      Out.kind =
          S.Form == Comment ? HVCI_SUPPRESSION_COMMENT : HVCI_SUPPRESSION_LINE;
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
