// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// CoveredLines.cpp - the lines that a suppression of one line is for.
//
#include "CoveredLines.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace hvci {

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

static SourceRange wholeLines(FileID File, unsigned First, unsigned Last,
                              const SourceManager &SM) {
  return {SM.translateLineCol(File, First, 1),
          SM.translateLineCol(File, Last, UINT_MAX)};
}

SourceRange coveredFrom(SuppressionForm Form, SourceLocation From,
                        const SourceManager &SM, const LangOptions &LO) {
  RawTokens Tokens(From, SM, LO);
  for (Tokens.next(); !Tokens.atEnd();) {
    unsigned First = Tokens.line(), Last = First;
    bool Speaks = true;
    if (Tokens.is(tok::hash) && Tokens.startsLine()) {
      Tokens.next();
      Speaks = false;
      Last = skipDirective(Tokens, Speaks);
      Speaks = Speaks && Form == SuppressionForm::Comment;
    }
    if (Speaks)
      return wholeLines(SM.getFileID(From), First, Last, SM);
  }
  return {};
}

SourceRange coveredLines(SuppressionForm Form, SourceRange Written,
                         const SourceManager &SM, const LangOptions &LO) {
  SourceLocation Begin = Written.getBegin(), End = Written.getEnd();
  bool IsOperator = Form == SuppressionForm::Operator;
  if (Form == SuppressionForm::Comment && hasCodeBefore(Begin, SM, LO)) {
    unsigned Line = SM.getSpellingLineNumber(Begin);
    return wholeLines(SM.getFileID(Begin), Line, Line, SM);
  }
  RawTokens Tokens(End, SM, LO);
  Tokens.next();
  if (Form == SuppressionForm::Directive)
    Tokens.skipLine();
  if (IsOperator && Begin == End) // as written, not by a macro's name
    Tokens.skipParentheses();
  else if (IsOperator)
    Tokens.next();
  SourceRange Lines = coveredFrom(Form, Tokens.location(), SM, LO);
  if (IsOperator && Begin != End && Lines.isValid())
    return wholeLines(SM.getFileID(Begin), SM.getSpellingLineNumber(Begin),
                      SM.getSpellingLineNumber(Lines.getEnd()), SM);
  return Lines;
}

} // namespace hvci
