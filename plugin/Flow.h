// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Flow.h - the values in one function.
//
#ifndef HVCI_PLUGIN_FLOW_H
#define HVCI_PLUGIN_FLOW_H

#include "ValueBuilder.h"

#include <functional>
#include <memory>
#include <optional>

namespace hvci {

class Flow {
public:
  using SiteOf = std::function<std::optional<unsigned>(const clang::Expr *)>;
  Flow(clang::ASTContext &Context, const clang::Decl *, const clang::Stmt *,
       SiteOf)
      : Context(Context) {}
  hvci_argument argument(const clang::Expr *E, clang::QualType Parameter,
                         const clang::Stmt *, ValueBuilder::Detail Detail) {
    Builders.push_back(std::make_unique<ValueBuilder>(Context, Detail));
    return Builders.back()->build(E, Parameter);
  }
  hvci_argument result(ValueBuilder::Detail) { return ValueBuilder::unknown(); }

private:
  clang::ASTContext &Context;
  std::vector<std::unique_ptr<ValueBuilder>> Builders;
};

} // namespace hvci

#endif
