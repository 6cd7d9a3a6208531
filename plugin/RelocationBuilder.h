// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RelocationBuilder.h - where a global's initialiser needs base relocations.
//
// Offsets come from Clang's record layout, elements from its semantic
// initialiser lists, and whether an element is an address from its evaluator.
// Equal neighbours in an array become one repeated pattern.
//
#ifndef HVCI_PLUGIN_RELOCATIONBUILDER_H
#define HVCI_PLUGIN_RELOCATIONBUILDER_H

#include "hvci/facts.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <vector>

namespace hvci {

/// A slot to relocate and the field that misplaces it.
struct Slot {
  uint64_t Offset; ///< bytes from the start of the pattern
  llvm::SmallVector<hvci_repeat, 1> Repeats;
  const clang::FieldDecl *Culprit; ///< or null
};

class RelocationBuilder {
public:
  explicit RelocationBuilder(const clang::ASTContext &Context);

  /// The slots of an object of \p Type and \p Alignment bytes, initialised
  /// by the constant \p Init; empty if its type and alignment alone show that
  /// none can straddle. \p Variable is the object, or null.
  std::vector<Slot> build(clang::QualType Type, uint64_t Alignment,
                          const clang::Expr *Init,
                          const clang::VarDecl *Variable);

  /// Whether objects of the type can hold addresses at all.
  bool hasSlot(clang::QualType Type) { return layoutOf(Type).HasSlot; }

  /// Bytes of a slot: of a pointer on the target.
  uint32_t width() const { return Width; }

private:
  using Pattern = std::vector<Slot>;

  /// Whether objects of a type hold slots, and whether one can lie at an offset
  /// that is no multiple of its width.
  struct SlotLayout {
    bool HasSlot;
    bool Misplaced;
  };
  SlotLayout layoutOf(clang::QualType Type);
  SlotLayout layoutOfRecord(const clang::RecordDecl *Record);
  bool isSlot(clang::QualType Type) const;

  Pattern ofExpr(clang::QualType Type, const clang::Expr *Init);
  Pattern ofList(clang::QualType Type, const clang::InitListExpr *List);
  Pattern ofArrayList(const clang::ConstantArrayType *Array,
                      const clang::InitListExpr *List);
  Pattern ofRecordList(const clang::RecordDecl *Record,
                       const clang::InitListExpr *List);
  Pattern ofSlotExpr(clang::QualType Type, const clang::Expr *Init);
  Pattern ofEvaluated(clang::QualType Type, const clang::Expr *Init);
  Pattern ofValue(clang::QualType Type, const clang::APValue &Value);
  Pattern ofArrayValue(const clang::ConstantArrayType *Array,
                       const clang::APValue &Value);
  Pattern ofRecordValue(const clang::RecordDecl *Record,
                        const clang::APValue &Value);
  static Pattern expand(Pattern Slots);
  void overwrite(Pattern &Slots, uint64_t Offset, clang::QualType Type,
                 const clang::Expr *Update);
  Pattern ofVirtualTable(const clang::CXXRecordDecl *Record);
  Pattern slot() const;

  uint64_t fieldOffset(const clang::FieldDecl *Field) const;
  void addField(Pattern &Out, const clang::FieldDecl *Field,
                Pattern Inner) const;
  static void addAt(Pattern &Out, uint64_t Offset, Pattern Inner);

  class ArrayPattern;

  const clang::ASTContext &Context;
  bool Incomplete = false; ///< some element says nothing by itself
  uint32_t Width;
  llvm::DenseMap<const clang::RecordDecl *, SlotLayout> Layouts;
};

} // namespace hvci

#endif
