// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RelocationBuilder.cpp - where a global's initialiser needs base relocations.
//
#include "RelocationBuilder.h"

#include "Compat.h"

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Basic/TargetInfo.h"

#include "llvm/ADT/STLExtras.h"

#include <optional>

using namespace clang;

namespace hvci {

RelocationBuilder::RelocationBuilder(const ASTContext &Context)
    : Context(Context),
      Width(static_cast<uint32_t>(
          Context.getTypeSizeInChars(Context.VoidPtrTy).getQuantity())) {}

// A type that can hold an address in one piece: a pointer, a reference, a
// pointer to a member function, or an integer of a pointer's width.
bool RelocationBuilder::isSlot(QualType Type) const {
  if (const auto *Atomic = Type->getAs<AtomicType>())
    Type = Atomic->getValueType();
  if (Type->isAnyPointerType() || Type->isReferenceType() ||
      Type->isBlockPointerType() || Type->isMemberFunctionPointerType())
    return true;
  return Type->isIntegralOrEnumerationType() && !Type->isIncompleteType() &&
         Context.getTypeSizeInChars(Type).getQuantity() == Width;
}

// What the type's layout alone says. Most types place no slot badly, and their
// initialisers need no look.
RelocationBuilder::SlotLayout RelocationBuilder::layoutOf(QualType Type) {
  Type = Context.getBaseElementType(Type);
  if (isSlot(Type))
    return {true, false};
  const auto *Record = Type->getAsRecordDecl();
  return Record ? layoutOfRecord(Record) : SlotLayout{false, false};
}

RelocationBuilder::SlotLayout
RelocationBuilder::layoutOfRecord(const RecordDecl *Record) {
  Record = Record->getDefinition();
  if (!Record || Record->isInvalidDecl() || Record->isDependentType())
    return {false, false};
  auto Known = Layouts.find(Record);
  if (Known != Layouts.end())
    return Known->second;

  SlotLayout Result = {false, false};
  auto Add = [&](SlotLayout Inner, uint64_t Offset) {
    Result.HasSlot |= Inner.HasSlot;
    Result.Misplaced |=
        Inner.HasSlot && (Inner.Misplaced || Offset % Width != 0);
  };
  const ASTRecordLayout &Layout = Context.getASTRecordLayout(Record);
  for (const FieldDecl *Field : Record->fields())
    if (!Field->isBitField())
      Add(layoutOf(Field->getType()), fieldOffset(Field));
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record)) {
    Result.HasSlot |= Layout.hasOwnVFPtr() || Layout.hasOwnVBPtr();
    for (const CXXBaseSpecifier &Base : Class->bases())
      if (const auto *BaseRecord = Base.getType()->getAsCXXRecordDecl();
          BaseRecord && !Base.isVirtual())
        Add(layoutOfRecord(BaseRecord),
            Layout.getBaseClassOffset(BaseRecord).getQuantity());
  }
  // A size that is no multiple misplaces the next element of an array.
  Result.Misplaced |=
      Result.HasSlot && Layout.getSize().getQuantity() % Width != 0;
  return Layouts[Record] = Result;
}

uint64_t RelocationBuilder::fieldOffset(const FieldDecl *Field) const {
  return Context.getFieldOffset(Field) / Context.getCharWidth();
}

RelocationBuilder::Pattern RelocationBuilder::slot() const {
  return {Slot{0, {}, nullptr}};
}

void RelocationBuilder::addAt(Pattern &Out, uint64_t Offset, Pattern Inner) {
  for (Slot &S : Inner) {
    S.Offset += Offset;
    Out.push_back(std::move(S));
  }
}

// The culprit is the innermost field whose record promises less alignment than
// the slot needs.
void RelocationBuilder::addField(Pattern &Out, const FieldDecl *Field,
                                 Pattern Inner) const {
  const ASTRecordLayout &Layout =
      Context.getASTRecordLayout(Field->getParent());
  bool Packed = Layout.getAlignment().getQuantity() < Width ||
                fieldOffset(Field) % Width != 0;
  for (Slot &S : Inner)
    if (!S.Culprit && Packed)
      S.Culprit = Field;
  addAt(Out, fieldOffset(Field), std::move(Inner));
}

