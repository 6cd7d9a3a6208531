// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shipped.cpp - units that icecream had preprocessed on another machine.
//
#include "Shipped.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Basic/SourceManagerInternals.h"

#include "llvm/Support/Path.h"

using namespace clang;

namespace hvci {

StringRef shippedName(const CompilerInstance &CI) {
  const auto &Inputs = CI.getFrontendOpts().Inputs;
  StringRef Name = CI.getCodeGenOpts().MainFileName;
  bool Piped = Inputs.size() == 1 && Inputs.front().isFile() &&
               Inputs.front().getFile() == "-";
  return Piped && Name != "-" && Name != "<stdin>" ? Name : "";
}

std::string mainFileName(const CompilerInstance &CI) {
  const SourceManager &SM = CI.getSourceManager();
  StringRef Name = shippedName(CI);
  if (!Name.empty())
    return Name.str();
  SourceLocation Start = SM.getLocForStartOfFile(SM.getMainFileID());
  return SM.getPresumedLoc(Start).getFilename();
}

// Behind the line marker that names it; headers of the command line may be
// before that.
SourceLocation mainFileStart(const CompilerInstance &CI) {
  SourceManager &SM = CI.getSourceManager();
  FileID Main = SM.getMainFileID();
  StringRef Name = shippedName(CI);
  if (!Name.empty() && SM.hasLineTable())
    for (const auto &[File, Entries] : SM.getLineTable())
      for (const LineEntry &Entry : Entries)
        if (File == Main && Entry.FilenameID >= 0 && Entry.LineNo == 1 &&
            SM.getLineTable().getFilename(Entry.FilenameID) == Name)
          return SM.translateLineCol(
              Main, SM.getLineNumber(Main, Entry.FileOffset) + 1, 1);
  return SM.getLocForStartOfFile(Main);
}

std::string absolutePath(const CompilerInstance &CI, StringRef Path) {
  SmallString<256> Absolute;
  if (!shippedName(CI).empty() && !llvm::sys::path::is_absolute(Path))
    Absolute = CI.getCodeGenOpts().DebugCompilationDir;
  llvm::sys::path::append(Absolute, Path);
  CI.getFileManager().makeAbsolutePath(Absolute);
  llvm::sys::path::remove_dots(Absolute, /*remove_dot_dot=*/true);
  return Absolute.str().str();
}

} // namespace hvci
