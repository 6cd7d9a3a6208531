// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// UnitProgram.cpp - the unit's functions and calls, as the rule core asks of
// them.
//
#include "UnitProgram.h"

#include "Compat.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace hvci {

static constexpr size_t NotOfInterest = ~size_t(0);

UnitProgram::UnitProgram(ASTContext &Context, const hvci_unit_fact &Unit,
                         const hvci_options &Options, ArrayRef<Decl *> Own,
                         bool WholeDriver)
    : Context(Context), Unit(Unit), Options(Options), WholeDriver(WholeDriver),
      Source(Context.getSourceManager(), Context.getLangOpts()),
      KnownPointers(Context, Own), NamedFields(Options),
      Glances(Context, ValueBuilder::Values) {}

// A type that can hold a pool type, a page protection or the like: not the
// status of an operation or a truth value.
static bool mayDecide(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isDependentType() || Type->isBooleanType())
    return false;
  if (Type->isEnumeralType())
    return true;
  const auto *Builtin = Type->getAs<BuiltinType>();
  return Builtin && Builtin->isUnsignedInteger() &&
         Builtin->getKind() != BuiltinType::UChar;
}

static bool mayPass(QualType Type) {
  return Type.getNonReferenceType()->isIntegralOrEnumerationType();
}

static const FunctionDecl *bodyOf(const FunctionDecl *Function) {
  const FunctionDecl *Definition = nullptr;
  if (!Function->hasBody(Definition) || Definition->isDependentContext() ||
      Definition->isInvalidDecl() || Definition->isLateTemplateParsed())
    return nullptr;
  return Definition;
}

// Whether another unit of the driver may have its body. The kit's functions are
// Windows' own.
bool UnitProgram::isOpen(const FunctionDecl *Decl) const {
  const SourceManager &SM = Context.getSourceManager();
  return WholeDriver && Decl->isExternallyVisible() && !bodyOf(Decl) &&
         !Decl->getBuiltinID() && Decl->getLocation().isValid() &&
         !SM.isInSystemHeader(SM.getExpansionLoc(Decl->getLocation()));
}

const char *UnitProgram::symbolOf(const Function &F) {
  if (!WholeDriver || F.Quiet || !F.Decl || !F.Decl->isExternallyVisible() ||
      F.Decl->isDependentContext() || isa<CXXDeductionGuideDecl>(F.Decl))
    return nullptr;
  if (!Names)
    Names = std::make_unique<ASTNameGenerator>(Context);
  return Strings.save(Names->getName(F.Decl)).data();
}

// Whether calls of it can lead to a finding: by its name, or by its body and
// what it is told or tells.
bool UnitProgram::isOfInterest(const FunctionDecl *Decl) const {
  if (hvci_options_ddi(&Options, nameOf(Decl).c_str()))
    return true;
  if (isOpen(Decl))
    return true;
  if (!bodyOf(Decl))
    return false;
  if (WholeDriver && !Source.inSystemHeader(bodyOf(Decl)->getLocation()))
    return true; // it may lead to what the entry has to do first
  if (mayDecide(Decl->getReturnType()))
    return true;
  return llvm::any_of(Decl->parameters(), [](const ParmVarDecl *Parameter) {
    return mayPass(Parameter->getType());
  });
}

size_t UnitProgram::addFunction(const FunctionDecl *Decl, StringRef Name) {
  Functions.emplace_back();
  Functions.back().Decl = Decl;
  Functions.back().Name = Strings.save(Name).data();
  return Functions.size() - 1;
}

size_t UnitProgram::calleeNamed(StringRef Name) {
  auto [Entry, New] = Named.try_emplace(Name, NotOfInterest);
  if (New && hvci_options_ddi(&Options, Name.str().c_str()))
    Entry->second = addFunction(nullptr, Name);
  return Entry->second;
}

size_t UnitProgram::calleeFor(const FunctionDecl *Decl, bool Virtual) {
  Decl = Decl->getCanonicalDecl();
  auto [Entry, New] = Known.try_emplace(Key(Decl, Virtual), NotOfInterest);
  if (!New || !isOfInterest(Decl))
    return Entry->second;
  size_t F = addFunction(Decl, nameOf(Decl));
  Known[Key(Decl, Virtual)] = F;
  if (!Virtual && bodyOf(Decl))
    Unseen.push_back(Decl);
  Functions[F].Open = !Virtual && isOpen(Decl);
  return F;
}

