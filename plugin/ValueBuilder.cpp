// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ValueBuilder.cpp - from a Clang expression to an argument fact.
//
// Constants fold as Clang folds them; around them `?:`, bit operations, sums
// and casts keep what is known of their operands. Anything else is unknown.
//
#include "ValueBuilder.h"

#include "Compat.h"

#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Builtins.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace hvci {

static bool isBroken(const Expr *E) {
  return E->containsErrors() || E->isTypeDependent() || E->isValueDependent() ||
         E->getType().isNull();
}

std::optional<uint64_t> fold(const Expr *E, const ASTContext &Context) {
  QualType Type = E->getType();
  Expr::EvalResult Result;
  if (Type->isIntegralOrEnumerationType()) {
    if (E->EvaluateAsInt(Result, Context))
      return Result.Val.getInt().extOrTrunc(64).getZExtValue();
    return std::nullopt;
  }
  if (Type->isNullPtrType())
    return 0;
  if (!Type->isPointerType() || !E->EvaluateAsRValue(Result, Context) ||
      Result.HasSideEffects || !Result.Val.isLValue() ||
      Result.Val.getLValueBase())
    return std::nullopt;
  return static_cast<uint64_t>(Result.Val.getLValueOffset().getQuantity());
}

unsigned ValueBuilder::width(QualType Type) const {
  if (Type->isDependentType() || Type->isIncompleteType())
    return 64;
  uint64_t Bits = Context.getTypeSize(Type);
  return Bits >= 1 && Bits <= 64 ? static_cast<unsigned>(Bits) : 64;
}

static std::string enumerationOf(const Expr *E) {
  const EnumDecl *Enum = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *Constant = dyn_cast<EnumConstantDecl>(Ref->getDecl()))
      Enum = dyn_cast<EnumDecl>(Constant->getDeclContext());
  if (!Enum)
    if (const auto *Type = E->getType()->getAs<EnumType>())
      Enum = Type->getDecl();
  return Enum ? Enum->getName().str() : std::string();
}

// Where the value of a named constant is defined.
static SourceLocation definition(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  if (!Ref)
    return {};
  // A reserved tag, such as _POOL_TYPE, is the kit's: everyone knows its
  // values.
  if (const auto *Constant = dyn_cast<EnumConstantDecl>(Ref->getDecl()))
    return StringRef(enumerationOf(E)).starts_with("_")
               ? SourceLocation()
               : Constant->getLocation();
  if (const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl()))
    if (const Expr *Init = Variable->getAnyInitializer())
      return Init->getBeginLoc();
  return {};
}

hvci_term ValueBuilder::term(const Source &From) {
  hvci_term Term = {};
  const Expr *E = From.E;
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  WrittenName Name;
  if (Wanted == Words || (!Ref && E->getExprLoc().isMacroID()))
    Name = Text.writtenName(E->getExprLoc());
  Term.constant = save(Ref ? Ref->getDecl()->getName() : StringRef(Name.Inner));
  Term.type = save(enumerationOf(E));
  Term.value = From.Value;
  Term.written = save(Name.Outer);
  if (Wanted == Values)
    return Term;

  Term.literal = isa<IntegerLiteral>(E) &&
                 Name.Outer == Text.text(Name.Range) && !Name.Outer.empty() &&
                 isDigit(Name.Outer[0]);
  Term.range = encode(Name.Range);
  // Editable: the constant itself is what is written in the argument.
  Term.editable = (!From.Elsewhere || From.Editable) &&
                  Name.Outer == Term.constant &&
                  Text.editableRange(Name.Range).isValid();
  SourceLocation Definition = definition(E);
  bool Passed = Ref && isa<ParmVarDecl>(Ref->getDecl());
  SourceRange Origin;
  if (From.Elsewhere && !From.Default && !Passed)
    Origin = Name.Range;
  else if (Definition.isValid() && !Text.inSystemHeader(Definition))
    Origin = Definition;
  else if (From.Default)
    Origin = From.Default->getSourceRange();
  if (Origin.isValid() && !Text.inSystemHeader(Origin.getBegin()))
    Term.origin = encode(Origin);
  return Term;
}

