// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RecordWriter.cpp - the unit's record, for hvcilint link.
//
#include "RecordWriter.h"

#include "SourceText.h"
#include "UnitFacts.h"
#include "UnitProgram.h"

#include "clang/Frontend/CompilerInstance.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"

#include <cstdlib>

using namespace clang;

namespace hvci {

RecordWriter::RecordWriter(CompilerInstance &CI, const hvci_options &Options,
                           Suppressions &Suppressed, Config &Project,
                           RecordMode Mode)
    : CI(CI), Suppressed(Suppressed), Project(Project), Mode(Mode),
      Path(Options.record ? Options.record : ""),
      Off(hvci_options_silent(&Options) & hvci_layout_rules()) {
  if (Mode != RecordMode::Beside)
    return;
  SmallString<256> Old(this->Path);
  CI.getFileManager().makeAbsolutePath(Old);
  if (llvm::sys::fs::is_regular_file(Old))
    (void)llvm::sys::fs::remove(Old);
}

std::unique_ptr<llvm::raw_pwrite_stream> RecordWriter::open() {
  if (Mode == RecordMode::Beside)
    return CI.createOutputFile(Path, /*Binary=*/true,
                               /*RemoveFileOnSignal=*/true,
                               /*UseTemporary=*/true);
  return CI.createDefaultOutputFile(
      /*Binary=*/true, CI.getFrontendOpts().Inputs.front().getFile(), "hvci",
      /*RemoveFileOnSignal=*/true,
      /*CreateMissingDirectories=*/false,
      /*ForceUseTemporary=*/true);
}

bool RecordWriter::locate(hvci_range Range, hvci_place &Out) {
  const SourceManager &SM = CI.getSourceManager();
  SourceLocation Loc = decode(Range).getBegin();
  // As Clang shows it: at the use of a macro.
  PresumedLoc Presumed = SM.getPresumedLoc(SM.getFileLoc(Loc));
  if (Presumed.isInvalid())
    return false;
  Out.file = Presumed.getFilename();
  Out.line = Presumed.getLine();
  Out.column = Presumed.getColumn();
  Suppressions::Covered Covered = Suppressed.coveredAt(Loc);
  if (SM.isInSystemHeader(SM.getExpansionLoc(Loc)) || Project.excludes(Loc))
    Covered.Rules = (uint32_t(1) << HVCI_RULE_COUNT) - 1;
  // Claims stay, as other units need them, but linking finds nothing here.
  Out.rules = Covered.Rules | Off;
  Out.warnings = Covered.Warnings;
  return true;
}

void RecordWriter::write(const UnitFacts &Unit, UnitProgram &Functions,
                         const hvci_program &Program,
                         const hvci_solution *Solution,
                         ArrayRef<hvci_claim> Claims) {
  if (CI.getDiagnostics().hasErrorOccurred())
    return;
  const SourceManager &SM = CI.getSourceManager();
  SourceLocation Start = SM.getLocForStartOfFile(SM.getMainFileID());
  std::string File = SM.getPresumedLoc(Start).getFilename();
  std::string Target = CI.getTarget().getTriple().str();
  struct Payload {
    RecordWriter &Writer;
    UnitProgram &Functions;
  } Payload = {*this, Functions};

  hvci_record_source Source = {};
  Source.file = File.c_str();
  Source.target = Target.c_str();
  Source.producer = "hvcilint " HVCI_VERSION;
  Source.unit = &Unit.fact();
  Source.opt_out = encode(Unit.optOut());
  Source.program = &Program;
  Source.solution = Solution;
  Source.findings = Findings.data();
  Source.finding_count = Findings.size();
  Source.claims = Claims.data();
  Source.claim_count = Claims.size();
  Source.locate = [](hvci_range Range, hvci_place *Out, void *Self) {
    return static_cast<struct Payload *>(Self)->Writer.locate(Range, *Out);
  };
  Source.name = [](size_t Function, void *Self) {
    return encode(SourceRange(
        static_cast<struct Payload *>(Self)->Functions.nameLocation(Function)));
  };
  Source.payload = &Payload;

  size_t Length = 0;
  char *Bytes = hvci_record_write(&Source, &Length);
  if (!Bytes)
    llvm::report_bad_alloc_error("hvcilint: the unit's record");
  if (std::unique_ptr<llvm::raw_pwrite_stream> Out = open())
    Out->write(Bytes, Length);
  std::free(Bytes);
}

} // namespace hvci
