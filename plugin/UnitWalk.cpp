// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// UnitWalk.cpp - walks a unit's own declarations and hands facts to the
// checkers.
//
#include "UnitWalk.h"

#include "CodeUses.h"
#include "Compat.h"
#include "RecordWriter.h"
#include "RelocationBuilder.h"
#include "Sections.h"
#include "SourceText.h"
#include "UnitProgram.h"
#include "ValueBuilder.h"

#include "hvci/check.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/SaveAndRestore.h"

#include <string>
#include <vector>

using namespace clang;

namespace hvci {

class UnitWalk::Visitor : public RecursiveASTVisitor<Visitor> {
  using Base = RecursiveASTVisitor<Visitor>;

public:
  Visitor(ASTContext &Context, const hvci_unit_fact &Unit,
          const hvci_options &Options, const hvci_sink &Sink,
          ArrayRef<Decl *> Own, Sections &Claims, bool WholeDriver)
      : Context(Context), Unit(Unit), Options(Options), Sink(Sink),
        Claims(Claims), Relocations(Context),
        Program(Context, Unit, Options, Own, WholeDriver),
        Outside(Program.enter(nullptr, nullptr, false)),
        Uses(Context, Unit, Options, Sink, Claims) {}

  bool shouldVisitTemplateInstantiations() const { return true; }

  /// The statements of a function are its own: its parameters' default
  /// arguments and its constructor's initialisers as well.
  bool TraverseDecl(Decl *D);

  /// After the walk: what the functions of system headers do that are called,
  /// and the judgement of all calls.
  void judgeCalls();

  /// After the judgement.
  void writeRecord(RecordWriter &Record, const UnitFacts &Facts);

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
    if (Variable->hasAttrs())
      Claims.addVariable(Variable);
    bool Numbers = !Context.getLangOpts().CPlusPlus &&
                   isInitialisedGlobal(Variable) &&
                   !Relocations.hasSlot(Variable->getType()) &&
                   !Program.hasFields(Variable->getType());
    return Numbers || Base::TraverseVarDecl(Variable);
  }

  // Statements are walked by their children alone, which costs a fraction of
  // the visitor's own way through types and names.
  bool TraverseStmt(Stmt *Root, DataRecursionQueue * = nullptr);

private:
  static bool isInitialisedGlobal(const VarDecl *Variable);
  void checkCompoundLiteral(const CompoundLiteralExpr *Literal);
  Stmt *withoutLeaf(Stmt *S);
  void walk(const Decl *Function, Stmt *Body, bool Quiet);
  void checkVariable(const VarDecl *Variable);
  void checkGlobal(const std::string &Name, SourceRange Range, QualType Type,
                   CharUnits Alignment, const Expr *Init,
                   const VarDecl *Variable);

  ASTContext &Context;
  const hvci_unit_fact &Unit;
  const hvci_options &Options;
  const hvci_sink &Sink;
  Sections &Claims;
  RelocationBuilder Relocations;
  UnitProgram Program;
  struct Free {
    void operator()(hvci_solution *S) const { hvci_solution_free(S); }
  };
  hvci_program Functions = {}; ///< once all are known
  std::unique_ptr<hvci_solution, Free> Solution;
  size_t Outside;            ///< the function of initialisers outside all
  size_t Function = Outside; ///< the one whose statements are walked
  CodeUses Uses;
};

// The static member of a template's instantiation is defined in the class.
static bool isDefinition(const VarDecl *Variable) {
  return Variable->isThisDeclarationADefinition() ||
         (Variable->isStaticDataMember() &&
          isTemplateInstantiation(Variable->getTemplateSpecializationKind()));
}

bool UnitWalk::Visitor::isInitialisedGlobal(const VarDecl *Variable) {
  return Variable->hasGlobalStorage() && Variable->hasInit() &&
         !Variable->isTemplated() && // its instantiations are objects
         isDefinition(Variable) &&
         Variable->getTLSKind() == VarDecl::TLS_None &&
         !Variable->isInvalidDecl() &&
         !Variable->getType()->isDependentType() &&
         !Variable->getInit()->isValueDependent() &&
         !Variable->getInit()->containsErrors();
}

void UnitWalk::Visitor::checkVariable(const VarDecl *Variable) {
  checkGlobal(Variable->getNameAsString(), SourceRange(Variable->getLocation()),
              Variable->getType(), Context.getDeclAlign(Variable),
              Variable->getInit(), Variable);
}

