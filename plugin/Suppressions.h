// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Suppressions.h - the pragmas and comments of a unit that silence findings.
//
#ifndef HVCI_PLUGIN_SUPPRESSIONS_H
#define HVCI_PLUGIN_SUPPRESSIONS_H

#include "CoveredLines.h"
#include "HeaderState.h"

#include "hvci/record.h"
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
} // namespace clang

namespace hvci {

class Suppressions {
public:
  Suppressions(clang::CompilerInstance &CI, HeaderState &State);
  ~Suppressions();

  /// Starts to listen to the preprocessor.
  void listen();

  /// Leaves what was heard to the users of this header, after parsing.
  void keep();

  /// Once, after parsing: what was heard takes effect, behind what a header
  /// left that was compiled by itself.
  void finish();

  /// Numbers of suppressions, as list() counts them.
  using Numbers = llvm::SmallVector<uint32_t, 2>;

  /// Whether the finding is suppressed; remembers by what. Adds that to \p By,
  /// unless it is a system header's.
  bool covers(const hvci_finding &Finding, Numbers *By = nullptr);

  /// All suppressions outside system headers. Rules in \p Off did not run: what
  /// is for them may be needed. Valid as long as this.
  std::vector<hvci_suppression> list(uint32_t Off) const;

  /// What is suppressed somewhere: bits of rules and of warnings.
  struct Covered {
    uint32_t Rules;
    uint32_t Warnings;
    Numbers By;
  };

  /// What of a finding at \p Loc would be suppressed. As others may find
  /// something there, that counts as used.
  Covered coveredAt(clang::SourceLocation Loc);

  /// A message about a suppression itself.
  struct Remark {
    clang::SourceLocation Loc;
    std::string Text;
  };

  /// Malformed comments.
  const std::vector<Remark> &malformed() const { return Malformed; }

  /// What covered no finding. Rules in \p Off did not run and do not count.
  std::vector<Remark> unused(uint32_t Off) const;

  // What the preprocessor tells, in the order of the unit.
  void addWarning(clang::SourceLocation Loc, hvci_warning_action Action,
                  uint32_t Warnings, llvm::StringRef Reason);
  void addSuppress(clang::SourceLocation Loc, SuppressionForm Form,
                   uint32_t Warnings, llvm::StringRef Reason);
  void addComment(clang::SourceRange Range);

private:
  static constexpr uint32_t NoNumber = UINT32_MAX; ///< of system headers

  /// Something that holds for a line of code.
  struct LineSuppression {
    SuppressionForm Form = SuppressionForm::Comment;
    clang::SourceRange Range; ///< in a file, up to behind its last character
    uint32_t Warnings = 0;    ///< or
    uint32_t Rules = 0;
    uint32_t Number = NoNumber;
    std::string Reason;
    uint32_t Until = 0;
    uint32_t Used = 0;          ///< the bits that covered something
    clang::SourceRange Covered; ///< whole lines, once looked up
    bool LookedUp = false;
  };

  void addMalformed(clang::SourceLocation Loc, const hvci_allow &Allow);
  clang::SourceRange coveredBy(LineSuppression &S) const;
  bool coversLine(LineSuppression &S, clang::SourceLocation FileLoc) const;
  bool coveredByLine(const hvci_finding &Finding, Numbers &By);
  bool coveredByState(const hvci_finding &Finding, Numbers &By);
  uint32_t nextNumber(clang::SourceLocation Loc);
  void keep(LineSuppression &S);
  void recallWarning(llvm::ArrayRef<llvm::StringRef> Fields,
                     clang::SourceLocation Loc);
  void recallLine(llvm::ArrayRef<llvm::StringRef> Fields,
                  clang::SourceRange Range);
  bool isJudged(clang::SourceLocation Event) const;

  clang::CompilerInstance &CI;
  HeaderState &State;
  struct WarningEvent {
    clang::SourceLocation Loc;
    hvci_warning_action Action;
    uint32_t Warnings;
    uint32_t Number;
    std::string Reason;
  };
  uint32_t Count = 0;                 ///< of numbers
  std::vector<WarningEvent> Recalled; ///< of a header's
  std::vector<WarningEvent> Heard;    ///< in this unit, as it came
  std::vector<hvci_warning_event> Events;
  std::vector<clang::SourceLocation> EventLocs; ///< of each event
  std::vector<uint32_t> EventsUsed;             ///< the bits that covered
  std::vector<uint32_t> EventNumbers;
  std::vector<std::string> EventReasons;
  llvm::DenseMap<clang::FileID, std::vector<LineSuppression>> Lines;
  std::vector<Remark> Malformed;
  std::unique_ptr<clang::CommentHandler> Comments;
};

} // namespace hvci

#endif
