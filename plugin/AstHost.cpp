// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// AstHost.cpp - the host that sees a unit's AST and tells the checkers.
//
#include "AstHost.h"

#include "Compat.h"
#include "DiagSink.h"
#include "RelocationBuilder.h"
#include "UnitFacts.h"
#include "ValueBuilder.h"

#include "hvci/check.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Sema/SemaConsumer.h"

#include <optional>

using namespace clang;

namespace hvci {

namespace {

/// A callee as the catalogue names it.
struct Callee {
  std::string Name;
  SourceRange NameRange;
  const FunctionProtoType *Type; ///< or null
  unsigned FirstArgument;        ///< of the DDI's parameters in the call
};

/// Walks the unit's own declarations and hands facts to the checkers.
class Visitor : public RecursiveASTVisitor<Visitor> {
  using Base = RecursiveASTVisitor<Visitor>;

public:
  Visitor(ASTContext &Context, const hvci_unit_fact &Unit,
          const hvci_options &Options, const hvci_sink &Sink,
          llvm::function_ref<SourceLocation(const RecordDecl *)> PackingOf)
      : Context(Context), Unit(Unit), Options(Options), Sink(Sink),
        PackingOf(PackingOf), Relocations(Context) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  // Operands that are never evaluated ask for no memory.
  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *,
                                        DataRecursionQueue * = nullptr) {
    return true;
  }

  // A constant initialiser may have millions of elements. In C it is of
  // interest only where it holds addresses, perhaps of compound literals; in
  // C++ it may hold lambdas.
  bool TraverseVarDecl(VarDecl *Variable) {
    if (isConstantGlobal(Variable)) {
      checkVariable(Variable);
      if (!Context.getLangOpts().CPlusPlus &&
          !Relocations.hasSlot(Variable->getType()))
        return true;
    }
    return Base::TraverseVarDecl(Variable);
  }

  // As written: the semantic form repeats the elements of a range designator.
  bool TraverseInitListExpr(InitListExpr *List,
                            DataRecursionQueue *Queue = nullptr) {
    if (InitListExpr *Written = List->getSyntacticForm())
      List = Written;
    for (Stmt *Element : List->children())
      if (!TraverseStmt(Element, Queue))
        return false;
    return true;
  }

  bool VisitCallExpr(CallExpr *Call);
  bool VisitCXXNewExpr(CXXNewExpr *New);
  bool VisitCompoundLiteralExpr(CompoundLiteralExpr *Literal);

private:
  static bool isConstantGlobal(const VarDecl *Variable);
  std::optional<Callee> calleeOf(const CallExpr *Call);
  void checkCall(const Callee &Callee, ArrayRef<const Expr *> Arguments);
  void checkVariable(const VarDecl *Variable);
  void checkGlobal(const std::string &Name, SourceRange Range, QualType Type,
                   CharUnits Alignment, const Expr *Init,
                   const VarDecl *Variable);

  ASTContext &Context;
  const hvci_unit_fact &Unit;
  const hvci_options &Options;
  const hvci_sink &Sink;
  llvm::function_ref<SourceLocation(const RecordDecl *)> PackingOf;
  RelocationBuilder Relocations;
  llvm::DenseMap<const Decl *, bool> Catalogued;
};

} // namespace

// A function of that name that is not the DDI: a class's or a namespace's own.
static bool isAtFileScope(const FunctionDecl *Function) {
  return Function->getDeclContext()->getRedeclContext()->isTranslationUnit();
}

static bool isInCatalogue(const std::string &Name) {
  return hvci_ddi_find(Name.c_str()) != nullptr;
}

// The interface that first declares the method, as "IPortWavePci::Init".
static std::string methodName(const CXXMethodDecl *Method) {
  while (Method->size_overridden_methods() > 0) {
    std::string Own =
        (Method->getParent()->getName() + "::" + Method->getName()).str();
    if (isInCatalogue(Own))
      return Own;
    Method = *Method->begin_overridden_methods();
  }
  return (Method->getParent()->getName() + "::" + Method->getName()).str();
}

// A COM call in C: a member of the interface's table of functions.
static std::string tableMethodName(const MemberExpr *Member) {
  const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
  if (!Field || !Field->getIdentifier())
    return {};
  StringRef Table = Field->getParent()->getName();
  return Table.consume_back("Vtbl") ? (Table + "::" + Field->getName()).str()
                                    : std::string();
}

