// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Locals.h - what a function does to its local variables.
//
#ifndef HVCI_PLUGIN_LOCALS_H
#define HVCI_PLUGIN_LOCALS_H

#include "ValueBuilder.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseMap.h"

namespace hvci {

/// A change of a variable or of a part of it.
struct Write {
  enum Kind {
    Stores,   ///< the value of E
    Computes, ///< E is the assignment: a compound one, an increment or the like
    Clears,   ///< to all bits zero
    Forgets,  ///< to something unknown
  };
  Kind What;
  Place Target;
  const clang::Expr *E; ///< or null
  bool Initialises = false;
};

/// What the statement itself writes, not what the statements in it do. It may
/// declare one variable.
std::optional<Write> writeOf(const clang::Stmt *S,
                             const clang::ASTContext &Context);

/// Read off a function's statements, in no order.
class Locals {
public:
  struct Variable {
    llvm::SmallVector<Write, 1> Writes; ///< of a value
    unsigned Reads = 0;
    bool Tested = false;  ///< a condition reads it
    bool Escapes = false; ///< it may be changed by means not seen here
  };

  Locals(const clang::ASTContext &Context, const clang::Decl *Function,
         const clang::Stmt *Body);

  const Variable &of(const clang::VarDecl *Root) const;
  /// In the order of the source.
  llvm::ArrayRef<const clang::ReturnStmt *> returns() const { return Returns; }
  /// The expression that makes the lambda, or null.
  const clang::LambdaExpr *lambda(const clang::CXXRecordDecl *Class) const {
    return Lambdas.lookup(Class);
  }
  bool hasTry() const { return HasTry; }
  bool hasSehTry() const { return HasSehTry; }
  /// Nested so deeply that it is best left alone.
  bool tooDeep() const { return TooDeep; }

private:
  struct Item {
    const clang::Stmt *S;
    bool Tested; ///< it is part of a condition
    unsigned Depth;
  };
  void visit(const Item &I);
  void visitDeclaration(const clang::DeclStmt *S, const Item &I);
  bool visitCall(const clang::CallExpr *Call, const Item &I);
  void visitChildren(const Item &I, const clang::Expr *Condition = nullptr);
  bool readPlace(const clang::Expr *E, const Item &I);
  void addWrite(const clang::Stmt *S);
  void touch(const clang::Expr *Chain, const Item &I);
  void push(const clang::Stmt *S, const Item &Parent, bool Tested);

  const clang::ASTContext &Context;
  llvm::SmallVector<Item, 32> Left;
  llvm::DenseMap<const clang::VarDecl *, Variable> Variables;
  llvm::SmallVector<const clang::ReturnStmt *, 2> Returns;
  llvm::DenseMap<const clang::CXXRecordDecl *, const clang::LambdaExpr *>
      Lambdas;
  bool HasTry = false;
  bool HasSehTry = false;
  bool TooDeep = false;
};

} // namespace hvci

#endif
