// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// InlineAssembler.h - what Microsoft's inline assembler writes to CR0.
//
#ifndef HVCI_PLUGIN_INLINEASSEMBLER_H
#define HVCI_PLUGIN_INLINEASSEMBLER_H

#include "hvci/value.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace hvci {

/// Calls \p Written with the register and its value for each `mov cr0,
/// register` in the text, which is that of a MSAsmStmt. Of the register nothing
/// is known but what the `and` and `or` with constants say that stand
/// immediately before it.
void forEachCr0Write(
    llvm::StringRef Text,
    llvm::function_ref<void(llvm::StringRef, const hvci_value &)> Written);

} // namespace hvci

#endif
