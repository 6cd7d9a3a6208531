// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fields.h - stores to the fields of structures that the catalogue or the
// project names.
//
#ifndef HVCI_PLUGIN_FIELDS_H
#define HVCI_PLUGIN_FIELDS_H

#include "hvci/options.h"

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"

namespace hvci {

/// A value that is stored to a field, as if it were passed to a function.
struct FieldStore {
  const char *Name; ///< of the field's row: "KSALLOCATOR_FRAMING.PoolType"
  clang::SourceRange NameRange;
  /// What is stored; of a compound assignment the assignment itself.
  const clang::Expr *Value;
};

/// A row names a field by its structure: by the typedef of an unnamed one, else
/// by the tag without the underscore that the kit's tags begin with. Unnamed
/// structures inside are named by the field that they are.
class Fields {
public:
  explicit Fields(const hvci_options &Options);

  /// Whether an object of the type holds a named field.
  bool areIn(clang::QualType Type);

  /// Calls \p Found for each store that the assignment or initialiser makes.
  /// Initialisers inside one another are looked through at once: only the
  /// outermost is to be asked about.
  void forEachStore(const clang::Expr *E,
                    llvm::function_ref<void(const FieldStore &)> Found);

private:
  const char *nameOf(const clang::FieldDecl *Field);

  const hvci_options &Options;
  llvm::StringSet<> Last; ///< the fields' own names: most others differ
  llvm::DenseMap<const clang::FieldDecl *, const char *> Names; ///< or null
  llvm::DenseMap<const clang::RecordDecl *, bool> Records;
};

} // namespace hvci

#endif
