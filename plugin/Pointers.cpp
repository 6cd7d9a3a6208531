// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pointers.cpp - which function a pointer holds.
//
// A constant is read in its initialiser. Another variable is looked up in what
// the code around it does: the function that it is local to, or the whole unit.
// That is only looked through when such a variable is asked about.
//
#include "Pointers.h"

#include "Compat.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace hvci {

// A pointer to a pointer to a table: more steps than anybody takes.
static constexpr unsigned MaxDepth = 16;

static const Expr *withoutCasts(const Expr *E) { return E->IgnoreParenCasts(); }

static bool isCallOf(const CallExpr *Call, StringRef Name) {
  const FunctionDecl *Function = Call->getDirectCallee();
  return Function && Function->getIdentifier() && Function->getName() == Name;
}

// Whether the initialiser or value leaves the variable without one of use: a
// call through it is none.
static bool isNothing(const Expr *Value, ASTContext &Context) {
  if (!Value)
    return true;
  const Expr *E = withoutCasts(Value);
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return llvm::all_of(List->inits(), [&](const Expr *Part) {
      return isNothing(Part, Context);
    });
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getNumArgs() == 0;
  if (isa<ImplicitValueInitExpr, CXXNullPtrLiteralExpr, GNUNullExpr>(E))
    return true;
  const auto *Number = dyn_cast<IntegerLiteral>(E);
  return Number && Number->getValue().isZero();
}

// The variable that the object is, or is a part of, or null.
static const VarDecl *variableOf(const Expr *Object) {
  for (;;) {
    Object = Object->IgnoreParens();
    if (const auto *Member = dyn_cast<MemberExpr>(Object);
        Member && !Member->isArrow()) {
      Object = Member->getBase();
    } else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Object)) {
      const auto *Decay = dyn_cast<ImplicitCastExpr>(Element->getBase());
      if (!Decay || Decay->getCastKind() != CK_ArrayToPointerDecay)
        return nullptr;
      Object = Decay->getSubExpr();
    } else {
      const auto *Ref = dyn_cast<DeclRefExpr>(Object);
      return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    }
  }
}

// The variable whose address the expression is, or null.
static const VarDecl *variableAt(const Expr *Pointer) {
  const auto *Address = dyn_cast<UnaryOperator>(withoutCasts(Pointer));
  if (!Address || Address->getOpcode() != UO_AddrOf)
    return nullptr;
  const auto *Ref =
      dyn_cast<DeclRefExpr>(Address->getSubExpr()->IgnoreParens());
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

static const VarDecl *canonical(const VarDecl *Variable) {
  return Variable->getCanonicalDecl();
}

//===----------------------------------------------------------------------===//
// What the code does to variables
//===----------------------------------------------------------------------===//

void Pointers::give(const VarDecl *Variable, const Expr *Value) {
  if (isNothing(Value, Context))
    return;
  Uses &Use = Variables[canonical(Variable)];
  Use.Value = Value;
  Use.Values++;
}

// A pointer outside functions, in C: the unit's walk meets all that is done to
// it.
static bool isMet(const VarDecl *Variable, const ASTContext &Context) {
  return !Context.getLangOpts().CPlusPlus && Variable->isFileVarDecl() &&
         Variable->getType()->isPointerType();
}

static const VarDecl *metPointer(const Expr *E, const ASTContext &Context) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParens());
  const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Variable && isMet(Variable, Context) ? canonical(Variable) : nullptr;
}

void Pointers::assigned(const Expr *To, const Expr *Value) {
  const VarDecl *Variable = metPointer(To, Context);
  if (!Variable || isNothing(Value, Context))
    return;
  Met[Variable].Value = Value;
  Met[Variable].Values++;
}

void Pointers::changed(const Expr *Object) {
  if (const VarDecl *Variable = metPointer(Object, Context))
    Met[Variable].Escapes = true;
}

bool Pointers::needsWholeUnit(const Expr *Callee) const {
  const VarDecl *Variable = metPointer(withoutCasts(Callee), Context);
  return Variable && !Variable->getType().isConstQualified();
}

// The string that the call sets or looks up; null if it is no such call.
static const VarDecl *nameSetBy(const CallExpr *Call) {
  return Call->getNumArgs() == 2 && isCallOf(Call, "RtlInitUnicodeString")
             ? variableAt(Call->getArg(0))
             : nullptr;
}

static const VarDecl *nameLookedUpBy(const CallExpr *Call) {
  return Call->getNumArgs() == 1 && isCallOf(Call, "MmGetSystemRoutineAddress")
             ? variableAt(Call->getArg(0))
             : nullptr;
}

