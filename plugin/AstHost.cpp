// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// AstHost.cpp - the host that sees a unit's AST and tells the checkers.
//
#include "AstHost.h"

#include "CodeUses.h"
#include "Compat.h"
#include "DiagSink.h"
#include "RelocationBuilder.h"
#include "UnitFacts.h"
#include "ValueBuilder.h"

#include "hvci/check.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Sema/SemaConsumer.h"

#include <algorithm>
#include <optional>

using namespace clang;

namespace hvci {

namespace {

/// A callee as the catalogue names it.
struct Callee {
  const hvci_ddi *Row;
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
        PackingOf(PackingOf), Relocations(Context),
        Uses(Context, Unit, Options, Sink) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  // Nothing in a type is evaluated.
  template <typename... More> bool TraverseTypeLoc(TypeLoc, More...) {
    return true;
  }

  bool VisitVarDecl(VarDecl *Variable) {
    if (isInitialisedGlobal(Variable))
      checkVariable(Variable);
    return true;
  }

  // An initialiser may have millions of elements. In C it is of interest only
  // where it holds addresses, perhaps of compound literals; in C++ it may hold
  // lambdas.
  bool TraverseVarDecl(VarDecl *Variable) {
    bool Numbers = !Context.getLangOpts().CPlusPlus &&
                   isInitialisedGlobal(Variable) &&
                   !Relocations.hasSlot(Variable->getType());
    return Numbers || Base::TraverseVarDecl(Variable);
  }

  // Statements are walked by their children alone, which costs a fraction of
  // the visitor's own way through types and names.
  bool TraverseStmt(Stmt *Root, DataRecursionQueue * = nullptr);

private:
  static bool isInitialisedGlobal(const VarDecl *Variable);
  void checkCallExpr(const CallExpr *Call);
  void checkNew(const CXXNewExpr *New);
  void checkCompoundLiteral(const CompoundLiteralExpr *Literal);
  Stmt *withoutLeaf(Stmt *S);
  std::optional<Callee> calleeOf(const CallExpr *Call);
  void checkCall(const Callee &Callee, ArrayRef<const Expr *> Arguments);
  void tellCall(const Callee &Callee, ArrayRef<const Expr *> Arguments,
                ValueBuilder::Detail Detail, const hvci_sink &To);
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
  CodeUses Uses;
  llvm::DenseMap<const FunctionDecl *, const hvci_ddi *> Rows; ///< or null
};

} // namespace

// A function of that name that is not the DDI: a class's or a namespace's own.
static bool isAtFileScope(const FunctionDecl *Function) {
  return Function->getDeclContext()->getRedeclContext()->isTranslationUnit();
}

// The row of the method, of the interface that first declares it.
static const hvci_ddi *rowOfMethod(const CXXMethodDecl *Method) {
  for (;;) {
    if (!Method->getIdentifier() || !Method->getParent()->getIdentifier())
      return nullptr;
    std::string Name =
        (Method->getParent()->getName() + "::" + Method->getName()).str();
    if (const hvci_ddi *Row = hvci_ddi_find(Name.c_str()))
      return Row;
    if (Method->size_overridden_methods() == 0)
      return nullptr;
    Method = *Method->begin_overridden_methods();
  }
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

// The row of an operator new by its first parameter behind the size.
static const hvci_ddi *rowOfNew(const FunctionDecl *Operator) {
  StringRef Kind = Operator->getNumParams() < 2
                       ? StringRef()
                       : poolParameter(Operator->getParamDecl(1)->getType());
  bool Array = Operator->getOverloadedOperator() == OO_Array_New;
  if (Kind.empty())
    return nullptr;
  return hvci_ddi_find(
      (Twine("operator new") + (Array ? "[](" : "(") + Kind + ")")
          .str()
          .c_str());
}

static const hvci_ddi *rowOfFunction(const FunctionDecl *Function) {
  OverloadedOperatorKind Operator = Function->getOverloadedOperator();
  if (Operator == OO_New || Operator == OO_Array_New)
    return rowOfNew(Function);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Function))
    return rowOfMethod(Method);
  if (!Function->getIdentifier() || !isAtFileScope(Function))
    return nullptr;
  return hvci_ddi_find(Function->getName().str().c_str());
}

// A COM call in C: a member of the interface's table of functions.
static const hvci_ddi *rowOfTableMethod(const MemberExpr *Member) {
  const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
  if (!Field || !Field->getIdentifier())
    return nullptr;
  StringRef Table = Field->getParent()->getName();
  if (!Table.consume_back("Vtbl"))
    return nullptr;
  return hvci_ddi_find((Table + "::" + Field->getName()).str().c_str());
}

