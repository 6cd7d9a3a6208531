// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Places.h - which symbol and which source line an address of an image is.
//
#ifndef HVCI_IMAGE_PLACES_H
#define HVCI_IMAGE_PLACES_H

#include "Reader.h"

namespace hvci {

/// What debug information says of a variable, a function or a line of one.
struct Named {
  uint64_t Begin = 0, End = 0; ///< from the image's base; End 0: not known
  const char *Name = "";
  const char *File = "";
  uint32_t Line = 0;
};

/// The named places of a linked image, from a PDB, DWARF, its symbol table or
/// its exports: the first of these that it has.
class Places {
public:
  Places(Image &I, llvm::StringRef Path);
  ~Places();

  void locate(hvci_image_place &Out, uint64_t Address) const;

private:
  Image &I;
  std::vector<Named> Symbols; ///< by Begin
  std::vector<Named> Lines;   ///< of code, by Begin
};

} // namespace hvci

#endif
