// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Locals.cpp - what a function does to its local variables.
//
// A variable is known only as long as each of its uses is one of those that are
// listed here. Any other use lets it escape: that is what a use is taken for
// until it is shown to be harmless.
//
#include "Locals.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

#include <algorithm>

using namespace clang;

namespace hvci {

static bool isTrivialAssignment(const CXXOperatorCallExpr *Call) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
  return Method && Method->isTrivial() &&
         (Method->isCopyAssignmentOperator() ||
          Method->isMoveAssignmentOperator());
}

// The object that the call fills with zeros, or null.
static const Expr *cleared(const CallExpr *Call, const ASTContext &Context) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || !Callee->getIdentifier() || Call->getNumArgs() < 2)
    return nullptr;
  StringRef Name = Callee->getName();
  bool Zero = Name == "RtlZeroMemory" || Name == "RtlSecureZeroMemory" ||
              Name == "__builtin_bzero";
  if (!Zero) {
    if ((Name != "memset" && Name != "__builtin_memset") ||
        Call->getNumArgs() != 3 || fold(Call->getArg(1), Context) != 0)
      return nullptr;
  }
  const auto *Address =
      dyn_cast<UnaryOperator>(Call->getArg(0)->IgnoreParenCasts());
  if (!Address || Address->getOpcode() != UO_AddrOf)
    return nullptr;
  const Expr *Object = Address->getSubExpr();
  QualType Type = Object->getType();
  if (Type->isDependentType() || Type->isIncompleteType())
    return nullptr;
  // More would reach beyond the object; less leaves some of it alone.
  std::optional<uint64_t> Size = fold(Call->getArg(Zero ? 1 : 2), Context);
  auto Whole =
      static_cast<uint64_t>(Context.getTypeSizeInChars(Type).getQuantity());
  return Size == Whole ? Object : nullptr;
}

static std::optional<Write> writeOf(const VarDecl *Variable) {
  if (Variable->getType()->isReferenceType() || !Variable->hasLocalStorage())
    return std::nullopt;
  const Expr *Init = Variable->getInit();
  return Write{
      Init ? Write::Stores : Write::Forgets, {Variable, {}}, Init, true};
}

static std::optional<Write> write(Write::Kind What, const Expr *Target,
                                  const Expr *E) {
  std::optional<Place> At = placeOf(Target);
  if (!At || !At->Root->hasLocalStorage())
    return std::nullopt;
  if (!At->Exact)
    What = Write::Forgets;
  return Write{What, *At, E};
}

std::optional<Write> writeOf(const Stmt *S, const ASTContext &Context) {
  if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
    if (!Declaration->isSingleDecl())
      return std::nullopt;
    const auto *Variable = dyn_cast<VarDecl>(Declaration->getSingleDecl());
    return Variable ? writeOf(Variable) : std::nullopt;
  }
  if (const auto *Compound = dyn_cast<CompoundAssignOperator>(S))
    return write(Write::Computes, Compound->getLHS(), Compound);
  if (const auto *Binary = dyn_cast<BinaryOperator>(S))
    return Binary->getOpcode() == BO_Assign
               ? write(Write::Stores, Binary->getLHS(), Binary->getRHS())
               : std::nullopt;
  if (const auto *Unary = dyn_cast<UnaryOperator>(S))
    return Unary->isIncrementDecrementOp()
               ? write(Write::Computes, Unary->getSubExpr(), Unary)
               : std::nullopt;
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(S))
    return isTrivialAssignment(Call)
               ? write(Write::Stores, Call->getArg(0), Call->getArg(1))
               : std::nullopt;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    if (const Expr *Object = cleared(Call, Context))
      return write(Write::Clears, Object, nullptr);
  return std::nullopt;
}

const Locals::Variable &Locals::of(const VarDecl *Root) const {
  static const Variable Untouched;
  auto Known = Variables.find(Root);
  return Known == Variables.end() ? Untouched : Known->second;
}

void Locals::push(const Stmt *S, const Item &Parent, bool Tested) {
  // Clang's own walks are recursive, and as deep as this one.
  constexpr unsigned MaxDepth = 1500;
  if (!S)
    return;
  TooDeep |= Parent.Depth >= MaxDepth;
  Left.push_back({S, Tested, Parent.Depth + 1});
}

void Locals::visitChildren(const Item &I, const Expr *Condition) {
  for (const Stmt *Child : I.S->children())
    push(Child, I, I.Tested || (Child && Child == Condition));
}

