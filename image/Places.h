// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Places.h - which symbol and which source line an address of an image is.
//
#ifndef HVCI_IMAGE_PLACES_H
#define HVCI_IMAGE_PLACES_H

#include "Reader.h"

#include <map>

namespace hvci {

/// A variable or a function. All addresses are from the image's base.
struct Named {
  uint32_t Begin;
  uint32_t Rank; ///< of several at one address the least counts
  const char *Name;
  const char *File; ///< where it is declared, or ""
  uint32_t Line;
};

/// Code that one source line was compiled to.
struct CodeLine {
  uint32_t Begin, End;
  uint32_t File; ///< an index into Places::Files
  uint32_t Line;
};

/// The named places of a linked image: from its PDB, from DWARF, from its
/// symbol table and its exports. What is broken in one of them is left out.
class Places {
public:
  enum { Source, Table, Export }; ///< ranks: who names a thing best

  Places(Image &I, llvm::StringRef Path);

  void locate(hvci_image_place &Out, uint64_t Address) const;

  void addSymbol(uint64_t Begin, uint32_t Rank, llvm::StringRef Name,
                 llvm::StringRef File = "", uint64_t Line = 0);
  void addLine(uint64_t Begin, uint64_t End, uint32_t File, uint32_t Line);
  /// The index of that name, equal ones have one.
  uint32_t addFile(llvm::StringRef Name);

private:
  void addDebugInformation(llvm::StringRef Path);
  void write(llvm::raw_ostream &Stream) const;
  llvm::Error take(llvm::StringRef Written);
  void addTable();
  void addExports();

  Image &I;
  std::vector<Named> Symbols;  ///< in the order of addresses
  std::vector<CodeLine> Lines; ///< likewise
  std::vector<const char *> Files;
  std::map<std::string, uint32_t> FileIndex;
};

/// What the PDB says that belongs to the image: the one beside `Path`, or the
/// one that the image names. Nothing if there is none.
void readPdb(const Image &I, llvm::StringRef Path, Places &Out);
void readDwarf(const Image &I, Places &Out);

} // namespace hvci

#endif
