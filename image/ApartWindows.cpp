// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ApartWindows.cpp - work on data that may bring its reader down, where there
// is no fork: a crash is caught, a loop without end and memory are not. It is
// compiled in a test and was never run on Windows.
//
#include "Apart.h"

#include "llvm/Support/CrashRecoveryContext.h"

using namespace llvm;

namespace hvci {

std::string runApart(uint64_t, function_ref<void(raw_ostream &)> Work) {
  std::string All;
  CrashRecoveryContext::Enable();
  CrashRecoveryContext Context;
  bool Whole = Context.RunSafely([&] {
    raw_string_ostream Stream(All);
    Work(Stream);
  });
  CrashRecoveryContext::Disable();
  return Whole ? All : "";
}

} // namespace hvci