// One string may serve for many names, set anew before each look-up. Statements
// that follow each other without a branch tell which.
void Pointers::scanNames(const CompoundStmt *Block) {
  llvm::DenseMap<const VarDecl *, const Expr *> Names;
  for (const Stmt *S : Block->body()) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (const VarDecl *String = Call ? nameSetBy(Call) : nullptr) {
      Names[String] = Call->getArg(1);
      continue;
    }
    if (!isa<Expr, DeclStmt>(S))
      Names.clear();
    SmallVector<const Stmt *, 8> Left;
    if (!Names.empty())
      Left.push_back(S);
    while (!Left.empty()) {
      const Stmt *Inner = Left.pop_back_val();
      if (!Inner || isa<LambdaExpr, StmtExpr>(Inner))
        continue;
      if (const auto *Asks = dyn_cast<CallExpr>(Inner))
        if (const VarDecl *String = nameLookedUpBy(Asks))
          if (const Expr *Text = Names.lookup(String))
            SetBefore[Asks] = Text;
      Left.append(Inner->child_begin(), Inner->child_end());
    }
  }
}

// The functions that read or set a UNICODE_STRING; true if the call is one.
bool Pointers::scanCall(const CallExpr *Call,
                        SmallVectorImpl<const Stmt *> &Left) {
  if (const VarDecl *String = nameSetBy(Call)) {
    give(String, Call->getArg(1));
    Left.push_back(Call->getArg(1));
    return true;
  }
  return nameLookedUpBy(Call);
}

void Pointers::scanStatements(const Stmt *Root) {
  SmallVector<const Stmt *, 32> Left{Root};
  while (!Left.empty()) {
    const Stmt *S = Left.pop_back_val();
    if (!S || isa<UnaryExprOrTypeTraitExpr>(S))
      continue;
    if (const auto *Block = dyn_cast<CompoundStmt>(S))
      scanNames(Block);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      // What comes here is neither read nor assigned.
      if (const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl()))
        Variables[canonical(Variable)].Escapes = true;
      continue;
    }
    if (const auto *Assignment = dyn_cast<BinaryOperator>(S);
        Assignment && Assignment->getOpcode() == BO_Assign) {
      const auto *Ref =
          dyn_cast<DeclRefExpr>(Assignment->getLHS()->IgnoreParens());
      const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      if (Variable) {
        give(Variable, Assignment->getRHS());
        Left.push_back(Assignment->getRHS());
        continue;
      }
    }
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(S)) {
      const Expr *Object = Cast->getSubExpr();
      if (Cast->getCastKind() == CK_LValueToRValue && variableOf(Object)) {
        // Read; its subscripts may do more.
        for (Object = Object->IgnoreParens(); !isa<DeclRefExpr>(Object);
             Object = Object->IgnoreParens()) {
          if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Object)) {
            Left.push_back(Element->getIdx());
            Object = Element->getBase()->IgnoreImpCasts();
          } else {
            Object = cast<MemberExpr>(Object)->getBase();
          }
        }
        continue;
      }
      // The address for reading alone.
      if (Cast->getCastKind() == CK_NoOp && variableAt(Object) &&
          Cast->getType()->getPointeeType().isConstQualified())
        continue;
    }
    if (const auto *Call = dyn_cast<CallExpr>(S); Call && scanCall(Call, Left))
      continue;
    if (const auto *Declared = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declared->decls())
        scan(D);
      continue;
    }
    if (const auto *Block = dyn_cast<BlockExpr>(S))
      Left.push_back(Block->getBody());
    for (const Stmt *Child : S->children())
      Left.push_back(Child);
  }
}

void Pointers::scanFunction(const FunctionDecl *Function) {
  if (!Function->doesThisDeclarationHaveABody() ||
      Function->isLateTemplateParsed() || !Scanned.insert(Function).second)
    return;
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Function))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      scanStatements(Init->getInit());
  scanStatements(Function->getBody());
}

void Pointers::scan(const Decl *D) {
  if (const auto *Variable = dyn_cast<VarDecl>(D)) {
    if (const Expr *Init = Variable->getInit()) {
      give(Variable, Init);
      scanStatements(Init);
    }
  } else if (const auto *Function = dyn_cast<FunctionDecl>(D)) {
    scanFunction(Function);
  } else if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D)) {
    for (const FunctionDecl *Instance : Template->specializations())
      if (const FunctionDecl *Definition = Instance->getDefinition())
        scanFunction(Definition);
  } else if (const auto *Classes = dyn_cast<ClassTemplateDecl>(D)) {
    for (const CXXRecordDecl *Instance : Classes->specializations())
      scan(Instance);
  } else if (const auto *Field = dyn_cast<FieldDecl>(D)) {
    if (Field->hasInClassInitializer())
      scanStatements(Field->getInClassInitializer());
  } else if (isa<NamespaceDecl, LinkageSpecDecl, ExportDecl, RecordDecl>(D)) {
    for (const Decl *Inner : cast<DeclContext>(D)->decls())
      scan(Inner);
  }
}

