// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PragmaText.h - a pragma's tokens as they are written.
//
#ifndef HVCI_PLUGIN_PRAGMATEXT_H
#define HVCI_PLUGIN_PRAGMATEXT_H

#include "clang/Lex/Lexer.h"
#include "clang/Lex/Pragma.h"
#include "clang/Lex/Token.h"

#include <memory>
#include <optional>
#include <string>

namespace clang {
class Preprocessor;
} // namespace clang

namespace hvci {

/// The raw tokens of one pragma, in each of its three forms, from its name on.
/// In a macro's body they are those of the definition.
class PragmaText {
public:
  /// \p Loc is where the pragma begins, as PPCallbacks::PragmaDirective says.
  PragmaText(clang::SourceLocation Loc, clang::PragmaIntroducerKind Kind,
             const clang::Preprocessor &PP);

  /// The text from where the pragma begins to the end of its line, for a glance
  /// that costs little.
  static llvm::StringRef line(clang::SourceLocation Loc,
                              const clang::SourceManager &SM);

  /// The characters between the quotes of a literal that says them plainly.
  static std::optional<std::string> plain(const clang::Token &Tok,
                                          const clang::Preprocessor &PP);

  /// The next token; false at the pragma's end.
  bool next(clang::Token &Out);

  /// The next token's text, "" if it has none worth a name, and at the pragma's
  /// end.
  std::string nextText();

private:
  void enterString();

  const clang::Preprocessor &PP;
  clang::PragmaIntroducerKind Kind;
  std::unique_ptr<clang::Lexer> Lex;
  std::string Inner; ///< what the string of a _Pragma says
  int Depth = 0;     ///< of parentheses inside __pragma
  bool First = true;
  bool Ended = false;
};

} // namespace hvci

#endif
