// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fields.cpp - stores to the fields of structures that the catalogue or the
// project names.
//
#include "Fields.h"

#include "Compat.h"

#include "hvci/catalogue.h"

#include "clang/AST/ExprCXX.h"

#include <algorithm>

using namespace clang;

namespace hvci {

Fields::Fields(const hvci_options &Options) : Options(Options) {
  auto Add = [this](const hvci_ddi &Row) {
    auto [Owner, Field] = StringRef(Row.callee).rsplit('.');
    if (!Field.empty())
      Last.insert(Field);
  };
  for (size_t I = 0; I < hvci_ddi_count(); I++)
    Add(*hvci_ddi_at(I));
  for (size_t I = 0; I < Options.sink_count; I++)
    Add(Options.sinks[I]);
}

// The field of the surrounding record that an unnamed record is the type of, or
// null: its fields are then fields of the surrounding one.
static const FieldDecl *fieldOfType(const RecordDecl *Inner,
                                    const RecordDecl *Outer) {
  for (const FieldDecl *Field : Outer->fields()) {
    const Type *Element = Field->getType()->getBaseElementTypeUnsafe();
    if (Element->getAsRecordDecl() == Inner && Field->getIdentifier())
      return Field;
  }
  return nullptr;
}

// "" if it is not the kit's: its structures have names and stand in no scope.
static std::string nameOfRecord(const RecordDecl *Record) {
  StringRef Name = Record->getName();
  if (const TypedefNameDecl *Typedef = Record->getTypedefNameForAnonDecl())
    Name = Typedef->getName();
  const DeclContext *Scope = Record->getDeclContext();
  const auto *Outer = dyn_cast<RecordDecl>(Scope);
  if (Name.empty() && Outer) {
    std::string Path = nameOfRecord(Outer);
    const FieldDecl *Field = fieldOfType(Record, Outer);
    if (Path.empty() || !Field)
      return Path;
    return Path + "." + Field->getName().str();
  }
  if (!Scope->getRedeclContext()->isTranslationUnit())
    return {};
  Name.consume_front("_");
  return Name.str();
}

const char *Fields::nameOf(const FieldDecl *Field) {
  if (!Field->getIdentifier() || !Last.contains(Field->getName()))
    return nullptr;
  auto [Known, New] = Names.try_emplace(Field, nullptr);
  if (New) {
    std::string Owner = nameOfRecord(Field->getParent());
    const hvci_ddi *Row = nullptr;
    if (!Owner.empty())
      Row = hvci_options_ddi(&Options,
                             (Owner + "." + Field->getName().str()).c_str());
    Known->second = Row ? Row->callee : nullptr;
  }
  return Known->second;
}

bool Fields::areIn(QualType Type) {
  const RecordDecl *Record =
      Type->getBaseElementTypeUnsafe()->getAsRecordDecl();
  if (Record)
    Record = Record->getDefinition();
  if (!Record || Record->isDependentContext())
    return false;
  auto Known = Records.find(Record);
  if (Known != Records.end())
    return Known->second;
  bool Any = false;
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record))
    for (const CXXBaseSpecifier &Parent : Class->bases())
      Any = Any || areIn(Parent.getType());
  for (const FieldDecl *Field : Record->fields())
    Any = Any || nameOf(Field) || areIn(Field->getType());
  return Records[Record] = Any;
}

static const Expr *withoutParens(const Expr *E) {
  return E ? E->IgnoreParens() : nullptr;
}

// The parts of an initialiser, each with the field it is for; those of an
// array, or of base classes, without.
static SmallVector<std::pair<const FieldDecl *, const Expr *>, 8>
partsOf(ArrayRef<Expr *> Parts, QualType Type, const FieldDecl *InUnion) {
  SmallVector<std::pair<const FieldDecl *, const Expr *>, 8> Result;
  const RecordDecl *Record = Type->getAsRecordDecl();
  size_t Next = 0;
  if (const auto *Class = dyn_cast_or_null<CXXRecordDecl>(Record))
    for (; Next < Class->getNumBases() && Next < Parts.size(); Next++)
      Result.push_back({nullptr, Parts[Next]});
  if (Record && Record->isUnion()) {
    if (InUnion && Next < Parts.size())
      Result.push_back({InUnion, Parts[Next]});
    return Result;
  }
  if (Record) {
    for (const FieldDecl *Field : Record->fields())
      if (!compat::isUnnamedBitField(Field) && Next < Parts.size())
        Result.push_back({Field, Parts[Next++]});
    return Result;
  }
  for (; Next < Parts.size(); Next++)
    Result.push_back({nullptr, Parts[Next]});
  return Result;
}

void Fields::forEachStore(const Expr *E,
                          llvm::function_ref<void(const FieldStore &)> Found) {
  if (const auto *Assignment = dyn_cast<BinaryOperator>(E)) {
    if (!Assignment->isAssignmentOp())
      return;
    const auto *Target =
        dyn_cast<MemberExpr>(withoutParens(Assignment->getLHS()));
    const auto *Field =
        Target ? dyn_cast<FieldDecl>(Target->getMemberDecl()) : nullptr;
    if (const char *Name = Field ? nameOf(Field) : nullptr)
      Found({Name, SourceRange(Target->getMemberLoc()),
             Assignment->isCompoundAssignmentOp() ? Assignment
                                                  : Assignment->getRHS()});
    return;
  }
  SmallVector<const Expr *, 8> Left{E};
  while (!Left.empty()) {
    const Expr *Init = Left.pop_back_val();
    SmallVector<std::pair<const FieldDecl *, const Expr *>, 8> Parts;
    if (!areIn(Init->getType()))
      continue;
    if (const auto *List = dyn_cast<InitListExpr>(Init)) {
      if (const InitListExpr *Meant = List->getSemanticForm())
        List = Meant;
      Parts = partsOf(const_cast<InitListExpr *>(List)->inits(),
                      List->getType(), List->getInitializedFieldInUnion());
    } else if (const auto *Direct = dyn_cast<CXXParenListInitExpr>(Init)) {
      Parts =
          partsOf(const_cast<CXXParenListInitExpr *>(Direct)->getInitExprs(),
                  Direct->getType(), Direct->getInitializedFieldInUnion());
    }
    size_t First = Left.size();
    for (auto [Field, Value] : Parts) {
      const char *Name = Field ? nameOf(Field) : nullptr;
      // What is not written is zeroed, mostly to be filled in later.
      if (Name && Value &&
          !isa<ImplicitValueInitExpr, CXXDefaultInitExpr>(Value))
        Found({Name, SourceRange(Value->getBeginLoc()), Value});
      else if (isa_and_nonnull<InitListExpr, CXXParenListInitExpr>(Value))
        Left.push_back(Value);
    }
    std::reverse(Left.begin() + static_cast<ptrdiff_t>(First), Left.end());
  }
}

} // namespace hvci
