// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Main.cpp - hvcilint-cl: clang-cl with the plugin linked into it, for a Clang
// that cannot load plugins. It drives as clang-cl does, and compiles in this
// process or in another of this program.
//
#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/Version.h"
#include "clang/Driver/Compilation.h"
#include "clang/Driver/Driver.h"
#include "clang/Driver/Tool.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/TextDiagnosticBuffer.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/FrontendTool/Utils.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/TargetSelect.h"
#if CLANG_VERSION_MAJOR >= 17
#include "llvm/TargetParser/Host.h"
#else
#include "llvm/Support/Host.h"
#endif

using namespace clang;
using llvm::SmallVector;
using llvm::SmallVectorImpl;
using llvm::StringRef;

namespace {

using Words = SmallVector<const char *, 256>;

// Options of the driver's own messages. LLVM 21 made them the caller's to keep.
struct Messages {
#if CLANG_VERSION_MAJOR >= 21
  DiagnosticOptions Options;
  DiagnosticOptions &forPrinter() { return Options; }
  DiagnosticOptions &forEngine() { return Options; }
#else
  llvm::IntrusiveRefCntPtr<DiagnosticOptions> Options = new DiagnosticOptions;
  DiagnosticOptions *forPrinter() { return Options.get(); }
  llvm::IntrusiveRefCntPtr<DiagnosticOptions> forEngine() { return Options; }
#endif
};

void createDiagnostics(CompilerInstance &Compiler) {
#if CLANG_VERSION_MAJOR >= 22
  Compiler.createVirtualFileSystem();
  Compiler.createDiagnostics();
#elif CLANG_VERSION_MAJOR >= 20
  Compiler.createDiagnostics(*llvm::vfs::getRealFileSystem());
#else
  Compiler.createDiagnostics();
#endif
}

// One unit: hvcilint-cl -cc1 ...
int compile(SmallVectorImpl<const char *> &Arguments) {
  if (StringRef(Arguments[1]) != "-cc1") {
    llvm::errs() << "hvcilint-cl: error: '" << Arguments[1]
                 << "' is not supported: assemble with clang-cl\n";
    return 1;
  }
  Messages Early;
  auto *Buffer = new TextDiagnosticBuffer; // the engine's
  DiagnosticsEngine Engine(new DiagnosticIDs, Early.forEngine(), Buffer);
  CompilerInstance Compiler;
  bool Good = CompilerInvocation::CreateFromArgs(
      Compiler.getInvocation(), llvm::ArrayRef(Arguments).slice(2), Engine,
      Arguments[0]);
  // The process goes on after the unit when it drives.
  Compiler.getFrontendOpts().DisableFree = false;
  Compiler.getCodeGenOpts().DisableFree = false;
  createDiagnostics(Compiler);
  if (!Compiler.hasDiagnostics())
    return 1;
  Buffer->FlushDiagnostics(Compiler.getDiagnostics());
  return Good && ExecuteCompilerInvocation(&Compiler) ? 0 : 1;
}

// The clang-cl whose headers and linker are used: one beside this program, or
// else the installed one of this release; this program itself if there is none.
std::string findClang(const std::string &Self) {
  StringRef Folder = llvm::sys::path::parent_path(Self);
  std::string Release = "clang-cl-" + std::to_string(CLANG_VERSION_MAJOR);
  for (StringRef Name : {StringRef("clang-cl"), StringRef(Release)})
    if (auto Found = llvm::sys::findProgramByName(Name, {Folder}))
      return *Found;
  if (auto Found = llvm::sys::findProgramByName(Release)) {
    // The real file, beside which the linker and the headers are.
    llvm::SmallString<256> Real;
    if (!llvm::sys::fs::real_path(*Found, Real))
      return Real.str().str();
  }
  return Self;
}

// The words of the variable CL are read before the others, those of _CL_ after.
void addVariable(const char *Variable, bool Before, Words &Arguments,
                 llvm::StringSaver &Saver) {
  std::optional<std::string> Value = llvm::sys::Process::GetEnv(Variable);
  SmallVector<const char *, 16> Added;
  if (!Value)
    return;
  // '#' stands for '=' there, as cl.exe has it.
  llvm::cl::TokenizeWindowsCommandLine(Saver.save(*Value), Saver, Added);
  Arguments.insert(Before ? Arguments.begin() + 2 : Arguments.end(),
                   Added.begin(), Added.end());
}

int drive(const std::string &Self, Words &Arguments) {
  Messages Own;
  auto *Printer = new TextDiagnosticPrinter(llvm::errs(), Own.forPrinter());
  Printer->setPrefix("hvcilint-cl");
  DiagnosticsEngine Engine(new DiagnosticIDs, Own.forEngine(), Printer);
  driver::Driver Driver(findClang(Self), llvm::sys::getDefaultTargetTriple(),
                        Engine, "hvcilint-cl");
  Driver.CC1Main = compile;
  std::unique_ptr<driver::Compilation> Compilation(
      Driver.BuildCompilation(Arguments));
  if (!Compilation)
    return 1;
  if (Compilation->containsError())
    return 1;
  // Units are compiled by this program, also where each gets a process.
  for (driver::Command &Job : Compilation->getJobs())
    if (StringRef(Job.getCreator().getName()) == "clang")
      Job.replaceExecutable(Self.c_str());
  SmallVector<std::pair<int, const driver::Command *>, 4> Failing;
  int Status = Driver.ExecuteCompilation(*Compilation, Failing);
  for (const auto &[Code, Command] : Failing)
    if (Status == 0)
      Status = Code;
  return Status < 0 ? 70 : Status;
}

} // namespace

int main(int argc, char **argv) {
  static int Anchor; // an address in this program
  llvm::InitLLVM Init(argc, argv);
  llvm::InitializeAllTargets();
  llvm::InitializeAllTargetMCs();
  llvm::InitializeAllAsmPrinters();
  llvm::InitializeAllAsmParsers();
  llvm::BumpPtrAllocator Allocator;
  llvm::StringSaver Saver(Allocator);
  std::string Self = llvm::sys::fs::getMainExecutable(argv[0], &Anchor);
  Words Arguments(argv, argv + argc);
  llvm::cl::ExpansionContext Files(Allocator,
                                   llvm::cl::TokenizeWindowsCommandLine);
  if (llvm::Error Error = Files.expandResponseFiles(Arguments)) {
    llvm::errs() << "hvcilint-cl: error: " << toString(std::move(Error))
                 << '\n';
    return 1;
  }
  if (Arguments.size() > 1 && StringRef(Arguments[1]).starts_with("-cc1"))
    return compile(Arguments);
  Arguments.insert(Arguments.begin() + 1, "--driver-mode=cl");
  addVariable("CL", true, Arguments, Saver);
  addVariable("_CL_", false, Arguments, Saver);
  return drive(Self, Arguments);
}