size_t UnitProgram::enter(const Decl *Owner, const Stmt *Body, bool Quiet) {
  const auto *Decl = dyn_cast_or_null<FunctionDecl>(Owner);
  size_t F;
  if (Decl) {
    Decl = Decl->getCanonicalDecl();
    auto [Entry, New] = Known.try_emplace(Key(Decl, false), NotOfInterest);
    if (Entry->second == NotOfInterest)
      Entry->second = addFunction(Decl, nameOf(Decl));
    F = Entry->second;
  } else {
    F = addFunction(nullptr, "");
  }
  Function &Entered = Functions[F];
  Entered.Owner = Owner;
  Entered.Body = Body;
  Entered.Entered = true;
  Entered.Quiet = Quiet;
  Entered.HasResult = Decl && mayDecide(Decl->getReturnType());
  return F;
}

const FunctionDecl *UnitProgram::nextUnseen() {
  while (!Unseen.empty()) {
    const FunctionDecl *Decl = Unseen.back();
    Unseen.pop_back();
    if (!Functions[Known.lookup(Key(Decl, false))].Entered)
      return bodyOf(Decl);
  }
  return nullptr;
}

static bool isVirtualCall(const Expr *Call, const FunctionDecl *Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  if (!Method || !Member || !Method->isVirtual())
    return false;
  const auto *Named =
      dyn_cast<MemberExpr>(Member->getCallee()->IgnoreParenImpCasts());
  if (Named && Named->hasQualifier())
    return false;
  return Method->getDevirtualizedMethod(Member->getImplicitObjectArgument(),
                                        false) != Method;
}

void UnitProgram::addCall(size_t F, const Expr *Call) {
  Function &Caller = Functions[F];
  const auto *Plain = dyn_cast<CallExpr>(Call);
  if (Plain && Plain->getCallee() &&
      KnownPointers.needsWholeUnit(Plain->getCallee())) {
    Late.push_back({F, Caller.Sites.size()});
    Caller.Sites.push_back({Call, nowhere(), SourceRange(), 0});
    return;
  }
  std::optional<Callee> Called = calleeOf(Call, KnownPointers);
  size_t To = Called ? calleeOfCall(Call, *Called) : NotOfInterest;
  if (To == NotOfInterest)
    return;
  Functions[F].SiteOf[Call] = static_cast<unsigned>(Functions[F].Sites.size());
  Functions[F].Sites.push_back(
      {Call, To, Called->NameRange, Called->FirstArgument});
}

size_t UnitProgram::calleeOfCall(const Expr *Call, const Callee &Called) {
  return Called.Function
             ? calleeFor(Called.Function, isVirtualCall(Call, Called.Function))
             : calleeNamed(Called.Name);
}

// What is called where nobody knows what.
size_t UnitProgram::nowhere() {
  auto [Entry, New] = Named.try_emplace("", NotOfInterest);
  if (New)
    Entry->second = addFunction(nullptr, "");
  return Entry->second;
}

void UnitProgram::resolveLate() {
  for (auto [F, Index] : Late) {
    const Expr *Call = Functions[F].Sites[Index].Call;
    std::optional<Callee> Called = calleeOf(Call, KnownPointers);
    size_t To = Called ? calleeOfCall(Call, *Called) : NotOfInterest;
    if (To == NotOfInterest)
      continue;
    Functions[F].SiteOf[Call] = static_cast<unsigned>(Index);
    Functions[F].Sites[Index] = {Call, To, Called->NameRange,
                                 Called->FirstArgument};
  }
  Late.clear();
}

void UnitProgram::addStores(size_t F, const Expr *E) {
  NamedFields.forEachStore(E, [&](const FieldStore &Store) {
    size_t To = calleeNamed(Store.Name);
    if (To != NotOfInterest)
      Functions[F].Sites.push_back({E, To, Store.NameRange, 0, Store.Value});
  });
}

Flow &UnitProgram::valuesOf(Function &F) {
  if (!F.Values)
    F.Values = std::make_unique<Flow>(
        Context, F.Owner, F.Body,
        [&F](const Expr *Call) -> std::optional<unsigned> {
          auto Site = F.SiteOf.find(Call);
          if (Site == F.SiteOf.end())
            return std::nullopt;
          return Site->second;
        });
  return *F.Values;
}