/// Collects an array's elements in order; equal neighbours become one repeat.
class RelocationBuilder::ArrayPattern {
public:
  explicit ArrayPattern(uint64_t Stride) : Stride(Stride) {}

  void add(uint64_t First, uint64_t Count, Pattern Element) {
    if (Run && First == RunFirst + RunCount && equal(Element, *Run)) {
      RunCount += Count;
      return;
    }
    flush();
    Run = std::move(Element);
    RunFirst = First;
    RunCount = Count;
  }

  Pattern take() {
    flush();
    return std::move(Out);
  }

private:
  static bool equal(const Pattern &A, const Pattern &B) {
    return std::equal(A.begin(), A.end(), B.begin(), B.end(),
                      [](const Slot &X, const Slot &Y) {
                        return X.Offset == Y.Offset && X.Culprit == Y.Culprit &&
                               std::equal(X.Repeats.begin(), X.Repeats.end(),
                                          Y.Repeats.begin(), Y.Repeats.end(),
                                          [](auto &R, auto &S) {
                                            return R.stride == S.stride &&
                                                   R.count == S.count;
                                          });
                      });
  }

  void flush() {
    if (!Run)
      return;
    if (RunCount > 1)
      for (Slot &S : *Run)
        S.Repeats.push_back({Stride, RunCount});
    addAt(Out, RunFirst * Stride, std::move(*Run));
    Run.reset();
  }

  uint64_t Stride;
  std::optional<Pattern> Run;
  uint64_t RunFirst = 0, RunCount = 0;
  Pattern Out;
};

// The array elements that the code spells out, as runs of one initialiser: a
// range designator is one run, however long. Nothing if the list uses a form
// that does not map to runs one to one (nested designators, elided braces).
static bool
writtenRuns(const InitListExpr *List, uint64_t Size, const ASTContext &Context,
            llvm::function_ref<void(uint64_t First, uint64_t Count)> Each) {
  const InitListExpr *Written = List->getSyntacticForm();
  if (!Written || Written == List)
    return false;
  SmallVector<std::pair<uint64_t, uint64_t>, 8> Runs;
  uint64_t Next = 0;
  bool Ranges = false;
  for (const Expr *Init : Written->inits()) {
    uint64_t First = Next, Last = Next;
    if (const auto *Designated = dyn_cast<DesignatedInitExpr>(Init)) {
      const auto *D = Designated->getDesignator(0);
      if (Designated->size() != 1 || D->isFieldDesignator())
        return false;
      auto Index = [&](const Expr *E) {
        return E->EvaluateKnownConstInt(Context).getZExtValue();
      };
      First = Last =
          Index(D->isArrayDesignator() ? Designated->getArrayIndex(*D)
                                       : Designated->getArrayRangeStart(*D));
      if (D->isArrayRangeDesignator()) {
        Last = Index(Designated->getArrayRangeEnd(*D));
        Ranges = true;
      }
      Init = Designated->getInit();
    }
    if (!isa<InitListExpr>(Init) || First < Next || Last < First ||
        Last >= Size || Last >= List->getNumInits())
      return false; // braces left out, or an element written twice
    for (uint64_t I = First; I <= Last; I++)
      if (const Expr *Kept = List->getInit(static_cast<unsigned>(I));
          !Kept || Kept->getBeginLoc() != Init->getBeginLoc())
        return false; // a designator elsewhere wrote it again
    if (First > Next) // left out: all alike
      Runs.push_back({Next, First - Next});
    Runs.push_back({First, Last - First + 1});
    Next = Last + 1;
  }
  if (!Ranges)
    return false; // nothing to gain
  for (auto [First, Count] : Runs)
    Each(First, Count);
  return true;
}

