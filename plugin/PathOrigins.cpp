// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathOrigins.cpp - where the static analyzer sees an address come from.
//
#include "PathOrigins.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace clang::ento;

// What a symbol, an MDL or a mapping, leads to.
REGISTER_MAP_WITH_PROGRAMSTATE(HvciLeadsTo, SymbolRef, const hvci::Origin *)

namespace hvci {

static bool isCode(const Origin &From) {
  return From.Kind == HVCI_ORIGIN_FUNCTION || From.Kind == HVCI_ORIGIN_ROUTINE;
}

// The call whose result the symbol is. What a call may have changed has a
// symbol of it as well, with what is changed for a tag.
static const Expr *callOf(SymbolRef Symbol) {
  const auto *Made = dyn_cast<SymbolConjured>(Symbol);
  return Made && !Made->getTag() ? dyn_cast_or_null<Expr>(Made->getStmt())
                                 : nullptr;
}

Origin PathOrigins::ofSymbol(SymbolRef Symbol, ProgramStateRef State) const {
  if (const Origin *const *Known = State->get<HvciLeadsTo>(Symbol))
    return **Known;
  const Expr *E = callOf(Symbol);
  if (isa_and_nonnull<CXXNewExpr>(E))
    return {HVCI_ORIGIN_MEMORY, HVCI_VIA_NOTHING, E, nullptr, 0};
  const auto *Call = dyn_cast_or_null<CallExpr>(E);
  const CodeRow *Row = Call ? Rows.rowOf(Call) : nullptr;
  if (Row && Row->Source && Row->Source->out == HVCI_NOARG)
    return {Row->Source->kind, HVCI_VIA_NOTHING, E, nullptr, 0};
  if (Row && Row->GivesMemory && Symbol->getType()->isPointerType())
    return {HVCI_ORIGIN_MEMORY, HVCI_VIA_NOTHING, E, nullptr, 0};
  return {};
}

Origin PathOrigins::of(SVal Value, ProgramStateRef State) const {
  if (auto Number = Value.getAs<loc::ConcreteInt>()) {
    const llvm::APSInt &Bits = Number->getValue();
    return {HVCI_ORIGIN_NUMBER, HVCI_VIA_NOTHING, nullptr, nullptr,
            Bits.extOrTrunc(64).getZExtValue()};
  }
  if (auto Address = Value.getAs<nonloc::LocAsInteger>())
    return of(Address->getLoc(), State);
  if (auto Symbol = Value.getAs<nonloc::SymbolVal>())
    return ofSymbol(Symbol->getSymbol(), State);
  const MemRegion *Region = Value.getAsRegion();
  Region = Region ? Region->getBaseRegion() : nullptr;
  if (const auto *Code = dyn_cast_or_null<FunctionCodeRegion>(Region))
    return {HVCI_ORIGIN_FUNCTION, HVCI_VIA_NOTHING, nullptr,
            dyn_cast<ValueDecl>(Code->getDecl()), 0};
  if (const auto *Text = dyn_cast_or_null<StringRegion>(Region))
    return {HVCI_ORIGIN_STRING, HVCI_VIA_NOTHING, Text->getStringLiteral(),
            nullptr, 0};
  if (const auto *Symbolic = dyn_cast_or_null<SymbolicRegion>(Region))
    return ofSymbol(Symbolic->getSymbol(), State);
  const auto *Object = dyn_cast_or_null<VarRegion>(Region);
  // What is only declared may be a label in assembler.
  if (!Object || Object->getDecl()->hasDefinition() == VarDecl::DeclarationOnly)
    return {};
  return {HVCI_ORIGIN_VARIABLE, HVCI_VIA_NOTHING, nullptr, Object->getDecl(),
          0};
}

const Origin *PathOrigins::keep(const Origin &From) {
  for (const Origin &Other : Kept)
    if (Other.Kind == From.Kind && Other.Via == From.Via &&
        Other.Source == From.Source && Other.Name == From.Name &&
        Other.Number == From.Number)
      return &Other;
  Kept.push_back(From);
  return &Kept.back();
}

// Where the call writes what it gives.
ProgramStateRef PathOrigins::written(const CallEvent &Call, const CallExpr *E,
                                     const hvci_code_source &Source,
                                     ProgramStateRef State) {
  auto I = static_cast<unsigned>(Source.out);
  if (I >= Call.getNumArgs() || !Call.getArgExpr(I))
    return State;
  auto Where = Call.getArgSVal(I).getAs<Loc>();
  QualType Type = Call.getArgExpr(I)->getType()->getPointeeType();
  if (!Where || Type.isNull() || Type->isVoidType() || Type->isFunctionType())
    return State;
  SymbolRef Given =
      State->getSVal(*Where, Type).getAsSymbol(/*IncludeBaseRegions=*/true);
  return Given
             ? State->set<HvciLeadsTo>(
                   Given, keep({Source.kind, HVCI_VIA_NOTHING, E, nullptr, 0}))
             : State;
}

ProgramStateRef PathOrigins::called(const CallEvent &Call,
                                    ProgramStateRef State) {
  const auto *E = dyn_cast_or_null<CallExpr>(Call.getOriginExpr());
  const CodeRow *Row = E ? Rows.rowOf(E) : nullptr;
  if (Row && Row->Source && Row->Source->out != HVCI_NOARG)
    return written(Call, E, *Row->Source, State);
  if (!Row || !Row->Source || Row->Source->of == HVCI_NOARG ||
      static_cast<unsigned>(Row->Source->of) >= Call.getNumArgs())
    return State;
  auto I = static_cast<unsigned>(Row->Source->of);
  SVal Argument = Call.getArgSVal(I);
  // A physical address is a union, which has no value here.
  Origin Of = Argument.isUnknown() && Call.getArgExpr(I)
                  ? Rows.of(Call.getArgExpr(I), Origins::Value)
                  : of(Argument, State);
  bool Maps = Row->Source->kind == HVCI_ORIGIN_MEMORY;
  SymbolRef Result =
      Call.getReturnValue().getAsSymbol(/*IncludeBaseRegions=*/true);
  if (!Result)
    return State;
  if (isCode(Of) && (Of.Via == HVCI_VIA_DESCRIPTION) == Maps) {
    Of.Via = Maps ? HVCI_VIA_MAPPING : HVCI_VIA_DESCRIPTION;
    return State->set<HvciLeadsTo>(Result, keep(Of));
  }
  // What the kit's inline functions call for the driver is not named.
  const SourceManager &SM =
      State->getStateManager().getContext().getSourceManager();
  if (!Maps || State->contains<HvciLeadsTo>(Result) ||
      SM.isInSystemHeader(SM.getExpansionLoc(E->getExprLoc())))
    return State;
  return State->set<HvciLeadsTo>(
      Result, keep({HVCI_ORIGIN_MEMORY, HVCI_VIA_NOTHING, E, nullptr, 0}));
}

ProgramStateRef PathOrigins::forget(SymbolReaper &Dead, ProgramStateRef State) {
  HvciLeadsToTy Known = State->get<HvciLeadsTo>();
  for (auto [Symbol, From] : Known)
    if (Dead.isDead(Symbol))
      State = State->remove<HvciLeadsTo>(Symbol);
  return State;
}

} // namespace hvci
