// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// CodeUses.cpp - the statements that use data as code, or code as data.
//
#include "CodeUses.h"

#include "InlineAssembler.h"

#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace hvci {

static bool isData(const Origin &From) {
  return From.Kind == HVCI_ORIGIN_MEMORY || From.Kind == HVCI_ORIGIN_VARIABLE ||
         From.Kind == HVCI_ORIGIN_STRING ||
         (From.Kind == HVCI_ORIGIN_NUMBER && !From.isNull());
}

static bool isCode(const Origin &From) {
  return From.Kind == HVCI_ORIGIN_FUNCTION || From.Kind == HVCI_ORIGIN_ROUTINE;
}

bool concerns(Purpose What, const Origin &From, const Origins &Addresses) {
  switch (What) {
  case Purpose::Run:
    return isData(From);
  case Purpose::Change:
    return isCode(From) || (From.Kind == HVCI_ORIGIN_VARIABLE && From.Name &&
                            Addresses.isInCode(From.Name));
  case Purpose::Map: // also of a file that comes from elsewhere
    return true;
  }
  return false;
}

Purpose purposeOf(hvci_code_role Role) {
  switch (Role) {
  case HVCI_CODE_RUNS:
    return Purpose::Run;
  case HVCI_CODE_WRITES:
  case HVCI_CODE_PROTECTS:
    return Purpose::Change;
  case HVCI_CODE_MAPS_FILE:
    break;
  }
  return Purpose::Map;
}

void CodeUses::visit(const Stmt *S) {
  if (Around && Around->Quiet)
    return;
  switch (S->getStmtClass()) {
  case Stmt::DeclStmtClass:
    for (const Decl *D : cast<DeclStmt>(S)->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(D))
        Addresses.initialised(Variable);
    break;
  case Stmt::BinaryOperatorClass:
    if (const auto *Binary = cast<BinaryOperator>(S);
        Binary->getOpcode() == BO_Assign) {
      Addresses.assigned(Binary->getLHS(), Binary->getRHS());
      store(Binary->getLHS());
    }
    break;
  case Stmt::CompoundAssignOperatorClass:
    store(cast<BinaryOperator>(S)->getLHS());
    break;
  case Stmt::UnaryOperatorClass:
    if (const auto *Unary = cast<UnaryOperator>(S);
        Unary->isIncrementDecrementOp())
      store(Unary->getSubExpr());
    break;
  case Stmt::CallExprClass:
    visitCall(cast<CallExpr>(S));
    break;
  case Stmt::MSAsmStmtClass:
    visitAssembler(cast<MSAsmStmt>(S));
    break;
  default:
    break;
  }
}

// To the catalogue the instruction is a function.
void CodeUses::visitAssembler(const MSAsmStmt *S) {
  forEachCr0Write(S->getAsmString(),
                  [&](StringRef Register, const hvci_value &Value) {
                    std::string Text = Register.str();
                    hvci_argument Argument = ValueBuilder::unknown();
                    Argument.value = Value;
                    Argument.text = Text.c_str();
                    Argument.range = encode(SourceRange(S->getAsmLoc()));
                    hvci_call_fact Call = {};
                    Call.callee = "mov cr0";
                    Call.callee_range = Argument.range;
                    Call.arguments = &Argument;
                    Call.argument_count = 1;
                    Call.unit = &Unit;
                    (void)hvci_check_call(&Call, &Options, &Sink);
                  });
}

void CodeUses::visitCall(const CallExpr *Call) {
  if (Call->getDirectCallee()) {
    const CodeRow *Row = Addresses.rowOf(Call);
    if (Row && Row->Source)
      Addresses.called(Call);
    if (Row && Row->Use)
      pass(Call, *Row->Use);
    return;
  }
  if (const Expr *Callee = Call->getCallee())
    consider(HVCI_USE_CALL, Purpose::Run, Callee, Origins::Value, nullptr);
}

void CodeUses::store(const Expr *To) {
  consider(HVCI_USE_STORE, Purpose::Change, To, Origins::Object, nullptr);
}

void CodeUses::pass(const CallExpr *Call, const hvci_code_ddi &Row) {
  if (static_cast<unsigned>(Row.address) >= Call->getNumArgs())
    return;
  consider(HVCI_USE_PASS, purposeOf(Row.role),
           Call->getArg(static_cast<unsigned>(Row.address)),
           Row.role == HVCI_CODE_PROTECTS ? Origins::Pointee : Origins::Value,
           Call);
}

