// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ValueBuilder.h - from a Clang expression to an argument fact.
//
#ifndef HVCI_PLUGIN_VALUEBUILDER_H
#define HVCI_PLUGIN_VALUEBUILDER_H

#include "SourceText.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/StringSaver.h"

#include <optional>
#include <tuple>

namespace hvci {

class ValueBuilder;

/// A variable, or a field of it: the path leads from the variable inwards.
struct Place {
  const clang::VarDecl *Root;
  llvm::SmallVector<const clang::FieldDecl *, 2> Path;
  /// False: something inside it, such as an array's element.
  bool Exact = true;

  clang::QualType type() const;
  bool operator<(const Place &Other) const {
    return std::tie(Root, Path) < std::tie(Other.Root, Other.Path);
  }
};

/// The place that an lvalue names, if it needs no pointer to be followed. A
/// reference that is bound to a place is that place.
std::optional<Place> placeOf(const clang::Expr *E);

/// What an expression folds to without side effects: an integer, or a pointer
/// that is a number.
std::optional<uint64_t> fold(const clang::Expr *E,
                             const clang::ASTContext &Context);

/// The operation that keeps what is known of its operands, if it is one.
std::optional<hvci_operation> operationOf(clang::BinaryOperatorKind Kind,
                                          clang::QualType Type);

/// The operand of __builtin_expect or the like, which gives it back, or null.
const clang::Expr *expected(const clang::Expr *E);

/// What lies around an expression, and decides its value.
class Surroundings {
public:
  /// What is read from the place, which is exact.
  virtual hvci_value object(const Place &What, ValueBuilder &For) = 0;

  /// The base that the result of a call is, if it is one.
  virtual std::optional<int32_t> resultOf(const clang::Expr *Call) = 0;

  /// What \p Value gives where the condition has been found to hold, or not.
  virtual hvci_value under(const clang::Expr *Condition, bool Holds,
                           llvm::function_ref<hvci_value()> Value) = 0;

protected:
  ~Surroundings() = default;
};

/// Owns the memory of the facts it builds.
class ValueBuilder {
public:
  enum Detail {
    Values, ///< what a judgement needs: no places, no text as written
    Words,  ///< everything
  };

  /// A constant that contributes to a value; its index is its term's bit.
  struct Source {
    const clang::Expr *E;
    uint64_t Value;
    bool Elsewhere;             ///< not written in the argument itself
    bool Editable;              ///< elsewhere, but this argument's alone
    const clang::Expr *Default; ///< the default argument it is part of, or null
  };

  ValueBuilder(clang::ASTContext &Context, Detail Detail)
      : Context(Context),
        Text(Context.getSourceManager(), Context.getLangOpts()),
        Wanted(Detail) {}

  /// The argument \p E for a parameter of type \p Parameter (null: unknown).
  /// Valid as long as the builder.
  hvci_argument build(const clang::Expr *E, clang::QualType Parameter);

  // The same in steps, for an argument that several expressions make:

  /// Begins anew. \p Within may be null: then only constants are known.
  /// \p Away: the expressions are not the argument itself.
  void start(Surroundings *Within, bool Away = false);
  /// Goes on elsewhere.
  void within(Surroundings *Other) { Around = Other; }
  hvci_value valueOf(const clang::Expr *E);
  /// Of the field that the path leads to from \p E.
  hvci_value partOf(const clang::Expr *E,
                    llvm::ArrayRef<const clang::FieldDecl *> Path);
  /// What the assignment stores, if its target has not changed yet.
  hvci_value stored(const clang::CompoundAssignOperator *E);
  hvci_value stored(const clang::UnaryOperator *E);
  /// Puts the constants of another builder, which contribute to the value, in
  /// place of its own. The one of \p Editable is this argument's alone.
  void adopt(hvci_value &Value, llvm::ArrayRef<Source> Sources,
             const clang::Expr *Editable);
  llvm::ArrayRef<Source> sources() const { return Sources; }
  /// The value as an argument that is written as \p E.
  hvci_argument argument(const hvci_value &Value, const clang::Expr *E,
                         clang::QualType Parameter);

  /// An argument of which nothing is known.
  static hvci_argument unknown();
  hvci_value unknown(clang::QualType Type) const;
  unsigned width(clang::QualType Type) const;

  /// A copy of \p Text that lives as long as the builder.
  const char *save(llvm::StringRef Words) { return Strings.save(Words).data(); }

  const SourceText &source() const { return Text; }

private:
  hvci_value valueOfBinary(const clang::BinaryOperator *E);
  hvci_value valueOfUnary(const clang::UnaryOperator *E);
  hvci_value valueOfConditional(const clang::AbstractConditionalOperator *E,
                                llvm::ArrayRef<const clang::FieldDecl *> Path);
  hvci_value valueOfDefault(const clang::CXXDefaultArgExpr *E);
  hvci_value valueOfName(const clang::Expr *E);
  hvci_value valueOfCall(const clang::Expr *E);
  hvci_value valueOfList(const clang::InitListExpr *E,
                         llvm::ArrayRef<const clang::FieldDecl *> Path);
  hvci_value valueOfConstruction(const clang::CXXConstructExpr *E,
                                 llvm::ArrayRef<const clang::FieldDecl *> Path);
  hvci_value at(const Place &What);
  hvci_value zero(clang::QualType Type) const;
  hvci_value convert(const hvci_value &Value, clang::QualType From,
                     clang::QualType To);
  hvci_value leaf(const clang::Expr *E);
  uint32_t addTerm(const Source &From);
  hvci_term term(const Source &From);

  clang::ASTContext &Context;
  SourceText Text;
  Detail Wanted;
  Surroundings *Around = nullptr;
  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Strings{Memory};
  llvm::SmallVector<Source, 8> Sources;
  bool Elsewhere = false; ///< what is being read is not the argument itself
  static constexpr unsigned MaxDepth = 256;
  unsigned Depth = 0;
};

} // namespace hvci

#endif
