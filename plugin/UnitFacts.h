// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// UnitFacts.h - what the unit as a whole says: its target, its macros.
//
#ifndef HVCI_PLUGIN_UNITFACTS_H
#define HVCI_PLUGIN_UNITFACTS_H

#include "hvci/facts.h"

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/StringRef.h"

namespace clang {
class CompilerInstance;
class NamedDecl;
} // namespace clang

namespace hvci {

/// Valid once the whole unit is parsed. Names from a precompiled header count.
class UnitFacts {
public:
  explicit UnitFacts(clang::CompilerInstance &CI);
  UnitFacts(const UnitFacts &) = delete;

  const hvci_unit_fact &fact() const { return Fact; }

  /// Where POOL_NX_OPTOUT is defined, the main file if on the command line;
  /// invalid if it is not in force.
  clang::SourceLocation optOut() const;

  /// A declaration of that name at file scope, or null.
  static clang::NamedDecl *lookUp(clang::CompilerInstance &CI,
                                  llvm::StringRef Name);

private:
  bool knows(llvm::StringRef Name);
  hvci_opt_in optIn();

  clang::CompilerInstance &CI;
  hvci_unit_fact Fact;
};

} // namespace hvci

#endif