void UnitWalk::Visitor::checkCompoundLiteral(
    const CompoundLiteralExpr *Literal) {
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
Stmt *UnitWalk::Visitor::withoutLeaf(Stmt *S) {
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

bool UnitWalk::Visitor::TraverseStmt(Stmt *Root, DataRecursionQueue *) {
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
      if (auto *Lambda = cast<LambdaExpr>(S); !Lambda->isGenericLambda())
        walk(Lambda->getCallOperator(), Lambda->getBody(), false);
      for (Stmt *Init : cast<LambdaExpr>(S)->capture_inits())
        Left.push_back(withoutLeaf(Init));
      continue;
    case Stmt::BlockExprClass:
      walk(cast<BlockExpr>(S)->getBlockDecl(), cast<BlockExpr>(S)->getBody(),
           false);
      continue;
    case Stmt::BinaryOperatorClass:
    case Stmt::CompoundAssignOperatorClass:
      if (auto *Binary = cast<BinaryOperator>(S); Binary->isAssignmentOp()) {
        Program.addStores(Function, Binary);
        Program.pointers().assigned(Binary->getLHS(), Binary->getRHS());
      }
      break;
    case Stmt::CXXParenListInitExprClass:
      Program.addStores(Function, cast<Expr>(S));
      break;
    case Stmt::InitListExprClass: // as written: the other form repeats elements
      // The written lists inside it are not meant for themselves.
      if (cast<InitListExpr>(S)->isSemanticForm())
        Program.addStores(Function, cast<Expr>(S));
      if (InitListExpr *Written = cast<InitListExpr>(S)->getSyntacticForm())
        S = Written;
      break;
    case Stmt::UnaryOperatorClass:
      if (auto *Unary = cast<UnaryOperator>(S);
          Unary->getOpcode() == UO_AddrOf) {
        checkCompoundLiteral(literalOf(Unary->getSubExpr()));
        Program.pointers().changed(Unary->getSubExpr());
      }
      break;
    case Stmt::GCCAsmStmtClass:
      for (Expr *Output : cast<GCCAsmStmt>(S)->outputs())
        Program.pointers().changed(Output);
      break;
    default:
      if (isa<CallExpr, CXXNewExpr, CXXConstructExpr>(S))
        Program.addCall(Function, cast<Expr>(S));
    }
    size_t First = Left.size();
    for (Stmt *Child : S->children())
      if (Stmt *Inner = withoutLeaf(Child))
        Left.push_back(Inner);
    std::reverse(Left.begin() + static_cast<ptrdiff_t>(First), Left.end());
  }
  return true;
}

void UnitWalk::Visitor::walk(const Decl *Owner, Stmt *Body, bool Quiet) {
  llvm::SaveAndRestore<size_t> Inner(Function,
                                     Program.enter(Owner, Body, Quiet));
  CodeUses::Scope Around(Uses, Owner, Body, Quiet);
  TraverseStmt(Body);
}

// Most declarations only say what there is: types, and functions that are
// defined elsewhere.
static bool mayHaveCode(const Decl *D) {
  if (isa<TypedefNameDecl, EnumDecl, StaticAssertDecl>(D))
    return false;
  if (const auto *Class = dyn_cast<CXXRecordDecl>(D))
    return !Class->isThisDeclarationADefinition() || !Class->isCLike();
  if (isa<RecordDecl>(D))
    return false;
  if (const auto *Function = dyn_cast<FunctionDecl>(D))
    return isa<CXXMethodDecl>(Function) || Function->isTemplated() ||
           Function->doesThisDeclarationHaveABody() ||
           llvm::any_of(Function->parameters(), [](const ParmVarDecl *P) {
             return P->hasDefaultArg();
           });
  return true;
}

bool UnitWalk::Visitor::TraverseDecl(Decl *D) {
  if (D && !mayHaveCode(D))
    return true;
  auto *Entered = dyn_cast_or_null<FunctionDecl>(D);
  if (!Entered || !Entered->doesThisDeclarationHaveABody() ||
      Entered->isDependentContext())
    return Base::TraverseDecl(D);
  if (Entered->hasAttrs())
    Claims.addFunction(Entered);
  llvm::SaveAndRestore<size_t> Inner(
      Function, Program.enter(Entered, Entered->getBody(), false));
  CodeUses::Scope Around(Uses, Entered, Entered->getBody(), false);
  return Base::TraverseDecl(D);
}

void UnitWalk::Visitor::judgeCalls() {
  while (const FunctionDecl *Unseen = Program.nextUnseen())
    walk(Unseen, Unseen->getBody(), true);
  Functions = Program.program();
  Solution.reset(hvci_solve(&Functions, &Options));
  if (!Solution)
    llvm::report_bad_alloc_error("hvcilint: following values");
  (void)hvci_solution_judge(Solution.get(), &Sink);
}

void UnitWalk::Visitor::writeRecord(RecordWriter &Record,
                                    const UnitFacts &Facts) {
  if (!hvci_solution_look_out(Solution.get()))
    llvm::report_bad_alloc_error("hvcilint: following values");
  Record.write(Facts, Program, Functions, Solution.get(), Claims.claims());
}

static SourceLocation packingOf(const RecordDecl *Record) {
  if (const auto *Attr = Record->getAttr<PackedAttr>())
    return Attr->getLocation();
  const auto *Attr = Record->getAttr<MaxFieldAlignmentAttr>();
  return Attr ? Attr->getLocation() : SourceLocation();
}

static std::string recordName(const RecordDecl *Record) {
  if (const TypedefNameDecl *Name = Record->getTypedefNameForAnonDecl())
    return Name->getNameAsString();
  std::string Name = Record->getNameAsString();
  return Name.empty() ? "(unnamed)" : Name;
}

void UnitWalk::Visitor::checkGlobal(const std::string &Name, SourceRange Range,
                                    QualType Type, CharUnits Alignment,
                                    const Expr *Init, const VarDecl *Variable) {
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
      Shared.packing = encode(SourceRange(packingOf(Record)));
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

UnitWalk::UnitWalk(ASTContext &Context, const hvci_unit_fact &Unit,
                   const hvci_options &Options, const hvci_sink &Sink,
                   ArrayRef<Decl *> Own, Sections &Claims, bool WholeDriver)
    : Own(Own), Walker(std::make_unique<Visitor>(Context, Unit, Options, Sink,
                                                 Own, Claims, WholeDriver)) {}

UnitWalk::~UnitWalk() = default;

void UnitWalk::judge() {
  for (Decl *D : Own)
    Walker->TraverseDecl(D);
  Walker->judgeCalls();
}

void UnitWalk::writeRecord(RecordWriter &Record, const UnitFacts &Facts) {
  Walker->writeRecord(Record, Facts);
}

} // namespace hvci
