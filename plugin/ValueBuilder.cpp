// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ValueBuilder.cpp - from a Clang expression to an argument fact.
//
// Constants fold as Clang folds them; around them `?:`, bit operations, sums
// and casts keep what is known of their operands. Anything else is unknown.
//
#include "ValueBuilder.h"

#include "clang/AST/ExprCXX.h"
#include "llvm/Support/SaveAndRestore.h"

#include <optional>

using namespace clang;

namespace hvci {

static bool isBroken(const Expr *E) {
  return E->containsErrors() || E->isTypeDependent() || E->isValueDependent() ||
         E->getType().isNull();
}

// What the expression folds to without side effects: an integer, or a pointer
// that is a number.
static std::optional<uint64_t> fold(const Expr *E, const ASTContext &Context) {
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

hvci_term ValueBuilder::term(const Expr *E, uint64_t Value) {
  hvci_term Term = {};
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  WrittenName Name;
  if (Wanted == Words || (!Ref && E->getExprLoc().isMacroID()))
    Name = Source.writtenName(E->getExprLoc());
  Term.constant = save(Ref ? Ref->getDecl()->getName() : StringRef(Name.Inner));
  Term.type = save(enumerationOf(E));
  Term.value = Value;
  Term.written = save(Name.Outer);
  if (Wanted == Values)
    return Term;

  Term.literal = isa<IntegerLiteral>(E) &&
                 Name.Outer == Source.text(Name.Range) && !Name.Outer.empty() &&
                 isDigit(Name.Outer[0]);
  Term.range = encode(Name.Range);
  // Editable: the constant itself is what is written in the argument.
  Term.editable =
      Name.Outer == Term.constant && Source.editableRange(Name.Range).isValid();
  SourceLocation Definition = definition(E);
  if (Definition.isValid() && !Source.inSystemHeader(Definition))
    Term.origin = encode(Definition);
  return Term;
}

uint32_t ValueBuilder::addTerm(const Expr *E, uint64_t Value) {
  if (Terms.size() == HVCI_MAX_TERMS)
    return 0;
  Terms.push_back(term(E, Value));
  return uint32_t(1) << (Terms.size() - 1);
}

hvci_value ValueBuilder::leaf(const Expr *E) {
  hvci_value Value;
  unsigned Width = width(E->getType());
  if (std::optional<uint64_t> Bits = fold(E, Context)) {
    hvci_value_constant(&Value, *Bits, addTerm(E, *Bits), Width);
    return Value;
  }
  hvci_value_unknown(&Value, Width);
  if (isa<DeclRefExpr>(E)) // its type may tell a slip even so
    Value.alternatives[0].terms = addTerm(E, 0);
  return Value;
}

hvci_value ValueBuilder::convert(const hvci_value &Value, const Expr *From,
                                 QualType To) {
  hvci_value Result;
  QualType Type = From->getType();
  if (To->isBooleanType() || !To->isIntegralOrEnumerationType() ||
      !Type->isIntegralOrEnumerationType()) {
    hvci_value_unknown(&Result, width(To));
    return Result;
  }
  hvci_value_convert(&Result, &Value, width(Type),
                     Type->isSignedIntegerOrEnumerationType(), width(To));
  return Result;
}

hvci_value
ValueBuilder::valueOfConditional(const AbstractConditionalOperator *E) {
  bool Condition;
  if (!E->getCond()->isValueDependent() &&
      E->getCond()->EvaluateAsBooleanCondition(Condition, Context))
    return valueOf(Condition ? E->getTrueExpr() : E->getFalseExpr());
  hvci_value True = valueOf(E->getTrueExpr());
  hvci_value False = valueOf(E->getFalseExpr());
  hvci_value_join(&True, &True, &False);
  return True;
}

static std::optional<hvci_operation> operationOf(const BinaryOperator *E) {
  switch (E->getOpcode()) {
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
    if (E->getType()->isUnsignedIntegerOrEnumerationType())
      return HVCI_SHIFT_RIGHT;
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

hvci_value ValueBuilder::valueOfBinary(const BinaryOperator *E) {
  if (E->getOpcode() == BO_Comma)
    return valueOf(E->getRHS());
  std::optional<hvci_operation> Operation = operationOf(E);
  if (!Operation || !E->getType()->isIntegralOrEnumerationType())
    return leaf(E);
  hvci_value Left = valueOf(E->getLHS());
  hvci_value Right = valueOf(E->getRHS());
  hvci_value_apply(&Left, *Operation, &Left, &Right, width(E->getType()));
  return Left;
}

// The default stands in the declaration, for all callers.
hvci_value ValueBuilder::valueOfDefault(const CXXDefaultArgExpr *E) {
  size_t First = Terms.size();
  hvci_value Value = valueOf(E->getExpr());
  for (size_t I = First; I < Terms.size(); I++) {
    Terms[I].editable = false;
    Terms[I].origin = encode(E->getExpr()->getSourceRange());
  }
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
  if (const auto *Paren = dyn_cast<ParenExpr>(E))
    return valueOf(Paren->getSubExpr());
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return valueOf(Full->getSubExpr());
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
    return valueOf(Temporary->getSubExpr());
  if (const auto *Generic = dyn_cast<GenericSelectionExpr>(E))
    return valueOf(Generic->getResultExpr());
  if (const auto *Choose = dyn_cast<ChooseExpr>(E))
    return valueOf(Choose->getChosenSubExpr());
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return valueOfDefault(Default);
  if (const auto *Parameter = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return valueOf(Parameter->getReplacement());
  if (const auto *List = dyn_cast<InitListExpr>(E))
    if (List->getNumInits() == 1 && !E->getType()->isAggregateType())
      return valueOf(List->getInit(0));
  if (const auto *Conditional = dyn_cast<AbstractConditionalOperator>(E))
    return valueOfConditional(Conditional);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return valueOfBinary(Binary);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_Not && E->getType()->isIntegerType()) {
      Value = valueOf(Unary->getSubExpr());
      hvci_value_complement(&Value, &Value, width(E->getType()));
      return Value;
    }
    if (Unary->getOpcode() == UO_Plus || Unary->getOpcode() == UO_Extension)
      return valueOf(Unary->getSubExpr());
    return leaf(E);
  }
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    const Expr *Inner = Cast->getSubExpr();
    if (Cast->getCastKind() == CK_LValueToRValue ||
        Cast->getCastKind() == CK_NoOp)
      return valueOf(Inner);
    if (Cast->getCastKind() == CK_IntegralCast)
      return convert(valueOf(Inner), Inner, E->getType());
  }
  return leaf(E);
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
  hvci_argument Argument = unknown();
  Terms.clear();
  Argument.value = valueOf(E);
  Argument.toggled = toggledBits(E, Context);
  Argument.term_count = Terms.size();
  Argument.terms = llvm::ArrayRef<hvci_term>(Terms).copy(Memory).data();

  if (Wanted == Values)
    return Argument;

  const auto *Default = dyn_cast<CXXDefaultArgExpr>(E);
  // Under what the compiler added, and a macro's parentheses around what it was
  // given.
  E = E->IgnoreImpCasts();
  if (Source.editableRange(E->getSourceRange()).isInvalid())
    E = E->IgnoreParenImpCasts();
  SourceRange Range =
      Default ? Default->getExpr()->getSourceRange() : E->getSourceRange();
  Argument.text = save(Source.text(Range));
  Argument.range = encode(Default ? SourceRange(E->getExprLoc()) : Range);
  Argument.editable = !Default && Source.editableRange(Range).isValid();
  Argument.needs_parentheses = needsParentheses(E);
  Argument.takes_or = !Context.getLangOpts().CPlusPlus ||
                      (!Parameter.isNull() && Parameter->isIntegerType() &&
                       !Parameter->isEnumeralType());
  return Argument;
}

} // namespace hvci
