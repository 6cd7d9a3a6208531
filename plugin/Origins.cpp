// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Origins.cpp - where an address comes from.
//
#include "Origins.h"

#include "Callee.h"
#include "Sections.h"

#include "llvm/Support/SaveAndRestore.h"

#include <optional>

using namespace clang;

namespace hvci {

static Origin join(const Origin &Left, const Origin &Right) {
  if (Left.isNull())
    return Right;
  if (Right.isNull() || (Left.Kind == Right.Kind && Left.Via == Right.Via))
    return Left;
  return {};
}

static CodeRow makeRow(const FunctionDecl *Function) {
  if (!Function->getIdentifier() || !isAtFileScope(Function))
    return {};
  const char *Name = Function->getIdentifier()->getNameStart();
  return {hvci_code_ddi_find(Name), hvci_code_source_find(Name),
          Function->getReturnType()->isVoidPointerType() &&
              hvci_ddi_find(Name)};
}

const CodeRow *Origins::rowOf(const CallExpr *Call) {
  const FunctionDecl *Function = Call->getDirectCallee();
  if (!Function)
    return nullptr;
  auto [Known, New] = Rows.try_emplace(Function, nullptr);
  if (New) {
    CodeRow Row = makeRow(Function);
    if (Row.Use || Row.Source || Row.GivesMemory) {
      RowStore.push_back(std::make_unique<CodeRow>(Row));
      Known->second = RowStore.back().get();
    }
  }
  return Known->second;
}

bool Origins::isInCode(const ValueDecl *Variable) const {
  const auto *Section = Variable->getAttr<SectionAttr>();
  return Section && Claims.holdsCode(Section->getName());
}

bool Origins::isWide(QualType Type) const {
  return Context.getTypeSize(Type) >= Context.getTypeSize(Context.VoidPtrTy);
}

// Whether the number can only be a distance: a constant, or narrower than an
// address. Another may lead from any address to any other.
bool Origins::isOffset(const Expr *E) const {
  if (E->isValueDependent() || !E->getType()->isIntegralOrEnumerationType())
    return false;
  const Expr *Inner = E->IgnoreParenCasts();
  return E->isEvaluatable(Context) ||
         (Inner->getType()->isIntegralOrEnumerationType() &&
          !isWide(Inner->getType()));
}

// A local variable that is the function's own.
static const VarDecl *localIn(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParens());
  const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  bool Own = Variable && !isa<ParmVarDecl>(Variable) &&
             Variable->getParentFunctionOrMethod() &&
             !Variable->isInvalidDecl() &&
             !Variable->getType()->isReferenceType();
  return Own ? Variable : nullptr;
}

// The local variable whose address the argument is.
static const VarDecl *localAt(const Expr *E) {
  const auto *Unary = dyn_cast<UnaryOperator>(E->IgnoreParenCasts());
  return Unary && Unary->getOpcode() == UO_AddrOf ? localIn(Unary->getSubExpr())
                                                  : nullptr;
}

// A copy of a structure, as C++ writes it.
static const Expr *copied(const CXXConstructExpr *E) {
  return E->getNumArgs() == 1 &&
                 E->getConstructor()->isCopyOrMoveConstructor() &&
                 E->getConstructor()->isTrivial()
             ? E->getArg(0)
             : nullptr;
}

Origin Origins::ofValue(const Expr *E) {
  llvm::SaveAndRestore<unsigned> Deeper(Depth, Depth + 1);
  if (Depth > MaxDepth || E->containsErrors() || E->isTypeDependent() ||
      E->isValueDependent())
    return {};
  if (const auto *Paren = dyn_cast<ParenExpr>(E))
    return ofValue(Paren->getSubExpr());
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return ofValue(Full->getSubExpr());
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
    return ofValue(Temporary->getSubExpr());
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return ofCast(Cast);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return ofCall(Call);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return ofBinary(Binary);
  if (const auto *Conditional = dyn_cast<AbstractConditionalOperator>(E))
    return join(ofValue(Conditional->getTrueExpr()),
                ofValue(Conditional->getFalseExpr()));
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_AddrOf)
      return ofObject(Unary->getSubExpr());
    if (Unary->isIncrementDecrementOp())
      return ofValueIn(Unary->getSubExpr());
    if (Unary->getOpcode() == UO_Extension || Unary->getOpcode() == UO_Plus)
      return ofValue(Unary->getSubExpr());
    return {};
  }
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 1 && !E->getType()->isAggregateType()
               ? ofValue(List->getInit(0))
               : Origin();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    const Expr *From = copied(Construct);
    return From ? ofValueIn(From) : Origin();
  }
  if (const auto *Parameter = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return ofValue(Parameter->getReplacement());
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return ofValue(Default->getExpr());
  if (isa<CXXNewExpr>(E))
    return {HVCI_ORIGIN_MEMORY, HVCI_VIA_NOTHING, E, nullptr, 0};
  if (isa<CXXNullPtrLiteralExpr, GNUNullExpr, ImplicitValueInitExpr>(E))
    return {HVCI_ORIGIN_NUMBER, HVCI_VIA_NOTHING, E, nullptr, 0};
  return {};
}

