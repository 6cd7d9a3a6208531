// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Linked.cpp - a linked image: its headers and sections.
//
#include "Reader.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"

#include <algorithm>
#include <cinttypes>
#include <cstddef>
#include <optional>

using namespace llvm;
using namespace llvm::object;

namespace hvci {

// ---- headers ---------------------------------------------------------------

namespace {
/// The structures at the start of an image that LLVM does not hand out.
struct Headers {
  coff_file_header *File = nullptr;
  support::ulittle32_t *DirectoryCount = nullptr;
  ArrayRef<uint8_t> Directories; ///< and all behind them
};
} // namespace

template <typename T>
static Error findDirectories(Headers &Out, MutableArrayRef<uint8_t> Optional) {
  if (Optional.size() < sizeof(T))
    return fail("is cut off in its optional header");
  Out.DirectoryCount =
      &reinterpret_cast<T *>(Optional.data())->NumberOfRvaAndSize;
  Out.Directories = Optional.drop_front(sizeof(T));
  return Error::success();
}

static Error findHeaders(Headers &Out, MutableArrayRef<uint8_t> Bytes) {
  if (Bytes.size() < sizeof(dos_header))
    return fail("is cut off in its headers");
  uint64_t Start =
      reinterpret_cast<dos_header *>(Bytes.data())->AddressOfNewExeHeader +
      uint64_t(sizeof COFF::PEMagic);
  if (Bytes.size() < Start + sizeof(coff_file_header) + 2)
    return fail("is cut off in its headers");
  uint64_t Size = Bytes.size();
  Bytes = Bytes.drop_front(Start);
  Out.File = reinterpret_cast<coff_file_header *>(Bytes.data());
  uint64_t Table =
      Start + sizeof(coff_file_header) + Out.File->SizeOfOptionalHeader;
  unsigned Count = Out.File->NumberOfSections;
  if (Out.File->isImportLibrary())
    return fail("has 65535 sections, more than an image can have");
  if (Table + Count * sizeof(coff_section) > Size)
    return fail("its section table, %u entries at 0x%" PRIx64
                ", ends behind the file's end, 0x%" PRIx64,
                Count, Table, Size);
  Bytes = Bytes.drop_front(sizeof(coff_file_header));
  switch (uint16_t Magic = support::endian::read16le(Bytes.data())) {
  case COFF::PE32Header::PE32:
    return findDirectories<pe32_header>(Out, Bytes);
  case COFF::PE32Header::PE32_PLUS:
    return findDirectories<pe32plus_header>(Out, Bytes);
  default:
    return fail("optional header: magic 0x%x is neither PE32 nor PE32+", Magic);
  }
}

Error takeDirectories(Image &I, MutableArrayRef<char> Bytes) {
  Headers H;
  if (Error E = findHeaders(
          H, {reinterpret_cast<uint8_t *>(Bytes.data()), Bytes.size()}))
    return E;
  // Windows knows 16.
  size_t Count = std::min<size_t>(*H.DirectoryCount, 16);
  if (H.Directories.size() / sizeof(data_directory) < Count)
    return fail("is cut off in its data directories");
  const auto *First =
      reinterpret_cast<const data_directory *>(H.Directories.data());
  I.Directories.assign(First, First + Count);
  *H.DirectoryCount = 0;
  if (H.File->PointerToSymbolTable == 0)
    H.File->NumberOfSymbols = 0;
  return Error::success();
}

namespace {

class LinkedReader {
public:
  LinkedReader(Image &I, Budget &Cost) : I(I), Cost(Cost) {}
  Error read();

private:
  template <typename T> void readHeader(const T &Header);
  Error readExtent(const coff_section &Section, uint32_t Index);
  Error readExtents();
  Error readMachine();
  void readSections();
  bool isHeld(uint32_t Address, uint32_t Width);
  Error readRelocations();

  void markTable(uint64_t Begin, uint64_t End);
  void readImportTable();
  void judgeKind();