std::optional<Callee> Visitor::calleeOf(const CallExpr *Call) {
  if (!Call->getCallee() || Call->getCallee()->containsErrors())
    return std::nullopt;
  const Expr *Target = Call->getCallee()->IgnoreParenImpCasts();
  SourceRange Range(Target->getExprLoc());
  if (const auto *Member = dyn_cast<MemberExpr>(Target))
    Range = SourceRange(Member->getMemberLoc());

  if (const FunctionDecl *Function = Call->getDirectCallee()) {
    auto Known = Catalogued.find(Function);
    if (Known != Catalogued.end() && !Known->second)
      return std::nullopt;
    std::string Name;
    const auto *Method = dyn_cast<CXXMethodDecl>(Function);
    if (Method && Method->getIdentifier() &&
        Method->getParent()->getIdentifier())
      Name = methodName(Method);
    else if (Function->getIdentifier() && isAtFileScope(Function))
      Name = Function->getName().str();
    bool Found = !Name.empty() && isInCatalogue(Name);
    Catalogued[Function] = Found;
    if (!Found)
      return std::nullopt;
    return Callee{Name, Range, Function->getType()->getAs<FunctionProtoType>(),
                  0};
  }
  if (const auto *Member = dyn_cast<MemberExpr>(Target)) {
    std::string Name = tableMethodName(Member);
    if (!Name.empty() && isInCatalogue(Name)) // its first argument is `this`
      return Callee{Name, Range, nullptr, 1};
  }
  return std::nullopt;
}

void Visitor::checkCall(const Callee &Callee,
                        ArrayRef<const Expr *> Arguments) {
  ValueBuilder Builder(Context);
  SmallVector<hvci_argument, 10> Facts;
  for (unsigned I = Callee.FirstArgument; I < Arguments.size(); I++) {
    QualType Parameter;
    if (Callee.Type && I < Callee.Type->getNumParams())
      Parameter = Callee.Type->getParamType(I);
    Facts.push_back(Builder.build(Arguments[I], Parameter));
  }
  hvci_call_fact Call = {};
  Call.callee = Callee.Name.c_str();
  Call.callee_range = encode(Callee.NameRange);
  Call.callee_editable =
      Builder.source().editableRange(Callee.NameRange).isValid() &&
      Builder.source().text(Callee.NameRange) == Callee.Name;
  Call.arguments = Facts.data();
  Call.argument_count = Facts.size();
  Call.unit = &Unit;
  (void)hvci_check_call(&Call, &Options, &Sink);
}

bool Visitor::VisitCallExpr(CallExpr *Call) {
  if (std::optional<Callee> Callee = calleeOf(Call)) {
    SmallVector<const Expr *, 10> Arguments(Call->arg_begin(), Call->arg_end());
    checkCall(*Callee, Arguments);
  }
  return true;
}

// The kind of memory that an allocation function's parameter chooses.
static StringRef poolParameter(QualType Type) {
  if (const auto *Enum = Type->getAs<EnumType>())
    if (Enum->getDecl()->getName() == "_POOL_TYPE")
      return "POOL_TYPE";
  for (const auto *Typedef = Type->getAs<TypedefType>(); Typedef;
       Typedef = Typedef->desugar()->getAs<TypedefType>())
    if (Typedef->getDecl()->getName() == "POOL_FLAGS")
      return "POOL_FLAGS";
  return {};
}

bool Visitor::VisitCXXNewExpr(CXXNewExpr *New) {
  const FunctionDecl *Operator = New->getOperatorNew();
  if (!Operator || Operator->getNumParams() < 2 ||
      New->getNumPlacementArgs() == 0)
    return true;
  StringRef Kind = poolParameter(Operator->getParamDecl(1)->getType());
  if (Kind.empty())
    return true;
  std::string Name =
      (Twine("operator new") + (New->isArray() ? "[]" : "") + "(" + Kind + ")")
          .str();
  // The catalogue counts the size that the language passes.
  SmallVector<const Expr *, 4> Arguments{New->getPlacementArg(0)};
  Arguments.append(New->placement_arg_begin(), New->placement_arg_end());
  checkCall({Name, SourceRange(New->getBeginLoc()),
             Operator->getType()->getAs<FunctionProtoType>(), 0},
            Arguments);
  return true;
}

bool Visitor::isConstantGlobal(const VarDecl *Variable) {
  return Variable->hasGlobalStorage() && Variable->hasInit() &&
         Variable->isThisDeclarationADefinition() &&
         Variable->getTLSKind() == VarDecl::TLS_None &&
         !Variable->isInvalidDecl() &&
         !Variable->getType()->isDependentType() &&
         !Variable->getInit()->isValueDependent() &&
         !Variable->getInit()->containsErrors() &&
         Variable->hasConstantInitialization();
}

void Visitor::checkVariable(const VarDecl *Variable) {
  checkGlobal(Variable->getNameAsString(), SourceRange(Variable->getLocation()),
              Variable->getType(), Context.getDeclAlign(Variable),
              Variable->getInit(), Variable);
}

bool Visitor::VisitCompoundLiteralExpr(CompoundLiteralExpr *Literal) {
  if (Literal->isFileScope() && !Literal->isValueDependent() &&
      !Literal->containsErrors())
    checkGlobal("compound literal", SourceRange(Literal->getBeginLoc()),
                Literal->getType(),
                Context.getTypeAlignInChars(Literal->getType()),
                Literal->getInitializer(), nullptr);
  return true;
}

