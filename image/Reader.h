// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reader.h - what reading objects and reading images have in common.
//
// LLVM's iterators over an image's tables trust what the tables say of
// themselves. Here each is read as an array of LLVM's structures over bytes
// that are known to be in the file.
//
#ifndef HVCI_IMAGE_READER_H
#define HVCI_IMAGE_READER_H

#include "hvci/image.h"

#include "llvm/Object/COFF.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>
#include <string>
#include <vector>

namespace hvci {

class Places;

/// What reading a file may cost. Its tables may overlap, so that each byte is
/// read as part of many; then the file is refused before it has cost the square
/// of its size.
class Budget {
public:
  explicit Budget(uint64_t FileSize) : Left(16 * FileSize + (64 << 10)) {}
  llvm::Error spend(uint64_t Bytes);

private:
  uint64_t Left;
};

/// A section of a linked image, in the order of addresses.
struct Extent {
  uint32_t Begin, End;          ///< as loaded; End is the first byte behind
  llvm::ArrayRef<uint8_t> Data; ///< what the file holds of it
  uint32_t Index;               ///< in the section table, from 0
};

/// A symbol of the symbol table that lies in a section.
struct Symbol {
  uint32_t Section; ///< its index, from 0
  uint32_t Value;   ///< bytes from the section's start
  const char *Name;
};

/// One object or image, with all that its facts point to.
struct Image {
  Image(llvm::MemoryBufferRef Bytes, llvm::BumpPtrAllocator &Memory);
  ~Image();

  hvci_image Fact = {};
  llvm::MemoryBufferRef Bytes;
  llvm::BumpPtrAllocator &Memory; ///< the file's
  std::unique_ptr<llvm::object::COFFObjectFile> Coff;

  // Of a linked image.
  std::vector<llvm::object::data_directory> Directories;
  std::vector<Extent> Extents;
  llvm::ArrayRef<uint8_t> RelocationTable;
  std::vector<hvci_section_fact> Sections;
  std::vector<uint64_t> SectionSizes;
  std::vector<hvci_import_fact> Imports;

  // Of an object.
  std::vector<hvci_global_fact> Globals;
  std::vector<std::vector<hvci_relocation>> Relocations; ///< of each global
  std::vector<hvci_claim> Claims;

  std::vector<const char *> SectionNames; ///< by index
  std::vector<Symbol> Symbols;   ///< in the order of their places, of each one
  std::unique_ptr<Places> Where; ///< once somebody asks

  bool isArm() const;
  /// Names the machine, or fails for one that is none of ours.
  llvm::Error setMachine(uint16_t Machine, bool Hybrid);
  llvm::Error checkSymbols(uintptr_t Begin, uint64_t Count,
                           uint64_t Width) const;
  llvm::Error readSectionNames(Budget &Cost);
  llvm::Error readSymbols(Budget &Cost);
  /// The symbol at or before that place of the section, or null.
  const Symbol *symbolAt(uint32_t Section, uint64_t Offset) const;

  /// Points the facts to what was read, which does not change after that.
  void publish();

  /// The section that holds the address, or null.
  const Extent *extentOf(uint64_t Address) const;
  /// What the file holds from that address to the end of its section.
  llvm::ArrayRef<uint8_t> bytesAt(uint64_t Address) const;
  /// The table's directory, or zeros.
  llvm::object::data_directory directory(unsigned Index) const;

  /// Text as facts have it: UTF-8 in one line, with a NUL behind it. In place
  /// if it is so already, and a NUL is known to follow.
  const char *text(llvm::StringRef Text, bool Terminated = false);
};

/// The file as an error of one line.
llvm::Error fail(const char *Format, ...) __attribute__((format(printf, 1, 2)));

llvm::Error readLinked(Image &I, Budget &Cost);
llvm::Error readObject(Image &I, Budget &Cost);

/// Before LLVM looks at an image: takes the data directories out of it, which
/// are then read here, within bounds.
llvm::Error takeDirectories(Image &I, llvm::MutableArrayRef<char> Bytes);

/// Hands on each base relocation that patches an address. Fails where the table
/// is malformed; Take's false stops.
llvm::Error walkRelocations(
    const Image &I,
    llvm::function_ref<bool(uint32_t Address, uint32_t Width)> Take);

/// The structure at the front of the bytes, or null.
template <typename T> const T *front(llvm::ArrayRef<uint8_t> Bytes) {
  static_assert(alignof(T) == 1, "files align nothing");
  return Bytes.size() < sizeof(T) ? nullptr
                                  : reinterpret_cast<const T *>(Bytes.data());
}

/// What an image imports from, beside its Imports.
struct Modules {
  bool Kernel = false, User = false; ///< whether some are known to be so
  std::vector<uint64_t> Tables;      ///< addresses of what is bound at once
};
llvm::Error readImports(Image &I, Budget &Cost, Modules &Out);

/// IMAGE_SCN_MEM_* as facts have it.
uint32_t accessOf(uint32_t Characteristics);

/// What an image's ranges are.
inline hvci_range rangeAt(uint64_t Address) {
  return {Address + 1, Address + 1};
}

/// What an object's ranges are.
inline hvci_range rangeIn(uint32_t Section, uint32_t Offset) {
  uint64_t Place = (Section + uint64_t(1)) << 32 | Offset;
  return {Place, Place};
}

} // namespace hvci

struct hvci_image_file {
  std::unique_ptr<llvm::WritableMemoryBuffer> Buffer;
  std::string Path; ///< or empty
  llvm::BumpPtrAllocator Memory;
  std::vector<std::unique_ptr<hvci::Image>> Images;
};

#endif