std::optional<Callee> Visitor::calleeOf(const CallExpr *Call) {
  if (!Call->getCallee() || Call->getCallee()->containsErrors())
    return std::nullopt;
  const Expr *Target = Call->getCallee()->IgnoreParenImpCasts();
  SourceRange Range(Target->getExprLoc());
  if (const auto *Member = dyn_cast<MemberExpr>(Target))
    Range = SourceRange(Member->getMemberLoc());

  if (const FunctionDecl *Function = Call->getDirectCallee()) {
    auto [Known, New] = Rows.try_emplace(Function, nullptr);
    if (New)
      Known->second = rowOfFunction(Function);
    if (!Known->second)
      return std::nullopt;
    return Callee{Known->second, Range,
                  Function->getType()->getAs<FunctionProtoType>(), 0};
  }
  if (const auto *Member = dyn_cast<MemberExpr>(Target))
    if (const hvci_ddi *Row = rowOfTableMethod(Member))
      return Callee{Row, Range, nullptr, 1}; // its first argument is `this`
  return std::nullopt;
}

// Most calls are fine, and need no words: a first look at the values alone
// tells which have to be looked at in full.
void Visitor::checkCall(const Callee &Callee,
                        ArrayRef<const Expr *> Arguments) {
  bool Speaks = false;
  hvci_sink Probe = {[](const hvci_finding *, void *Said) {
                       *static_cast<bool *>(Said) = true;
                       return HVCI_OK;
                     },
                     &Speaks};
  tellCall(Callee, Arguments, ValueBuilder::Values, Probe);
  if (Speaks)
    tellCall(Callee, Arguments, ValueBuilder::Words, Sink);
}

void Visitor::tellCall(const Callee &Callee, ArrayRef<const Expr *> Arguments,
                       ValueBuilder::Detail Detail, const hvci_sink &To) {
  ValueBuilder Builder(Context, Detail);
  SmallVector<hvci_argument, 10> Facts;
  for (unsigned I = Callee.FirstArgument; I < Arguments.size(); I++) {
    // The first look is at what the judgement reads alone.
    if (Detail == ValueBuilder::Values &&
        !hvci_ddi_reads(Callee.Row, static_cast<int>(Facts.size()))) {
      Facts.push_back(Builder.unknown());
      continue;
    }
    QualType Parameter;
    if (Callee.Type && I < Callee.Type->getNumParams())
      Parameter = Callee.Type->getParamType(I);
    Facts.push_back(Builder.build(Arguments[I], Parameter));
  }
  hvci_call_fact Call = {};
  Call.callee = Callee.Row->callee;
  Call.callee_range = encode(Callee.NameRange);
  Call.callee_editable =
      Detail == ValueBuilder::Words &&
      Builder.source().editableRange(Callee.NameRange).isValid() &&
      Builder.source().text(Callee.NameRange) == Callee.Row->callee;
  Call.arguments = Facts.data();
  Call.argument_count = Facts.size();
  Call.unit = &Unit;
  (void)hvci_check_call(&Call, &Options, &To);
}

void Visitor::checkCallExpr(const CallExpr *Call) {
  if (std::optional<Callee> Callee = calleeOf(Call)) {
    SmallVector<const Expr *, 10> Arguments(Call->arg_begin(), Call->arg_end());
    checkCall(*Callee, Arguments);
  }
}

void Visitor::checkNew(const CXXNewExpr *New) {
  const FunctionDecl *Operator = New->getOperatorNew();
  const hvci_ddi *Row = Operator ? rowOfNew(Operator) : nullptr;
  if (!Row || New->getNumPlacementArgs() == 0)
    return;
  // The catalogue counts the size that the language passes.
  SmallVector<const Expr *, 4> Arguments{New->getPlacementArg(0)};
  Arguments.append(New->placement_arg_begin(), New->placement_arg_end());
  checkCall({Row, SourceRange(New->getBeginLoc()),
             Operator->getType()->getAs<FunctionProtoType>(), 0},
            Arguments);
}

// The static member of a template's instantiation is defined in the class.
static bool isDefinition(const VarDecl *Variable) {
  return Variable->isThisDeclarationADefinition() ||
         (Variable->isStaticDataMember() &&
          isTemplateInstantiation(Variable->getTemplateSpecializationKind()));
}

bool Visitor::isInitialisedGlobal(const VarDecl *Variable) {
  return Variable->hasGlobalStorage() && Variable->hasInit() &&
         !Variable->isTemplated() && // its instantiations are objects
         isDefinition(Variable) &&
         Variable->getTLSKind() == VarDecl::TLS_None &&
         !Variable->isInvalidDecl() &&
         !Variable->getType()->isDependentType() &&
         !Variable->getInit()->isValueDependent() &&
         !Variable->getInit()->containsErrors();
}

