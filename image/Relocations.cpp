// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Relocations.cpp - the base relocations of a linked image.
//
#include "Reader.h"

#include <cinttypes>

using namespace llvm;
using namespace llvm::object;

namespace hvci {

// Bytes that a relocation of that type patches; 0: none.
static uint32_t widthOf(int Type, bool Arm) {
  switch (Type) {
  case COFF::IMAGE_REL_BASED_HIGH:
  case COFF::IMAGE_REL_BASED_LOW:
  case COFF::IMAGE_REL_BASED_HIGHADJ:
    return 2;
  case COFF::IMAGE_REL_BASED_HIGHLOW:
    return 4;
  case COFF::IMAGE_REL_BASED_DIR64:
    return 8;
  case COFF::IMAGE_REL_BASED_ARM_MOV32A: // two instructions
  case COFF::IMAGE_REL_BASED_ARM_MOV32T:
    return Arm ? 8 : 0;
  default:
    return 0;
  }
}

static bool walkBlock(uint32_t Page,
                      ArrayRef<coff_base_reloc_block_entry> Entries, bool Arm,
                      function_ref<bool(uint32_t, uint32_t)> Take) {
  for (size_t N = 0; N < Entries.size(); N++) {
    int Type = Entries[N].getType();
    uint32_t Width = widthOf(Type, Arm);
    if (Width &&
        !Take(Page + static_cast<uint32_t>(Entries[N].getOffset()), Width))
      return false;
    if (Type == COFF::IMAGE_REL_BASED_HIGHADJ)
      N++; // the next is the other half of the address
  }
  return true;
}

Error walkRelocations(const Image &I,
                      function_ref<bool(uint32_t, uint32_t)> Take) {
  ArrayRef<uint8_t> Rest = I.RelocationTable;
  while (!Rest.empty()) {
    size_t Offset = I.RelocationTable.size() - Rest.size();
    const auto *Block = front<coff_base_reloc_block_header>(Rest);
    if (!Block || Block->BlockSize < sizeof *Block ||
        Block->BlockSize > Rest.size())
      return fail("base relocations: the block at offset 0x%zx has 0x%x bytes: "
                  "8 to 0x%zx are possible",
                  Offset, Block ? uint32_t(Block->BlockSize) : 0, Rest.size());
    if (Block->PageRVA > UINT32_MAX - 0xfff)
      return fail("base relocations: the block at offset 0x%zx is for page "
                  "0x%x, outside of the image",
                  Offset, uint32_t(Block->PageRVA));
    ArrayRef<coff_base_reloc_block_entry> Entries(
        reinterpret_cast<const coff_base_reloc_block_entry *>(Block + 1),
        (Block->BlockSize - sizeof *Block) /
            sizeof(coff_base_reloc_block_entry));
    if (!walkBlock(Block->PageRVA, Entries, I.isArm(), Take))
      break;
    Rest = Rest.drop_front(Block->BlockSize);
  }
  return Error::success();
}

} // namespace hvci
