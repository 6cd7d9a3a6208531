// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whereabouts.cpp - what is around a place.
//
#include "Whereabouts.h"

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace clang;

namespace hvci {

void Whereabouts::addScope(const NamedDecl *D) {
  SourceLocation Begin = SM.getExpansionLoc(D->getBeginLoc());
  SourceLocation End = SM.getExpansionRange(D->getEndLoc()).getEnd();
  if (Begin.isInvalid() || End.isInvalid())
    return;
  auto [File, From] = SM.getDecomposedLoc(Begin);
  auto [EndFile, To] = SM.getDecomposedLoc(End);
  if (File != EndFile || To < From)
    return;
  PresumedLoc First = SM.getPresumedLoc(Begin), Last = SM.getPresumedLoc(End);
  if (First.isValid() && Last.isValid())
    Scopes[File].push_back({From, To, D->getQualifiedNameAsString(),
                            First.getLine(), Last.getLine()});
}

void Whereabouts::add(Decl *D) {
  if (auto *Template = dyn_cast<TemplateDecl>(D)) {
    if (NamedDecl *Inner = Template->getTemplatedDecl())
      add(Inner);
    return;
  }
  if (auto *Function = dyn_cast<FunctionDecl>(D)) {
    if (Function->doesThisDeclarationHaveABody() && !Function->isImplicit())
      addScope(Function);
    return;
  }
  if (auto *Variable = dyn_cast<VarDecl>(D)) {
    addScope(Variable);
    return;
  }
  if (auto *Context = dyn_cast<DeclContext>(D))
    for (Decl *Inner : Context->decls())
      add(Inner);
}

void Whereabouts::add(ArrayRef<Decl *> Declarations) {
  for (Decl *D : Declarations)
    add(D);
}

const Whereabouts::Scope *Whereabouts::scopeOf(SourceLocation FileLoc) const {
  auto [File, At] = SM.getDecomposedLoc(FileLoc);
  const Scope *Nearest = nullptr;
  auto Found = Scopes.find(File);
  if (Found == Scopes.end())
    return nullptr;
  for (const Scope &S : Found->second)
    if (S.Begin <= At && At <= S.End &&
        (!Nearest || S.End - S.Begin < Nearest->End - Nearest->Begin))
      Nearest = &S;
  return Nearest;
}

SourceLocation Whereabouts::endOf(SourceRange Range) const {
  SourceLocation Begin = SM.getFileLoc(Range.getBegin());
  SourceLocation End = SM.getFileLoc(Range.getEnd());
  if (End.isInvalid() || SM.getFileID(Begin) != SM.getFileID(End) ||
      SM.getFileOffset(End) < SM.getFileOffset(Begin))
    End = Begin;
  return End.getLocWithOffset(
      static_cast<int>(Lexer::MeasureTokenLength(End, SM, LO)));
}

// The first are readable, all count.
static std::string shorten(std::string Words) {
  constexpr size_t Most = 240;
  if (Words.size() <= Most)
    return Words;
  std::string Hash = llvm::utohexstr(llvm::xxHash64(Words), /*LowerCase=*/true);
  Words.resize(Most);
  return Words + " #" + Hash;
}

std::string Whereabouts::words(SourceRange Range) const {
  constexpr unsigned Most = 1 << 16; // an initialiser may have millions
  SourceLocation Begin = SM.getFileLoc(Range.getBegin());
  unsigned End = SM.getFileOffset(endOf(Range));
  FileID File = SM.getFileID(Begin);
  StringRef Buffer = SM.getBufferData(File);
  Lexer Lex(SM.getLocForStartOfFile(File), LO, Buffer.begin(),
            Buffer.begin() + SM.getFileOffset(Begin), Buffer.end());
  std::string Words;
  int Depth = 0;
  for (unsigned Count = 0; Count < Most; Count++) {
    Token Tok;
    Lex.LexFromRawLexer(Tok);
    bool Inside = SM.getFileOffset(Tok.getLocation()) < End;
    if (Tok.is(tok::eof) || (!Inside && Depth == 0 && !Tok.is(tok::l_paren)))
      break;
    if (!Words.empty())
      Words += ' ';
    Words += StringRef(SM.getCharacterData(Tok.getLocation()), Tok.getLength());
    if (Inside)
      continue;
    Depth += Tok.is(tok::l_paren);
    Depth -= Tok.is(tok::r_paren);
    if (Depth == 0)
      break;
  }
  return shorten(Words);
}

} // namespace hvci