// The outermost function around a variable: the inner ones see it as well.
static const FunctionDecl *functionAround(const VarDecl *Variable) {
  const FunctionDecl *Outermost = nullptr;
  for (const DeclContext *Scope = Variable->getDeclContext(); Scope;
       Scope = Scope->getParent())
    if (const auto *Function = dyn_cast<FunctionDecl>(Scope))
      Outermost = Function;
  return Outermost;
}

void Pointers::scanFor(const VarDecl *Variable) {
  if (const FunctionDecl *Around = functionAround(Variable)) {
    scanFunction(Around);
  } else if (!ScannedAll) {
    ScannedAll = true;
    for (const Decl *D : Unit)
      scan(D);
  }
}

//===----------------------------------------------------------------------===//
// What objects hold
//===----------------------------------------------------------------------===//

// Whether all code that may change the variable is in this unit's own files.
static bool isOwn(const VarDecl *Variable, const SourceManager &SM) {
  if (isa<ParmVarDecl>(Variable) || Variable->isFromASTFile() ||
      SM.isInSystemHeader(Variable->getLocation()))
    return false;
  return Variable->hasLocalStorage() || Variable->isStaticLocal() ||
         Variable->getStorageClass() == SC_Static ||
         !Variable->isExternallyVisible();
}

// The expression whose value the variable has wherever it is read, or null.
const Expr *Pointers::valueOf(const VarDecl *Variable) {
  QualType Type = Context.getBaseElementType(Variable->getType());
  if (Type.isVolatileQualified() || Type->isDependentType())
    return nullptr;
  if (Variable->getType()->isReferenceType() || isa<ParmVarDecl>(Variable))
    return nullptr;
  if (Type.isConstQualified())
    return Variable->getAnyInitializer();
  if (!isOwn(Variable, Context.getSourceManager()))
    return nullptr;
  Uses Use;
  if (isMet(Variable, Context)) {
    Use = Met.lookup(canonical(Variable));
    if (const Expr *Init = Variable->getAnyInitializer();
        !isNothing(Init, Context)) {
      Use.Value = Init;
      Use.Values++;
    }
  } else {
    scanFor(Variable);
    Use = Variables.lookup(canonical(Variable));
  }
  return Use.Values == 1 && !Use.Escapes ? Use.Value : nullptr;
}

// The written initialiser's part for the field, or null.
static const Expr *partFor(const Expr *Whole, const FieldDecl *Field) {
  const auto *List = dyn_cast<InitListExpr>(Whole->IgnoreImplicit());
  const RecordDecl *Record = Field->getParent();
  if (!List || List->getType()->getAsRecordDecl() != Record)
    return nullptr;
  if (Record->isUnion())
    return List->getInitializedFieldInUnion() == Field && List->getNumInits()
               ? List->getInit(0)
               : nullptr;
  unsigned Index = 0;
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record))
    Index = Class->getNumBases();
  for (const FieldDecl *Other : Record->fields()) {
    if (Other == Field)
      return Index < List->getNumInits() ? List->getInit(Index) : nullptr;
    Index += !compat::isUnnamedBitField(Other);
  }
  return nullptr;
}

const Expr *Pointers::elementOf(const ArraySubscriptExpr *Element) {
  const Expr *Array = Element->getBase()->IgnoreParenImpCasts();
  const Expr *Whole =
      Array->getType()->isArrayType() ? valueOf(Array) : nullptr;
  Expr::EvalResult Index;
  if (!Whole || Element->getIdx()->isValueDependent() ||
      !Element->getIdx()->EvaluateAsInt(Index, Context))
    return nullptr;
  const auto *List = dyn_cast<InitListExpr>(Whole->IgnoreImplicit());
  uint64_t At = Index.Val.getInt().getLimitedValue();
  if (!List || At >= List->getNumInits())
    return nullptr;
  return List->getInit(static_cast<unsigned>(At));
}

// The object that the pointer points to, or null.
const Expr *Pointers::objectAt(const Expr *Pointer) {
  llvm::SaveAndRestore<unsigned> Deeper(Depth, Depth + 1);
  if (Depth > MaxDepth)
    return nullptr;
  Pointer = withoutCasts(Pointer);
  if (const auto *Address = dyn_cast<UnaryOperator>(Pointer))
    return Address->getOpcode() == UO_AddrOf ? Address->getSubExpr() : nullptr;
  const Expr *Value = Pointer->isLValue() ? valueOf(Pointer) : nullptr;
  return Value ? objectAt(Value) : nullptr;
}

