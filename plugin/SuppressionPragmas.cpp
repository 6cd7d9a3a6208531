// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SuppressionPragmas.cpp - hears the pragmas and comments that silence
// findings.
//
#include "PragmaText.h"
#include "Suppressions.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Pragma.h"
#include "clang/Lex/Preprocessor.h"

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
                        SourceLocation Loc, SuppressionForm Form,
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
  if (Reason.empty() && Form == SuppressionForm::Directive)
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

static SuppressionForm formOf(PragmaIntroducerKind Kind) {
  return Kind == PIK_HashPragma ? SuppressionForm::Directive
                                : SuppressionForm::Operator;
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
    if (Form == SuppressionForm::Directive)
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
    if (Form == SuppressionForm::Operator)
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
      readClauses(Next, Loc, SuppressionForm::Directive, PP.getSourceManager(),
                  S);
    else if (Next() == "(" && Next() == "pop")
      S.addWarning(Loc, HVCI_WARNING_POP, 0, "");
  }

  Suppressions &S;
  const Preprocessor &PP;
  SuppressionForm Form = SuppressionForm::Directive;
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

} // namespace hvci