void CodeUses::consider(hvci_code_use Use, Purpose What, const Expr *E,
                        Origins::Part Part, const CallExpr *Call) {
  if (!concerns(What, Addresses.atFirstSight(E, Part), Addresses))
    return;
  Origin From = Addresses.of(E, Part);
  if (!concerns(What, From, Addresses))
    return;
  SmallVector<hvci_argument, 10> Facts;
  if (Call)
    Facts = arguments(Call, *Addresses.rowOf(Call)->Use);
  tell({Use, From, E, Call, Facts}, Context, Addresses, Unit, Options, Sink);
}

// The source of an origin, in the words of the code.
static std::string nameOf(const Origin &From) {
  if (From.Name)
    return From.Name->getNameAsString();
  if (From.Kind == HVCI_ORIGIN_NUMBER)
    return "0x" + llvm::utohexstr(From.Number);
  if (const auto *Call = dyn_cast_or_null<CallExpr>(From.Source))
    if (const FunctionDecl *Function = Call->getDirectCallee())
      return Function->getNameAsString();
  return From.Kind == HVCI_ORIGIN_MEMORY ? "operator new" : "";
}

static hvci_origin fact(const Origin &From, const Origins &Addresses,
                        ValueBuilder &Words) {
  hvci_origin Fact = {};
  Fact.kind = From.Kind;
  Fact.via = From.Via;
  Fact.name = Words.save(nameOf(From));
  Fact.number = From.Number;
  SourceLocation Where = From.Name     ? From.Name->getLocation()
                         : From.Source ? From.Source->getExprLoc()
                                       : SourceLocation();
  if (Where.isValid() && !Words.source().inSystemHeader(Where))
    Fact.range = encode(SourceRange(Where));
  Fact.in_code = From.Kind == HVCI_ORIGIN_VARIABLE && From.Name &&
                 Addresses.isInCode(From.Name);
  return Fact;
}

// The values of the arguments that the row names; of the others nothing.
SmallVector<hvci_argument, 10> CodeUses::arguments(const CallExpr *Call,
                                                   const hvci_code_ddi &Row) {
  const FunctionDecl *Function = Call->getDirectCallee();
  SmallVector<hvci_argument, 10> Facts(Call->getNumArgs(),
                                       ValueBuilder::unknown());
  if (Around && !Around->Values)
    Around->Values =
        std::make_unique<Flow>(Context, Around->Function, Around->Body,
                               [](const Expr *) { return std::nullopt; });
  for (int Index : {Row.protection, Row.attributes}) {
    auto I = static_cast<unsigned>(Index);
    if (Index == HVCI_NOARG || I >= Call->getNumArgs() || !Around)
      continue;
    QualType Parameter;
    if (I < Function->getNumParams())
      Parameter = Function->getParamDecl(I)->getType();
    Facts[I] = Around->Values->argument(Call->getArg(I), Parameter, Call,
                                        ValueBuilder::Words);
  }
  return Facts;
}

void tell(const CodeUse &Use, ASTContext &Context, const Origins &Addresses,
          const hvci_unit_fact &Unit, const hvci_options &Options,
          const hvci_sink &Sink) {
  ValueBuilder Builder(Context, ValueBuilder::Words);
  hvci_code_use_fact Fact = {};
  hvci_call_fact CallFact = {};
  const Expr *E = Use.E->IgnoreParenImpCasts();
  Fact.use = Use.Use;
  Fact.origin = fact(Use.From, Addresses, Builder);
  Fact.text = Builder.save(Builder.source().text(E->getSourceRange()));
  Fact.range = encode(E->getSourceRange());
  Fact.unit = &Unit;
  if (Use.Call) {
    CallFact.callee = Builder.save(Use.Call->getDirectCallee()->getName());
    CallFact.callee_range =
        encode(SourceRange(Use.Call->getCallee()->getExprLoc()));
    CallFact.arguments = Use.Arguments.data();
    CallFact.argument_count = Use.Arguments.size();
    CallFact.unit = &Unit;
    Fact.call = &CallFact;
  }
  (void)hvci_check_code_use(&Fact, &Options, &Sink);
}

} // namespace hvci
