// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathOrigins.cpp - where the static analyzer sees an address come from.
//
#include "PathOrigins.h"

#include "Compat.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace clang::ento;

// What a symbol, an MDL or a mapping, leads to.
REGISTER_MAP_WITH_PROGRAMSTATE(HvciLeadsTo, SymbolRef, const hvci::Origin *)

namespace hvci {

static bool isCode(const Origin &From) {
  return From.Kind == HVCI_ORIGIN_FUNCTION || From.Kind == HVCI_ORIGIN_ROUTINE;
}

// A union, as a physical address is one, has its widest number for a value.
static SVal numberIn(SVal Value, ProgramStateRef State) {
  auto Whole = Value.getAs<nonloc::LazyCompoundVal>();
  const RecordType *Union =
      Whole ? Whole->getRegion()->getValueType()->getAsUnionType() : nullptr;
  if (!Union)
    return Value;
  const ASTContext &Context = State->getStateManager().getContext();
  StoreManager &Stores = State->getStateManager().getStoreManager();
  for (const FieldDecl *Field : Union->getDecl()->fields()) {
    QualType Type = Field->getType();
    if (!Type->isIntegralOrEnumerationType() ||
        Context.getTypeSize(Type) != Context.getTypeSize(Union))
      continue;
    SVal Place =
        Stores.getLValueField(Field, loc::MemRegionVal(Whole->getRegion()));
    return Stores.getBinding(Whole->getStore(), Place.castAs<Loc>(), Type);
  }
  return Value;
}

// What the number is part of: each field of what a call gives has a symbol of
// its own.
static SymbolRef wholeOf(SymbolRef Symbol) {
  const auto *Part = dyn_cast_or_null<SymbolDerived>(Symbol);
  return Part ? Part->getParentSymbol() : Symbol;
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
  if (const Origin *const *Known = State->get<HvciLeadsTo>(wholeOf(Symbol)))
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
  Value = numberIn(Value, State);
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

// The symbol of what the call gives. The analyzer makes one up for a number or
// a structure, and in C none for a union.
static SymbolRef resultOf(const CallEvent &Call, const Expr *E,
                          ProgramStateRef &State, CheckerContext &C) {
  QualType Type = Call.getResultType();
  SVal Given = Call.getReturnValue();
  if (!Type->isUnionType())
    return Given.getAsSymbol(/*IncludeBaseRegions=*/true);
  if (!Given.isUnknown())
    return wholeOf(numberIn(Given, State).getAsSymbol());
  SymbolRef Made =
      compat::conjure(C.getSymbolManager(), Call, Type, C.blockCount());
  State =
      State->BindExpr(E, Call.getLocationContext(), nonloc::SymbolVal(Made));
  return Made;
}

// The step of the path, in reports that the result matters to.
static const NoteTag *tellOf(SymbolRef Result, SVal Argument, const Origin &Of,
                             CheckerContext &C) {
  SVal Number = numberIn(Argument, C.getState());
  std::string Text =
      Of.Via == HVCI_VIA_MAPPING ? "this maps" : "this describes";
  Text += " the code";
  if (Of.Kind == HVCI_ORIGIN_FUNCTION)
    Text += " of '" + Of.Name->getNameAsString() + "'";
  return C.getNoteTag([=](PathSensitiveBugReport &Report) -> std::string {
    if (!Report.isInteresting(Result))
      return "";
    if (SymbolRef Symbol = Number.getAsSymbol(/*IncludeBaseRegions=*/true)) {
      Report.markInteresting(Symbol);
      Report.markInteresting(wholeOf(Symbol));
    }
    return Text;
  });
}

ProgramStateRef PathOrigins::called(const CallEvent &Call, CheckerContext &C,
                                    const NoteTag *&Step) {
  ProgramStateRef State = C.getState();
  const auto *E = dyn_cast_or_null<CallExpr>(Call.getOriginExpr());
  const CodeRow *Row = E ? Rows.rowOf(E) : nullptr;
  if (Row && Row->Source && Row->Source->out != HVCI_NOARG)
    return written(Call, E, *Row->Source, State);
  if (!Row || !Row->Source || Row->Source->of == HVCI_NOARG ||
      static_cast<unsigned>(Row->Source->of) >= Call.getNumArgs())
    return State;
  auto I = static_cast<unsigned>(Row->Source->of);
  Origin Of = of(Call.getArgSVal(I), State);
  bool Maps = Row->Source->kind == HVCI_ORIGIN_MEMORY;
  SymbolRef Result = resultOf(Call, E, State, C);
  if (!Result)
    return State;
  if (isCode(Of) && (Of.Via == HVCI_VIA_DESCRIPTION) == Maps) {
    Of.Via = Maps ? HVCI_VIA_MAPPING : HVCI_VIA_DESCRIPTION;
    Step = tellOf(Result, Call.getArgSVal(I), Of, C);
    return State->set<HvciLeadsTo>(Result, keep(Of));
  }
  // What the kit's inline functions call for the driver is not named.
  const SourceManager &SM = C.getSourceManager();
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