uint32_t ValueBuilder::addTerm(const Source &From) {
  size_t I = 0;
  while (I < Sources.size() && Sources[I].E != From.E)
    I++;
  if (I == HVCI_MAX_TERMS)
    return 0;
  if (I == Sources.size())
    Sources.push_back(From);
  return uint32_t(1) << I;
}

void ValueBuilder::adopt(hvci_value &Value, ArrayRef<Source> Others,
                         const Expr *Editable) {
  for (unsigned I = 0; I < Value.count; I++) {
    uint32_t Terms = 0;
    for (size_t T = 0; T < Others.size(); T++)
      if (Value.alternatives[I].terms >> T & 1) {
        Source From = Others[T];
        From.Elsewhere = true;
        From.Editable = From.E == Editable;
        Terms |= addTerm(From);
      }
    Value.alternatives[I].terms = Terms;
  }
}

hvci_value ValueBuilder::unknown(QualType Type) const {
  hvci_value Value;
  hvci_value_unknown(&Value, width(Type));
  return Value;
}

hvci_value ValueBuilder::zero(QualType Type) const {
  hvci_value Value;
  hvci_value_constant(&Value, 0, 0, width(Type));
  return Value;
}

hvci_value ValueBuilder::leaf(const Expr *E) {
  std::optional<uint64_t> Bits = fold(E, Context);
  if (!Bits)
    return unknown(E->getType());
  hvci_value Value;
  hvci_value_constant(&Value, *Bits,
                      addTerm({E, *Bits, Elsewhere, false, nullptr}),
                      width(E->getType()));
  return Value;
}

hvci_value ValueBuilder::convert(const hvci_value &Value, QualType From,
                                 QualType To) {
  if (To->isBooleanType() || !To->isIntegralOrEnumerationType() ||
      !From->isIntegralOrEnumerationType())
    return unknown(To);
  hvci_value Result;
  hvci_value_convert(&Result, &Value, width(From),
                     From->isSignedIntegerOrEnumerationType(), width(To));
  return Result;
}

// The expression that this one passes on unchanged, or null.
static const Expr *wrapped(const Expr *E) {
  if (const auto *Paren = dyn_cast<ParenExpr>(E))
    return Paren->getSubExpr();
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return Full->getSubExpr();
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
    return Temporary->getSubExpr();
  if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(E))
    return Temporary->getSubExpr();
  if (const auto *Generic = dyn_cast<GenericSelectionExpr>(E))
    return Generic->getResultExpr();
  if (const auto *Choose = dyn_cast<ChooseExpr>(E))
    return Choose->getChosenSubExpr();
  if (const auto *Parameter = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return Parameter->getReplacement();
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E))
    return Opaque->getSourceExpr();
  if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(E))
    return Literal->getInitializer();
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
    return Default->getExpr();
  if (const auto *Statements = dyn_cast<StmtExpr>(E))
    return Statements->getSubStmt()->body_empty()
               ? nullptr
               : dyn_cast<Expr>(Statements->getSubStmt()->body_back());
  const auto *Cast = dyn_cast<CastExpr>(E);
  if (Cast && (Cast->getCastKind() == CK_LValueToRValue ||
               Cast->getCastKind() == CK_NoOp ||
               Cast->getCastKind() == CK_DerivedToBase ||
               Cast->getCastKind() == CK_UncheckedDerivedToBase))
    return Cast->getSubExpr();
  return nullptr;
}

hvci_value
ValueBuilder::valueOfConditional(const AbstractConditionalOperator *E,
                                 ArrayRef<const FieldDecl *> Path) {
  const Expr *Condition = E->getCond();
  bool Holds;
  if (!Condition->isValueDependent() &&
      Condition->EvaluateAsBooleanCondition(Holds, Context))
    return partOf(Holds ? E->getTrueExpr() : E->getFalseExpr(), Path);
  auto Arm = [&](const Expr *Of, bool When) {
    return Around ? Around->under(Condition, When,
                                  [&] { return partOf(Of, Path); })
                  : partOf(Of, Path);
  };
  hvci_value True = Arm(E->getTrueExpr(), true);
  hvci_value False = Arm(E->getFalseExpr(), false);
  hvci_value_join(&True, &True, &False);
  return True;
}