Origin Origins::ofCast(const CastExpr *E) {
  const Expr *Inner = E->getSubExpr();
  switch (E->getCastKind()) {
  case CK_LValueToRValue:
    return ofValueIn(Inner);
  case CK_FunctionToPointerDecay:
  case CK_ArrayToPointerDecay:
    return ofObject(Inner);
  case CK_NullToPointer:
    return {HVCI_ORIGIN_NUMBER, HVCI_VIA_NOTHING, E, nullptr, 0};
  case CK_IntegralToPointer: {
    Expr::EvalResult Number;
    if (!Inner->EvaluateAsInt(Number, Context))
      return ofValue(Inner);
    return {HVCI_ORIGIN_NUMBER, HVCI_VIA_NOTHING, E, nullptr,
            Number.Val.getInt().extOrTrunc(64).getZExtValue()};
  }
  case CK_PointerToIntegral:
  case CK_IntegralCast:
    return isWide(E->getType()) ? ofValue(Inner) : Origin();
  case CK_NoOp:
  case CK_BitCast:
  case CK_AddressSpaceConversion:
  case CK_BaseToDerived:
  case CK_DerivedToBase:
  case CK_UncheckedDerivedToBase:
  case CK_ConstructorConversion:
    return ofValue(Inner);
  default:
    return {};
  }
}

Origin Origins::ofBinary(const BinaryOperator *E) {
  const Expr *Left = E->getLHS(), *Right = E->getRHS();
  switch (E->getOpcode()) {
  case BO_Assign:
  case BO_Comma:
    return ofValue(Right);
  case BO_Add:
    if (Left->getType()->isPointerType())
      return ofValue(Left);
    if (Right->getType()->isPointerType())
      return ofValue(Right);
    if (isOffset(Right))
      return ofValue(Left);
    return isOffset(Left) ? ofValue(Right) : Origin();
  case BO_Sub:
    // The difference of two addresses is none.
    return isOffset(Right) ? ofValue(Left) : Origin();
  case BO_And: { // to the begin of a page, not to the offset in it
    Expr::EvalResult Mask;
    return Right->EvaluateAsInt(Mask, Context) &&
                   Mask.Val.getInt().countLeadingOnes() != 0
               ? ofValue(Left)
               : Origin();
  }
  default:
    return {};
  }
}

Origin Origins::ofCall(const CallExpr *Call) {
  const CodeRow *Row = rowOf(Call);
  if (!Row)
    return {};
  if (Row->Source && Row->Source->out == HVCI_NOARG)
    return ofSource(*Row->Source, Call);
  if (Row->GivesMemory)
    return {HVCI_ORIGIN_MEMORY, HVCI_VIA_NOTHING, Call, nullptr, 0};
  return {};
}

Origin Origins::ofSource(const hvci_code_source &Source, const CallExpr *Call) {
  Origin Result{Source.kind, HVCI_VIA_NOTHING, Call, nullptr, 0};
  if (Source.of == HVCI_NOARG ||
      static_cast<unsigned>(Source.of) >= Call->getNumArgs())
    return Result;
  Origin Of = ofValue(Call->getArg(static_cast<unsigned>(Source.of)));
  bool Code = Of.Kind == HVCI_ORIGIN_FUNCTION || Of.Kind == HVCI_ORIGIN_ROUTINE;
  bool Maps = Source.kind == HVCI_ORIGIN_MEMORY;
  if (!Code || (Of.Via == HVCI_VIA_DESCRIPTION) != Maps)
    return Result;
  Of.Via = Maps ? HVCI_VIA_MAPPING : HVCI_VIA_DESCRIPTION;
  return Of;
}

// What is read from there.
Origin Origins::ofValueIn(const Expr *Object) {
  Object = Object->IgnoreParenNoopCasts(Context);
  const auto *Ref = dyn_cast<DeclRefExpr>(Object);
  const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Variable)
    return {};
  if (Variable->getType().isConstQualified())
    if (const Expr *Init = Variable->getAnyInitializer())
      return ofValue(Init);
  return localIn(Object) ? ofVariable(Variable) : Origin();
}

