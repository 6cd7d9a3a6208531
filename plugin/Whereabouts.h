// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whereabouts.h - what is around a place: by it a finding is known again when
// its line has moved.
//
#ifndef HVCI_PLUGIN_WHEREABOUTS_H
#define HVCI_PLUGIN_WHEREABOUTS_H

#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"

#include <string>
#include <vector>

namespace clang {
class Decl;
class NamedDecl;
} // namespace clang

namespace hvci {

class Whereabouts {
public:
  /// A function, or a variable outside all.
  struct Scope {
    unsigned Begin, End;  ///< offsets in its file
    std::string Name;     ///< qualified
    unsigned First, Last; ///< its lines, as they are presumed
  };

  Whereabouts(const clang::SourceManager &SM, const clang::LangOptions &LO)
      : SM(SM), LO(LO) {}

  /// Adds what the declarations of a unit define.
  void add(llvm::ArrayRef<clang::Decl *> Declarations);

  /// The innermost scope around a place in a file, or null.
  const Scope *scopeOf(clang::SourceLocation FileLoc) const;

  /// The tokens of the range as the file has them, and of the parentheses
  /// behind it, one space between each two. Of many, the rest is a hash.
  std::string words(clang::SourceRange Range) const;

  /// Behind the last character of the range in the file of its beginning.
  clang::SourceLocation endOf(clang::SourceRange Range) const;

private:
  void add(clang::Decl *D);
  void addScope(const clang::NamedDecl *D);

  const clang::SourceManager &SM;
  const clang::LangOptions &LO;
  llvm::DenseMap<clang::FileID, std::vector<Scope>> Scopes;
};

} // namespace hvci

#endif
