// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Suppressions.cpp - the pragmas and comments of a unit that silence findings.
//
#include "Suppressions.h"

#include "Compat.h"
#include "SourceText.h"
#include "UnitFacts.h"

#include "clang/AST/Attr.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Pragma.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"

#include <algorithm>
#include <optional>

using namespace clang;

namespace hvci {

// In a precompiled header the state travels as attributes of this type, which
// no program names and no code is made of.
static constexpr StringRef CarrierName = "__hvcilint_warning_state";

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

namespace {

/// `#pragma warning` where Clang itself understands it.
class WarningCallbacks : public PPCallbacks {
public:
  explicit WarningCallbacks(Suppressions &S) : S(S) {}

  void PragmaWarning(SourceLocation Loc, PragmaWarningSpecifier Specifier,
                     ArrayRef<int> Ids) override {
    uint32_t Warnings = 0;
    for (int Id : Ids)
      Warnings |= hvci_warning_bit(static_cast<unsigned>(Id));
    if (!Warnings)
      return;
    if (Specifier == PWS_Suppress)
      S.addSuppress(Loc, Warnings);
    else
      S.addWarning(Loc,
                   Specifier == PWS_Disable ? HVCI_WARNING_DISABLE
                                            : HVCI_WARNING_DEFAULT,
                   Warnings);
  }
  void PragmaWarningPush(SourceLocation Loc, int) override {
    S.addWarning(Loc, HVCI_WARNING_PUSH, 0);
  }
  void PragmaWarningPop(SourceLocation Loc) override {
    S.addWarning(Loc, HVCI_WARNING_POP, 0);
  }

private:
  Suppressions &S;
};

/// `#pragma prefast(...)`, which no Clang knows, and `#pragma warning(...)`
/// where Clang leaves it alone: `verb: numbers, "reason"; verb: ...`.
class ClauseHandler : public PragmaHandler {
public:
  ClauseHandler(StringRef Name, Suppressions &S) : PragmaHandler(Name), S(S) {}

