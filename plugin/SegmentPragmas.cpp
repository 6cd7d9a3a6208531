// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SegmentPragmas.cpp - the sections of what is declared while a pragma is in
// force, and what a header that is compiled by itself leaves to its users.
//
#include "Sections.h"

#include "Compat.h"
#include "SourceText.h"

#include "clang/AST/Attr.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Sema/Sema.h"

#include <array>
#include <utility>

using namespace clang;

namespace hvci {

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

} // namespace hvci
