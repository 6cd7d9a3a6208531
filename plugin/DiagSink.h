// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// DiagSink.h - which findings are shown, and in which order.
//
#ifndef HVCI_PLUGIN_DIAGSINK_H
#define HVCI_PLUGIN_DIAGSINK_H

#include "Config.h"
#include "RecordWriter.h"
#include "Reporter.h"
#include "SourceText.h"
#include "Suppressions.h"

#include "hvci/options.h"

#include "llvm/ADT/SmallVector.h"

#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace clang {
class CompilerInstance;
} // namespace clang

namespace hvci {

/// Takes findings and hands those that are shown to the host's reporter.
class DiagSink {
public:
  DiagSink(clang::CompilerInstance &CI, const hvci_options &Options,
           Suppressions &Suppressed, Config &Project, Reporter &Host);

  const hvci_sink &sink() const { return Sink; }

  /// Reports the findings that the sink took, in the order of the source.
  void flush();

  /// Whom to tell of each finding that is neither suppressed nor excluded.
  void setRecord(RecordWriter *To) { Record = To; }

  /// What concerns the suppressions themselves. After all findings.
  void reportSuppressions();

private:
  void report(const hvci_finding &Finding);
  Shown::Severity levelOf(const hvci_finding &Finding) const;
  llvm::SmallVector<clang::FixItHint, 2> fixOf(const hvci_finding &Finding);
  void warn(const Suppressions::Remark &Remark);

  clang::CompilerInstance &CI;
  const hvci_options &Options;
  Suppressions &Suppressed;
  Config &Project;
  Reporter &Host;
  RecordWriter *Record = nullptr;
  SourceText Source;
  hvci_sink Sink;
  std::vector<hvci_finding> Held;
  /// What was reported: a template says the same for each instantiation.
  std::set<std::tuple<int, uint64_t, std::string>> Seen;
  /// Where something was proposed, and in which placement.
  std::set<std::pair<uint64_t, int>> Edited;
};

} // namespace hvci

#endif