  void HandlePragma(Preprocessor &PP, PragmaIntroducer Introducer,
                    Token &) override {
    Token Tok;
    PP.LexUnexpandedToken(Tok);
    if (Tok.is(tok::l_paren))
      do
        readClause(PP, Introducer.Loc, Tok);
      while (Tok.is(tok::semi));
    while (!Tok.isOneOf(tok::eod, tok::eof))
      PP.LexUnexpandedToken(Tok);
  }

private:
  // Up to the semicolon or parenthesis that ends it.
  void readClause(Preprocessor &PP, SourceLocation Loc, Token &Tok) {
    PP.LexUnexpandedToken(Tok);
    std::string Verb = PP.getSpelling(Tok);
    uint32_t Warnings = 0;
    while (!Tok.isOneOf(tok::semi, tok::r_paren, tok::eod, tok::eof)) {
      std::string Text = PP.getSpelling(Tok);
      Warnings |= hvci_warning_parse(Text.data(), Text.size());
      PP.LexUnexpandedToken(Tok);
    }
    std::optional<hvci_warning_action> Action = actionOf(Verb);
    bool Moves = Action == HVCI_WARNING_PUSH || Action == HVCI_WARNING_POP;
    if (Verb == "suppress" && Warnings)
      S.addSuppress(Loc, Warnings);
    else if (Action && (Warnings || Moves))
      S.addWarning(Loc, *Action, Warnings);
  }

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

Suppressions::Suppressions(CompilerInstance &CI) : CI(CI) {}

Suppressions::~Suppressions() = default;

void Suppressions::listen() {
  Preprocessor &PP = CI.getPreprocessor();
  PP.addPPCallbacks(std::make_unique<WarningCallbacks>(*this));
  // The preprocessor owns its pragma handlers, but not its comment handlers.
  PP.AddPragmaHandler(new ClauseHandler("prefast", *this));
  if (!CI.getLangOpts().MicrosoftExt)
    PP.AddPragmaHandler(new ClauseHandler("warning", *this));
  Comments = std::make_unique<AllowComments>(*this, CI.getSourceManager());
  PP.addCommentHandler(Comments.get());
}

static bool makesPrecompiledHeader(const CompilerInstance &CI) {
  return CI.getFrontendOpts().ProgramAction == frontend::GeneratePCH;
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

// Attaches the event to a declaration that the precompiled header carries.
void Suppressions::keepForUsers(SourceLocation Loc, hvci_warning_action Action,
                                uint32_t Warnings) {
  ASTContext &Context = CI.getASTContext();
  if (!Carrier) {
    TranslationUnitDecl *Unit = Context.getTranslationUnitDecl();
    Carrier =
        TypedefDecl::Create(Context, Unit, SourceLocation(), SourceLocation(),
                            &Context.Idents.get(CarrierName),
                            Context.getTrivialTypeSourceInfo(Context.IntTy));
    Carrier->setImplicit();
    Unit->addDecl(Carrier);
    if (!CI.getLangOpts().CPlusPlus)
      CI.getSema().IdResolver.AddDecl(Carrier);
  }
  std::string Text = (verbOf(Action) + " " + Twine(Warnings)).str();
  Carrier->addAttr(AnnotateAttr::CreateImplicit(Context, Text, nullptr, 0,
                                                SourceRange(Loc)));
}

void Suppressions::finish() {
  if (CI.getPreprocessorOpts().ImplicitPCHInclude.empty())
    return;
  NamedDecl *Found = UnitFacts::lookUp(CI, CarrierName);
  if (!Found)
    return;
  // What the header left behind comes before everything in the unit.
  auto Later = std::move(Events);
  auto LaterLocs = std::move(EventLocs);
  Events.clear();
  EventLocs.clear();
  EventsUsed.clear();
  Depth = 0;
  for (const auto *Attr : Found->specific_attrs<AnnotateAttr>()) {
    auto [Verb, Bits] = Attr->getAnnotation().split(' ');
    uint32_t Warnings = 0;
    if (std::optional<hvci_warning_action> Action = actionOf(Verb))
      if (!Bits.getAsInteger(10, Warnings))
        addWarning(Attr->getLocation(), *Action, Warnings);
  }
  for (size_t I = 0; I < Later.size(); I++)
    addWarning(LaterLocs[I], Later[I].action, Later[I].warnings);
}

void Suppressions::addWarning(SourceLocation Loc, hvci_warning_action Action,
                              uint32_t Warnings) {
  if (Action == HVCI_WARNING_POP && Depth == 0)
    return; // of no push
  if (Action == HVCI_WARNING_PUSH)
    Depth++;
  if (Action == HVCI_WARNING_POP)
    Depth--;
  Events.push_back({Action, Warnings});
  EventLocs.push_back(Loc);
  EventsUsed.push_back(0);
  if (makesPrecompiledHeader(CI))
    keepForUsers(Loc, Action, Warnings);
}

void Suppressions::addSuppress(SourceLocation Loc, uint32_t Warnings) {
  SourceManager &SM = CI.getSourceManager();
  SourceLocation File = SM.getExpansionLoc(Loc);
  // From a macro it comes with the code that it is for.
  Lines[SM.getFileID(File)].push_back(
      {File, Loc.isMacroID(), true, Warnings, 0, 0, 0});
}

static bool standsAlone(SourceLocation Loc, const SourceManager &SM) {
  auto [File, Offset] = SM.getDecomposedLoc(Loc);
  StringRef Before = SM.getBufferData(File).take_front(Offset);
  return Before.drop_front(Before.find_last_of('\n') + 1).trim().empty();
}

void Suppressions::addComment(SourceRange Range) {
  SourceManager &SM = CI.getSourceManager();
  SourceLocation Loc = Range.getBegin();
  const char *Text = SM.getCharacterData(Loc);
  const char *End = SM.getCharacterData(Range.getEnd());
  hvci_allow Allow;
  if (hvci_allow_parse(&Allow, Text, static_cast<size_t>(End - Text)) !=
      HVCI_OK) {
    std::string Rules;
    for (int R = 0; R < HVCI_RULE_COUNT; R++)
      Rules += std::string(R ? ", " : "") +
               hvci_rule_name(static_cast<hvci_rule>(R));
    Malformed.push_back(
        {Loc, Allow.unknown[0]
                  ? "unknown rule '" + std::string(Allow.unknown) +
                        "' in suppression; valid rules are " + Rules
                  : "a suppression reads 'hvcilint: allow(<rules>) <reason>'"});
    return;
  }
  bool Alone = standsAlone(Loc, SM);
  Lines[SM.getFileID(Loc)].push_back(
      {Loc, !Alone, Alone, 0, Allow.rules, 0, 0});
}

// The first line behind the one at Loc with a token of code on it: comments and
// directives do not count.
unsigned Suppressions::nextLineOfCode(SourceLocation Loc) const {
  const SourceManager &SM = CI.getSourceManager();
  auto [File, Offset] = SM.getDecomposedLoc(Loc);
  StringRef Buffer = SM.getBufferData(File);
  size_t Start = Buffer.find('\n', Offset);
  if (Start == StringRef::npos)
    return 0;
  Lexer Lex(SM.getLocForStartOfFile(File), CI.getLangOpts(), Buffer.begin(),
            Buffer.begin() + Start, Buffer.end());
  Token Tok;
  bool Directive = false;
  for (;;) {
    Lex.LexFromRawLexer(Tok);
    if (Tok.is(tok::eof))
      return 0;
    if (Tok.isAtStartOfLine())
      Directive = Tok.is(tok::hash);
    if (!Directive)
      return SM.getSpellingLineNumber(Tok.getLocation());
  }
}

bool Suppressions::coversLine(LineSuppression &S, const SourceManager &SM,
                              SourceLocation FileLoc) const {
  unsigned Line = SM.getSpellingLineNumber(FileLoc);
  if (S.OwnLine && SM.getSpellingLineNumber(S.Loc) == Line)
    return true;
  if (!S.NextLine || SM.getSpellingLineNumber(S.Loc) > Line)
    return false;
  if (S.Next == 0)
    S.Next = nextLineOfCode(S.Loc);
  return S.Next == Line;
}

bool Suppressions::coveredByLine(const hvci_finding &Finding,
                                 ArrayRef<SourceLocation> Places) {
  const SourceManager &SM = CI.getSourceManager();
  uint32_t Rule = uint32_t(1) << Finding.rule;
  bool Covered = false;
  for (SourceLocation Place : Places) {
    auto Found = Lines.find(SM.getFileID(Place));
    if (Found == Lines.end())
      continue;
    for (LineSuppression &S : Found->second) {
      uint32_t Bits = (S.Warnings & Finding.warnings) | (S.Rules & Rule);
      if (Bits && coversLine(S, SM, Place)) {
        S.Used |= Bits;
        Covered = true;
      }
    }
  }
  return Covered;
}

bool Suppressions::coveredByState(const hvci_finding &Finding) {
  SourceManager &SM = CI.getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(decode(Finding.range).getBegin());
  auto After = std::partition_point(
      EventLocs.begin(), EventLocs.end(), [&](SourceLocation Event) {
        return SM.isBeforeInTranslationUnit(Event, Loc);
      });
  size_t Count = static_cast<size_t>(After - EventLocs.begin());
  bool Covered = false;
  for (uint32_t Bits = Finding.warnings; Bits; Bits &= Bits - 1) {
    uint32_t Warning = Bits & (~Bits + 1);
    ptrdiff_t By = hvci_warning_disabled_by(Events.data(), Count, Warning);
    if (By < 0)
      continue;
    EventsUsed[static_cast<size_t>(By)] |= Warning;
    Covered = true;
  }
  return Covered;
}

bool Suppressions::covers(const hvci_finding &Finding) {
  const SourceManager &SM = CI.getSourceManager();
  SmallVector<SourceLocation, 4> Places;
  for (hvci_range Range : {Finding.range, Finding.anchor}) {
    SourceLocation Loc = decode(Range).getBegin();
    Places.push_back(SM.getFileLoc(Loc));
    Places.push_back(SM.getExpansionLoc(Loc));
  }
  bool ByLine = coveredByLine(Finding, Places);
  return coveredByState(Finding) || ByLine;
}

std::vector<Suppressions::Remark> Suppressions::unused(uint32_t Off) const {
  const SourceManager &SM = CI.getSourceManager();
  std::vector<Remark> Result;
  auto Add = [&](SourceLocation Loc, const std::string &What) {
    if (!SM.isInSystemHeader(Loc))
      Result.push_back({Loc, "suppression of " + What + " has no effect"});
  };
  auto AddWarnings = [&](SourceLocation Loc, uint32_t Bits) {
    for (; Bits; Bits &= Bits - 1)
      Add(Loc, std::to_string(hvci_warning_number(Bits & (~Bits + 1))));
  };
  // A number stands for several rules: it can be judged only if all ran.
  for (size_t I = 0; I < Events.size() && !Off; I++)
    if (Events[I].action == HVCI_WARNING_DISABLE)
      AddWarnings(EventLocs[I], Events[I].warnings & ~EventsUsed[I]);
  for (const auto &File : Lines) {
    for (const LineSuppression &S : File.second) {
      AddWarnings(S.Loc, Off ? 0 : S.Warnings & ~S.Used);
      for (int R = 0; R < HVCI_RULE_COUNT; R++)
        if (S.Rules & ~S.Used & ~Off & (uint32_t(1) << R))
          Add(S.Loc, std::string("'") +
                         hvci_rule_name(static_cast<hvci_rule>(R)) + "'");
    }
  }
  std::sort(Result.begin(), Result.end(), [&](auto &A, auto &B) {
    return A.Loc != B.Loc ? SM.isBeforeInTranslationUnit(A.Loc, B.Loc)
                          : A.Text < B.Text;
  });
  return Result;
}

} // namespace hvci
