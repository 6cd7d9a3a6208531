// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// UnitFacts.cpp - what the unit as a whole says: its target, its macros.
//
#include "UnitFacts.h"

#include "Compat.h"
#include "Shipped.h"

#include "clang/Basic/TargetInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"

#include <optional>

using namespace clang;

namespace hvci {

// The number that the macro expands to, by the preprocessor's own expansion:
// NTDDI_VERSION is usually a chain of macros that paste tokens.
static std::optional<uint64_t> macroNumber(Preprocessor &PP, StringRef Name) {
  IdentifierInfo *Identifier = PP.getIdentifierInfo(Name);
  const MacroInfo *Macro = PP.getMacroInfo(Identifier);
  if (!Macro)
    return std::nullopt;

  // Of a name without a place, what it expands to would seem to be written
  // where the macro is defined, and clangd would look for it in the file: it
  // crashed.
  SourceManager &SM = PP.getSourceManager();
  SourceLocation Start = SM.getLocForStartOfFile(SM.getMainFileID());
  SourceLocation Place = SM.createExpansionLoc(Macro->getDefinitionLoc(), Start,
                                               Start, Identifier->getLength());
  // The file's tokens are all read: what follows is nobody's. Clangd takes its
  // watcher away itself, but later, and would loop over tokens of no file.
  PP.setTokenWatcher(nullptr);
  auto Tokens = std::make_unique<Token[]>(2);
  Tokens[0].startToken();
  Tokens[0].setKind(Identifier->getTokenID());
  Tokens[0].setIdentifierInfo(Identifier);
  Tokens[0].setLocation(Place);
  Tokens[0].setLength(Identifier->getLength());
  Tokens[1].startToken();
  Tokens[1].setKind(tok::eod);
  PP.EnterTokenStream(std::move(Tokens), 2, /*DisableMacroExpansion=*/false,
                      /*IsReinject=*/false);

  std::optional<uint64_t> Number;
  bool Alone = true;
  for (;;) {
    Token Tok;
    PP.Lex(Tok);
    if (Tok.isOneOf(tok::eod, tok::eof))
      break;
    if (Tok.isOneOf(tok::l_paren, tok::r_paren))
      continue;
    uint64_t Value = 0;
    if (Number || !Tok.is(tok::numeric_constant) ||
        StringRef(PP.getSpelling(Tok)).rtrim("uUlL").getAsInteger(0, Value))
      Alone = false;
    else
      Number = Value;
  }
  return Alone ? Number : std::nullopt;
}

static uint32_t targetOs(Preprocessor &PP) {
  if (auto Version = macroNumber(PP, "NTDDI_VERSION"))
    return static_cast<uint32_t>(*Version);
  if (auto Version = macroNumber(PP, "_WIN32_WINNT"))
    return static_cast<uint32_t>(*Version) << 16;
  return 0;
}

UnitFacts::UnitFacts(CompilerInstance &CI) : CI(CI) {
  Fact.opt_in = optIn();
  Fact.os = targetOs(CI.getPreprocessor());
  Fact.pointer_width =
      static_cast<unsigned>(CI.getTarget().getPointerWidth(LangAS::Default));
  Fact.knows = [](const char *Name, void *Self) {
    return static_cast<UnitFacts *>(Self)->knows(Name);
  };
  Fact.payload = this;
}

NamedDecl *UnitFacts::lookUp(CompilerInstance &CI, StringRef Name) {
  DeclarationName Identifier = CI.getPreprocessor().getIdentifierInfo(Name);
  if (CI.getLangOpts().CPlusPlus) {
    auto Found =
        CI.getASTContext().getTranslationUnitDecl()->lookup(Identifier);
    return Found.empty() ? nullptr : Found.front();
  }
  // In C a precompiled header's names are found through identifiers alone.
  auto Found = CI.getSema().IdResolver.begin(Identifier);
  return Found == CI.getSema().IdResolver.end() ? nullptr : *Found;
}

SourceLocation UnitFacts::optOut() const {
  Preprocessor &PP = CI.getPreprocessor();
  const SourceManager &SM = CI.getSourceManager();
  const MacroInfo *Macro =
      PP.getMacroInfo(PP.getIdentifierInfo("POOL_NX_OPTOUT"));
  if (Fact.opt_in != HVCI_OPT_OUT || !Macro)
    return {};
  SourceLocation Loc = Macro->getDefinitionLoc();
  return SM.isWrittenInCommandLineFile(Loc) ? mainFileStart(CI) : Loc;
}

bool UnitFacts::knows(StringRef Name) {
  Preprocessor &PP = CI.getPreprocessor();
  return PP.getMacroInfo(PP.getIdentifierInfo(Name)) || lookUp(CI, Name);
}

// By declarations: a macro that is set after wdm.h was read changes nothing.
hvci_opt_in UnitFacts::optIn() {
  if (lookUp(CI, "MmMapLockedPagesSpecifyCache_NXOptIn"))
    return lookUp(CI, "ExDefaultNonPagedPoolType") ? HVCI_OPT_IN_RUNTIME
                                                   : HVCI_OPT_IN_AUTO;
  auto OptOut = macroNumber(CI.getPreprocessor(), "POOL_NX_OPTOUT");
  return OptOut && *OptOut != 0 ? HVCI_OPT_OUT : HVCI_OPT_IN_NONE;
}

} // namespace hvci