std::optional<hvci_operation> operationOf(BinaryOperatorKind Kind,
                                          QualType Type) {
  switch (Kind) {
  case BO_Or:
    return HVCI_OR;
  case BO_And:
    return HVCI_AND;
  case BO_Xor:
    return HVCI_XOR;
  case BO_Add:
    return HVCI_ADD;
  case BO_Sub:
    return HVCI_SUBTRACT;
  case BO_Shl:
    return HVCI_SHIFT_LEFT;
  case BO_Shr:
    if (Type->isUnsignedIntegerOrEnumerationType())
      return HVCI_SHIFT_RIGHT;
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

// An assignment's value is what its target holds then. A constant is better
// taken from where it is written.
hvci_value ValueBuilder::valueOfBinary(const BinaryOperator *E) {
  if (E->getOpcode() == BO_Comma)
    return valueOf(E->getRHS());
  if (E->getOpcode() == BO_Assign && fold(E->getRHS(), Context))
    return valueOf(E->getRHS());
  if (E->isAssignmentOp())
    return valueOf(E->getLHS());
  QualType Type = E->getType();
  std::optional<hvci_operation> Operation = operationOf(E->getOpcode(), Type);
  if (!Operation || !Type->isIntegralOrEnumerationType())
    return leaf(E);
  hvci_value Left = valueOf(E->getLHS());
  hvci_value Right = valueOf(E->getRHS());
  hvci_value_apply(&Left, *Operation, &Left, &Right, width(Type));
  return Left;
}

hvci_value ValueBuilder::stored(const CompoundAssignOperator *E) {
  QualType Type = E->getComputationResultType();
  std::optional<hvci_operation> Operation = operationOf(
      BinaryOperator::getOpForCompoundAssignment(E->getOpcode()), Type);
  if (!Operation || !Type->isIntegralOrEnumerationType())
    return unknown(E->getType());
  hvci_value Left = convert(valueOf(E->getLHS()), E->getLHS()->getType(),
                            E->getComputationLHSType());
  hvci_value Right = valueOf(E->getRHS());
  hvci_value_apply(&Left, *Operation, &Left, &Right, width(Type));
  return convert(Left, Type, E->getType());
}

static hvci_value step(const hvci_value &Value, bool Up, unsigned Width) {
  hvci_value Result, One;
  hvci_value_constant(&One, 1, 0, Width);
  hvci_value_apply(&Result, Up ? HVCI_ADD : HVCI_SUBTRACT, &Value, &One, Width);
  return Result;
}

hvci_value ValueBuilder::stored(const UnaryOperator *E) {
  if (!E->getType()->isIntegralOrEnumerationType() ||
      E->getType()->isBooleanType())
    return unknown(E->getType());
  return step(valueOf(E->getSubExpr()), E->isIncrementOp(),
              width(E->getType()));
}

hvci_value ValueBuilder::valueOfUnary(const UnaryOperator *E) {
  switch (E->getOpcode()) {
  case UO_Plus:
  case UO_Extension:
  case UO_PreInc:
  case UO_PreDec:
    return valueOf(E->getSubExpr());
  case UO_PostInc:
  case UO_PostDec:
    if (!E->getType()->isIntegerType() || E->getType()->isBooleanType())
      return unknown(E->getType());
    return step(valueOf(E->getSubExpr()), !E->isIncrementOp(),
                width(E->getType()));
  case UO_Not:
    if (E->getType()->isIntegerType()) {
      hvci_value Value = valueOf(E->getSubExpr());
      hvci_value_complement(&Value, &Value, width(E->getType()));
      return Value;
    }
    return leaf(E);
  default:
    return leaf(E);
  }
}

// The default stands in the declaration, for all callers.
hvci_value ValueBuilder::valueOfDefault(const CXXDefaultArgExpr *E) {
  size_t First = Sources.size();
  llvm::SaveAndRestore<bool> Away(Elsewhere, true);
  hvci_value Value = valueOf(E->getExpr());
  for (size_t I = First; I < Sources.size(); I++)
    Sources[I].Default = E->getExpr();
  return Value;
}

QualType Place::type() const {
  return Path.empty() ? Root->getType().getNonReferenceType()
                      : Path.back()->getType();
}

static std::optional<Place> placeOf(const Expr *E, unsigned Depth);

// A local reference is bound once, for good.
static std::optional<Place> placeOf(const VarDecl *Variable, unsigned Depth) {
  if (!Variable->getType()->isReferenceType())
    return Place{Variable, {}};
  if (isa<ParmVarDecl>(Variable)) // changed by none, or by who knows whom
    return Variable->getType()->isRValueReferenceType() ||
                   Variable->getType()->getPointeeType().isConstQualified()
               ? std::optional(Place{Variable, {}})
               : std::nullopt;
  if (!Variable->hasInit() || Variable->isInitCapture())
    return std::nullopt;
  return placeOf(Variable->getInit(), Depth);
}

static std::optional<Place> placeOf(const Expr *E, unsigned Depth) {
  if (Depth == 0)
    return std::nullopt;
  E = E->IgnoreParens();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl());
    return Variable ? placeOf(Variable, Depth - 1) : std::nullopt;
  }
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    bool Same = Cast->getCastKind() == CK_NoOp ||
                Cast->getCastKind() == CK_DerivedToBase ||
                Cast->getCastKind() == CK_UncheckedDerivedToBase;
    return Same && E->isGLValue() ? placeOf(Cast->getSubExpr(), Depth - 1)
                                  : std::nullopt;
  }
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
    const auto *Decay =
        dyn_cast<ImplicitCastExpr>(Element->getBase()->IgnoreParens());
    if (!Decay || Decay->getCastKind() != CK_ArrayToPointerDecay)
      return std::nullopt;
    std::optional<Place> Array = placeOf(Decay->getSubExpr(), Depth - 1);
    if (Array)
      Array->Exact = false;
    return Array;
  }
  const auto *Member = dyn_cast<MemberExpr>(E);
  if (!Member || Member->isArrow())
    return std::nullopt;
  const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
  if (!Field || Field->getType()->isReferenceType())
    return std::nullopt;
  std::optional<Place> Base = placeOf(Member->getBase(), Depth - 1);
  if (!Base)
    return std::nullopt;
  // Members of a union lie over each other.
  if (Field->getParent()->isUnion())
    Base->Exact = false;
  if (Base->Exact)
    Base->Path.push_back(Field);
  return Base;
}

