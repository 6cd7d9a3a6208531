// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Places.cpp - which symbol and which source line an address of an image is.
//
#include "Places.h"

using namespace llvm;
using namespace llvm::object;

namespace hvci {

Places::Places(Image &I, StringRef) : I(I) {}
Places::~Places() = default;

void Places::locate(hvci_image_place &, uint64_t) const {}

} // namespace hvci

using namespace hvci;

static bool locateInObject(Image &I, hvci_range Range, hvci_image_place &Out) {
  uint64_t Number = Range.begin >> 32;
  if (Number == 0 || Number > I.SectionNames.size())
    return false;
  auto Index = static_cast<uint32_t>(Number - 1);
  Out.section = I.SectionNames[Index];
  Out.address = static_cast<uint32_t>(Range.begin);
  if (const Symbol *S = I.symbolAt(Index, Out.address)) {
    Out.symbol = S->Name;
    Out.offset = Out.address - S->Value;
  }
  return true;
}

static bool locateInImage(Image &I, StringRef Path, hvci_range Range,
                          hvci_image_place &Out) {
  if (Range.begin == 0 || Range.begin > UINT64_C(1) << 32)
    return false;
  Out.address = Range.begin - 1;
  if (const Extent *E = I.extentOf(Out.address))
    Out.section = I.SectionNames[E->Index];
  if (!I.Where)
    I.Where = std::make_unique<Places>(I, Path);
  I.Where->locate(Out, Out.address);
  return true;
}

bool hvci_image_locate(hvci_image_file *file, size_t index, hvci_range range,
                       hvci_image_place *out) {
  Image &I = *file->Images[index];
  *out = {};
  out->section = out->symbol = out->file = "";
  return I.Fact.kind == HVCI_IMAGE_OBJECT
             ? locateInObject(I, range, *out)
             : locateInImage(I, file->Path, range, *out);
}
