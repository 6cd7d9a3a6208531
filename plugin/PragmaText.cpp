// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PragmaText.cpp - a pragma's tokens as they are written.
//
#include "PragmaText.h"

#include "clang/Lex/Preprocessor.h"

using namespace clang;

namespace hvci {

StringRef PragmaText::line(SourceLocation Loc, const SourceManager &SM) {
  return StringRef(SM.getCharacterData(Loc)).split('\n').first;
}

// One in a macro of a precompiled header has no text of its own.
std::optional<std::string> PragmaText::plain(const Token &Tok,
                                             const Preprocessor &PP) {
  if (Tok.isNot(tok::string_literal))
    return std::nullopt;
  std::string Spelling =
      Tok.getLiteralData() ? std::string(Tok.getLiteralData(), Tok.getLength())
                           : PP.getSpelling(Tok);
  StringRef Text(Spelling);
  if (!Text.consume_front("\"") || !Text.consume_back("\"") ||
      Text.contains('\\'))
    return std::nullopt;
  return Text.str();
}

PragmaText::PragmaText(SourceLocation Loc, PragmaIntroducerKind Kind,
                       const Preprocessor &PP)
    : PP(PP), Kind(Kind) {
  const SourceManager &SM = PP.getSourceManager();
  Loc = SM.getSpellingLoc(Loc);
  const char *Text = SM.getCharacterData(Loc);
  Lex = std::make_unique<Lexer>(Loc, PP.getLangOpts(), Text, Text,
                                SM.getBufferData(SM.getFileID(Loc)).end());
  Token Tok;
  Lex->LexFromRawLexer(Tok); // the # or the operator's name
  Lex->LexFromRawLexer(Tok); // `pragma` or the parenthesis
  if (Kind == PIK__Pragma)
    enterString();
}

// Goes on with what the string says.
void PragmaText::enterString() {
  Token Tok;
  Lex->LexFromRawLexer(Tok);
  std::string Written = PP.getSpelling(Tok);
  StringRef Text(Written);
  Text = Text.drop_front(std::min(Text.find('"'), Text.size() - 1));
  if (!tok::isStringLiteral(Tok.getKind()) || Text.size() < 2) {
    Ended = true;
    return;
  }
  Text = Text.drop_front().drop_back();
  for (size_t I = 0; I < Text.size(); I++) {
    if (Text[I] == '\\' && I + 1 < Text.size())
      I++;
    Inner += Text[I];
  }
  Lex = std::make_unique<Lexer>(Tok.getLocation(), PP.getLangOpts(),
                                Inner.c_str(), Inner.c_str(),
                                Inner.c_str() + Inner.size());
}

bool PragmaText::next(Token &Out) {
  if (Ended)
    return false;
  Lex->LexFromRawLexer(Out);
  if (Kind == PIK___pragma) {
    Depth += Out.is(tok::l_paren);
    Depth -= Out.is(tok::r_paren);
  }
  Ended = Out.is(tok::eof) || Depth < 0 ||
          (Kind == PIK_HashPragma && Out.isAtStartOfLine() && !First);
  First = false;
  return !Ended;
}

std::string PragmaText::nextText() {
  Token Tok;
  if (!next(Tok))
    return "";
  if (Tok.is(tok::raw_identifier))
    return Tok.getRawIdentifier().str();
  if (Tok.isLiteral())
    return std::string(Tok.getLiteralData(), Tok.getLength());
  const char *Sign = tok::getPunctuatorSpelling(Tok.getKind());
  return Sign ? Sign : "";
}

} // namespace hvci
