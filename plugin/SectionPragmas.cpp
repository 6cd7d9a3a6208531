// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SectionPragmas.cpp - reads the pragmas that say something of sections.
//
#include "Sections.h"

#include "PragmaText.h"
#include "SourceText.h"

#include "hvci/linker.h"

#include "clang/AST/Decl.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ErrorHandling.h"

#include <optional>

using namespace clang;

namespace hvci {

namespace {

/// Reads `#pragma section`, which Clang drops as a whole if it has an attribute
/// that Clang does not know or contradicts an earlier one, and the pragmas that
/// open a section for code or for data.
class SectionCallbacks : public PPCallbacks {
public:
  SectionCallbacks(Sections &Claims, Preprocessor &PP)
      : Claims(Claims), PP(PP) {}

  void PragmaDirective(SourceLocation Loc, PragmaIntroducerKind Kind) override;

private:
  bool expand(PragmaText &Text);
  std::string readName();
  uint32_t readAttributes();

  Sections &Claims;
  Preprocessor &PP;
  SmallVector<Token, 16> Tokens; ///< behind the pragma's name
  ArrayRef<Token> Left;          ///< those that are not read yet
};

} // namespace

// What lies in a section that the pragma opens, or nothing if it opens none.
static uint32_t contentOf(StringRef Pragma) {
  return llvm::StringSwitch<uint32_t>(Pragma)
      .Case("code_seg", HVCI_ACCESS_READ | HVCI_ACCESS_EXECUTE)
      .Case("const_seg", HVCI_ACCESS_READ)
      .Case("data_seg", HVCI_ACCESS_READ | HVCI_ACCESS_WRITE)
      .Case("bss_seg", HVCI_ACCESS_READ | HVCI_ACCESS_WRITE)
      .Default(0);
}

void SectionCallbacks::PragmaDirective(SourceLocation Loc,
                                       PragmaIntroducerKind Kind) {
  const SourceManager &SM = PP.getSourceManager();
  StringRef Line = PragmaText::line(SM.getSpellingLoc(Loc), SM);
  if (!Line.contains("section") && !Line.contains("_seg"))
    return;
  PragmaText Text(Loc, Kind, PP);
  std::string Pragma = Text.nextText();
  uint32_t Content = contentOf(Pragma);
  if ((!Content && Pragma != "section") || !expand(Text))
    return;
  std::string Name = readName();
  if (Name.empty())
    return;
  if (Content) {
    Claims.addKind(Name, Content);
    return;
  }
  SourceRange Range(Kind == PIK_HashPragma ? Tokens[1].getLocation() : Loc);
  if (uint32_t Access = readAttributes())
    Claims.addPragma(Name, Access, Range);
}

// By the preprocessor's own expansion.
bool SectionCallbacks::expand(PragmaText &Text) {
  SmallVector<Token, 16> Raw;
  Token Tok;
  while (Text.next(Tok)) {
    if (Tok.is(tok::raw_identifier))
      PP.LookUpIdentifierInfo(Tok);
    Raw.push_back(Tok);
  }
  Tok.startToken();
  Tok.setKind(tok::eod);
  Raw.push_back(Tok);
  auto Owned = std::make_unique<Token[]>(Raw.size());
  std::copy(Raw.begin(), Raw.end(), Owned.get());
  PP.EnterTokenStream(std::move(Owned), static_cast<unsigned>(Raw.size()),
                      /*DisableMacroExpansion=*/false, /*IsReinject=*/false);
  Tokens.clear();
  for (PP.Lex(Tok); Tok.isNot(tok::eod); PP.Lex(Tok)) {
    if (Tok.is(tok::eof))
      return false;
    Tokens.push_back(Tok);
  }
  return true;
}

// What the attribute gives, or nothing if it has no meaning here.
static uint32_t accessOf(StringRef Attribute) {
  return llvm::StringSwitch<uint32_t>(Attribute)
      .Case("read", HVCI_ACCESS_READ)
      .Case("write", HVCI_ACCESS_WRITE)
      .Case("execute", HVCI_ACCESS_EXECUTE)
      .Case("discard", HVCI_ACCESS_DISCARDABLE)
      .Default(0);
}

// The first string in parentheses, or "". What cannot be understood is left to
// Clang.
std::string SectionCallbacks::readName() {
  std::string Name;
  Left = Tokens;
  if (Left.empty() || Left.front().isNot(tok::l_paren))
    return Name;
  while (!Left.empty() && Left.front().isNot(tok::string_literal))
    Left = Left.drop_front();
  for (; !Left.empty(); Left = Left.drop_front()) {
    std::optional<std::string> Part = PragmaText::plain(Left.front(), PP);
    if (!Part)
      break;
    Name += *Part;
  }
  return Name;
}

// `, attribute` up to the parenthesis; without any that are known, read and
// write. 0: this is something else.
uint32_t SectionCallbacks::readAttributes() {
  const uint32_t Rights =
      HVCI_ACCESS_READ | HVCI_ACCESS_WRITE | HVCI_ACCESS_EXECUTE;
  uint32_t Access = 0;
  for (; Left.size() > 1 && Left.front().is(tok::comma);
       Left = Left.drop_front(2))
    if (const IdentifierInfo *Word = Left[1].getIdentifierInfo())
      Access |= accessOf(Word->getName());
  if (Left.empty() || Left.front().isNot(tok::r_paren))
    return 0;
  if (!(Access & Rights))
    Access |= HVCI_ACCESS_WRITE;
  return Access | HVCI_ACCESS_READ;
}

void Sections::listen() {
  Preprocessor &PP = CI.getPreprocessor();
  PP.addPPCallbacks(std::make_unique<SectionCallbacks>(*this, PP));
}

// The literal in which the option begins; the pragma's name if a macro has it.
static SourceRange literalAt(const PragmaCommentDecl *Comment, size_t Offset,
                             const Preprocessor &PP) {
  const SourceManager &SM = PP.getSourceManager();
  SourceLocation Loc = Comment->getLocation();
  if (Loc.isMacroID())
    return SourceRange(Loc);
  const char *Text = SM.getCharacterData(Loc);
  Lexer Lex(Loc, PP.getLangOpts(), Text, Text,
            SM.getBufferData(SM.getFileID(Loc)).end());
  Token Tok;
  do
    Lex.LexFromRawLexer(Tok);
  while (Tok.isNot(tok::comma) && Tok.isNot(tok::eof));
  Lex.LexFromRawLexer(Tok);
  SourceRange First(Tok.getLocation());
  while (std::optional<std::string> Part = PragmaText::plain(Tok, PP)) {
    if (Offset < Part->size())
      return SourceRange(Tok.getLocation());
    Offset -= Part->size();
    Lex.LexFromRawLexer(Tok);
  }
  return First;
}

void Sections::addOptions(const PragmaCommentDecl *Comment) {
  struct Payload {
    Sections &Self;
    const PragmaCommentDecl *From;
  } Payload = {*this, Comment};
  auto Take = [](const hvci_linker_option *Option, void *Given) {
    auto &[Self, From] = *static_cast<struct Payload *>(Given);
    if (Option->word != HVCI_WORD_CLAIM)
      return true;
    hvci_claim Claim = Option->claim;
    Claim.section = Self.Words.save(Claim.section).data();
    Claim.subject = Self.Words.save(Claim.subject).data();
    Claim.into = Self.Words.save(Claim.into).data();
    Claim.range =
        encode(literalAt(From, Option->offset, Self.CI.getPreprocessor()));
    Self.Claims.push_back(Claim);
    return true;
  };
  StringRef Text = Comment->getArg();
  if (hvci_linker_read(Text.data(), Text.size(), /*embedded=*/true, Take,
                       &Payload) == HVCI_ERROR_MEMORY)
    llvm::report_bad_alloc_error("hvcilint: a pragma's options");
}

} // namespace hvci