RelocationBuilder::Pattern
RelocationBuilder::ofArrayList(const ConstantArrayType *Array,
                               const InitListExpr *List) {
  QualType Element = Array->getElementType();
  uint64_t Size = Array->getSize().getZExtValue();
  uint64_t Stride = Context.getTypeSizeInChars(Element).getQuantity();
  uint64_t Written = List->getNumInits();
  ArrayPattern Out(Stride);
  // Elements without an initialiser of their own get the list's.
  auto Add = [&](uint64_t First, uint64_t Count) {
    const Expr *Init = List->getInit(static_cast<unsigned>(First));
    Out.add(First, Count,
            ofExpr(Element, Init ? Init : List->getArrayFiller()));
  };
  if (!writtenRuns(List, Size, Context, Add))
    for (uint64_t I = 0; I < Written; I++)
      Add(I, 1);
  if (Size > Written && List->hasArrayFiller())
    Out.add(Written, Size - Written, ofExpr(Element, List->getArrayFiller()));
  return Out.take();
}

RelocationBuilder::Pattern
RelocationBuilder::ofRecordList(const RecordDecl *Record,
                                const InitListExpr *List) {
  Pattern Out;
  if (Record->isUnion()) {
    if (const FieldDecl *Field = List->getInitializedFieldInUnion())
      if (List->getNumInits() == 1)
        addField(Out, Field, ofExpr(Field->getType(), List->getInit(0)));
    return Out;
  }
  const ASTRecordLayout &Layout = Context.getASTRecordLayout(Record);
  unsigned Next = 0;
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record)) {
    for (const CXXBaseSpecifier &Base : Class->bases()) {
      const CXXRecordDecl *BaseRecord = Base.getType()->getAsCXXRecordDecl();
      if (Next == List->getNumInits() || !BaseRecord)
        return Out;
      addAt(Out, Layout.getBaseClassOffset(BaseRecord).getQuantity(),
            ofExpr(Base.getType(), List->getInit(Next++)));
    }
  }
  for (const FieldDecl *Field : Record->fields()) {
    if (compat::isUnnamedBitField(Field))
      continue;
    if (Next == List->getNumInits())
      break;
    const Expr *Init = List->getInit(Next++);
    if (!Field->isBitField())
      addField(Out, Field, ofExpr(Field->getType(), Init));
  }
  return Out;
}

RelocationBuilder::Pattern RelocationBuilder::ofList(QualType Type,
                                                     const InitListExpr *List) {
  if (const auto *Array = Context.getAsConstantArrayType(Type)) {
    if (List->isStringLiteralInit())
      return {};
    return ofArrayList(Array, List);
  }
  if (const auto *Record = Type->getAsRecordDecl()) {
    if (List->isTransparent())
      return ofExpr(Type, List->getInit(0));
    return ofRecordList(Record, List);
  }
  return List->getNumInits() == 1 ? ofExpr(Type, List->getInit(0)) : Pattern();
}

// Whether the value is an address that the loader must adjust.
static bool isAddress(const APValue &Value) {
  if (Value.isLValue())
    return static_cast<bool>(Value.getLValueBase());
  if (Value.isMemberPointer())
    return isa_and_nonnull<CXXMethodDecl>(Value.getMemberPointerDecl());
  return false;
}

RelocationBuilder::Pattern RelocationBuilder::ofSlotExpr(QualType Type,
                                                         const Expr *Init) {
  Expr::EvalResult Result;
  if (Type->isReferenceType() || Init->isGLValue())
    return Init->EvaluateAsLValue(Result, Context, true) &&
                   isAddress(Result.Val)
               ? slot()
               : Pattern();
  // In a template, a lambda's function is defined after Sema looked at it.
  if (const auto *Call =
          dyn_cast<CXXMemberCallExpr>(Init->IgnoreParenImpCasts()))
    if (const CXXMethodDecl *Method = Call->getMethodDecl();
        isa_and_nonnull<CXXConversionDecl>(Method) &&
        Method->getParent()->isLambda())
      return slot();
  if (!Init->EvaluateAsRValue(Result, Context, true)) {
    Incomplete = true;
    return {};
  }
  return ofValue(Type, Result.Val);
}

