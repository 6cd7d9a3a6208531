// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Plugin.cpp - registration with Clang, and the guard against another Clang.
//
#include "AstHost.h"
#include "Compat.h"
#include "Config.h"
#include "HeaderState.h"
#include "HostVersion.h"
#include "Plugin.h"
#include "Process.h"
#include "RecordWriter.h"
#include "Reporter.h"
#include "SharedUnit.h"
#include "Shipped.h"
#include "TidyModule.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Rewrite/Frontend/Rewriters.h"

#include <cstdio>
#include <cstdlib>
#include <optional>

using namespace clang;

namespace hvci {

namespace {

constexpr const char *Name = "hvcilint";
constexpr const char *Beside = "hvcilint-beside";

// Whether the plugin is the compile: its record takes the place of the object.
bool isMainAction(const CompilerInstance &CI) {
  const FrontendOptions &Frontend = CI.getFrontendOpts();
  return Frontend.ProgramAction == frontend::PluginAction &&
         Frontend.ActionName == Name;
}

class Action : public PluginASTAction {
public:
  Action() { hvci_options_init(&Options); }

protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef) override {
    std::unique_ptr<Reporter> Host =
        isClangTidy() ? createTidyReporter(CI, Options)
                      : createClangReporter(CI.getDiagnostics());
    if (!Host)
      return std::make_unique<ASTConsumer>();
    auto Project = std::make_unique<Config>(CI, *Host);
    RecordMode Mode = isMainAction(CI) ? RecordMode::Output
                      : Options.record ? RecordMode::Beside
                                       : RecordMode::None;
    if (!Project->read(Options) ||
        (Mode == RecordMode::None && Project->excludesMainFile()))
      return std::make_unique<ASTConsumer>();
    return createAstHost(CI, Options, std::move(Host), std::move(Project),
                         Mode);
  }

  bool parse(const CompilerInstance &CI,
             const std::vector<std::string> &Arguments) {
    DiagnosticsEngine &Diags = CI.getDiagnostics();
    for (const std::string &Argument : Arguments) {
      char Error[1024];
      if (Argument == "help") {
        char Help[2048];
        hvci_options_help(Help, sizeof Help);
        llvm::errs() << "arguments, each as -plugin-arg-hvcilint <argument>:\n"
                     << Help;
        continue;
      }
      if (hvci_options_apply(&Options, Argument.c_str(), Error, sizeof Error) ==
          HVCI_OK)
        continue;
      unsigned Id = Diags.getDiagnosticIDs()->getCustomDiagID(
          DiagnosticIDs::Error, "hvcilint: %0");
      Diags.Report(Id) << Error;
      return false;
    }
    return true;
  }

private:
  hvci_options Options;
};

// Whether clangd only looks for names: for its index of the whole project, or
// for what may be completed. It drops what is found then.
bool isForNames(const CompilerInstance &CI) {
  const FrontendOptions &Frontend = CI.getFrontendOpts();
  return isInEditor() && Frontend.SkipFunctionBodies &&
         !HeaderState::isHeader(CI);
}

/// Runs after every compile's main action, without being asked.
class BesideAction : public Action {
  bool ParseArgs(const CompilerInstance &CI,
                 const std::vector<std::string> &) override {
    const auto &All = CI.getFrontendOpts().PluginArgs;
    auto Found = All.find(Name);
    return !isMainAction(CI) && !isForNames(CI) &&
           (Found == All.end() || parse(CI, Found->second));
  }
  ActionType getActionType() override { return AddAfterMainAction; }
};

/// Runs if it is named: as `-plugin hvcilint`, in place of the compile. For
/// `-add-plugin hvcilint` there is the other one.
///
/// icecream makes the source that it ships with the options of the compile and
/// `-E -frewrite-includes`. Of two main actions Clang takes the plugin, which
/// then does what the other one was to do; that writes to the standard output.
class MainAction : public Action {
  bool ParseArgs(const CompilerInstance &CI,
                 const std::vector<std::string> &Arguments) override {
    ForShipping = CI.getPreprocessorOutputOpts().RewriteIncludes &&
                  CI.getFrontendOpts().OutputFile == "-";
    return isMainAction(CI) && parse(CI, Arguments);
  }
  ActionType getActionType() override { return CmdlineAfterMainAction; }
  bool BeginInvocation(CompilerInstance &CI) override {
    // Headers of the command line are in what was shipped.
    if (!shippedName(CI).empty())
      CI.getPreprocessorOpts().Includes.clear();
    // The source goes where clang-cl lists the headers.
    if (ForShipping)
      CI.getDependencyOutputOpts().ShowIncludesDest =
          ShowIncludesDestination::Stderr;
    return Action::BeginInvocation(CI);
  }

  bool usesPreprocessorOnly() const override { return ForShipping; }

  void ExecuteAction() override {
    if (!ForShipping)
      return Action::ExecuteAction();
    CompilerInstance &CI = getCompilerInstance();
    if (std::unique_ptr<llvm::raw_ostream> Out = CI.createDefaultOutputFile(
            /*Binary=*/true, getCurrentFileOrBufferName()))
      RewriteIncludesInInput(CI.getPreprocessor(), Out.get(),
                             CI.getPreprocessorOutputOpts());
  }

  bool ForShipping = false;
};

/// In front of the action that writes a header for its users.
class HeaderAction : public PluginASTAction {
  class Keeper : public ASTConsumer {
    void HandleTranslationUnit(ASTContext &Context) override {
      if (SharedUnit *Unit = SharedUnit::of(Context))
        Unit->keep();
    }
  };
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                 StringRef) override {
    return std::make_unique<Keeper>();
  }
  bool ParseArgs(const CompilerInstance &CI,
                 const std::vector<std::string> &) override {
    return HeaderState::isHeader(CI);
  }
  ActionType getActionType() override { return AddBeforeMainAction; }
};

// Whether another copy of the plugin is there, which sees all that this one
// would: loaded from another place, or in a front end that has it built in.
bool isThereAlready() {
  for (const auto &Entry : FrontendPluginRegistry::entries())
    if (Entry.getName() == Beside)
      return true;
  return false;
}

/// Registers the plugin where it can run. In another Clang it would crash, or
/// find nothing and let that look like a clean unit: so it stops the compile.
struct Registration {
  Registration() {
    endPreload();
    unsigned Host =
        static_cast<unsigned>(std::strtoul(hostVersion().c_str(), nullptr, 10));
    if (Host != 0 && Host != compat::ClangMajor) {
      std::fprintf(stderr,
                   "error: hvcilint: this plugin is built for Clang %u, but "
                   "Clang %u loads it; load the one built for Clang %u\n",
                   compat::ClangMajor, Host, Host);
      std::_Exit(1);
    }
    if (isThereAlready())
      return;
    BesideAll.emplace(Beside, "hvcilint beside every compile");
    Header.emplace("hvcilint-header", "what users of a header need of it");
    Main.emplace(Name, "find what memory integrity (HVCI) refuses");
    if (isClangTidy())
      registerTidyModule();
  }

  std::optional<FrontendPluginRegistry::Add<BesideAction>> BesideAll;
  std::optional<FrontendPluginRegistry::Add<HeaderAction>> Header;
  std::optional<FrontendPluginRegistry::Add<MainAction>> Main;
};

const Registration Registered;

} // namespace

bool isActive() { return Registered.BesideAll.has_value(); }

} // namespace hvci
