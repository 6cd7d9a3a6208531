// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// TidyModule.cpp - the rules as clang-tidy's checks.
//
// The checks look at nothing: the AST host runs in clang-tidy as in every other
// Clang. They say which rules the user wants, and under which names and options
// clang-tidy shows what the host finds.
//
// Only clang-tidy has the classes that this file needs. Its build makes the
// references to them weak, and nothing here runs in another Clang.
//
#include "TidyModule.h"

#include "Compat.h"
#include "Process.h"

#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang-tidy/NoLintDirectiveHandler.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/Support/Registry.h"
#include "llvm/Support/YAMLParser.h"

#include <map>
#include <mutex>
#include <optional>
#include <vector>

using namespace clang;
using namespace clang::tidy;

namespace hvci {

bool isClangTidy() {
  static const bool Found =
      findInProcess("_ZTVN5clang4tidy14ClangTidyCheckE") != nullptr;
  return Found;
}

namespace {

// ---- options ---------------------------------------------------------------

// The check that owns the options of all.
constexpr const char *ConfigCheck = "hvci-config";

/// An argument of the plugin as clang-tidy's option.
struct TidyOption {
  const char *Argument; ///< min-os
  std::string Name;     ///< MinOs
  bool IsSwitch;

  const char *unset() const { return IsSwitch ? "false" : ""; }
};

std::string camelCase(StringRef Argument) {
  std::string Name;
  bool Upper = true;
  for (char C : Argument) {
    if (C != '-')
      Name += Upper ? llvm::toUpper(C) : C;
    Upper = C == '-';
  }
  return Name;
}

// Which rules run, and which are errors, clang-tidy says by its own options; a
// record per unit is for a compile to write.
const std::vector<TidyOption> &tidyOptions() {
  static const std::vector<TidyOption> All = [] {
    std::vector<TidyOption> Options;
    auto Add = [&](StringRef Name, const char *Value) {
      if (Name != "record" && (!Value || StringRef(Value) != "rules"))
        Options.push_back({Name.data(), camelCase(Name), !Value});
    };
#define HVCI_OPTION(name, apply, value, help) Add(name, value);
#include "options.def"
    return Options;
  }();
  return All;
}

// What follows the first "; " of our own message names what is allowed.
void refuse(ClangTidyContext &Context, const TidyOption &Option,
            StringRef Value, StringRef Allowed) {
  Context.configurationDiag(
      "invalid configuration value '%0' for option '%1.%2'; %3")
      << Value << ConfigCheck << Option.Name << Allowed;
}

// ---- checks ----------------------------------------------------------------

/// Stands for a rule, or for what else speaks under a name of its own.
class Check : public ClangTidyCheck {
public:
  Check(StringRef Name, ClangTidyContext *Context)
      : ClangTidyCheck(Name, Context), Context(Context),
        Shared(ConfigCheck, Context->getOptions().CheckOptions, Context) {
    for (const TidyOption &Option : tidyOptions())
      (void)Shared.get(Option.Name); // --verify-config learns that it exists
  }
  ~Check() override;

  void registerPPCallbacks(const SourceManager &SM, Preprocessor *,
                           Preprocessor *) override;

  void storeOptions(ClangTidyOptions::OptionMap &Map) override {
    for (const TidyOption &Option : tidyOptions())
      Shared.store(Map, Option.Name, option(Option));
  }

  ClangTidyContext &context() { return *Context; }

  StringRef option(const TidyOption &Option) const {
    return Shared.get(Option.Name, Option.unset());
  }

private:
  ClangTidyContext *Context;
  OptionsView Shared; ///< by all checks
};

/// The checks of the units that are being read. The host of a unit has no other
/// way to them than the unit itself.
class ActiveChecks {
public:
  static ActiveChecks &get() {
    static ActiveChecks All;
    return All;
  }
  void add(const SourceManager &SM, Check *C) {
    std::lock_guard<std::mutex> Guard(Lock);
    BySource.insert({&SM, C});
  }
  void remove(Check *C) {
    std::lock_guard<std::mutex> Guard(Lock);
    for (auto At = BySource.begin(); At != BySource.end();)
      At = At->second == C ? BySource.erase(At) : std::next(At);
  }
  /// Any of the unit's, or null.
  Check *find(const SourceManager &SM) {
    std::lock_guard<std::mutex> Guard(Lock);
    auto Found = BySource.find(&SM);
    return Found == BySource.end() ? nullptr : Found->second;
  }

private:
  std::mutex Lock;
  std::multimap<const SourceManager *, Check *> BySource;
};

Check::~Check() { ActiveChecks::get().remove(this); }

void Check::registerPPCallbacks(const SourceManager &SM, Preprocessor *,
                                Preprocessor *) {
  ActiveChecks::get().add(SM, this);
}

constexpr const char *OtherChecks[] = {ConfigCheck, "hvci-suppression"};

class Module : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    for (int Rule = 0; Rule < HVCI_RULE_COUNT; Rule++)
      Factories.registerCheck<Check>(
          hvci_rule_name(static_cast<hvci_rule>(Rule)));
    for (const char *Name : OtherChecks)
      Factories.registerCheck<Check>(Name);
  }
};

// ---- messages --------------------------------------------------------------

