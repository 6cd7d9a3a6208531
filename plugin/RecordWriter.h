// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RecordWriter.h - the unit's record, for hvcilint link.
//
#ifndef HVCI_PLUGIN_RECORDWRITER_H
#define HVCI_PLUGIN_RECORDWRITER_H

#include "Config.h"
#include "Suppressions.h"

#include "hvci/record.h"

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

  /// A finding that is shown, or would be.
  void add(const hvci_finding &Finding) { Findings.push_back(Finding); }

  /// Writes the record, unless the compile has errors. A file is whole or not
  /// there: Clang renames it when the compile is over, if all went well.
  void write(const UnitFacts &Unit, UnitProgram &Functions,
             const hvci_program &Program, const hvci_solution *Solution,
             llvm::ArrayRef<hvci_claim> Claims);

private:
  bool locate(hvci_range Range, hvci_place &Out);
  std::unique_ptr<llvm::raw_pwrite_stream> open();

  clang::CompilerInstance &CI;
  Suppressions &Suppressed;
  Config &Project;
  RecordMode Mode;
  std::string Path;
  uint32_t Off; ///< rules on claims that the compile does not run
  std::vector<hvci_finding> Findings;
};

} // namespace hvci

#endif