Origin Origins::ofObject(const Expr *E) {
  llvm::SaveAndRestore<unsigned> Deeper(Depth, Depth + 1);
  if (Depth > MaxDepth || E->containsErrors() || E->isTypeDependent())
    return {};
  E = E->IgnoreParens();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (isa<FunctionDecl>(Ref->getDecl()))
      return {HVCI_ORIGIN_FUNCTION, HVCI_VIA_NOTHING, E, Ref->getDecl(), 0};
    // What is only declared may be a label in assembler.
    const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Variable || Variable->getType()->isReferenceType() ||
        Variable->hasDefinition(Context) == VarDecl::DeclarationOnly)
      return {};
    return {HVCI_ORIGIN_VARIABLE, HVCI_VIA_NOTHING, E, Variable, 0};
  }
  if (isa<clang::StringLiteral>(E))
    return {HVCI_ORIGIN_STRING, HVCI_VIA_NOTHING, E, nullptr, 0};
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->isArrow() ? ofValue(Member->getBase())
                             : ofObject(Member->getBase());
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
    return ofValue(Element->getBase());
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return Cast->getCastKind() == CK_NoOp ||
                   Cast->getCastKind() == CK_LValueBitCast
               ? ofObject(Cast->getSubExpr())
               : Origin();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref ? ofValue(Unary->getSubExpr())
                                          : Origin();
  return {};
}

Origin Origins::ofPointee(const Expr *E) {
  const VarDecl *Variable = localAt(E);
  return Variable ? ofVariable(Variable) : ofValue(E);
}

Origin Origins::of(const Expr *E, Part What) {
  switch (What) {
  case Value:
    return ofValue(E);
  case Object:
    return ofObject(E);
  case Pointee:
    return ofPointee(E);
  }
  return {};
}

Origin Origins::atFirstSight(const Expr *E, Part What) {
  llvm::SaveAndRestore<bool> Only(Sight, true);
  return of(E, What);
}

void Origins::remember(const VarDecl *Variable, const Origin &Value) {
  if (Value.isKnown() && !Value.isNull())
    First.try_emplace(Variable, Value);
}

void Origins::initialised(const VarDecl *Variable) {
  const Expr *Init = Variable->getInit();
  if (Init && !isa<ParmVarDecl>(Variable) &&
      Variable->getParentFunctionOrMethod())
    remember(Variable, atFirstSight(Init, Value));
}

void Origins::assigned(const Expr *To, const Expr *From) {
  if (const VarDecl *Variable = localIn(To))
    remember(Variable, atFirstSight(From, Value));
}

// The argument's variable to which the call gives an address.
static const VarDecl *givenTo(const CallExpr *Call, const CodeRow &Row) {
  if (!Row.Source || Row.Source->out == HVCI_NOARG ||
      static_cast<unsigned>(Row.Source->out) >= Call->getNumArgs())
    return nullptr;
  return localAt(Call->getArg(static_cast<unsigned>(Row.Source->out)));
}

void Origins::called(const CallExpr *Call) {
  const CodeRow *Row = rowOf(Call);
  const VarDecl *Variable = Row ? givenTo(Call, *Row) : nullptr;
  if (!Variable)
    return;
  llvm::SaveAndRestore<bool> Only(Sight, true);
  remember(Variable, ofSource(*Row->Source, Call));
}

namespace {

/// All that a function assigns to one of its variables.
class Assignments {
public:
  Assignments(const VarDecl *Variable, Origins &Rows)
      : Variable(Variable), Rows(Rows) {}

  /// False if the variable may change in another way as well.
  bool find(const Stmt *Body);

  SmallVector<const Expr *, 4> Values;
  SmallVector<const CallExpr *, 1> Givers; ///< that give it through its address

private:
  bool isIt(const Expr *E) const { return localIn(E) == Variable; }
  bool visit(const Stmt *S);
  bool visitCast(const CastExpr *E);
  bool visitAssignment(const BinaryOperator *E);
  bool visitCall(const CallExpr *Call);
  bool visitDeclarations(const DeclStmt *S);
  bool visitLambda(const LambdaExpr *E);
  bool visitChildren(const Stmt *S);

  const VarDecl *Variable;
  Origins &Rows;
  SmallVector<const Stmt *, 32> Left;
};

} // namespace

bool Assignments::find(const Stmt *Body) {
  Left.push_back(Body);
  while (!Left.empty())
    if (const Stmt *S = Left.pop_back_val())
      if (!visit(S))
        return false;
  return true;
}

bool Assignments::visitChildren(const Stmt *S) {
  for (const Stmt *Child : S->children())
    Left.push_back(Child);
  return true;
}

// Reading the variable, or a part of it, changes nothing.
bool Assignments::visitCast(const CastExpr *E) {
  const Expr *Inner = E->getSubExpr()->IgnoreParens();
  if (E->getCastKind() == CK_LValueToRValue || E->getCastKind() == CK_ToVoid) {
    while (const auto *Member = dyn_cast<MemberExpr>(Inner)) {
      if (Member->isArrow())
        break;
      Inner = Member->getBase()->IgnoreParens();
    }
    if (isIt(Inner))
      return true;
  }
  Left.push_back(Inner);
  return true;
}

