// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SharedUnit.cpp - what the hosts that look at one unit in one compile share.
//
#include "SharedUnit.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <mutex>

namespace hvci {

namespace {

/// Hosts are made by different parts of Clang, which have nothing else in
/// common than the unit.
struct Units {
  std::mutex Lock;
  llvm::DenseMap<const clang::ASTContext *, SharedUnit *> Of;
};

} // namespace

// Built when first used: a compile without the analyzer looks nothing up.
static Units &units() {
  static Units All;
  return All;
}

SharedUnit *SharedUnit::of(const clang::ASTContext &Context) {
  std::lock_guard<std::mutex> Locked(units().Lock);
  return units().Of.lookup(&Context);
}

void SharedUnit::share(const clang::ASTContext &Context) {
  std::lock_guard<std::mutex> Locked(units().Lock);
  units().Of[&Context] = this;
}

SharedUnit::~SharedUnit() {
  std::lock_guard<std::mutex> Locked(units().Lock);
  llvm::SmallVector<const clang::ASTContext *, 1> Mine;
  for (auto [Context, Unit] : units().Of)
    if (Unit == this)
      Mine.push_back(Context);
  for (const clang::ASTContext *Context : Mine)
    units().Of.erase(Context);
}

} // namespace hvci
