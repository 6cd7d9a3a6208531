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

#include <map>
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

  /// Whether a finding of another host is to be shown at all: it is not
  /// suppressed, excluded, or in a system header. A suppression that covers it
  /// counts as used.
  bool admits(const hvci_finding &Finding);

  /// What is shown of the finding.
  Shown shown(const hvci_finding &Finding);

  /// Another host of the compile shows the finding, which this one may find as
  /// well.
  void claim(const hvci_finding &Finding);

  /// Lets another show what is found.
  void setReporter(Reporter &Other) { Host = &Other; }

  /// Reports the findings that the sink took, in the order of the source.
  void flush();

  /// Whom to tell of each finding that is neither suppressed nor excluded.
  void setRecord(RecordWriter *To) { Record = To; }

  /// What concerns the suppressions themselves. After all findings, once.
  void reportSuppressions();

private:
  void report(const hvci_finding &Finding);
  void record(const hvci_finding &Finding, const Suppressions::Numbers &By,
              bool Covered);
  bool isClaimed(const hvci_finding &Finding) const;
  Shown::Severity levelOf(const hvci_finding &Finding) const;
  llvm::SmallVector<clang::FixItHint, 2> fixOf(const hvci_finding &Finding);
  void warn(const Suppressions::Remark &Remark);

  clang::CompilerInstance &CI;
  const hvci_options &Options;
  Suppressions &Suppressed;
  Config &Project;
  Reporter *Host;
  RecordWriter *Record = nullptr;
  SourceText Source;
  hvci_sink Sink;
  bool SuppressionsReported = false;
  std::vector<hvci_finding> Held;
  /// What was reported: a template says the same for each instantiation.
  std::set<std::tuple<int, uint64_t, std::string>> Seen;
  /// Where something was proposed, and in which placement; for which finding.
  using Key = std::pair<uint64_t, std::string>;
  std::map<std::pair<uint64_t, int>, Key> Edited;
  /// Rules, and where another host has found something by them: the argument,
  /// and the name of what is called with it.
  std::set<std::pair<int, uint64_t>> Claimed;
  /// Rules, and where the record has been told of another host's finding.
  std::set<std::pair<int, uint64_t>> Recorded;
};

} // namespace hvci

#endif
