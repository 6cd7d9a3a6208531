// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ProcessWindows.cpp - what Windows has of Process.h. There Clang loads no
// plugins: ours is linked into hvcilint-cl, and so into the Clang that it fits.
// It is compiled in a test and was never run.
//
#include "Process.h"

namespace hvci {

void endPreload() {}

bool isInEditor() { return false; }

void *findInProcess(const char *) { return nullptr; }

} // namespace hvci