  Image &I;
  Budget &Cost;
  bool Wide = false;
  Modules Imported;
  const Extent *Last = nullptr; ///< the one of the last relocation
};

} // namespace

template <typename T> void LinkedReader::readHeader(const T &Header) {
  uint16_t Flags = Header.DLLCharacteristics;
  I.Fact.flags.wdm_driver = Flags & COFF::IMAGE_DLL_CHARACTERISTICS_WDM_DRIVER;
  I.Fact.flags.nx_compat = Flags & COFF::IMAGE_DLL_CHARACTERISTICS_NX_COMPAT;
  I.Fact.flags.force_integrity =
      Flags & COFF::IMAGE_DLL_CHARACTERISTICS_FORCE_INTEGRITY;
  I.Fact.flags.dynamic_base =
      Flags & COFF::IMAGE_DLL_CHARACTERISTICS_DYNAMIC_BASE;
  I.Fact.subsystem = Header.Subsystem;
  I.Fact.section_alignment = Header.SectionAlignment;
}

// ---- sections --------------------------------------------------------------

Error LinkedReader::readExtent(const coff_section &Section, uint32_t Index) {
  const char *Name = I.SectionNames[Index];
  Extent E;
  E.Index = Index;
  E.Begin = Section.VirtualAddress;
  uint64_t Size =
      Section.VirtualSize ? Section.VirtualSize : Section.SizeOfRawData;
  if (E.Begin + Size > UINT32_MAX)
    return fail("section %u ('%.40s'): 0x%x + 0x%" PRIx64
                " bytes do not fit into 4 GiB",
                Index + 1, Name, E.Begin, Size);
  E.End = static_cast<uint32_t>(E.Begin + Size);
  uint64_t Start = Section.PointerToRawData;
  uint64_t Held = Start ? uint32_t(Section.SizeOfRawData) : 0;
  if (Start + Held > I.Bytes.getBufferSize())
    return fail("section %u ('%.40s'): its contents, 0x%" PRIx64 " + 0x%" PRIx64
                ", end behind the file's end, 0x%zx",
                Index + 1, Name, Start, Held, I.Bytes.getBufferSize());
  E.Data = arrayRefFromStringRef(
      I.Bytes.getBuffer().substr(Start, std::min(Held, Size)));
  I.SectionSizes.push_back(Size);
  I.Extents.push_back(E);
  return Error::success();
}

Error LinkedReader::readExtents() {
  for (const SectionRef &Section : I.Coff->sections())
    if (Error E = readExtent(*I.Coff->getCOFFSection(Section),
                             static_cast<uint32_t>(I.Extents.size())))
      return E;
  llvm::stable_sort(I.Extents, [](const Extent &A, const Extent &B) {
    return A.Begin < B.Begin;
  });
  for (size_t N = 1; N < I.Extents.size(); N++)
    if (I.Extents[N - 1].End > I.Extents[N].Begin)
      return fail("sections %u ('%.40s') and %u ('%.40s') overlap in memory, "
                  "at 0x%x",
                  I.Extents[N - 1].Index + 1,
                  I.SectionNames[I.Extents[N - 1].Index],
                  I.Extents[N].Index + 1, I.SectionNames[I.Extents[N].Index],
                  I.Extents[N].Begin);
  return Error::success();
}

void LinkedReader::readSections() {
  for (const SectionRef &Section : I.Coff->sections()) {
    const coff_section &S = *I.Coff->getCOFFSection(Section);
    hvci_section_fact Fact = {};
    Fact.name = I.SectionNames[I.Sections.size()];
    Fact.access = accessOf(S.Characteristics);
    Fact.address = S.VirtualAddress;
    Fact.alignment = I.Fact.section_alignment;
    Fact.range = rangeAt(S.VirtualAddress);
    Fact.unit = &I.Fact.unit;
    I.Sections.push_back(Fact);
  }
}

// An image for arm64 that also runs code for x64, or the other way round, has
// metadata that say so.
Error LinkedReader::readMachine() {
  constexpr size_t Pointer =
      offsetof(coff_load_configuration64, CHPEMetadataPointer);
  constexpr size_t Needed =
      Pointer + sizeof(coff_load_configuration64::CHPEMetadataPointer);
  ArrayRef<uint8_t> Bytes =
      I.bytesAt(I.directory(COFF::LOAD_CONFIG_TABLE).RelativeVirtualAddress);
  // The configuration begins with its own size.
  bool Hybrid = Wide && Bytes.size() >= Needed &&
                support::endian::read32le(Bytes.data()) >= Needed &&
                support::endian::read64le(Bytes.data() + Pointer) != 0;
  return I.setMachine(I.Coff->getMachine(), Hybrid);
}

// ---- base relocations and imports ------------------------------------------

// What is patched is an address, which the file holds: memory that it does not
// hold is zero.
bool LinkedReader::isHeld(uint32_t Address, uint32_t Width) {
  if (!Last || Address < Last->Begin || Address >= Last->End)
    Last = I.extentOf(Address);
  return Last && Address - Last->Begin + uint64_t(Width) <= Last->Data.size();
}

Error LinkedReader::readRelocations() {
  data_directory Directory = I.directory(COFF::BASE_RELOCATION_TABLE);
  if (Directory.RelativeVirtualAddress == 0 || Directory.Size == 0)
    return Error::success();
  ArrayRef<uint8_t> Bytes = I.bytesAt(Directory.RelativeVirtualAddress);
  if (Bytes.size() < Directory.Size)
    return fail("base relocations: 0x%x bytes at 0x%x, of which the file holds "
                "0x%zx",
                uint32_t(Directory.Size),
                uint32_t(Directory.RelativeVirtualAddress), Bytes.size());
  I.RelocationTable = Bytes.take_front(Directory.Size);
  std::optional<uint64_t> Outside;
  Error E = walkRelocations(I, [&](uint32_t Address, uint32_t Width) {
    I.Fact.relocation_count++;
    if (!isHeld(Address, Width))
      Outside = Address;
    return !Outside;
  });
  if (!E && Outside)
    return fail("base relocations: 0x%" PRIx64 " is no place in the contents "
                "of a section",
                *Outside);
  return E;
}

void LinkedReader::markTable(uint64_t Begin, uint64_t End) {
  for (const Extent &E : I.Extents)
    if (Begin < E.End && End > E.Begin)
      I.Sections[E.Index].import_table = true;
}

void LinkedReader::readImportTable() {
  data_directory Directory = I.directory(COFF::IAT);
  uint64_t Begin = Directory.RelativeVirtualAddress;
  if (Begin != 0 && Directory.Size != 0)
    return markTable(Begin, Begin + Directory.Size);
  for (uint64_t Table : Imported.Tables)
    if (const Extent *E = I.extentOf(Table))
      I.Sections[E->Index].import_table = true;
}

// Some drivers are not linked as native programs: what they import tells.
void LinkedReader::judgeKind() {
  bool Native = I.Fact.subsystem == COFF::IMAGE_SUBSYSTEM_NATIVE;
  I.Fact.kind = Imported.Kernel || (Native && !Imported.User)
                    ? HVCI_IMAGE_KERNEL
                    : HVCI_IMAGE_USER;
}

Error LinkedReader::read() {
  if (const pe32plus_header *Header = I.Coff->getPE32PlusHeader()) {
    Wide = true;
    readHeader(*Header);
  } else if (const pe32_header *Narrow = I.Coff->getPE32Header()) {
    readHeader(*Narrow);
  } else {
    return fail("has no optional header of an image");
  }
  I.Fact.flags.relocs_stripped =
      I.Coff->getCharacteristics() & COFF::IMAGE_FILE_RELOCS_STRIPPED;
  if (Error E = I.readSectionNames(Cost))
    return E;
  if (Error E = readExtents())
    return E;
  if (Error E = readMachine())
    return E;
  readSections();
  if (Error E = readRelocations())
    return E;
  if (Error E = readImports(I, Cost, Imported))
    return E;
  readImportTable();
  judgeKind();
  return Error::success();
}

Error readLinked(Image &I, Budget &Cost) {
  return LinkedReader(I, Cost).read();
}

} // namespace hvci
