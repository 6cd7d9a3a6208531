// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// HeaderState.h - what a header that is compiled by itself leaves to its users.
//
#ifndef HVCI_PLUGIN_HEADERSTATE_H
#define HVCI_PLUGIN_HEADERSTATE_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace clang {
class CompilerInstance;
class TypedefDecl;
} // namespace clang

namespace hvci {

/// Facts that the preprocessor tells of a header, for the units that use it: a
/// precompiled one, or a preamble, the top of a file that an editor reads ahead
/// of it. Clang passes declarations on, and macros, but no pragma of ours and
/// no comment.
class HeaderState {
public:
  explicit HeaderState(clang::CompilerInstance &CI) : CI(CI) {}

  /// Whether this unit is such a header, or a preamble.
  bool isHeader() const { return isHeader(CI); }
  static bool isHeader(const clang::CompilerInstance &CI);

  /// Whether it is a preamble: its file is parsed later, as its user, and by
  /// nobody else. The main file is cut off behind it.
  bool isPreamble() const;

  /// Whether this unit is a file whose preamble was read ahead.
  bool usesPreamble() const;

  /// Whether the place is in a header that was compiled by itself, and not in
  /// the preamble of this unit.
  bool isForeign(clang::SourceLocation Loc) const;

  /// Where the rest of the file begins, if this unit uses a preamble.
  clang::SourceLocation endOfPreamble() const;

  /// Leaves a fact to the users; only before the header is written. No field
  /// but the last may have a newline in it.
  void keep(llvm::StringRef Kind, llvm::ArrayRef<llvm::StringRef> Fields,
            clang::SourceRange Range);

  using Receiver = llvm::function_ref<void(
      llvm::ArrayRef<llvm::StringRef> Fields, clang::SourceRange Range)>;

  /// What the header has left of that kind, in its order: as many fields, valid
  /// as long as the unit. Once something is parsed.
  void recall(llvm::StringRef Kind, size_t Fields, Receiver Take) const;

private:
  bool isInText(clang::SourceLocation Loc) const;

  clang::CompilerInstance &CI;
  clang::TypedefDecl *Carrier = nullptr;
};

} // namespace hvci

#endif