RelocationBuilder::Pattern RelocationBuilder::ofEvaluated(QualType Type,
                                                          const Expr *Init) {
  Expr::EvalResult Result;
  if (Init->EvaluateAsRValue(Result, Context, true))
    return ofValue(Type, Result.Val);
  Incomplete = true; // it points to itself, perhaps: the whole tells
  return {};
}

// Each copy as a slot of its own.
RelocationBuilder::Pattern RelocationBuilder::expand(Pattern Slots) {
  for (size_t I = 0; I < Slots.size(); I++) {
    if (Slots[I].Repeats.empty())
      continue;
    hvci_repeat By = Slots[I].Repeats.pop_back_val();
    for (uint64_t Copy = 1; Copy < By.count; Copy++) {
      Slots.push_back(Slots[I]);
      Slots.back().Offset += Copy * By.stride;
    }
    I--; // it may have more
  }
  return Slots;
}

// `{[0] = value, [0].field = other}`: what the later designators leave alone
// stays as it was.
void RelocationBuilder::overwrite(Pattern &Slots, uint64_t Offset,
                                  QualType Type, const Expr *Update) {
  if (!Update || isa<NoInitExpr>(Update))
    return;
  const auto *List = dyn_cast<InitListExpr>(Update);
  const auto *Record = Type->getAsRecordDecl();
  const auto *Array = Context.getAsConstantArrayType(Type);
  if (List && Record && !Record->isUnion()) {
    unsigned Next = 0;
    for (const FieldDecl *Field : Record->fields())
      if (!compat::isUnnamedBitField(Field) && Next < List->getNumInits())
        overwrite(Slots, Offset + fieldOffset(Field), Field->getType(),
                  List->getInit(Next++));
    return;
  }
  if (List && Array) {
    QualType Element = Array->getElementType();
    uint64_t Stride = Context.getTypeSizeInChars(Element).getQuantity();
    for (unsigned I = 0; I < Array->getSize().getZExtValue(); I++) {
      const Expr *Init = I < List->getNumInits() ? List->getInit(I) : nullptr;
      overwrite(Slots, Offset + I * Stride, Element,
                Init || !List->hasArrayFiller() ? Init
                                                : List->getArrayFiller());
    }
    return;
  }
  uint64_t End = Offset + Context.getTypeSizeInChars(Type).getQuantity();
  llvm::erase_if(Slots, [&](const Slot &S) {
    return S.Offset >= Offset && S.Offset < End;
  });
  addAt(Slots, Offset, ofExpr(Type, Update));
}

RelocationBuilder::Pattern RelocationBuilder::ofExpr(QualType Type,
                                                     const Expr *Init) {
  if (!Init || Init->containsErrors() || Init->isValueDependent() ||
      isa<ImplicitValueInitExpr, NoInitExpr>(Init))
    return {};
  if (const auto *Full = dyn_cast<FullExpr>(Init))
    return ofExpr(Type, Full->getSubExpr());
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Init))
    return ofExpr(Type, Default->getExpr());
  if (isSlot(Type))
    return ofSlotExpr(Type, Init);
  const Expr *Bare = Init->IgnoreParenImpCasts();
  if (Type->isIncompleteArrayType()) // a flexible member: its initialiser knows
    Type = Bare->getType();
  if (const auto *List = dyn_cast<InitListExpr>(Bare))
    return ofList(Type, List);
  if (const auto *Update = dyn_cast<DesignatedInitUpdateExpr>(Bare)) {
    Pattern Out = expand(ofExpr(Type, Update->getBase()));
    overwrite(Out, 0, Type, Update->getUpdater());
    return Out;
  }
  if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(Bare))
    return ofExpr(Type, Literal->getInitializer());
  if (!Type->isRecordType() && !Type->isArrayType())
    return {};
  if (isa<clang::StringLiteral, PredefinedExpr>(Bare))
    return {};
  return ofEvaluated(Type, Init);
}

