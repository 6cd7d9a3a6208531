// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// AstHost.cpp - the host that sees a unit's AST and tells the checkers.
//
#include "AstHost.h"

#include "Config.h"
#include "DiagSink.h"
#include "RecordWriter.h"
#include "Sections.h"
#include "SharedUnit.h"
#include "UnitFacts.h"
#include "UnitWalk.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaConsumer.h"

#include <map>
#include <optional>

using namespace clang;

namespace hvci {

namespace {

/// Collects the unit's declarations as they are parsed, and checks them at its
/// end, when everything that can be said of the unit is known.
class AstHost : public SemaConsumer, public SharedUnit {
public:
  AstHost(CompilerInstance &CI, const hvci_options &Options,
          std::unique_ptr<Reporter> Host, std::unique_ptr<Config> Project,
          RecordMode Mode)
      : CI(CI), Options(Options), Host(std::move(Host)),
        Project(std::move(Project)), State(CI), Suppressed(CI, State),
        Claims(CI, State),
        Sink(CI, this->Options, Suppressed, *this->Project, *this->Host) {
    Suppressed.listen();
    Claims.listen();
    if (Mode == RecordMode::None)
      return;
    Record.emplace(CI, this->Options, Suppressed, *this->Project, Mode);
    Sink.setRecord(&*Record);
  }

  void Initialize(ASTContext &Context) override { share(Context); }
  void InitializeSema(Sema &S) override { SemaRef = &S; }
  void ForgetSema() override { SemaRef = nullptr; }

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group)
      if (add(D))
        Claims.declared(D, SemaRef);
    return true;
  }

  void HandleCXXStaticMemberVarInstantiation(VarDecl *Variable) override {
    add(Variable);
  }

  // From a precompiled header: judged when that was made.
  void HandleInterestingDecl(DeclGroupRef) override {}

  // Clangd reads headers without the bodies of their functions. The project's
  // own may be wrappers, which their callers are judged by.
  bool shouldSkipFunctionBody(Decl *D) override {
    const SourceManager &SM = CI.getSourceManager();
    return SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation()));
  }

  void HandleTagDeclDefinition(TagDecl *Tag) override;
  void HandleTranslationUnit(ASTContext &Context) override;

  const hvci_options &options() const override { return Options; }
  const hvci_unit_fact &unit() override;
  DiagSink &findings() override { return Sink; }
  const Sections &claims() override { return Claims; }
  void judge(Reporter &Other) override;
  void keep() override {
    if (!SemaRef)
      return;
    Suppressed.keep();
    Claims.keep(*SemaRef);
  }
  void fail(hvci_rule Rule, SourceLocation Where) override {
    Failed.try_emplace(Rule, Where);
  }

private:
  void judge();
  // False if it is a system header's.
  bool add(Decl *D) {
    const SourceManager &SM = CI.getSourceManager();
    if (SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation())))
      return false;
    Declarations.push_back(D);
    return true;
  }

  CompilerInstance &CI;
  hvci_options Options;
  std::unique_ptr<Reporter> Host;
  std::unique_ptr<Config> Project;
  HeaderState State;
  Suppressions Suppressed;
  Sections Claims;
  DiagSink Sink;
  std::optional<RecordWriter> Record;
  std::optional<UnitFacts> Unit; ///< from the end of parsing on
  bool Judged = false;
  /// Rules whose reports fail the compile, and where the first one is.
  std::map<hvci_rule, SourceLocation> Failed;
  Sema *SemaRef = nullptr;
  std::vector<Decl *> Declarations;
};

} // namespace

// Clang's attribute does not say where the pragma is. It goes with the record,
// also from a header that is compiled by itself.
void AstHost::HandleTagDeclDefinition(TagDecl *Tag) {
  auto *Packing = Tag->getAttr<MaxFieldAlignmentAttr>();
  if (Packing && SemaRef && Packing->getLocation().isInvalid())
    Packing->setRange(SemaRef->AlignPackStack.CurrentPragmaLocation);
}

const hvci_unit_fact &AstHost::unit() {
  if (!Unit) {
    Suppressed.finish();
    Claims.finish();
    Unit.emplace(CI);
  }
  return Unit->fact();
}

void AstHost::judge(Reporter &Other) {
  Sink.setReporter(Other);
  judge();
  Sink.reportSuppressions();
  Sink.setReporter(*Host);
}

void AstHost::judge() {
  if (Judged)
    return;
  Judged = true;
  UnitWalk Walk(CI.getASTContext(), unit(), Options, Sink.sink(), Declarations,
                Claims, Record.has_value());
  Walk.judge();
  Claims.judge(unit(), Options, Sink.sink());
  Sink.flush();
  if (Record) {
    Record->addDeclarations(Declarations);
    Walk.writeRecord(*Record, *Unit);
  }
}

void AstHost::HandleTranslationUnit(ASTContext &) {
  judge();
  for (auto [Rule, Where] : Failed) {
    Shown Message;
    Message.Level = Shown::Severity::Error;
    Message.Loc = Where;
    Message.Name = hvci_rule_name(Rule);
    Message.Message = "the analyzer's reports of this rule are errors";
    Host->report(Message);
  }
  Sink.reportSuppressions();
}

std::unique_ptr<ASTConsumer> createAstHost(CompilerInstance &CI,
                                           const hvci_options &Options,
                                           std::unique_ptr<Reporter> Host,
                                           std::unique_ptr<Config> Project,
                                           RecordMode Mode) {
  return std::make_unique<AstHost>(CI, Options, std::move(Host),
                                   std::move(Project), Mode);
}

} // namespace hvci
