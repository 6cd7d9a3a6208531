// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Image.cpp - what objects and images have in common: names, sections, symbols.
//
#include "Reader.h"

#include "Compat.h"
#include "Places.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

#include <algorithm>
#include <cinttypes>
#include <cstdarg>
#include <cstdio>
#include <cstring>

using namespace llvm;
using namespace llvm::object;

namespace hvci {

Error fail(const char *Format, ...) {
  char Text[512];
  va_list Arguments;
  va_start(Arguments, Format);
  (void)vsnprintf(Text, sizeof Text, Format, Arguments);
  va_end(Arguments);
  return createStringError(inconvertibleErrorCode(), Twine(Text));
}

uint32_t accessOf(uint32_t Characteristics) {
  uint32_t Access = 0;
  if (Characteristics & COFF::IMAGE_SCN_MEM_READ)
    Access |= HVCI_ACCESS_READ;
  if (Characteristics & COFF::IMAGE_SCN_MEM_WRITE)
    Access |= HVCI_ACCESS_WRITE;
  if (Characteristics & COFF::IMAGE_SCN_MEM_EXECUTE)
    Access |= HVCI_ACCESS_EXECUTE;
  if (Characteristics & COFF::IMAGE_SCN_MEM_DISCARDABLE)
    Access |= HVCI_ACCESS_DISCARDABLE;
  return Access;
}

Error Budget::spend(uint64_t Bytes) {
  if (Bytes > Left)
    return fail("its tables overlap: together they are many times its size");
  Left -= Bytes;
  return Error::success();
}

Image::Image(MemoryBufferRef Bytes, BumpPtrAllocator &Memory)
    : Bytes(Bytes), Memory(Memory) {
  Fact.member = Fact.machine = "";
}

Image::~Image() = default;

static bool isPlain(StringRef Text) {
  return none_of(Text, [](char C) {
    return static_cast<unsigned char>(C) < ' ' || C == 0x7f;
  });
}

const char *Image::text(StringRef Text, bool Terminated) {
  const auto *Begin = reinterpret_cast<const UTF8 *>(Text.data());
  bool Unicode = Text.empty() || isLegalUTF8String(&Begin, Begin + Text.size());
  if (Terminated && Unicode && isPlain(Text))
    return Text.data();
  char *Copy = Memory.Allocate<char>(Text.size() + 1);
  std::transform(Text.begin(), Text.end(), Copy, [&](char C) {
    bool Foreign = !Unicode && static_cast<unsigned char>(C) >= 0x80;
    return Foreign || !isPlain(StringRef(&C, 1)) ? '?' : C;
  });
  Copy[Text.size()] = '\0';
  return Copy;
}

bool Image::isArm() const { return strcmp(Fact.machine, "arm") == 0; }

Error Image::setMachine(uint16_t Machine, bool Hybrid) {
  Fact.unit.pointer_width = 64;
  switch (Machine) {
  case COFF::IMAGE_FILE_MACHINE_AMD64:
    Fact.machine = Hybrid ? "arm64ec" : "x64";
    return Error::success();
  case COFF::IMAGE_FILE_MACHINE_ARM64:
    Fact.machine = Hybrid ? "arm64x" : "arm64";
    return Error::success();
  case COFF::IMAGE_FILE_MACHINE_ARM64EC:
    Fact.machine = "arm64ec";
    return Error::success();
  case compat::MachineArm64X:
    Fact.machine = "arm64x";
    return Error::success();
  case COFF::IMAGE_FILE_MACHINE_I386:
    Fact.machine = "x86";
    Fact.unit.pointer_width = 32;
    return Error::success();
  case COFF::IMAGE_FILE_MACHINE_ARMNT:
    Fact.machine = "arm";
    Fact.unit.pointer_width = 32;
    return Error::success();
  default:
    return fail("is for machine 0x%x: x86, x64, arm and arm64 can be judged",
                Machine);
  }
}

// LLVM 22 asks for the number of symbols before it knows where they are: then
// that is 0.
Error Image::checkSymbols(uintptr_t Begin, uint64_t Count,
                          uint64_t Width) const {
  uint64_t Size = Bytes.getBufferSize();
  uint64_t Start = Begin - reinterpret_cast<uintptr_t>(Bytes.getBufferStart());
  if (Count == 0 || (Start <= Size && Count <= (Size - Start) / Width))
    return Error::success();
  return fail("its symbol table, %" PRIu64 " entries at 0x%" PRIx64
              ", ends behind the file's end, 0x%" PRIx64,
              Count, Start, Size);
}

Error Image::readSectionNames(Budget &Cost) {
  for (const SectionRef &Section : Coff->sections()) {
    Expected<StringRef> Name =
        Coff->getSectionName(Coff->getCOFFSection(Section));
    if (!Name)
      return fail("section %zu: its name: %s", SectionNames.size() + 1,
                  toString(Name.takeError()).c_str());
    if (Error E = Cost.spend(Name->size()))
      return E;
    SectionNames.push_back(text(*Name));
  }
  return Error::success();
}

// Symbols that programs name: no sections, files or labels.
static bool isNamed(COFFSymbolRef Symbol) {
  return !COFF::isReservedSectionNumber(Symbol.getSectionNumber()) &&
         !Symbol.isSectionDefinition() &&
         (Symbol.getStorageClass() == COFF::IMAGE_SYM_CLASS_EXTERNAL ||
          Symbol.getStorageClass() == COFF::IMAGE_SYM_CLASS_STATIC);
}

Error Image::readSymbols(Budget &Cost) {
  uint32_t Count = Coff->getSymbolTable() ? Coff->getNumberOfSymbols() : 0;
  if (Error E = checkSymbols(Coff->getSymbolTable(), Count,
                             Coff->getSymbolTableEntrySize()))
    return E;
  for (uint32_t N = 0; N < Count; N++) {
    Expected<COFFSymbolRef> Found = Coff->getSymbol(N);
    if (!Found)
      return Found.takeError();
    N += Found->getNumberOfAuxSymbols();
    if (!isNamed(*Found) ||
        static_cast<uint32_t>(Found->getSectionNumber()) > SectionNames.size())
      continue;
    Expected<StringRef> Name = Coff->getSymbolName(*Found);
    if (!Name)
      return fail("symbol %u: its name: %s", N,
                  toString(Name.takeError()).c_str());
    if (Error E = Cost.spend(Name->size() + 1))
      return E;
    Symbols.push_back({static_cast<uint32_t>(Found->getSectionNumber() - 1),
                       Found->getValue(), text(*Name, Name->size() > 8)});
  }
  // Of several at one place the first in the table stays.
  auto Key = [](const Symbol &S) { return std::make_pair(S.Section, S.Value); };
  stable_sort(Symbols, [&](const Symbol &A, const Symbol &B) {
    return Key(A) < Key(B);
  });
  Symbols.erase(std::unique(Symbols.begin(), Symbols.end(),
                            [&](const Symbol &A, const Symbol &B) {
                              return Key(A) == Key(B);
                            }),
                Symbols.end());
  return Error::success();
}

const Symbol *Image::symbolAt(uint32_t Section, uint64_t Offset) const {
  auto Next = std::upper_bound(
      Symbols.begin(), Symbols.end(), std::make_pair(Section, Offset),
      [](const std::pair<uint32_t, uint64_t> &A, const Symbol &B) {
        return A < std::make_pair(B.Section, uint64_t(B.Value));
      });
  return Next == Symbols.begin() || (Next - 1)->Section != Section
             ? nullptr
             : &*(Next - 1);
}

void Image::publish() {
  Fact.sections = Sections.data();
  Fact.section_sizes = SectionSizes.data();
  Fact.section_count = Sections.size();
  Fact.imports = Imports.data();
  Fact.import_count = Imports.size();
  Fact.globals = Globals.data();
  Fact.global_count = Globals.size();
  Fact.claims = Claims.data();
  Fact.claim_count = Claims.size();
}

const Extent *Image::extentOf(uint64_t Address) const {
  auto Next =
      std::upper_bound(Extents.begin(), Extents.end(), Address,
                       [](uint64_t A, const Extent &E) { return A < E.Begin; });
  if (Next == Extents.begin() || Address >= (Next - 1)->End)
    return nullptr;
  return &*(Next - 1);
}

ArrayRef<uint8_t> Image::bytesAt(uint64_t Address) const {
  const Extent *E = extentOf(Address);
  if (!E || Address - E->Begin >= E->Data.size())
    return {};
  return E->Data.drop_front(Address - E->Begin);
}

data_directory Image::directory(unsigned Index) const {
  data_directory None;
  None.RelativeVirtualAddress = 0;
  None.Size = 0;
  return Index < Directories.size() ? Directories[Index] : None;
}

} // namespace hvci
