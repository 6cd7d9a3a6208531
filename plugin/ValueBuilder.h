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
#include "llvm/Support/Allocator.h"
#include "llvm/Support/StringSaver.h"

namespace hvci {

/// Owns the memory of the facts it builds.
class ValueBuilder {
public:
  enum Detail {
    Values, ///< what a judgement needs: no places, no text as written
    Words,  ///< everything
  };

  ValueBuilder(clang::ASTContext &Context, Detail Detail)
      : Context(Context),
        Source(Context.getSourceManager(), Context.getLangOpts()),
        Wanted(Detail) {}

  /// The argument \p E for a parameter of type \p Parameter (null: unknown).
  /// Valid as long as the builder.
  hvci_argument build(const clang::Expr *E, clang::QualType Parameter);

  /// An argument of which nothing is known.
  static hvci_argument unknown();

  /// A copy of \p Text that lives as long as the builder.
  const char *save(llvm::StringRef Text) { return Strings.save(Text).data(); }

  const SourceText &source() const { return Source; }

private:
  hvci_value valueOf(const clang::Expr *E);
  hvci_value valueOfBinary(const clang::BinaryOperator *E);
  hvci_value valueOfConditional(const clang::AbstractConditionalOperator *E);
  hvci_value valueOfDefault(const clang::CXXDefaultArgExpr *E);
  hvci_value convert(const hvci_value &Value, const clang::Expr *From,
                     clang::QualType To);
  hvci_value leaf(const clang::Expr *E);
  uint32_t addTerm(const clang::Expr *E, uint64_t Value);
  hvci_term term(const clang::Expr *E, uint64_t Value);
  unsigned width(clang::QualType Type) const;

  clang::ASTContext &Context;
  SourceText Source;
  Detail Wanted;
  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Strings{Memory};
  llvm::SmallVector<hvci_term, 8> Terms;
  static constexpr unsigned MaxDepth = 256;
  unsigned Depth = 0;
};

} // namespace hvci

#endif
