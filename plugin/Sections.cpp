// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sections.cpp - what a unit says of the sections that it becomes a part of.
//
#include "Sections.h"

#include "Compat.h"
#include "PragmaText.h"
#include "SourceText.h"

#include "hvci/linker.h"

#include "clang/AST/Attr.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Sema/Sema.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ErrorHandling.h"

#include <array>
#include <optional>

using namespace clang;

namespace hvci {

// The characters between the quotes of a literal that says them plainly. One in
// a macro of a precompiled header has no text of its own.
static std::optional<std::string> plainText(const Token &Tok,
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
    std::optional<std::string> Part = plainText(Left.front(), PP);
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

Sections::Sections(CompilerInstance &CI, HeaderState &State)
    : CI(CI), State(State) {}

void Sections::listen() {
  Preprocessor &PP = CI.getPreprocessor();
  PP.addPPCallbacks(std::make_unique<SectionCallbacks>(*this, PP));
}

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
static bool isObject(const VarDecl *Variable) {
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

namespace {

/// The pragmas of one kind that decide where objects go.
struct Segment {
  StringRef Name;
  const Sema::PragmaStack<StringLiteral *> *Stack; ///< what Sema knows of them
};

} // namespace

enum { Code, Data, Bss, Const };

static std::array<Segment, 4> segments(const Sema &S) {
  return {{{"code", &S.CodeSegStack},
           {"data", &S.DataSegStack},
           {"bss", &S.BSSSegStack},
           {"const", &S.ConstSegStack}}};
}

static Segment segmentFor(const VarDecl *Variable, bool Written,
                          const Sema &S) {
  bool Zero = !Variable->hasInit() || !Variable->hasConstantInitialization();
  return segments(S)[!Written ? Const : Zero ? Bss : Data];
}

static bool isTentative(const VarDecl *Variable, const LangOptions &LO) {
  return !LO.CPlusPlus && !Variable->hasInit();
}

// Clang takes the pragma's section from a variable that does not fit to what
// else is there, with an error, and never gives one to a variable of C without
// an initialiser. Such a variable may also be common to several units if it is
// not static: then it is unknown where it goes.
void Sections::keepDropped(const VarDecl *Variable, const Sema &S) {
  bool Tentative = isTentative(Variable, CI.getLangOpts());
  if (Variable->hasAttr<SectionAttr>() || !isObject(Variable) ||
      (Tentative ? Variable->isExternallyVisible()
                 : !CI.getDiagnostics().hasErrorOccurred() &&
                       !compat::trustsConst(Variable->getType())))
    return;
  Segment In = segmentFor(Variable, isWritten(Variable), S);
  if (const StringLiteral *Section = In.Stack->CurrentValue)
    Dropped.push_back({Variable, Section->getString()});
}

// The section of a header's pragma that is still in force: Clang does not know
// of it, but of the unit's own, which end it.
StringRef Sections::recalledIn(StringRef Name, SourceLocation OwnPragma) const {
  return OwnPragma.isValid() ? StringRef() : Segments.lookup(Name);
}

void Sections::placeByHeader(const VarDecl *Variable, const Sema &S) {
  if (Variable->hasAttr<SectionAttr>() || !isObject(Variable) ||
      (isTentative(Variable, CI.getLangOpts()) &&
       Variable->isExternallyVisible()))
    return;
  Segment In = segmentFor(Variable, isWritten(Variable), S);
  StringRef Section = recalledIn(In.Name, In.Stack->CurrentPragmaLocation);
  if (!Section.empty())
    Dropped.push_back({Variable, Section});
}

void Sections::placeByHeader(const FunctionDecl *Function, const Sema &S) {
  for (const Decl *Local : Function->decls())
    if (const auto *Static = dyn_cast<VarDecl>(Local))
      placeByHeader(Static, S);
  if (!Function->doesThisDeclarationHaveABody() || Function->isTemplated() ||
      Function->hasAttr<SectionAttr>() || Function->hasAttr<CodeSegAttr>())
    return;
  Segment In = segments(S)[Code];
  StringRef Section = recalledIn(In.Name, In.Stack->CurrentPragmaLocation);
  if (Section.empty() && Function->getIdentifier() && Function->isExternC())
    Section = Placed.lookup(Function->getName());
  if (!Section.empty())
    DroppedFunctions.push_back({Function, Section});
}

// A pragma in a block of declarations counts for the whole block: where both
// hold nothing is said.
void Sections::placeByHeader(const Decl *D, const Sema &S) {
  if (const auto *Variable = dyn_cast<VarDecl>(D))
    placeByHeader(Variable, S);
  else if (const auto *Function = dyn_cast<FunctionDecl>(D))
    placeByHeader(Function, S);
  else if (isa<LinkageSpecDecl, NamespaceDecl>(D))
    for (const Decl *Inner : cast<DeclContext>(D)->decls())
      placeByHeader(Inner, S);
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
  while (std::optional<std::string> Part = plainText(Tok, PP)) {
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

// What a header leaves to its users, as fields.
static constexpr StringRef ClaimKind = "claim", DeclaredKind = "section",
                           OpenedKind = "opened", SegmentKind = "segment",
                           PlacedKind = "placed";
enum { ClaimFields = 8, PairFields = 2 };

void Sections::keep(const hvci_claim &Claim) {
  State.keep(ClaimKind,
             {std::to_string(Claim.kind), std::to_string(Claim.access),
              std::to_string(Claim.denied), std::to_string(Claim.alignment),
              std::to_string(Claim.dead), Claim.section, Claim.into,
              Claim.subject},
             decode(Claim.range));
}

void Sections::keep(const Sema &S) {
  readUnknown();
  for (const hvci_claim &Claim : Claims)
    keep(Claim);
  for (const auto &Entry : Declared)
    State.keep(DeclaredKind, {std::to_string(Entry.second), Entry.first()}, {});
  for (const auto &Entry : Opened)
    State.keep(OpenedKind, {std::to_string(Entry.second), Entry.first()}, {});
  for (const Segment &In : segments(S))
    if (const StringLiteral *Section = In.Stack->CurrentValue)
      State.keep(SegmentKind, {In.Name, Section->getString()}, {});
  for (const auto &Entry : S.FunctionToSectionMap)
    State.keep(PlacedKind, {Entry.first(), std::get<0>(Entry.second)}, {});
}

void Sections::recallClaim(ArrayRef<StringRef> Fields, SourceRange Range) {
  hvci_claim Claim = {};
  unsigned Kind = 0, Dead = 0;
  if (Fields[0].getAsInteger(10, Kind) || Kind > HVCI_CLAIM_ALIGN ||
      Fields[1].getAsInteger(10, Claim.access) ||
      Fields[2].getAsInteger(10, Claim.denied) ||
      Fields[3].getAsInteger(10, Claim.alignment) ||
      Fields[4].getAsInteger(10, Dead))
    return;
  Claim.kind = static_cast<hvci_claim_kind>(Kind);
  Claim.dead = Dead != 0;
  Claim.section = Words.save(Fields[5]).data();
  Claim.into = Words.save(Fields[6]).data();
  Claim.subject = Words.save(Fields[7]).data();
  Claim.range = encode(Range);
  Claims.push_back(Claim);
}

void Sections::recall() {
  if (std::exchange(Recalled, true))
    return;
  State.recall(ClaimKind, ClaimFields,
               [&](ArrayRef<StringRef> Fields, SourceRange Range) {
                 recallClaim(Fields, Range);
               });
  auto RecallPairs = [&](StringRef Kind, auto Take) {
    State.recall(Kind, PairFields,
                 [&](ArrayRef<StringRef> Fields, SourceRange) {
                   Take(Fields[0], Fields[1]);
                 });
  };
  auto Grant = [](llvm::StringMap<uint32_t> &To) {
    return [&To](StringRef Access, StringRef Section) {
      uint32_t Bits = 0;
      if (!Access.getAsInteger(10, Bits))
        To[Section] |= Bits;
    };
  };
  RecallPairs(DeclaredKind, Grant(Declared));
  RecallPairs(OpenedKind, Grant(Opened));
  RecallPairs(SegmentKind, [&](StringRef Segment, StringRef Section) {
    Segments[Segment] = Section;
  });
  RecallPairs(PlacedKind, [&](StringRef Function, StringRef Section) {
    Placed[Function] = Section;
  });
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
