// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Config.cpp - the project's configuration for a unit.
//
#include "Config.h"

#include "Compat.h"
#include "Process.h"
#include "Shipped.h"

#include "clang/Basic/FileManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace clang;

namespace hvci {

namespace {

/// Tells those who collect the unit's dependencies of one more file, behind all
/// others: the first has to be the source.
class Dependency : public PPCallbacks {
public:
  Dependency(Preprocessor &PP, FileEntryRef File) : PP(PP), File(File) {}

  void EndOfMainFile() override {
    PP.getPPCallbacks()->HasInclude(SourceLocation(), File.getName(),
                                    /*IsAngled=*/false, File, SrcMgr::C_User);
  }

private:
  Preprocessor &PP;
  FileEntryRef File;
};

} // namespace

// The nearest file, or "". What comes from a pipe lies in the current folder.
std::string Config::find() const {
  const SourceManager &SM = CI.getSourceManager();
  OptionalFileEntryRef Main = SM.getFileEntryRefForID(SM.getMainFileID());
  StringRef Shipped = shippedName(CI);
  std::string Source = absolutePath(CI, !Shipped.empty() ? Shipped
                                        : Main           ? Main->getName()
                                                         : "<stdin>");
  char Path[4096];
  bool Found = hvci_config_find(
      Path, sizeof Path, llvm::sys::path::parent_path(Source).str().c_str(),
      [](const char *Candidate, void *Files) {
        return static_cast<FileManager *>(Files)
            ->getOptionalFileRef(Candidate)
            .has_value();
      },
      &CI.getFileManager());
  return Found ? Path : "";
}

void Config::refuse(StringRef Path, const hvci_config_error &Error) const {
  SourceManager &SM = CI.getSourceManager();
  SourceLocation Loc;
  std::string Place;
  if (isInEditor()) { // which shows what is in its file, and that once
    if (CI.getPreprocessorOpts().GeneratePreamble)
      return;
    Loc = SM.getLocForStartOfFile(SM.getMainFileID());
    Place = (Path + ":" + Twine(Error.line) + ":" + Twine(Error.column) + ": ")
                .str();
  } else if (OptionalFileEntryRef File =
                 CI.getFileManager().getOptionalFileRef(Path)) {
    Loc = SM.translateLineCol(SM.getOrCreateFileID(*File, SrcMgr::C_User),
                              Error.line, Error.column);
  }
  Shown Message;
  Message.Level = Shown::Severity::Error;
  Message.Loc = Loc;
  Message.Name = "hvci-config";
  Message.Message = Place + Error.text;
  Host.report(Message);
}

bool Config::read(hvci_options &Options) {
  std::string Path = Options.config ? Options.config : find();
  if (Path.empty())
    return true;
  FileManager &Files = CI.getFileManager();
  OptionalFileEntryRef File = Files.getOptionalFileRef(Path);
  auto Buffer = File ? Files.getBufferForFile(*File)
                     : Files.getBufferForFile(Path); // which says why not
  if (!File || !Buffer) {
    Shown Message;
    Message.Level = Shown::Severity::Error;
    Message.Message =
        "hvcilint: cannot read '" + Path + "': " + Buffer.getError().message();
    Host.report(Message);
    return false;
  }
  CI.getPreprocessor().addPPCallbacks(
      std::make_unique<Dependency>(CI.getPreprocessor(), *File));
  hvci_config_error Error;
  Parsed.reset(hvci_config_parse(
      (*Buffer)->getBufferStart(), (*Buffer)->getBufferSize(),
      llvm::sys::path::parent_path(absolutePath(CI, Path)).str().c_str(),
      &Error));
  if (!Parsed) {
    refuse(Path, Error);
    return false;
  }
  hvci_config_apply(Parsed.get(), &Options);
  return true;
}

bool Config::excludesFile(StringRef Name) {
  if (!Parsed)
    return false;
  auto [Known, New] = Excluded.try_emplace(Name, false);
  if (New)
    Known->second =
        hvci_config_excludes(Parsed.get(), absolutePath(CI, Name).c_str());
  return Known->second;
}

bool Config::excludes(SourceLocation Loc) {
  PresumedLoc Presumed = CI.getSourceManager().getPresumedLoc(Loc);
  return Presumed.isValid() && excludesFile(Presumed.getFilename());
}

bool Config::excludesMainFile() { return excludesFile(mainFileName(CI)); }

} // namespace hvci
