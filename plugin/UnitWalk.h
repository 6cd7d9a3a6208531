// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// UnitWalk.h - walks a unit's own declarations and hands facts to the checkers.
//
#ifndef HVCI_PLUGIN_UNITWALK_H
#define HVCI_PLUGIN_UNITWALK_H

#include "hvci/check.h"

#include "llvm/ADT/ArrayRef.h"

#include <memory>

namespace clang {
class ASTContext;
class Decl;
} // namespace clang

namespace hvci {

class RecordWriter;
class Sections;
class UnitFacts;

/// All that it is given must outlive it.
class UnitWalk {
public:
  /// \p Own are the unit's declarations, without those of system headers.
  UnitWalk(clang::ASTContext &Context, const hvci_unit_fact &Unit,
           const hvci_options &Options, const hvci_sink &Sink,
           llvm::ArrayRef<clang::Decl *> Own, Sections &Claims,
           bool WholeDriver);
  ~UnitWalk();

  /// Once: walks, and judges all calls and globals.
  void judge();

  /// After that.
  void writeRecord(RecordWriter &Record, const UnitFacts &Facts);

private:
  class Visitor;

  llvm::ArrayRef<clang::Decl *> Own;
  std::unique_ptr<Visitor> Walker;
};

} // namespace hvci

#endif