// Adding to an address leaves its origin; other operators do not.
bool Assignments::visitAssignment(const BinaryOperator *E) {
  if (!isIt(E->getLHS()))
    return visitChildren(E);
  Left.push_back(E->getRHS());
  if (E->getOpcode() == BO_Assign)
    Values.push_back(E->getRHS());
  else if (!Variable->getType()->isPointerType())
    return false;
  return true;
}

bool Assignments::visitCall(const CallExpr *Call) {
  const CodeRow *Row = Rows.rowOf(Call);
  int Out = Row && Row->Source ? Row->Source->out : HVCI_NOARG;
  int InOut = Row && Row->Use && Row->Use->role == HVCI_CODE_PROTECTS
                  ? Row->Use->address
                  : HVCI_NOARG;
  Left.push_back(Call->getCallee());
  for (unsigned I = 0; I < Call->getNumArgs(); I++) {
    const Expr *Argument = Call->getArg(I);
    bool Known = static_cast<int>(I) == Out || static_cast<int>(I) == InOut;
    if (!Known || localAt(Argument) != Variable)
      Left.push_back(Argument);
    else if (static_cast<int>(I) == Out)
      Givers.push_back(Call);
  }
  return true;
}

bool Assignments::visitDeclarations(const DeclStmt *S) {
  for (const Decl *D : S->decls())
    if (const auto *Declared = dyn_cast<VarDecl>(D)) {
      if (Declared == Variable && Declared->getInit())
        Values.push_back(Declared->getInit());
      Left.push_back(Declared->getInit());
    }
  return true;
}

bool Assignments::visitLambda(const LambdaExpr *E) {
  for (const LambdaCapture &Capture : E->captures())
    if (Capture.capturesVariable() && Capture.getCaptureKind() == LCK_ByRef &&
        Capture.getCapturedVar() == Variable)
      return false;
  Left.push_back(E->getBody());
  return true;
}

bool Assignments::visit(const Stmt *S) {
  if (const auto *Cast = dyn_cast<CastExpr>(S))
    return visitCast(Cast);
  if (const auto *Call = dyn_cast<CallExpr>(S))
    return visitCall(Call);
  if (const auto *Binary = dyn_cast<BinaryOperator>(S))
    return Binary->isAssignmentOp() ? visitAssignment(Binary)
                                    : visitChildren(S);
  if (const auto *Unary = dyn_cast<UnaryOperator>(S))
    return (Unary->isIncrementDecrementOp() && isIt(Unary->getSubExpr())) ||
           visitChildren(S);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(S))
    if (const Expr *From = copied(Construct))
      return isIt(From->IgnoreImpCasts()) || visitChildren(S);
  if (const auto *Declarations = dyn_cast<DeclStmt>(S))
    return visitDeclarations(Declarations);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
    return visitLambda(Lambda);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    return !isIt(Ref); // its address is taken, in some way
  if (isa<UnaryExprOrTypeTraitExpr>(S))
    return true;
  return visitChildren(S);
}

static const Stmt *bodyAround(const VarDecl *Variable) {
  const DeclContext *Where = Variable->getParentFunctionOrMethod();
  if (const auto *Function = dyn_cast_or_null<FunctionDecl>(Where))
    return Function->getBody();
  return nullptr;
}

Origin Origins::joined(const VarDecl *Variable) {
  Assignments All(Variable, *this);
  const Stmt *Body = bodyAround(Variable);
  if (!Body || !All.find(Body))
    return {};
  Origin Result{HVCI_ORIGIN_NUMBER, HVCI_VIA_NOTHING, nullptr, nullptr, 0};
  for (const Expr *Value : All.Values)
    Result = join(Result, ofValue(Value));
  for (const CallExpr *Giver : All.Givers)
    Result = join(Result, ofSource(*rowOf(Giver)->Source, Giver));
  return Result;
}

Origin Origins::ofVariable(const VarDecl *Variable) {
  auto Seen = First.find(Variable);
  if (Seen == First.end())
    return {};
  if (Sight)
    return Seen->second;
  auto Known = Joined.find(Variable);
  if (Known != Joined.end())
    return Known->second;
  // Within itself, as in `p = p + 1`, it adds nothing.
  if (Open.count(Variable))
    return {HVCI_ORIGIN_NUMBER, HVCI_VIA_NOTHING, nullptr, nullptr, 0};
  if (Open.empty())
    Variables = 0;
  if (++Variables > MaxVariables)
    return {};
  Open.insert(Variable);
  Origin Result = joined(Variable);
  Open.erase(Variable);
  // What was found within another variable may lack that one's share.
  if (Open.empty())
    Joined[Variable] = Result;
  return Result;
}

} // namespace hvci