std::optional<Place> placeOf(const Expr *E) {
  constexpr unsigned MaxChain = 64;
  return placeOf(E, MaxChain);
}

// Has always the value of its initialiser.
static const Expr *lastingInit(const VarDecl *Variable) {
  QualType Type = Variable->getType();
  if (!Variable->hasGlobalStorage() || !Type.isConstQualified() ||
      Type.isVolatileQualified() || Variable->isWeak())
    return nullptr;
  return Variable->getAnyInitializer();
}

hvci_value ValueBuilder::at(const Place &What) {
  if (What.Exact) {
    if (const Expr *Init = lastingInit(What.Root)) {
      llvm::SaveAndRestore<bool> Away(Elsewhere, true);
      return partOf(Init, What.Path);
    }
    if (Around)
      return Around->object(What, *this);
  }
  return unknown(What.type());
}

// A variable, an enumerator or a field.
hvci_value ValueBuilder::valueOfName(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  if (Ref && fold(E, Context))
    return leaf(E);
  hvci_value Value = unknown(E->getType());
  if (std::optional<Place> Named = placeOf(E); Named && Named->Exact)
    Value = at(*Named);
  else if (const auto *Member = dyn_cast<MemberExpr>(E);
           Member && !Member->isArrow())
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl()))
      Value = partOf(Member->getBase(), Field);
  if (!Ref)
    return hvci_value_is_constant(&Value, nullptr) || !fold(E, Context)
               ? Value
               : leaf(E);
  // Of what is not known, the type may tell a slip even so.
  for (unsigned I = 0; I < Value.count; I++) {
    hvci_alternative &One = Value.alternatives[I];
    if (!One.terms && (One.ones | One.zeros) != UINT64_MAX)
      One.terms = addTerm({E, 0, Elsewhere, false, nullptr});
  }
  return Value;
}

const Expr *expected(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call)
    return nullptr;
  switch (Call->getBuiltinCallee()) {
  case Builtin::BI__builtin_expect:
  case Builtin::BI__builtin_expect_with_probability:
  case Builtin::BIforward: // of namespace std
  case Builtin::BImove:
    return Call->getArg(0);
  default:
    return nullptr;
  }
}