/// Whether NOLINT comments cover places. clang-tidy itself asks only before it
/// shows a warning.
class NoLint : public DiagnosticConsumer {
public:
  explicit NoLint(CompilerInstance &CI)
      : Engine(llvm::IntrusiveRefCntPtr<DiagnosticIDs>(new DiagnosticIDs),
               compat::engineOptions(CI.getDiagnosticOpts()), this,
               /*ShouldOwnClient=*/false) {
    Engine.setSourceManager(&CI.getSourceManager());
  }

  bool covers(StringRef CheckName, SourceLocation Loc) {
    Covered = false;
    Name = CheckName;
    Engine.Report(Loc, Engine.getDiagnosticIDs()->getCustomDiagID(
                           DiagnosticIDs::Warning, "%0"))
        << CheckName;
    return Covered;
  }

private:
  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    SmallVector<tooling::Diagnostic, 1> Malformed; // clang-tidy tells of them
    Covered = Directives.shouldSuppress(Level, Info, Name, Malformed,
                                        /*AllowIO=*/true,
                                        /*EnableNoLintBlocks=*/true);
  }

  DiagnosticsEngine Engine;
  NoLintDirectiveHandler Directives;
  StringRef Name;
  bool Covered = false;
};

class TidyReporter : public Reporter {
  using Level = Shown::Severity;

public:
  TidyReporter(CompilerInstance &CI, Check &C)
      : SM(CI.getSourceManager()), Context(C.context()), Comments(CI) {}

  /// Puts .clang-tidy's options into ours.
  void apply(const Check &C, hvci_options &Options);

  bool shows(Level) const override { return true; }

  void report(const Shown &Message) override {
    std::string Name = Message.Name.empty() ? ConfigCheck : Message.Name;
    Level Severity = Message.Level;
    if (Severity != Level::Error && !Context.isCheckEnabled(Name))
      return;
    // The kit's constants are macros of system headers. clang-tidy takes what
    // lies in one for the header's fault and does not show it.
    SourceLocation Loc = Message.Loc;
    if (Loc.isValid() && SM.isInSystemMacro(Loc))
      Loc = SM.getFileLoc(Loc);
    if (Severity == Level::Error && Name != ConfigCheck) {
      if (Comments.covers(Name, Loc))
        return;
      // clang-tidy makes it one in its own way, filters and fixes included.
      if (Context.treatAsError(Name))
        Severity = Level::Warning;
    }
    {
      DiagnosticBuilder Builder =
          Loc.isValid() ? Context.diag(Name, Loc, "%0", idLevel(Severity))
                        : Context.diag(Name, "%0", idLevel(Severity));
      Builder << Message.Message;
      for (CharSourceRange Range : Message.Ranges)
        Builder << Range;
      for (const FixItHint &Fix : Message.Fixes)
        Builder << Fix;
    }
    for (const Shown::Note &Note : Message.Notes)
      Context.diag(Name, Note.Loc, "%0", DiagnosticIDs::Note) << Note.Text;
  }

private:
  static DiagnosticIDs::Level idLevel(Level Severity) {
    return static_cast<DiagnosticIDs::Level>(Severity);
  }

  SourceManager &SM;
  ClangTidyContext &Context;
  NoLint Comments;
  std::vector<std::string> Arguments; ///< the options borrow from them
};

// As clang-tidy reads it. Its own reader is a template whose name in an object
// is not the same from every compiler.
std::optional<bool> parseSwitch(StringRef Value) {
  long long Number = 0;
  if (!Value.getAsInteger(10, Number))
    return Number != 0;
  return llvm::yaml::parseBool(Value);
}

void TidyReporter::apply(const Check &C, hvci_options &Options) {
  Arguments.reserve(tidyOptions().size());
  for (const TidyOption &Option : tidyOptions()) {
    StringRef Value = C.option(Option);
    if (Option.IsSwitch) {
      std::optional<bool> On = parseSwitch(Value);
      if (!On)
        refuse(Context, Option, Value, "expected a bool");
      else if (*On)
        (void)hvci_options_apply(&Options, Option.Argument, nullptr, 0);
    } else if (!Value.empty()) {
      char Error[1024];
      Arguments.push_back((Option.Argument + Twine('=') + Value).str());
      if (hvci_options_apply(&Options, Arguments.back().c_str(), Error,
                             sizeof Error) != HVCI_OK)
        refuse(Context, Option, Value, StringRef(Error).split("; ").second);
    }
  }
}

} // namespace

void registerTidyModule() {
  static llvm::Registry<ClangTidyModule>::Add<Module> Added(
      "hvcilint", "finds what memory integrity (HVCI) refuses");
}

std::unique_ptr<Reporter> createTidyReporter(CompilerInstance &CI,
                                             hvci_options &Options) {
  Check *Any = ActiveChecks::get().find(CI.getSourceManager());
  if (!Any)
    return nullptr;
  auto Result = std::make_unique<TidyReporter>(CI, *Any);
  Result->apply(*Any, Options);
  for (int Rule = 0; Rule < HVCI_RULE_COUNT; Rule++)
    if (!Any->context().isCheckEnabled(
            hvci_rule_name(static_cast<hvci_rule>(Rule))))
      Options.off |= uint32_t(1) << Rule;
  return Result;
}

} // namespace hvci