void Visitor::checkVariable(const VarDecl *Variable) {
  checkGlobal(Variable->getNameAsString(), SourceRange(Variable->getLocation()),
              Variable->getType(), Context.getDeclAlign(Variable),
              Variable->getInit(), Variable);
}

void Visitor::checkCompoundLiteral(const CompoundLiteralExpr *Literal) {
  if (Literal && Literal->isFileScope() && !Literal->isValueDependent() &&
      !Literal->containsErrors())
    checkGlobal("compound literal", SourceRange(Literal->getBeginLoc()),
                Literal->getType(),
                Context.getTypeAlignInChars(Literal->getType()),
                Literal->getInitializer(), nullptr);
}

// The compound literal whose address the expression has a part of, or null. One
// that only gives its value makes no object.
static const CompoundLiteralExpr *literalOf(const Expr *E) {
  for (;;) {
    E = E->IgnoreParens();
    if (const auto *Member = dyn_cast<MemberExpr>(E);
        Member && !Member->isArrow())
      E = Member->getBase();
    else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
      E = Element->getBase()->IgnoreImpCasts();
    else
      return dyn_cast<CompoundLiteralExpr>(E);
  }
}

// The statement under the parentheses and casts that make up most of a tree, or
// null if it can hold nothing of interest.
Stmt *Visitor::withoutLeaf(Stmt *S) {
  while (S) {
    if (auto *Cast = dyn_cast<ImplicitCastExpr>(S)) {
      S = Cast->getSubExpr();
      if (Cast->getCastKind() == CK_ArrayToPointerDecay)
        checkCompoundLiteral(literalOf(Cast->getSubExpr()));
    } else if (auto *Paren = dyn_cast<ParenExpr>(S)) {
      S = Paren->getSubExpr();
    } else {
      break;
    }
  }
  return S && isa<DeclRefExpr, IntegerLiteral, StringLiteral>(S) ? nullptr : S;
}

bool Visitor::TraverseStmt(Stmt *Root, DataRecursionQueue *) {
  SmallVector<Stmt *, 32> Left{withoutLeaf(Root)};
  while (!Left.empty()) {
    Stmt *S = Left.pop_back_val();
    if (!S)
      continue;
    Uses.visit(S);
    switch (S->getStmtClass()) {
    // Operands that are never evaluated ask for no memory.
    case Stmt::UnaryExprOrTypeTraitExprClass:
    case Stmt::CXXNoexceptExprClass:
    case Stmt::CXXTypeidExprClass:
      continue;
    case Stmt::GenericSelectionExprClass:
      if (auto *Generic = cast<GenericSelectionExpr>(S);
          !Generic->isResultDependent())
        Left.push_back(Generic->getResultExpr());
      continue;
    case Stmt::DeclStmtClass:
      for (Decl *D : cast<DeclStmt>(S)->decls())
        if (!TraverseDecl(D))
          return false;
      continue;
    case Stmt::LambdaExprClass:
      Left.push_back(cast<LambdaExpr>(S)->getBody());
      break;
    case Stmt::BlockExprClass:
      Left.push_back(cast<BlockExpr>(S)->getBody());
      break;
    case Stmt::InitListExprClass: // as written: the other form repeats elements
      if (InitListExpr *Written = cast<InitListExpr>(S)->getSyntacticForm())
        S = Written;
      break;
    case Stmt::UnaryOperatorClass:
      if (auto *Unary = cast<UnaryOperator>(S); Unary->getOpcode() == UO_AddrOf)
        checkCompoundLiteral(literalOf(Unary->getSubExpr()));
      break;
    case Stmt::CXXNewExprClass:
      checkNew(cast<CXXNewExpr>(S));
      break;
    default:
      if (const auto *Call = dyn_cast<CallExpr>(S))
        checkCallExpr(Call);
    }
    size_t First = Left.size();
    for (Stmt *Child : S->children())
      if (Stmt *Inner = withoutLeaf(Child))
        Left.push_back(Inner);
    std::reverse(Left.begin() + static_cast<ptrdiff_t>(First), Left.end());
  }
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

  ValueBuilder Strings(Context, ValueBuilder::Words);
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
    for (Decl *D : Group)
      add(D);
    return true;
  }

  void HandleCXXStaticMemberVarInstantiation(VarDecl *Variable) override {
    add(Variable);
  }

  // From a precompiled header: judged when that was made.
  void HandleInterestingDecl(DeclGroupRef) override {}

  void HandleTagDeclDefinition(TagDecl *Tag) override;
  void HandleTranslationUnit(ASTContext &Context) override;

private:
  void add(Decl *D) {
    const SourceManager &SM = CI.getSourceManager();
    if (!SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation())))
      Declarations.push_back(D);
  }
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
