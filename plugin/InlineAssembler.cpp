// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// InlineAssembler.cpp - what Microsoft's inline assembler writes to CR0.
//
#include "InlineAssembler.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>

using namespace llvm;

namespace hvci {

// Clang writes a constant operand in decimal, behind two dollars.
static std::optional<uint64_t> constantOf(StringRef Operand) {
  int64_t Signed;
  uint64_t Unsigned;
  if (!Operand.consume_front("$$"))
    return std::nullopt;
  if (!Operand.getAsInteger(10, Unsigned))
    return Unsigned;
  if (!Operand.getAsInteger(10, Signed))
    return static_cast<uint64_t>(Signed);
  return std::nullopt;
}

void forEachCr0Write(
    StringRef Text, function_ref<void(StringRef, const hvci_value &)> Written) {
  constexpr unsigned Width = 64;
  std::string Register; // of which something is known
  hvci_value Value;
  SmallVector<StringRef, 16> Lines;
  Text.split(Lines, '\n');
  for (StringRef Line : Lines) {
    auto [Mnemonic, Operands] = Line.trim().split(' ');
    auto [First, Second] = Operands.split(',');
    std::string To = First.trim().lower(), From = Second.trim().lower();
    if (Mnemonic.equals_insensitive("mov") && To == "cr0") {
      if (From != Register)
        hvci_value_unknown(&Value, Width);
      Written(Second.trim(), Value);
      continue;
    }
    bool And = Mnemonic.equals_insensitive("and");
    bool Or = Mnemonic.equals_insensitive("or");
    std::optional<uint64_t> Constant = constantOf(From);
    if (!(And || Or) || !Constant) {
      Register.clear();
      continue;
    }
    if (To != Register)
      hvci_value_unknown(&Value, Width);
    Register = To;
    hvci_value Operand;
    hvci_value_constant(&Operand, *Constant, 0, Width);
    hvci_value_apply(&Value, And ? HVCI_AND : HVCI_OR, &Value, &Operand, Width);
  }
}

} // namespace hvci
