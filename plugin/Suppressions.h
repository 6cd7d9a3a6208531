// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Suppressions.h - the pragmas and comments of a unit that silence findings.
//
#ifndef HVCI_PLUGIN_SUPPRESSIONS_H
#define HVCI_PLUGIN_SUPPRESSIONS_H

#include "hvci/suppress.h"

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <memory>
#include <string>
#include <vector>

namespace clang {
class CommentHandler;
class CompilerInstance;
class SourceManager;
class TypedefDecl;
} // namespace clang

namespace hvci {

class Suppressions {
public:
  explicit Suppressions(clang::CompilerInstance &CI);
  ~Suppressions();

  /// Starts to listen to the preprocessor.
  void listen();

  /// Takes over what a precompiled header left disabled. Once, after parsing.
  void finish();

  /// Whether the finding is suppressed; remembers by what.
  bool covers(const hvci_finding &Finding);

  /// A message about a suppression itself.
  struct Remark {
    clang::SourceLocation Loc;
    std::string Text;
  };

  /// Malformed comments.
  const std::vector<Remark> &malformed() const { return Malformed; }

  /// What covered no finding. Rules in \p Off did not run and do not count.
  std::vector<Remark> unused(uint32_t Off) const;

  // Events, in the order of the unit.
  void addWarning(clang::SourceLocation Loc, hvci_warning_action Action,
                  uint32_t Warnings);
  void addSuppress(clang::SourceLocation Loc, uint32_t Warnings);
  void addComment(clang::SourceRange Range);

private:
  /// Something that holds for one line.
  struct LineSuppression {
    clang::SourceLocation Loc; ///< in a file
    bool OwnLine;              ///< it covers the line it stands on, and
    bool NextLine;             ///< the next line of code
    uint32_t Warnings;         ///< or
    uint32_t Rules;
    uint32_t Used; ///< the bits that covered something
    unsigned Next; ///< the next line of code, once looked up; else 0
  };

  bool coversLine(LineSuppression &S, const clang::SourceManager &SM,
                  clang::SourceLocation FileLoc) const;
  bool coveredByLine(const hvci_finding &Finding,
                     llvm::ArrayRef<clang::SourceLocation> Places);
  bool coveredByState(const hvci_finding &Finding);
  unsigned nextLineOfCode(clang::SourceLocation Loc) const;
  void keepForUsers(clang::SourceLocation Loc, hvci_warning_action Action,
                    uint32_t Warnings);

  clang::CompilerInstance &CI;
  std::vector<hvci_warning_event> Events;
  std::vector<clang::SourceLocation> EventLocs; ///< of each event
  std::vector<uint32_t> EventsUsed;
  unsigned Depth = 0; ///< of open pushes
  llvm::DenseMap<clang::FileID, std::vector<LineSuppression>> Lines;
  std::vector<Remark> Malformed;
  std::unique_ptr<clang::CommentHandler> Comments;
  clang::TypedefDecl *Carrier = nullptr;
};

} // namespace hvci

#endif