hvci_value ValueBuilder::valueOfCall(const Expr *E) {
  if (const Expr *Operand = expected(E))
    return valueOf(Operand);
  std::optional<int32_t> Base;
  if (Around && E->getType()->isIntegralOrEnumerationType() &&
      !fold(E, Context))
    Base = Around->resultOf(E);
  if (!Base)
    return leaf(E);
  hvci_value Value;
  hvci_value_base(&Value, *Base, width(E->getType()));
  return Value;
}

hvci_value ValueBuilder::valueOf(const Expr *E) {
  // Generated code nests by the thousand; what Clang folds is known even so.
  llvm::SaveAndRestore<unsigned> Deeper(Depth, Depth + 1);
  if (Depth > MaxDepth && !isBroken(E))
    return leaf(E);
  hvci_value Value;
  if (isBroken(E)) {
    hvci_value_unknown(&Value, 64);
    return Value;
  }
  if (const Expr *Inner = wrapped(E))
    return valueOf(Inner);
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return valueOfDefault(Default);
  if (const auto *Conditional = dyn_cast<AbstractConditionalOperator>(E))
    return valueOfConditional(Conditional, {});
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return valueOfBinary(Binary);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return valueOfUnary(Unary);
  if (isa<DeclRefExpr, MemberExpr>(E))
    return valueOfName(E);
  if (isa<CallExpr>(E))
    return valueOfCall(E);
  if (const auto *List = dyn_cast<InitListExpr>(E);
      List && E->getType()->isScalarType())
    return List->getNumInits() ? valueOf(List->getInit(0)) : zero(E->getType());
  if (isa<ImplicitValueInitExpr>(E) && E->getType()->isScalarType())
    return zero(E->getType());
  if (const auto *Cast = dyn_cast<CastExpr>(E);
      Cast && Cast->getCastKind() == CK_IntegralCast)
    return convert(valueOf(Cast->getSubExpr()), Cast->getSubExpr()->getType(),
                   E->getType());
  return leaf(E);
}

// Fields of a struct, in the order of its list of initialisers.
static std::optional<unsigned> indexOf(const FieldDecl *Field) {
  unsigned Index = 0;
  for (const FieldDecl *Other : Field->getParent()->fields()) {
    if (Other == Field)
      return Index;
    Index += !compat::isUnnamedBitField(Other);
  }
  return std::nullopt;
}

hvci_value ValueBuilder::valueOfList(const InitListExpr *E,
                                     ArrayRef<const FieldDecl *> Path) {
  QualType Type = Path.back()->getType();
  if (const InitListExpr *Semantic = E->getSemanticForm())
    E = Semantic;
  const FieldDecl *Field = Path.front();
  const auto *Record = E->getType()->getAsRecordDecl();
  if (E->isTransparent())
    return partOf(E->getInit(0), Path);
  if (Record != Field->getParent())
    return unknown(Type);
  unsigned Index = 0;
  if (Record->isUnion()) {
    if (E->getInitializedFieldInUnion() != Field)
      return unknown(Type);
  } else {
    // An aggregate's bases come first.
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Record))
      Index = Class->getNumBases();
    Index += indexOf(Field).value_or(0);
  }
  return Index < E->getNumInits() ? partOf(E->getInit(Index), Path.drop_front())
                                  : zero(Type);
}

hvci_value ValueBuilder::valueOfConstruction(const CXXConstructExpr *E,
                                             ArrayRef<const FieldDecl *> Path) {
  QualType Type = Path.back()->getType();
  const CXXConstructorDecl *Constructor = E->getConstructor();
  if (Constructor->isCopyOrMoveConstructor() && Constructor->isTrivial())
    return partOf(E->getArg(0), Path);
  if (!Constructor->isDefaultConstructor() || Constructor->isUserProvided() ||
      Constructor->getParent() != Path.front()->getParent())
    return unknown(Type);
  if (Path.front()->hasInClassInitializer()) {
    const Expr *Init = Path.front()->getInClassInitializer();
    return Init ? partOf(Init, Path.drop_front()) : unknown(Type);
  }
  return E->requiresZeroInitialization() ? zero(Type) : unknown(Type);
}

