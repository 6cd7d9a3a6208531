// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sections.cpp - what a unit says of the sections that it becomes a part of.
//
#include "Sections.h"

#include "Compat.h"
#include "SourceText.h"

#include "clang/AST/Attr.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ErrorHandling.h"

#include <utility>

using namespace clang;

namespace hvci {

Sections::Sections(CompilerInstance &CI, HeaderState &State)
    : CI(CI), State(State) {}

bool Sections::isOwn(SourceLocation Loc) const {
  const SourceManager &SM = CI.getSourceManager();
  return !SM.isInSystemHeader(SM.getExpansionLoc(Loc));
}

void Sections::add(hvci_claim_kind Kind, StringRef Section, StringRef Subject,
                   uint32_t Access, SourceRange Range) {
  if (Section.empty()) // as if nothing were said
    return;
  hvci_claim Claim = {};
  Claim.kind = Kind;
  Claim.section = Words.save(Section).data();
  Claim.subject = Words.save(Subject).data();
  Claim.into = "";
  Claim.access = Access;
  Claim.range = encode(Range);
  Claims.push_back(Claim);
}

void Sections::addPragma(StringRef Name, uint32_t Access, SourceRange Range) {
  Declared[Name] |= Access;
  if (isOwn(Range.getBegin()))
    add(HVCI_CLAIM_PRAGMA, Name, "", Access, Range);
}

static bool isBoth(uint32_t Access) {
  return (Access & HVCI_ACCESS_WRITE) && (Access & HVCI_ACCESS_EXECUTE);
}

// The rights of what is allocated in the section, or none if the pragmas do not
// agree or there are none.
uint32_t Sections::rightsOf(StringRef Section) const {
  if (uint32_t Access = Declared.lookup(Section))
    return Access;
  uint32_t Access = Opened.lookup(Section);
  return isBoth(Access) ? 0 : Access;
}

bool Sections::holdsCode(StringRef Section) const {
  auto Known = CI.getASTContext().SectionInfos.find(Section);
  return Section == ".text" || Section.starts_with(".text$") ||
         (rightsOf(Section) & HVCI_ACCESS_EXECUTE) ||
         (Known != CI.getASTContext().SectionInfos.end() &&
          (Known->second.SectionFlags & ASTContext::PSF_Execute));
}

// Whether the object file has it: not an unused inline function or static
// variable.
static bool isEmitted(const Decl *D, ASTContext &Context) {
  const DeclContext *Around = D->getParentFunctionOrMethod();
  const auto *Function = dyn_cast_or_null<FunctionDecl>(Around);
  return (D->isUsed() || Context.DeclMustBeEmitted(D)) &&
         (!Function || isEmitted(Function, Context));
}

void Sections::addContent(const NamedDecl *D, StringRef Section,
                          uint32_t Access) {
  if (isEmitted(D, CI.getASTContext()))
    add(HVCI_CLAIM_CONTENT, Section, D->getNameAsString(), Access,
        SourceRange(D->getLocation()));
}

// Pragmas do not place what templates become.
static bool isOfTemplate(const Decl *D) {
  for (; D && !isa<TranslationUnitDecl>(D);
       D = Decl::castFromDeclContext(D->getDeclContext()))
    if (const auto *Function = dyn_cast<FunctionDecl>(D))
      if (Function->isTemplateInstantiation())
        return true;
  return false;
}

void Sections::addFunction(const FunctionDecl *Function) {
  const uint32_t Access = HVCI_ACCESS_READ | HVCI_ACCESS_EXECUTE;
  // The attribute overrides the pragma.
  if (const auto *Segment = Function->getAttr<CodeSegAttr>())
    addContent(Function, Segment->getName(), Access);
  else if (const auto *Section = Function->getAttr<SectionAttr>();
           Section && !(Section->isImplicit() && isOfTemplate(Function)))
    addContent(Function, Section->getName(), Access);
}

// Whether anybody writes to it, if only to initialise it.
bool Sections::isWritten(const VarDecl *Variable) const {
  return !Variable->hasConstantInitialization() ||
         compat::isStorageWritten(Variable->getType(), CI.getASTContext());
}

// A variable of each thread's own lies in .tls, whatever is said.
bool Sections::isObject(const VarDecl *Variable) {
  return Variable->hasGlobalStorage() && !Variable->isTemplated() &&
         !Variable->isInvalidDecl() &&
         !Variable->getType()->isDependentType() &&
         Variable->getTLSKind() == VarDecl::TLS_None &&
         Variable->isThisDeclarationADefinition() != VarDecl::DeclarationOnly;
}

// What is allocated in a section takes the rights that its pragmas give, be
// they too many or too few. What a pragma puts there has its own as well.
void Sections::addVariable(const VarDecl *Variable, StringRef Section,
                           bool Allocated) {
  uint32_t Rights = rightsOf(Section);
  uint32_t Own = isWritten(Variable) ? HVCI_ACCESS_READ | HVCI_ACCESS_WRITE
                                     : HVCI_ACCESS_READ;
  bool Given = Rights && (Allocated || isBoth(Rights));
  addContent(Variable, Section, Given ? Rights : Own);
}

void Sections::addVariable(const VarDecl *Variable) {
  const auto *Section = Variable->getAttr<SectionAttr>();
  if (Section && isObject(Variable) &&
      !(Section->isImplicit() && isOfTemplate(Variable)))
    addVariable(Variable, Section->getName(), !Section->isImplicit());
}

void Sections::declared(const Decl *D, const Sema *S) {
  recall();
  if (S && !(Segments.empty() && Placed.empty()))
    placeByHeader(D, *S);
  if (const auto *Comment = dyn_cast<PragmaCommentDecl>(D)) {
    if (Comment->getCommentKind() == PCK_Linker)
      addOptions(Comment);
  } else if (const auto *Variable = dyn_cast<VarDecl>(D)) {
    if (S)
      keepDropped(Variable, *S);
  } else if (const auto *Function = dyn_cast<FunctionDecl>(D)) {
    if (S && CI.getDiagnostics().hasErrorOccurred())
      for (const Decl *Local : Function->decls())
        if (const auto *Static = dyn_cast<VarDecl>(Local))
          keepDropped(Static, *S);
  }
}

// Pragmas whose text could not be understood, such as those with a macro's
// parameter.
void Sections::readUnknown() {
  if (std::exchange(UnknownRead, true))
    return;
  llvm::StringSet<> Read;
  for (const hvci_claim &Claim : Claims)
    if (Claim.kind == HVCI_CLAIM_PRAGMA)
      Read.insert(Claim.section);
  for (const auto &Entry : CI.getASTContext().SectionInfos) {
    const ASTContext::SectionInfo &Info = Entry.second;
    if (Info.Decl || Info.PragmaSectionLocation.isInvalid() ||
        Read.contains(Entry.first()))
      continue;
    uint32_t Access = HVCI_ACCESS_READ;
    if (Info.SectionFlags & ASTContext::PSF_Write)
      Access |= HVCI_ACCESS_WRITE;
    if (Info.SectionFlags & ASTContext::PSF_Execute)
      Access |= HVCI_ACCESS_EXECUTE;
    addPragma(Entry.first(), Access, SourceRange(Info.PragmaSectionLocation));
  }
}

void Sections::finish() {
  recall();
  readUnknown();
  for (auto [Variable, Section] : Dropped)
    addVariable(Variable, Section, false);
  for (auto [Function, Section] : DroppedFunctions)
    addContent(Function, Section, HVCI_ACCESS_READ | HVCI_ACCESS_EXECUTE);
}

void Sections::judge(const hvci_unit_fact &Unit, const hvci_options &Options,
                     const hvci_sink &Sink) {
  if (Claims.empty() || State.isPreamble())
    return;
  const SourceManager &SM = CI.getSourceManager();
  llvm::stable_sort(Claims, [&](const hvci_claim &A, const hvci_claim &B) {
    return SM.isBeforeInTranslationUnit(decode(A.range).getBegin(),
                                        decode(B.range).getBegin());
  });
  struct Payload {
    const HeaderState &State;
    const hvci_sink &To;
  } Payload = {State, Sink};
  hvci_sink Own = {[](const hvci_finding *Finding, void *Given) {
                     auto &[State, To] = *static_cast<struct Payload *>(Given);
                     return State.isForeign(decode(Finding->range).getBegin())
                                ? HVCI_OK
                                : To.report(Finding, To.payload);
                   },
                   &Payload};
  hvci_layout_fact Layout = {Claims.data(), Claims.size(), &Unit};
  if (hvci_check_layout(&Layout, &Options, &Own) == HVCI_ERROR_MEMORY)
    llvm::report_bad_alloc_error("hvcilint: the unit's sections");
}

} // namespace hvci