void Locals::addWrite(const Stmt *S) {
  if (std::optional<Write> Found = writeOf(S, Context))
    Variables[Found->Target.Root].Writes.push_back(*Found);
}

// The indices in a chain of members and elements are expressions of their own.
void Locals::touch(const Expr *Chain, const Item &I) {
  for (;;) {
    Chain = Chain->IgnoreParens();
    if (const auto *Member = dyn_cast<MemberExpr>(Chain)) {
      Chain = Member->getBase();
    } else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Chain)) {
      push(Element->getIdx(), I, false);
      Chain = Element->getBase();
    } else if (const auto *Cast = dyn_cast<CastExpr>(Chain)) {
      Chain = Cast->getSubExpr();
    } else {
      return;
    }
  }
}

// If it is a place, it is read.
bool Locals::readPlace(const Expr *E, const Item &I) {
  // In C++ a choice between two variables is a variable.
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E->IgnoreParens());
      Choice && Choice->isGLValue()) {
    push(Choice->getCond(), I, true);
    for (const Expr *One : {Choice->getTrueExpr(), Choice->getFalseExpr()})
      if (!readPlace(One, I))
        push(One, I, I.Tested);
    return true;
  }
  std::optional<Place> At = placeOf(E);
  if (!At)
    return false;
  Variable &Read = Variables[At->Root];
  Read.Reads++;
  Read.Tested |= I.Tested;
  touch(E, I);
  return true;
}

void Locals::visitDeclaration(const DeclStmt *S, const Item &I) {
  for (const Decl *D : S->decls()) {
    const auto *Declared = dyn_cast<VarDecl>(D);
    if (!Declared || !Declared->hasInit())
      continue;
    bool Alias = Declared->getType()->isReferenceType() &&
                 !isa<DecompositionDecl>(Declared);
    if (Alias && placeOf(Declared->getInit())) {
      touch(Declared->getInit(), I);
      continue;
    }
    if (std::optional<Write> Init = writeOf(Declared))
      Variables[Declared].Writes.push_back(*Init);
    push(Declared->getInit(), I, false);
  }
}

// True if all there is to see in the call has been seen.
bool Locals::visitCall(const CallExpr *Call, const Item &I) {
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
  const Expr *Target = nullptr;
  if (const Expr *Operand = expected(Call); Operand && readPlace(Operand, I))
    return true;
  if (Operator && isTrivialAssignment(Operator)) {
    Target = Call->getArg(0);
    if (!readPlace(Call->getArg(1), I))
      push(Call->getArg(1), I, false);
  } else {
    Target = cleared(Call, Context);
  }
  if (!Target)
    return false;
  addWrite(Call);
  if (placeOf(Target))
    touch(Target, I);
  else
    push(Target, I, false);
  return true;
}

static const Expr *conditionOf(const Stmt *S) {
  if (const auto *If = dyn_cast<IfStmt>(S))
    return If->getCond();
  if (const auto *While = dyn_cast<WhileStmt>(S))
    return While->getCond();
  if (const auto *Do = dyn_cast<DoStmt>(S))
    return Do->getCond();
  if (const auto *For = dyn_cast<ForStmt>(S))
    return For->getCond();
  if (const auto *Switch = dyn_cast<SwitchStmt>(S))
    return Switch->getCond();
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(S))
    return Conditional->getCond();
  if (const auto *Conditional = dyn_cast<BinaryConditionalOperator>(S))
    return Conditional->getCommon();
  return nullptr;
}

