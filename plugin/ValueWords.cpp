// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ValueWords.cpp - an argument in words: the constants that make its value,
// where they are written, and what of it can be edited.
//
#include "Expressions.h"
#include "ValueBuilder.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace hvci {

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
