// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathLoads.cpp - what is read or copied, where the static analyzer has it
// wrong or not at all.
//
#include "PathLoads.h"

#include "Compat.h"

#include "clang/StaticAnalyzer/Core/PathSensitive/MemRegion.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/SValBuilder.h"

using namespace clang;
using namespace clang::ento;

namespace hvci {

// The analyzer stores all bits of what is assigned.
static SVal ofBitField(SVal Value, const FieldDecl *Field, SValBuilder &Builder,
                       const ASTContext &Context) {
  auto Number = Value.getAs<nonloc::ConcreteInt>();
  if (!Number)
    return Value;
  const llvm::APSInt &Bits = Number->getValue();
  unsigned Width = compat::bitWidth(Field, Context);
  if (Width == 0 || Width >= Bits.getBitWidth())
    return Value;
  llvm::APInt Kept = Bits.trunc(Width);
  bool Signed = Field->getType()->isSignedIntegerOrEnumerationType();
  Kept = Signed ? Kept.sext(Bits.getBitWidth()) : Kept.zext(Bits.getBitWidth());
  return Builder.makeIntVal(llvm::APSInt(Kept, Bits.isUnsigned()));
}

static const Expr *element(const Expr *Init, uint64_t Index) {
  const auto *List = dyn_cast_or_null<InitListExpr>(Init);
  return List && Index < List->getNumInits()
             ? List->getInit(static_cast<unsigned>(Index))
             : nullptr;
}

// What the object has for ever, or null.
static const Expr *constantOf(const MemRegion *Region,
                              const ASTContext &Context) {
  if (const auto *Object = dyn_cast_or_null<VarRegion>(Region)) {
    const VarDecl *Variable = Object->getDecl();
    QualType Type = Context.getBaseElementType(Variable->getType());
    return Type.isConstQualified() && !Type.isVolatileQualified()
               ? Variable->getAnyInitializer()
               : nullptr;
  }
  if (const auto *Member = dyn_cast_or_null<FieldRegion>(Region)) {
    const FieldDecl *Field = Member->getDecl();
    const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent());
    if (Field->getParent()->isUnion() || (Class && Class->getNumBases() > 0))
      return nullptr;
    return element(constantOf(Member->getSuperRegion(), Context),
                   Field->getFieldIndex());
  }
  const auto *Element = dyn_cast_or_null<ElementRegion>(Region);
  auto Index =
      Element ? Element->getIndex().getAs<nonloc::ConcreteInt>() : std::nullopt;
  if (!Index)
    return nullptr;
  const llvm::APSInt &Number = Index->getValue();
  return Number.isNegative()
             ? nullptr
             : element(constantOf(Element->getSuperRegion(), Context),
                       Number.getZExtValue());
}

static const FunctionDecl *functionIn(const Expr *Init) {
  const Expr *E = Init ? Init->IgnoreParenCasts() : nullptr;
  if (const auto *Address = dyn_cast_or_null<UnaryOperator>(E);
      Address && Address->getOpcode() == UO_AddrOf)
    E = Address->getSubExpr()->IgnoreParenCasts();
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  return Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
}

// The analyzer looks into tables of one dimension, and for numbers.
static SVal ofConstant(const Expr *Init, QualType Type, SVal Value,
                       CheckerContext &C) {
  SValBuilder &Builder = C.getSValBuilder();
  if (Type->isFunctionPointerType()) {
    const FunctionDecl *Function = functionIn(Init);
    return Function ? SVal(Builder.getFunctionPointer(Function)) : Value;
  }
  Expr::EvalResult Result;
  if (!Type->isIntegralOrEnumerationType() || Init->isValueDependent() ||
      Init->containsErrors() || !Init->EvaluateAsInt(Result, C.getASTContext()))
    return Value;
  return Builder.makeIntVal(
      C.getStateManager().getBasicVals().Convert(Type, Result.Val.getInt()));
}

ProgramStateRef loaded(const CastExpr *Load, CheckerContext &C) {
  ProgramStateRef State = C.getState();
  if (Load->getCastKind() != CK_LValueToRValue)
    return State;
  const Expr *Object = Load->getSubExpr();
  SValBuilder &Builder = C.getSValBuilder();
  SVal Value = C.getSVal(Load), Right = Value;
  if (const FieldDecl *Field = Object->getSourceBitField()) {
    Right = ofBitField(Value, Field, Builder, C.getASTContext());
  } else if (Value.isUndef() || !Value.isConstant()) {
    if (const Expr *Init =
            constantOf(C.getSVal(Object).getAsRegion(), C.getASTContext()))
      Right = ofConstant(Init, Load->getType(), Value, C);
  }
  return Right == Value ? State
                        : State->BindExpr(Load, C.getLocationContext(), Right);
}

// To the analyzer the target holds anything then.
ProgramStateRef copied(const CallEvent &Call, ProgramStateRef State) {
  const auto *Callee = dyn_cast_or_null<FunctionDecl>(Call.getDecl());
  if (!Callee || !Callee->getIdentifier() || Call.getNumArgs() < 3)
    return State;
  StringRef Name = Callee->getName();
  Name.consume_front("__builtin_");
  if (Name != "memcpy" && Name != "memmove" && Name != "RtlCopyMemory" &&
      Name != "RtlMoveMemory")
    return State;
  auto Region = [&](unsigned I) {
    const MemRegion *R = Call.getArgSVal(I).getAsRegion();
    return dyn_cast_or_null<TypedValueRegion>(R ? R->StripCasts() : nullptr);
  };
  const TypedValueRegion *To = Region(0), *From = Region(1);
  auto Size = Call.getArgSVal(2).getAs<nonloc::ConcreteInt>();
  if (!To || !From || !Size ||
      To->getValueType().getCanonicalType().getUnqualifiedType() !=
          From->getValueType().getCanonicalType().getUnqualifiedType())
    return State;
  const llvm::APSInt &Bytes = Size->getValue();
  const ASTContext &Context = Callee->getASTContext();
  if (Bytes != Context.getTypeSizeInChars(To->getValueType()).getQuantity())
    return State;
  return State->bindLoc(loc::MemRegionVal(To), State->getSVal(From),
                        Call.getLocationContext());
}

} // namespace hvci
