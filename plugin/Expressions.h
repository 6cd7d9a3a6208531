// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Expressions.h - what an expression is, under what is written around it.
//
#ifndef HVCI_PLUGIN_EXPRESSIONS_H
#define HVCI_PLUGIN_EXPRESSIONS_H

#include "clang/AST/Expr.h"

namespace hvci {

/// Whether Clang knows too little of the expression to be asked about it.
bool isBroken(const clang::Expr *E);

/// The expression that this one passes on unchanged, or null.
const clang::Expr *wrapped(const clang::Expr *E);

} // namespace hvci

#endif
