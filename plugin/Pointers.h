// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pointers.h - which function a pointer holds.
//
#ifndef HVCI_PLUGIN_POINTERS_H
#define HVCI_PLUGIN_POINTERS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <optional>
#include <string>

namespace hvci {

/// A function of the unit, or one of the kernel's that is asked for by name.
struct PointerTarget {
  const clang::FunctionDecl *Function; ///< or null
  std::string Name;                    ///< empty if Function tells
};

/// Knows what pointers hold whatever way the program takes: constants and their
/// elements, and variables of the unit's own that are given a value once.
class Pointers {
public:
  /// \p Unit are the unit's own declarations; they outlive this.
  Pointers(clang::ASTContext &Context, llvm::ArrayRef<clang::Decl *> Unit)
      : Context(Context), Unit(Unit) {}

  /// What the unit's walk meets: an assignment, and an object that is changed
  /// in another way or whose address is taken. In C that is all that can happen
  /// to a pointer outside functions, which saves a walk of its own.
  void assigned(const clang::Expr *To, const clang::Expr *Value);
  void changed(const clang::Expr *Object);

  /// Whether what \p Callee holds is known only after the unit's walk.
  bool needsWholeUnit(const clang::Expr *Callee) const;

  /// What a call through \p Callee calls, if there is one answer.
  std::optional<PointerTarget> targetOf(const clang::Expr *Callee);

private:
  /// What the unit's code does to a variable, beside reading it.
  struct Uses {
    const clang::Expr *Value = nullptr; ///< the last that it is given
    unsigned Values = 0;
    bool Escapes = false; ///< it may be given another unseen
  };

  const clang::Expr *valueOf(const clang::Expr *Object);
  const clang::Expr *valueOf(const clang::VarDecl *Variable);
  const clang::Expr *elementOf(const clang::ArraySubscriptExpr *Element);
  const clang::Expr *objectAt(const clang::Expr *Pointer);
  std::string routineName(const clang::CallExpr *Call);
  std::string textOf(const clang::Expr *Text);

  void scanFor(const clang::VarDecl *Variable);
  void scan(const clang::Decl *D);
  void scanFunction(const clang::FunctionDecl *Function);
  void scanStatements(const clang::Stmt *Root);
  bool scanCall(const clang::CallExpr *Call,
                llvm::SmallVectorImpl<const clang::Stmt *> &Left);
  void scanNames(const clang::CompoundStmt *Block);
  void give(const clang::VarDecl *Variable, const clang::Expr *Value);

  clang::ASTContext &Context;
  llvm::ArrayRef<clang::Decl *> Unit;
  llvm::DenseMap<const clang::VarDecl *, Uses> Variables;
  llvm::DenseMap<const clang::VarDecl *, Uses> Met; ///< on the unit's walk
  /// The text that a look-up's string was set to in the statements before it.
  llvm::DenseMap<const clang::CallExpr *, const clang::Expr *> SetBefore;
  llvm::DenseSet<const clang::Decl *> Scanned;
  bool ScannedAll = false;
  unsigned Depth = 0;
};

} // namespace hvci

#endif
