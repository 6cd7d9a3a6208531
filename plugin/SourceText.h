// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SourceText.h - places in the source as the author wrote them.
//
#ifndef HVCI_PLUGIN_SOURCETEXT_H
#define HVCI_PLUGIN_SOURCETEXT_H

#include "hvci/facts.h"

#include "clang/Basic/LangOptions.h"
#include "clang/Basic/SourceManager.h"

#include <string>

namespace hvci {

/// A fact's range is a Clang token range in its raw encoding.
hvci_range encode(clang::SourceRange Range);
clang::SourceRange decode(hvci_range Range);

/// The names under which a constant is written: equal where there is one.
struct WrittenName {
  std::string Outer;        ///< what stands in the code: a macro, or the token
  std::string Inner;        ///< the innermost macro, or the token itself
  clang::SourceRange Range; ///< of the outer name
};

class SourceText {
public:
  SourceText(const clang::SourceManager &SM, const clang::LangOptions &LO)
      : SM(SM), LO(LO) {}

  /// The names of the token at \p Loc, through macros and their arguments.
  WrittenName writtenName(clang::SourceLocation Loc) const;

  /// The part of a file that \p Range covers, if it is one and its text may be
  /// edited without touching a macro's body or a system header; else invalid.
  clang::CharSourceRange editableRange(clang::SourceRange Range) const;

  /// The text of \p Range in one line, or "" if it is not in one file.
  std::string text(clang::SourceRange Range) const;

  bool inSystemHeader(clang::SourceLocation Loc) const;

private:
  const clang::SourceManager &SM;
  const clang::LangOptions &LO;
};

} // namespace hvci

#endif