void Locals::visit(const Item &I) {
  const Stmt *S = I.S;
  switch (S->getStmtClass()) {
  // Operands that are never evaluated.
  case Stmt::UnaryExprOrTypeTraitExprClass:
  case Stmt::CXXNoexceptExprClass:
  case Stmt::CXXTypeidExprClass:
  case Stmt::OffsetOfExprClass:
    return;
  case Stmt::GenericSelectionExprClass:
    if (const auto *Generic = cast<GenericSelectionExpr>(S);
        !Generic->isResultDependent())
      push(Generic->getResultExpr(), I, I.Tested);
    return;
  case Stmt::DeclStmtClass:
    return visitDeclaration(cast<DeclStmt>(S), I);
  case Stmt::LambdaExprClass: {
    // Its body is a function of its own.
    const auto *Lambda = cast<LambdaExpr>(S);
    Lambdas[Lambda->getLambdaClass()] = Lambda;
    for (const Expr *Init : Lambda->capture_inits())
      push(Init, I, false);
    return;
  }
  case Stmt::BlockExprClass:
    for (const BlockDecl::Capture &Capture :
         cast<BlockExpr>(S)->getBlockDecl()->captures())
      Variables[Capture.getVariable()].Escapes |= Capture.isByRef();
    return;
  case Stmt::ReturnStmtClass:
    Returns.push_back(cast<ReturnStmt>(S));
    break;
  case Stmt::CXXTryStmtClass:
    HasTry = true;
    break;
  case Stmt::SEHTryStmtClass:
    HasSehTry = true;
    break;
  case Stmt::InitListExprClass:
    if (const InitListExpr *Semantic = cast<InitListExpr>(S)->getSemanticForm())
      return visitChildren({Semantic, I.Tested, I.Depth});
    break;
  case Stmt::CompoundStmtClass: // a value that is not used
    for (const Stmt *Child : S->children())
      if (const auto *E = dyn_cast_or_null<Expr>(Child); E && placeOf(E))
        touch(E, I);
      else
        push(Child, I, false);
    return;
  case Stmt::ImplicitCastExprClass: {
    const auto *Cast = cast<ImplicitCastExpr>(S);
    bool Reads = Cast->getCastKind() == CK_LValueToRValue ||
                 (Cast->getCastKind() == CK_NoOp && Cast->isGLValue() &&
                  Cast->getType().isConstQualified());
    if (Reads && readPlace(Cast->getSubExpr(), I))
      return;
    break;
  }
  case Stmt::CStyleCastExprClass:
    if (const auto *Cast = cast<CStyleCastExpr>(S);
        Cast->getCastKind() == CK_ToVoid && placeOf(Cast->getSubExpr()))
      return touch(Cast->getSubExpr(), I);
    break;
  case Stmt::CXXConstructExprClass: {
    const auto *Construction = cast<CXXConstructExpr>(S);
    if (Construction->getConstructor()->isCopyOrMoveConstructor() &&
        Construction->getConstructor()->isTrivial() &&
        readPlace(Construction->getArg(0), I))
      return;
    break;
  }
  case Stmt::CompoundAssignOperatorClass:
  case Stmt::BinaryOperatorClass: {
    const auto *Binary = cast<BinaryOperator>(S);
    bool Tested = I.Tested || Binary->isLogicalOp();
    addWrite(Binary);
    push(Binary->getRHS(), I, Tested);
    bool Target = Binary->isAssignmentOp() || Binary->getOpcode() == BO_Comma;
    if (!Target || !placeOf(Binary->getLHS()))
      push(Binary->getLHS(), I, Tested);
    else if (isa<CompoundAssignOperator>(S))
      readPlace(Binary->getLHS(), I);
    else
      touch(Binary->getLHS(), I);
    // `if ((t = f()) == C)` tests what was assigned.
    if (Binary->isAssignmentOp() && I.Tested)
      if (std::optional<Place> At = placeOf(Binary->getLHS()))
        Variables[At->Root].Tested = true;
    return;
  }
  case Stmt::UnaryOperatorClass: {
    const auto *Unary = cast<UnaryOperator>(S);
    if (!Unary->isIncrementDecrementOp())
      break;
    addWrite(Unary);
    if (readPlace(Unary->getSubExpr(), I))
      return;
    break;
  }
  case Stmt::DeclRefExprClass:
  case Stmt::MemberExprClass:
  case Stmt::ArraySubscriptExprClass:
    if (std::optional<Place> At = placeOf(cast<Expr>(S))) {
      // Whoever is handed what is constant only reads it.
      Variable &Used = Variables[At->Root];
      bool Constant = cast<Expr>(S)->getType().isConstQualified();
      Used.Escapes |= !Constant;
      Used.Reads += Constant;
      return touch(cast<Expr>(S), I);
    }
    break;
  default:
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      if (visitCall(Call, I))
        return;
      // What a callee is passed is not what the caller tests.
      return visitChildren({S, I.Tested && Call->getBuiltinCallee(), I.Depth});
    }
  }
  visitChildren(I, conditionOf(S));
}

Locals::Locals(const ASTContext &Context, const Decl *Function,
               const Stmt *Body)
    : Context(Context) {
  if (Body)
    Left.push_back({Body, false, 0});
  if (const auto *Constructor = dyn_cast_or_null<CXXConstructorDecl>(Function))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (Init->getInit())
        Left.push_back({Init->getInit(), false, 0});
  while (!Left.empty())
    visit(Left.pop_back_val());
  std::reverse(Returns.begin(), Returns.end()); // the last was met first
}

} // namespace hvci
