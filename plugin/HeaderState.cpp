// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// HeaderState.cpp - what a header that is compiled by itself leaves to its
// users.
//
#include "HeaderState.h"

#include "UnitFacts.h"

#include "clang/AST/Attr.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Sema/Sema.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace hvci {

// Facts travel as attributes of this type, which no program names and no code
// is made of.
static constexpr StringRef CarrierName = "__hvcilint_header_state";

bool HeaderState::isHeader(const CompilerInstance &CI) {
  return CI.getFrontendOpts().ProgramAction == frontend::GeneratePCH;
}

bool HeaderState::isPreamble() const {
  return isHeader() && CI.getPreprocessorOpts().GeneratePreamble;
}

bool HeaderState::usesPreamble() const {
  return CI.getPreprocessorOpts().PrecompiledPreambleBytes.first != 0;
}

bool HeaderState::isForeign(SourceLocation Loc) const {
  return !usesPreamble() && CI.getSourceManager().isLoadedSourceLocation(Loc);
}

SourceLocation HeaderState::endOfPreamble() const {
  const SourceManager &SM = CI.getSourceManager();
  return SM.getLocForStartOfFile(SM.getMainFileID())
      .getLocWithOffset(static_cast<int>(
          CI.getPreprocessorOpts().PrecompiledPreambleBytes.first));
}

void HeaderState::keep(StringRef Kind, ArrayRef<StringRef> Fields,
                       SourceRange Range) {
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
  std::string Text = (Kind + "\n" + llvm::join(Fields, "\n")).str();
  Carrier->addAttr(
      AnnotateAttr::CreateImplicit(Context, Text, nullptr, 0, Range));
}

// An editor may go on with the preamble of a text that has changed since. The
// place may then lie behind the text's end.
bool HeaderState::isInText(SourceLocation Loc) const {
  const SourceManager &SM = CI.getSourceManager();
  auto [File, Offset] = SM.getDecomposedLoc(SM.getFileLoc(Loc));
  return File != SM.getPreambleFileID() ||
         Offset <= SM.getBufferData(SM.getMainFileID()).size();
}

void HeaderState::recall(StringRef Kind, size_t Fields, Receiver Take) const {
  if (CI.getPreprocessorOpts().ImplicitPCHInclude.empty())
    return;
  NamedDecl *Found = UnitFacts::lookUp(CI, CarrierName);
  if (!Found || !Found->isImplicit())
    return;
  for (const auto *Attr : Found->specific_attrs<AnnotateAttr>()) {
    auto [Name, Text] = Attr->getAnnotation().split('\n');
    if (Name != Kind || !isInText(Attr->getRange().getBegin()) ||
        !isInText(Attr->getRange().getEnd()))
      continue;
    SmallVector<StringRef, 8> Parts;
    Text.split(Parts, '\n', static_cast<int>(Fields) - 1);
    if (Parts.size() == Fields)
      Take(Parts, Attr->getRange());
  }
}

} // namespace hvci