hvci_value ValueBuilder::partOf(const Expr *E,
                                ArrayRef<const FieldDecl *> Path) {
  if (Path.empty())
    return valueOf(E);
  QualType Type = Path.back()->getType();
  llvm::SaveAndRestore<unsigned> Deeper(Depth, Depth + 1);
  if (Depth > MaxDepth || isBroken(E))
    return unknown(Type);
  if (std::optional<Place> Whole = placeOf(E)) {
    Whole->Path.append(Path.begin(), Path.end());
    return at(*Whole);
  }
  if (const Expr *Inner = wrapped(E))
    return partOf(Inner, Path);
  if (const auto *Conditional = dyn_cast<AbstractConditionalOperator>(E))
    return valueOfConditional(Conditional, Path);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->getOpcode() == BO_Comma)
      return partOf(Binary->getRHS(), Path);
    if (Binary->getOpcode() == BO_Assign)
      return partOf(Binary->getLHS(), Path);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E);
      Member && !Member->isArrow())
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl())) {
      SmallVector<const FieldDecl *, 4> Longer{Field};
      Longer.append(Path.begin(), Path.end());
      return partOf(Member->getBase(), Longer);
    }
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return valueOfList(List, Path);
  if (const auto *Construction = dyn_cast<CXXConstructExpr>(E))
    return valueOfConstruction(Construction, Path);
  if (isa<ImplicitValueInitExpr, CXXScalarValueInitExpr>(E))
    return zero(Type);
  return unknown(Type);
}

// The bits that an exclusive or with a constant inverts.
static uint64_t toggledBits(const Expr *E, const ASTContext &Context) {
  const auto *Binary = dyn_cast<BinaryOperator>(E->IgnoreParenCasts());
  if (!Binary || Binary->getOpcode() != BO_Xor || isBroken(Binary))
    return 0;
  std::optional<uint64_t> Left = fold(Binary->getLHS(), Context);
  return Left ? *Left : fold(Binary->getRHS(), Context).value_or(0);
}

static bool needsParentheses(const Expr *E) {
  E = E->IgnoreImpCasts();
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->getOpcode() != BO_Or;
  return isa<AbstractConditionalOperator>(E);
}

hvci_argument ValueBuilder::unknown() {
  hvci_argument Argument = {};
  hvci_value_unknown(&Argument.value, 64);
  Argument.text = "";
  return Argument;
}

hvci_argument ValueBuilder::build(const Expr *E, QualType Parameter) {
  start(nullptr);
  return argument(valueOf(E), E, Parameter);
}

void ValueBuilder::start(Surroundings *Within, bool Away) {
  Around = Within;
  Elsewhere = Away;
  Sources.clear();
}

hvci_argument ValueBuilder::argument(const hvci_value &Value, const Expr *E,
                                     QualType Parameter) {
  hvci_argument Argument = unknown();
  Argument.value = Value;
  SmallVector<hvci_term, 8> Terms;
  for (const Source &From : Sources)
    Terms.push_back(term(From));
  Argument.toggled = toggledBits(E, Context);
  Argument.term_count = Terms.size();
  Argument.terms = ArrayRef<hvci_term>(Terms).copy(Memory).data();

  if (Wanted == Values)
    return Argument;

  const auto *Default = dyn_cast<CXXDefaultArgExpr>(E);
  // Under what the compiler added, and a macro's parentheses around what it was
  // given.
  E = E->IgnoreImpCasts();
  if (Text.editableRange(E->getSourceRange()).isInvalid())
    E = E->IgnoreParenImpCasts();
  SourceRange Range =
      Default ? Default->getExpr()->getSourceRange() : E->getSourceRange();
  Argument.text = save(Text.text(Range));
  Argument.range = encode(Default ? SourceRange(E->getExprLoc()) : Range);
  Argument.editable = !Default && Text.editableRange(Range).isValid();
  Argument.needs_parentheses = needsParentheses(E);
  Argument.takes_or = !Context.getLangOpts().CPlusPlus ||
                      (!Parameter.isNull() && Parameter->isIntegerType() &&
                       !Parameter->isEnumeralType());
  return Argument;
}

} // namespace hvci