// The arguments of the callee's parameters.
static SmallVector<const Expr *, 8> argumentsOf(const Expr *Call,
                                                unsigned First) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Call))
    return {Construct->arg_begin(), Construct->arg_end()};
  if (const auto *New = dyn_cast<CXXNewExpr>(Call)) {
    // The language passes the size.
    SmallVector<const Expr *, 8> Arguments{nullptr};
    Arguments.append(New->placement_arg_begin(), New->placement_arg_end());
    return Arguments;
  }
  const auto *Plain = cast<CallExpr>(Call);
  return {Plain->arg_begin() + std::min(First, Plain->getNumArgs()),
          Plain->arg_end()};
}

void UnitProgram::answerCall(size_t Index, size_t SiteIndex, uint32_t Wanted,
                             hvci_detail Detail, hvci_call_fact *Out) {
  Function &Caller = Functions[Index];
  const Site &At = Caller.Sites[SiteIndex];
  const Function &Called = Functions[At.Callee];
  SmallVector<const Expr *, 8> Arguments{At.Stored};
  if (!At.Stored)
    Arguments = argumentsOf(At.Call, At.FirstArgument);
  auto *Facts = Memory.Allocate<hvci_argument>(Arguments.size());
  for (unsigned I = 0; I < Arguments.size(); I++) {
    Facts[I] = ValueBuilder::unknown();
    if (!Arguments[I] || I >= 32 || !(Wanted >> I & 1))
      continue;
    QualType Parameter;
    if (Called.Decl && I < Called.Decl->getNumParams())
      Parameter = Called.Decl->getParamDecl(I)->getType();
    if (Detail == HVCI_GLANCE) {
      Facts[I] = Glances.build(Arguments[I], Parameter);
      continue;
    }
    Facts[I] = valuesOf(Caller).argument(
        Arguments[I], Parameter, At.Call,
        Detail == HVCI_WORDS ? ValueBuilder::Words : ValueBuilder::Values);
  }
  *Out = {};
  Out->callee = Called.Name;
  Out->callee_range = encode(At.NameRange);
  Out->callee_editable = Detail == HVCI_WORDS &&
                         Source.editableRange(At.NameRange).isValid() &&
                         Source.text(At.NameRange) == Called.Name;
  Out->arguments = Facts;
  Out->argument_count = Arguments.size();
  Out->unit = &Unit;
}

void UnitProgram::answerResult(size_t Index, hvci_detail Detail,
                               hvci_argument *Out) {
  *Out = valuesOf(Functions[Index])
             .result(Detail == HVCI_WORDS ? ValueBuilder::Words
                                          : ValueBuilder::Values);
}

SourceLocation UnitProgram::nameLocation(size_t F) const {
  const auto *Decl = dyn_cast_or_null<FunctionDecl>(Functions[F].Owner);
  return Decl ? Decl->getLocation() : SourceLocation();
}

hvci_program UnitProgram::program() {
  resolveLate();
  Facts.clear();
  SiteFacts.clear();
  SiteFacts.reserve(Functions.size());
  for (const Function &F : Functions) {
    SiteFacts.emplace_back();
    for (const Site &S : F.Sites)
      SiteFacts.back().push_back({S.Callee});
    hvci_function Fact = {};
    Fact.name = F.Name;
    Fact.sites = SiteFacts.back().data();
    Fact.site_count = F.Sites.size();
    Fact.symbol = F.Entered || F.Open ? symbolOf(F) : nullptr;
    Fact.open = F.Open && !F.Entered;
    Fact.has_body = F.Entered;
    Fact.has_result = F.Entered && F.HasResult;
    Fact.quiet = F.Quiet;
    Facts.push_back(Fact);
  }
  hvci_program Program = {};
  Program.functions = Facts.data();
  Program.function_count = Facts.size();
  Program.call = [](size_t F, size_t Site, uint32_t Wanted, hvci_detail Detail,
                    hvci_call_fact *Out, void *Payload) {
    static_cast<UnitProgram *>(Payload)->answerCall(F, Site, Wanted, Detail,
                                                    Out);
  };
  Program.result = [](size_t F, hvci_detail Detail, hvci_argument *Out,
                      void *Payload) {
    static_cast<UnitProgram *>(Payload)->answerResult(F, Detail, Out);
  };
  Program.payload = this;
  return Program;
}

} // namespace hvci