// The expression whose value the object has wherever it is read, or null.
const Expr *Pointers::valueOf(const Expr *Object) {
  llvm::SaveAndRestore<unsigned> Deeper(Depth, Depth + 1);
  if (Depth > MaxDepth)
    return nullptr;
  Object = Object->IgnoreParens();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Object)) {
    const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
    return Variable ? valueOf(Variable) : nullptr;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(Object)) {
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    const Expr *Base =
        Member->isArrow() ? objectAt(Member->getBase()) : Member->getBase();
    const Expr *Whole = Field && Base ? valueOf(Base) : nullptr;
    return Whole ? partFor(Whole, Field) : nullptr;
  }
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Object))
    return elementOf(Element);
  if (const auto *Unary = dyn_cast<UnaryOperator>(Object);
      Unary && Unary->getOpcode() == UO_Deref) {
    const Expr *Target = objectAt(Unary->getSubExpr());
    return Target ? valueOf(Target) : nullptr;
  }
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Which function it is
//===----------------------------------------------------------------------===//

// The literal's text, or the text in a constant array; "" if it is not known.
std::string Pointers::textOf(const Expr *Text) {
  Text = withoutCasts(Text);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Text);
      Ref && Ref->getType()->isArrayType()) {
    const Expr *Value = valueOf(Text);
    Text = Value ? withoutCasts(Value) : Text;
  }
  const auto *Literal = dyn_cast<clang::StringLiteral>(Text);
  std::string Result;
  if (!Literal || Literal->isOrdinary())
    return Result;
  for (unsigned I = 0; I < Literal->getLength(); I++) {
    uint32_t Unit = Literal->getCodeUnit(I);
    if (Unit == 0 || Unit > 0x7F)
      return {};
    Result += static_cast<char>(Unit);
  }
  return Result;
}

// The name in the UNICODE_STRING that the call is given.
std::string Pointers::routineName(const CallExpr *Call) {
  const Expr *String = objectAt(Call->getArg(0));
  const Expr *Value = String ? valueOf(String) : nullptr;
  if (const VarDecl *Set = Value ? nullptr : nameLookedUpBy(Call);
      Set && !Variables.lookup(canonical(Set)).Escapes)
    Value = SetBefore.lookup(Call);
  if (!Value)
    return {};
  const auto *List = dyn_cast<InitListExpr>(Value->IgnoreImplicit());
  if (!List)
    return textOf(Value); // of RtlInitUnicodeString
  const RecordDecl *Record = List->getType()->getAsRecordDecl();
  if (!Record)
    return {};
  std::string Text;
  uint64_t Length = 0;
  for (const FieldDecl *Field : Record->fields()) {
    const Expr *Part = partFor(List, Field);
    Expr::EvalResult Number;
    if (!Part || Part->isValueDependent())
      continue;
    if (Field->getName() == "Buffer")
      Text = textOf(Part);
    else if (Field->getName() == "Length" &&
             Part->EvaluateAsInt(Number, Context))
      Length = Number.Val.getInt().getLimitedValue() / 2;
  }
  return Length == Text.size() ? Text : std::string();
}

std::optional<PointerTarget> Pointers::targetOf(const Expr *Callee) {
  llvm::SaveAndRestore<unsigned> Deeper(Depth, Depth + 1);
  if (Depth > MaxDepth || Callee->isTypeDependent())
    return std::nullopt;
  Callee = withoutCasts(Callee);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Callee))
    if (const auto *Function = dyn_cast<FunctionDecl>(Ref->getDecl()))
      return PointerTarget{Function, ""};
  if (const auto *Unary = dyn_cast<UnaryOperator>(Callee)) {
    bool OfFunction = Unary->getSubExpr()->getType()->isFunctionType() ||
                      Unary->getType()->isFunctionType();
    if (OfFunction &&
        (Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref))
      return targetOf(Unary->getSubExpr());
  }
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Callee)) {
    // A lambda that becomes a pointer.
    const auto *Conversion =
        dyn_cast_or_null<CXXConversionDecl>(Call->getMethodDecl());
    if (Conversion && Conversion->getParent()->isLambda() &&
        !Conversion->getParent()->isGenericLambda())
      return PointerTarget{Conversion->getParent()->getLambdaCallOperator(),
                           ""};
    return std::nullopt;
  }
  if (const auto *Call = dyn_cast<CallExpr>(Callee)) {
    if (Call->getNumArgs() != 1 || !isCallOf(Call, "MmGetSystemRoutineAddress"))
      return std::nullopt;
    std::string Name = routineName(Call);
    if (Name.empty())
      return std::nullopt;
    return PointerTarget{nullptr, Name};
  }
  const Expr *Value = Callee->isLValue() ? valueOf(Callee) : nullptr;
  return Value ? targetOf(Value) : std::nullopt;
}

} // namespace hvci
