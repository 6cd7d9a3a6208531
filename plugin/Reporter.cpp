// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reporter.cpp - messages as Clang diagnostics.
//
#include "Reporter.h"

#include "Process.h"

using namespace clang;

namespace hvci {

Reporter::~Reporter() = default;

namespace {

/// Clang's /w, /WX and -Werror do not reach a plugin's own warnings.
class ClangReporter : public Reporter {
  using Level = Shown::Severity;

public:
  explicit ClangReporter(DiagnosticsEngine &Diags) : Diags(Diags) {}

  // -w silences warnings, but as in Clang none that was made an error by name.
  // Clangd would take a remark for a note of the finding before it.
  bool shows(Level Severity) const override {
    if (Severity == Level::Remark && isInEditor())
      return false;
    return Severity != Level::Warning || !Diags.getIgnoreAllWarnings();
  }

  void report(const Shown &Message) override {
    Level Severity = Message.Level;
    if (Severity == Level::Warning && Diags.getWarningsAsErrors())
      Severity = Level::Error;
    {
      DiagnosticBuilder Builder = Diags.Report(
          Message.Loc, id(static_cast<DiagnosticIDs::Level>(Severity),
                          Message.Name.empty() ? "%0" : "%0 [%1]"));
      Builder << Message.Message;
      if (!Message.Name.empty())
        Builder << Message.Name;
      for (CharSourceRange Range : Message.Ranges)
        Builder << Range;
      for (const FixItHint &Fix : Message.Fixes)
        Builder << Fix;
    }
    for (const Shown::Note &Note : Message.Notes)
      Diags.Report(Note.Loc, id(DiagnosticIDs::Note, "%0")) << Note.Text;
  }

private:
  unsigned id(DiagnosticIDs::Level Severity, StringRef Format) {
    return Diags.getDiagnosticIDs()->getCustomDiagID(Severity, Format);
  }

  DiagnosticsEngine &Diags;
};

} // namespace

std::unique_ptr<Reporter> createClangReporter(DiagnosticsEngine &Diagnostics) {
  return std::make_unique<ClangReporter>(Diagnostics);
}

} // namespace hvci
