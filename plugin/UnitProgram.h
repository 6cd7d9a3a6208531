// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// UnitProgram.h - the unit's functions and calls, as the rule core asks of
// them.
//
#ifndef HVCI_PLUGIN_UNITPROGRAM_H
#define HVCI_PLUGIN_UNITPROGRAM_H

#include "Callee.h"
#include "Fields.h"
#include "Flow.h"

#include "hvci/program.h"

#include "clang/AST/Mangle.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/PointerIntPair.h"
#include "llvm/ADT/StringMap.h"

#include <deque>
#include <memory>
#include <vector>

namespace hvci {

/// Collects what the unit's functions call. Values are worked out when the
/// core asks for them.
class UnitProgram {
public:
  /// \p WholeDriver: other units are to be told of this one, so what calls
  /// their functions counts too.
  /// \p Own are the unit's own declarations; they outlive this.
  UnitProgram(clang::ASTContext &Context, const hvci_unit_fact &Unit,
              const hvci_options &Options, llvm::ArrayRef<clang::Decl *> Own,
              bool WholeDriver);

  /// Begins the calls of a function (null: of initialisers outside all). A
  /// quiet one is looked into, but nothing is reported in it.
  size_t enter(const clang::Decl *Function, const clang::Stmt *Body,
               bool Quiet);

  /// A call, construction or new-expression in the entered function.
  void addCall(size_t Function, const clang::Expr *Call);

  /// An assignment, or an initialiser that is not a part of another, in the
  /// entered function.
  void addStores(size_t Function, const clang::Expr *E);

  /// Whether an object of the type holds a field that is of interest.
  bool hasFields(clang::QualType Type) { return NamedFields.areIn(Type); }

  Pointers &pointers() { return KnownPointers; }

  /// Functions that are called and have a body, but were not entered: those of
  /// system headers. Each is given once.
  const clang::FunctionDecl *nextUnseen();

  /// Where the function's name stands; invalid if it has none.
  clang::SourceLocation nameLocation(size_t F) const;

  /// The functions as the core sees them; valid as long as this, and until
  /// more is added.
  hvci_program program();

private:
  struct Site {
    const clang::Expr *Call;
    size_t Callee;
    clang::SourceRange NameRange;
    unsigned FirstArgument;
    const clang::Expr *Stored = nullptr; ///< of a store to a field, its value
  };
  struct Function {
    const clang::FunctionDecl *Decl = nullptr;
    const clang::Decl *Owner = nullptr; ///< whose body it is
    const clang::Stmt *Body = nullptr;
    const char *Name = "";
    bool Entered = false;
    bool HasResult = false;
    bool Open = false;
    bool Quiet = false;
    std::vector<Site> Sites;
    llvm::DenseMap<const clang::Expr *, unsigned> SiteOf;
    std::unique_ptr<Flow> Values;
  };
  /// A virtual call is another callee than the method that it may end in.
  using Key = llvm::PointerIntPair<const clang::FunctionDecl *, 1, bool>;

  void resolveLate();
  size_t calleeOfCall(const clang::Expr *Call, const Callee &Called);
  size_t addFunction(const clang::FunctionDecl *Decl, llvm::StringRef Name);
  size_t calleeFor(const clang::FunctionDecl *Decl, bool Virtual);
  size_t calleeNamed(llvm::StringRef Name);
  size_t nowhere();
  bool isOfInterest(const clang::FunctionDecl *Decl) const;
  bool isOpen(const clang::FunctionDecl *Decl) const;
  const char *symbolOf(const Function &F);
  Flow &valuesOf(Function &F);
  void answerCall(size_t F, size_t Site, uint32_t Wanted, hvci_detail Detail,
                  hvci_call_fact *Out);
  void answerResult(size_t F, hvci_detail Detail, hvci_argument *Out);

  clang::ASTContext &Context;
  const hvci_unit_fact &Unit;
  const hvci_options &Options;
  bool WholeDriver;
  std::unique_ptr<clang::ASTNameGenerator> Names; ///< made when needed
  SourceText Source;
  Pointers KnownPointers;
  Fields NamedFields;
  ValueBuilder Glances; ///< of constants
  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Strings{Memory};
  std::deque<Function> Functions;
  llvm::DenseMap<Key, size_t> Known; ///< or NotOfInterest
  llvm::StringMap<size_t> Named;
  std::vector<const clang::FunctionDecl *> Unseen;
  /// Sites whose callees are known after the walk: function and site.
  std::vector<std::pair<size_t, size_t>> Late;
  std::vector<hvci_function> Facts;
  std::vector<std::vector<hvci_site>> SiteFacts;
};

} // namespace hvci

#endif
