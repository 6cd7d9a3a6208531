// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PathLoads.h - what is read or copied, where the static analyzer has it wrong
// or not at all.
//
#ifndef HVCI_PLUGIN_PATHLOADS_H
#define HVCI_PLUGIN_PATHLOADS_H

#include "clang/AST/Expr.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CheckerContext.h"

namespace hvci {

/// The state in which \p Load has its right value; the old one if it had it:
/// - a bit-field holds no more bits than it is wide,
/// - a number or a pointer to a function in a constant table is what it says.
clang::ento::ProgramStateRef loaded(const clang::CastExpr *Load,
                                    clang::ento::CheckerContext &C);

/// The state after the call: if it has copied a whole object, what is in the
/// target is known.
clang::ento::ProgramStateRef copied(const clang::ento::CallEvent &Call,
                                    clang::ento::ProgramStateRef State);

} // namespace hvci

#endif