static std::string recordName(const RecordDecl *Record) {
  if (const TypedefNameDecl *Name = Record->getTypedefNameForAnonDecl())
    return Name->getNameAsString();
  std::string Name = Record->getNameAsString();
  return Name.empty() ? "(unnamed)" : Name;
}

void Visitor::checkGlobal(const std::string &Name, SourceRange Range,
                          QualType Type, CharUnits Alignment, const Expr *Init,
                          const VarDecl *Variable) {
  if (Type->isIncompleteType())
    return;
  auto Bytes = static_cast<uint64_t>(Alignment.getQuantity());
  std::vector<Slot> Slots = Relocations.build(Type, Bytes, Init, Variable);
  if (Slots.empty())
    return;

  ValueBuilder Strings(Context);
  std::vector<hvci_relocation> Facts;
  Facts.reserve(Slots.size());
  // Neighbouring slots mostly share their culprit.
  const FieldDecl *Last = nullptr;
  hvci_relocation Shared = {};
  Shared.record = Shared.field = "";
  Shared.width = Relocations.width();
  for (const Slot &S : Slots) {
    if (S.Culprit && S.Culprit != Last) {
      Last = S.Culprit;
      const RecordDecl *Record = Last->getParent();
      Shared.record = Strings.save(recordName(Record));
      Shared.field = Strings.save(Last->getNameAsString());
      Shared.field_offset =
          Context.getFieldOffset(Last) / Context.getCharWidth();
      Shared.field_range = encode(SourceRange(Last->getLocation()));
      Shared.packing = encode(SourceRange(PackingOf(Record)));
    }
    hvci_relocation Fact = Shared;
    Fact.offset = S.Offset;
    Fact.repeat_count = static_cast<uint32_t>(S.Repeats.size());
    Fact.repeats = S.Repeats.data();
    Facts.push_back(Fact);
  }
  hvci_global_fact Global = {};
  Global.name = Name.c_str();
  Global.range = encode(Range);
  Global.alignment = Bytes;
  Global.relocations = Facts.data();
  Global.relocation_count = Facts.size();
  Global.unit = &Unit;
  (void)hvci_check_global(&Global, &Options, &Sink);
}

namespace {

/// Collects the unit's declarations as they are parsed, and checks them at its
/// end, when everything that can be said of the unit is known.
class AstHost : public SemaConsumer {
public:
  AstHost(CompilerInstance &CI, const hvci_options &Options)
      : CI(CI), Options(Options), Suppressed(CI),
        Sink(CI, this->Options, Suppressed) {
    Suppressed.listen();
  }

  void InitializeSema(Sema &S) override { SemaRef = &S; }
  void ForgetSema() override { SemaRef = nullptr; }

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    const SourceManager &SM = CI.getSourceManager();
    for (Decl *D : Group)
      if (!SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation())))
        Declarations.push_back(D);
    return true;
  }

  // From a precompiled header: judged when that was made.
  void HandleInterestingDecl(DeclGroupRef) override {}

  void HandleTagDeclDefinition(TagDecl *Tag) override;
  void HandleTranslationUnit(ASTContext &Context) override;

private:
  SourceLocation packingOf(const RecordDecl *Record) const;

  CompilerInstance &CI;
  hvci_options Options;
  Suppressions Suppressed;
  DiagSink Sink;
  Sema *SemaRef = nullptr;
  std::vector<Decl *> Declarations;
  /// The pragma that was in force when the record was defined.
  llvm::DenseMap<const RecordDecl *, SourceLocation> PackPragmas;
};

} // namespace

void AstHost::HandleTagDeclDefinition(TagDecl *Tag) {
  const auto *Record = dyn_cast<RecordDecl>(Tag);
  if (Record && SemaRef && Record->hasAttr<MaxFieldAlignmentAttr>())
    PackPragmas[Record] = SemaRef->AlignPackStack.CurrentPragmaLocation;
}

SourceLocation AstHost::packingOf(const RecordDecl *Record) const {
  if (const auto *Attr = Record->getAttr<PackedAttr>())
    return Attr->getLocation();
  return PackPragmas.lookup(Record);
}

void AstHost::HandleTranslationUnit(ASTContext &Context) {
  Suppressed.finish();
  UnitFacts Unit(CI);
  auto PackingOf = [this](const RecordDecl *Record) {
    return packingOf(Record);
  };
  Visitor Visitor(Context, Unit.fact(), Options, Sink.sink(), PackingOf);
  for (Decl *D : Declarations)
    Visitor.TraverseDecl(D);
  Sink.reportSuppressions();
}

std::unique_ptr<ASTConsumer> createAstHost(CompilerInstance &CI,
                                           const hvci_options &Options) {
  return std::make_unique<AstHost>(CI, Options);
}

} // namespace hvci
