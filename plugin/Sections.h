// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sections.h - what a unit says of the sections that it becomes a part of.
//
#ifndef HVCI_PLUGIN_SECTIONS_H
#define HVCI_PLUGIN_SECTIONS_H

#include "HeaderState.h"

#include "hvci/check.h"

#include "clang/AST/Decl.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/StringSaver.h"

#include <vector>

namespace clang {
class CompilerInstance;
class PragmaCommentDecl;
class Sema;
} // namespace clang

namespace hvci {

/// Collects the claims that a unit makes, in Microsoft's sense: Clang drops
/// some pragmas, and the right to execute from all data. System headers make
/// none.
class Sections {
public:
  Sections(clang::CompilerInstance &CI, HeaderState &State);

  /// Starts to listen to the preprocessor, for pragmas that name a section.
  void listen();

  /// A declaration at file scope of the unit's own, when it is parsed: the
  /// options of a comment pragma, and what only the pragmas in force tell.
  void declared(const clang::Decl *D, const clang::Sema *S);

  /// Leaves what pragmas say to the users of this header, after parsing.
  void keep(const clang::Sema &S);

  /// Once, after parsing.
  void finish();

  /// What is found on the way through the unit.
  void addFunction(const clang::FunctionDecl *Function);
  void addVariable(const clang::VarDecl *Variable);

  /// Whether the section is one of code by its name or a pragma, as far as the
  /// unit says.
  bool holdsCode(llvm::StringRef Section) const;

  /// After that: hands all claims to the checkers, in the order of the source.
  /// What a precompiled header says was judged when it was made, a preamble is
  /// judged with its file.
  void judge(const hvci_unit_fact &Unit, const hvci_options &Options,
             const hvci_sink &Sink);

  /// After judge(). Valid as long as this.
  llvm::ArrayRef<hvci_claim> claims() const { return Claims; }

  /// A #pragma section with these attributes: bits of enum hvci_access.
  void addPragma(llvm::StringRef Name, uint32_t Access,
                 clang::SourceRange Range);

  /// A pragma that opens a section of that kind, as for code. It is no claim by
  /// itself, but what is allocated there is of that kind.
  void addKind(llvm::StringRef Name, uint32_t Access) {
    Opened[Name] |= Access;
  }

private:
  void add(hvci_claim_kind Kind, llvm::StringRef Section,
           llvm::StringRef Subject, uint32_t Access, clang::SourceRange Range);
  void addContent(const clang::NamedDecl *D, llvm::StringRef Section,
                  uint32_t Access);
  void addOptions(const clang::PragmaCommentDecl *Comment);
  void readUnknown();
  void keep(const hvci_claim &Claim);
  void recall();
  void recallClaim(llvm::ArrayRef<llvm::StringRef> Fields,
                   clang::SourceRange Range);
  void addVariable(const clang::VarDecl *Variable, llvm::StringRef Section,
                   bool Allocated);
  void keepDropped(const clang::VarDecl *Variable, const clang::Sema &S);
  llvm::StringRef recalledIn(llvm::StringRef Segment,
                             clang::SourceLocation OwnPragma) const;
  void placeByHeader(const clang::Decl *D, const clang::Sema &S);
  void placeByHeader(const clang::VarDecl *Variable, const clang::Sema &S);
  void placeByHeader(const clang::FunctionDecl *Function, const clang::Sema &S);
  bool isOwn(clang::SourceLocation Loc) const;
  static bool isObject(const clang::VarDecl *Variable);
  bool isWritten(const clang::VarDecl *Variable) const;
  uint32_t rightsOf(llvm::StringRef Section) const;

  clang::CompilerInstance &CI;
  HeaderState &State;
  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Words{Memory};
  std::vector<hvci_claim> Claims;
  /// Variables without an attribute, and the section of the pragma in force.
  std::vector<std::pair<const clang::VarDecl *, llvm::StringRef>> Dropped;
  std::vector<std::pair<const clang::FunctionDecl *, llvm::StringRef>>
      DroppedFunctions;
  /// What #pragma section says of a section, and what the pragmas do that open
  /// it: bits of enum hvci_access.
  llvm::StringMap<uint32_t> Declared, Opened;
  bool UnknownRead = false;
  /// What a header left that was compiled by itself: the sections of pragmas
  /// that are in force behind it, and those of functions, by their names.
  bool Recalled = false;
  llvm::StringMap<llvm::StringRef> Segments, Placed;
};

} // namespace hvci

#endif
