// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RecordWriter.cpp - the unit's record, for hvcilint link.
//
#include "RecordWriter.h"

#include "Shipped.h"
#include "SourceText.h"
#include "UnitFacts.h"
#include "UnitProgram.h"

#include "clang/Basic/TargetInfo.h"
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
      Silent(hvci_options_silent(&Options)),
      Around(CI.getSourceManager(), CI.getLangOpts()) {
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

std::vector<hvci_record_edit>
RecordWriter::editsOf(ArrayRef<FixItHint> Fix) const {
  const SourceManager &SM = CI.getSourceManager();
  std::vector<hvci_record_edit> Edits;
  for (const FixItHint &Hint : Fix) {
    CharSourceRange Range = Hint.RemoveRange; // of an insertion, empty
    PresumedLoc From = SM.getPresumedLoc(Range.getBegin());
    PresumedLoc To = SM.getPresumedLoc(Range.getEnd());
    if (From.isInvalid() || To.isInvalid() ||
        StringRef(From.getFilename()) != To.getFilename())
      return {};
    Edits.push_back({From.getFilename(), From.getLine(), From.getColumn(),
                     To.getLine(), To.getColumn(), nullptr});
  }
  return Edits;
}

void RecordWriter::add(const hvci_finding &Finding,
                       const Suppressions::Numbers &By,
                       ArrayRef<FixItHint> Fix) {
  Findings.push_back(Finding);
  Extras.push_back({By, {}, editsOf(Fix)});
  for (const FixItHint &Hint : Fix)
    Extras.back().Texts.push_back(Hint.CodeToInsert);
}

// Once all are known: a short text moves with the vector.
std::vector<hvci_record_extra> RecordWriter::extras() {
  std::vector<hvci_record_extra> All;
  for (Extra &E : Extras) {
    for (size_t I = 0; I < E.Edits.size(); I++)
      E.Edits[I].text = E.Texts[I].c_str();
    All.push_back({E.By.data(), E.By.size(), E.Edits.data(), E.Edits.size()});
  }
  return All;
}

// What is around the place, and where a macro's body has it.
void RecordWriter::describe(SourceRange Range, SourceLocation FileLoc,
                            hvci_place &Out) {
  const SourceManager &SM = CI.getSourceManager();
  SourceLocation Loc = Range.getBegin();
  PresumedLoc End = SM.getPresumedLoc(Around.endOf(Range));
  if (End.isValid() && StringRef(End.getFilename()) == Out.file) {
    Out.end_line = End.getLine();
    Out.end_column = End.getColumn();
  }
  if (const Whereabouts::Scope *S = Around.scopeOf(FileLoc)) {
    Out.scope = S->Name.c_str();
    Out.scope_first = S->First;
    Out.scope_last = S->Last;
  }
  Words = Around.words(Range);
  Out.words = Words.c_str();
  SourceLocation Body = SM.getSpellingLoc(Loc);
  if (Loc.isMacroID() && SM.isMacroBodyExpansion(Loc) &&
      !SM.isWrittenInScratchSpace(Body) && !SM.isInSystemHeader(Body))
    Out.macro = encode(SourceRange(Body));
}

bool RecordWriter::locate(hvci_range Range, hvci_place &Out) {
  const SourceManager &SM = CI.getSourceManager();
  SourceLocation Loc = decode(Range).getBegin();
  // As Clang shows it: at the use of a macro.
  SourceLocation FileLoc = SM.getFileLoc(Loc);
  PresumedLoc Presumed = SM.getPresumedLoc(FileLoc);
  if (Presumed.isInvalid())
    return false;
  Out.file = Presumed.getFilename();
  Out.line = Presumed.getLine();
  Out.column = Presumed.getColumn();
  Suppressions::Covered Covered = Suppressed.coveredAt(Loc);
  if (SM.isInSystemHeader(SM.getExpansionLoc(Loc)) || Project.excludes(Loc))
    Covered.Rules = (uint32_t(1) << HVCI_RULE_COUNT) - 1;
  // Claims stay, as other units need them, but linking finds nothing here.
  Out.rules = Covered.Rules | (Silent & hvci_layout_rules());
  Out.warnings = Covered.Warnings;
  By = Covered.By;
  Out.by = By.data();
  Out.by_count = By.size();
  describe(decode(Range), FileLoc, Out);
  return true;
}

void RecordWriter::write(const UnitFacts &Unit, UnitProgram &Functions,
                         const hvci_program &Program,
                         const hvci_solution *Solution,
                         ArrayRef<hvci_claim> Claims) {
  if (CI.getDiagnostics().hasErrorOccurred())
    return;
  // Before what is located counts as needed.
  std::vector<hvci_suppression> Known = Suppressed.list(Silent);
  std::vector<hvci_record_extra> More = extras();
  std::string File = mainFileName(CI);
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
  Source.extras = More.data();
  Source.suppressions = Known.data();
  Source.suppression_count = Known.size();
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
