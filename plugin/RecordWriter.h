// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RecordWriter.h - the unit's record, for hvcilint link.
//
#ifndef HVCI_PLUGIN_RECORDWRITER_H
#define HVCI_PLUGIN_RECORDWRITER_H

#include "Config.h"
#include "Suppressions.h"
#include "Whereabouts.h"

#include "hvci/record.h"

#include "clang/Basic/Diagnostic.h"

#include <string>
#include <vector>

namespace hvci {

class UnitFacts;
class UnitProgram;

/// Where a record goes.
enum class RecordMode {
  None,
  Beside, ///< the compile's own output: the options name the file
  Output  ///< in place of the compile's own output
};

class RecordWriter {
public:
  /// Removes an older record beside the compile: it must not be believed if
  /// this one is not written.
  RecordWriter(clang::CompilerInstance &CI, const hvci_options &Options,
               Suppressions &Suppressed, Config &Project, RecordMode Mode);

  /// Whether the record is what the compile makes: then no finding may stop it.
  bool isOutput() const { return Mode == RecordMode::Output; }

  /// A finding that is shown, or would be, with its fix; or one that
  /// suppressions hide.
  void add(const hvci_finding &Finding, const Suppressions::Numbers &By,
           llvm::ArrayRef<clang::FixItHint> Fix);

  /// The unit's own declarations, which are around its findings.
  void addDeclarations(llvm::ArrayRef<clang::Decl *> Declarations) {
    Around.add(Declarations);
  }

  /// Writes the record, unless the compile has errors. A file is whole or not
  /// there: Clang renames it when the compile is over, if all went well.
  void write(const UnitFacts &Unit, UnitProgram &Functions,
             const hvci_program &Program, const hvci_solution *Solution,
             llvm::ArrayRef<hvci_claim> Claims);

private:
  /// The edits that hints ask for, or none if one has no place.
  std::vector<hvci_record_edit>
  editsOf(llvm::ArrayRef<clang::FixItHint> Fix) const;
  std::vector<hvci_record_extra> extras();
  void describe(clang::SourceRange Range, clang::SourceLocation FileLoc,
                hvci_place &Out);
  bool locate(hvci_range Range, hvci_place &Out);
  std::unique_ptr<llvm::raw_pwrite_stream> open();

  clang::CompilerInstance &CI;
  Suppressions &Suppressed;
  Config &Project;
  RecordMode Mode;
  std::string Path;
  uint32_t Silent; ///< rules that the compile does not run
  std::vector<hvci_finding> Findings;
  struct Extra { ///< of the finding
    Suppressions::Numbers By;
    std::vector<std::string> Texts; ///< of the edits
    std::vector<hvci_record_edit> Edits;
  };
  std::vector<Extra> Extras;
  Whereabouts Around;
  // Of the place that was located last.
  std::string Words;
  Suppressions::Numbers By;
};

} // namespace hvci

#endif
