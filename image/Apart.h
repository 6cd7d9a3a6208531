// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Apart.h - work on data that may bring its reader down.
//
#ifndef HVCI_IMAGE_APART_H
#define HVCI_IMAGE_APART_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace hvci {

/// Calls Work in a process of its own and returns what it wrote: nothing if it
/// crashed, or took more than a minute or that many bytes of memory. What else
/// it changes is lost.
std::string runApart(uint64_t Memory,
                     llvm::function_ref<void(llvm::raw_ostream &)> Work);

} // namespace hvci

#endif