RelocationBuilder::Pattern
RelocationBuilder::ofVirtualTable(const CXXRecordDecl *Record) {
  const ASTRecordLayout &Layout = Context.getASTRecordLayout(Record);
  Pattern Out;
  if (Layout.hasOwnVFPtr())
    addAt(Out, 0, slot());
  if (Layout.hasOwnVBPtr())
    addAt(Out, Layout.getVBPtrOffset().getQuantity(), slot());
  return Out;
}

RelocationBuilder::Pattern
RelocationBuilder::ofRecordValue(const RecordDecl *Record,
                                 const APValue &Value) {
  Pattern Out;
  if (Value.isUnion()) {
    if (const FieldDecl *Field = Value.getUnionField())
      addField(Out, Field, ofValue(Field->getType(), Value.getUnionValue()));
    return Out;
  }
  if (!Value.isStruct())
    return Out;
  const ASTRecordLayout &Layout = Context.getASTRecordLayout(Record);
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record)) {
    Out = ofVirtualTable(Class);
    unsigned Index = 0;
    for (const CXXBaseSpecifier &Base : Class->bases()) {
      const CXXRecordDecl *BaseRecord = Base.getType()->getAsCXXRecordDecl();
      if (Index == Value.getStructNumBases())
        break;
      addAt(Out, Layout.getBaseClassOffset(BaseRecord).getQuantity(),
            ofValue(Base.getType(), Value.getStructBase(Index++)));
    }
  }
  for (const FieldDecl *Field : Record->fields())
    if (!Field->isBitField() &&
        Field->getFieldIndex() < Value.getStructNumFields())
      addField(Out, Field,
               ofValue(Field->getType(),
                       Value.getStructField(Field->getFieldIndex())));
  return Out;
}

RelocationBuilder::Pattern
RelocationBuilder::ofArrayValue(const ConstantArrayType *Array,
                                const APValue &Value) {
  QualType Element = Array->getElementType();
  unsigned Size = Value.getArraySize(),
           Written = Value.getArrayInitializedElts();
  ArrayPattern Out(Context.getTypeSizeInChars(Element).getQuantity());
  for (unsigned I = 0; I < Written; I++)
    Out.add(I, 1, ofValue(Element, Value.getArrayInitializedElt(I)));
  if (Size > Written)
    Out.add(Written, Size - Written, ofValue(Element, Value.getArrayFiller()));
  return Out.take();
}

RelocationBuilder::Pattern RelocationBuilder::ofValue(QualType Type,
                                                      const APValue &Value) {
  if (Value.isArray())
    if (const auto *Array = Context.getAsConstantArrayType(Type))
      return ofArrayValue(Array, Value);
  if (const auto *Record = Type->getAsRecordDecl())
    return ofRecordValue(Record, Value);
  if (!isSlot(Type) || !isAddress(Value))
    return {};
  // Itanium encodes a virtual member function as an index.
  if (Value.isMemberPointer() &&
      Context.getTargetInfo().getCXXABI().isItaniumFamily() &&
      cast<CXXMethodDecl>(Value.getMemberPointerDecl())->isVirtual())
    return {};
  return slot();
}

std::vector<Slot> RelocationBuilder::build(QualType Type, uint64_t Alignment,
                                           const Expr *Init,
                                           const VarDecl *Of) {
  SlotLayout Layout = layoutOf(Type);
  if (!Layout.HasSlot || (Alignment % Width == 0 && !Layout.Misplaced))
    return {};
  Incomplete = false;
  Pattern Slots = ofExpr(Type, Init);
  if (!Incomplete || !Of)
    return Slots;
  if (const APValue *Value = Of->evaluateValue())
    return ofValue(Type, *Value);
  // A C++ initialiser that does not fold runs as code, and relocates nothing.
  return Context.getLangOpts().CPlusPlus ? Pattern() : Slots;
}

} // namespace hvci
