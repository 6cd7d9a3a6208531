// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// FlowGraph.cpp - a function's CFG, with what it writes where.
//
#include "FlowEngine.h"

using namespace clang;

namespace hvci {

static const Stmt *statement(const CFGElement &Element) {
  if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
    return S->getStmt();
  if (std::optional<CFGInitializer> Init = Element.getAs<CFGInitializer>())
    return Init->getInitializer()->getInit();
  return nullptr;
}

void Graph::add(const ASTContext &Context, const CFGBlock *Block,
                unsigned Index) {
  const Stmt *S = statement((*Block)[Index]);
  if (!S)
    return;
  Positions.try_emplace(S, Position{Block, Index});
  if (std::optional<Write> Found = writeOf(S, Context))
    Steps[Block->getBlockID()].push_back({Index, *Found});
}

// Expressions that are no elements of their own belong to the first element
// that they are a part of.
void Graph::findInner() {
  HasInner = true;
  for (const CFGBlock *Block : *Blocks)
    for (unsigned I = 0; I < Block->size(); I++) {
      SmallVector<const Stmt *, 16> Left;
      if (const Stmt *S = statement((*Block)[I]))
        Left.append(S->child_begin(), S->child_end());
      while (!Left.empty()) {
        const Stmt *S = Left.pop_back_val();
        if (S && Positions.try_emplace(S, Position{Block, I}).second)
          Left.append(S->child_begin(), S->child_end());
      }
    }
}

std::optional<Position> Graph::find(const Stmt *S) {
  if (!HasInner && !Positions.count(S))
    findInner();
  auto Found = Positions.find(S);
  return Found == Positions.end() ? std::nullopt : std::optional(Found->second);
}

} // namespace hvci
