// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Object.cpp - an object: what it claims of sections, and its relocations.
//
#include "Reader.h"

#include "Compat.h"

#include "hvci/linker.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace llvm::object;

namespace hvci {

namespace {

class ObjectReader {
public:
  ObjectReader(Image &I, Budget &Cost) : I(I), Cost(Cost) {}
  Error read();

private:
  Error readDirectives(const coff_section &Section, uint32_t Index);
  void readContent(const coff_section &Section, uint32_t Index);
  Error readRelocations(const coff_section &Section, uint32_t Index);
  void addRelocation(std::vector<hvci_relocation> &Out,
                     const coff_section &Section, uint32_t Index,
                     uint32_t Offset);
  const char *nameOf(uint32_t Index);

  Image &I;
  Budget &Cost;
  uint32_t Width = 0; ///< of a pointer, in bytes
  /// The symbol that the last misplaced slot lay in.
  const Symbol *Last = nullptr;
  hvci_relocation Shared = {};
};

/// What the reading of linker options hands over.
struct Taking {
  Image &I;
  hvci_range Range;
};

} // namespace

static bool takeOption(const hvci_linker_option *Option, void *Payload) {
  auto &To = *static_cast<Taking *>(Payload);
  if (Option->word != HVCI_WORD_CLAIM)
    return true;
  hvci_claim Claim = Option->claim;
  Claim.section = To.I.text(Claim.section);
  Claim.subject = To.I.text(Claim.subject);
  Claim.into = To.I.text(Claim.into);
  Claim.range = To.Range;
  To.I.Claims.push_back(Claim);
  return true;
}

static const char Directives[] = ".drectve";

Error ObjectReader::readDirectives(const coff_section &Section,
                                   uint32_t Index) {
  ArrayRef<uint8_t> Contents;
  if (Error E = I.Coff->getSectionContents(&Section, Contents))
    return fail("section %u ('%s'): its contents end behind the file's end",
                Index + 1, Directives);
  if (Error E = Cost.spend(Contents.size()))
    return E;
  StringRef Text = toStringRef(Contents).rtrim('\0');
  Taking To = {I, rangeIn(Index, 0)};
  if (hvci_linker_read(Text.data(), Text.size(), true, takeOption, &To) !=
      HVCI_OK)
    return fail("memory ran out");
  return Error::success();
}

// What no linker puts into an image, or what it takes out of the program: notes
// to the linker, debug information.
static bool isLoaded(const coff_section &Section, StringRef Name) {
  return !(Section.Characteristics &
           (COFF::IMAGE_SCN_LNK_INFO | COFF::IMAGE_SCN_LNK_REMOVE)) &&
         !Name.starts_with(".debug") && Section.SizeOfRawData > 0;
}

// The symbol that alone has the section, or the section's name.
const char *ObjectReader::nameOf(uint32_t Index) {
  const Symbol *First = I.symbolAt(Index, 0);
  const Symbol *All = I.symbolAt(Index, UINT32_MAX);
  return First && First == All ? First->Name : I.SectionNames[Index];
}

void ObjectReader::readContent(const coff_section &Section, uint32_t Index) {
  uint32_t Access = accessOf(Section.Characteristics);
  const Symbol *First = I.symbolAt(Index, UINT32_MAX);
  if (!(Access & ~uint32_t(HVCI_ACCESS_DISCARDABLE)))
    return;
  hvci_claim Claim = {};
  Claim.kind = HVCI_CLAIM_CONTENT;
  Claim.section = I.SectionNames[Index];
  Claim.subject = First ? First->Name : I.SectionNames[Index];
  Claim.into = "";
  Claim.access = Access;
  Claim.range = rangeIn(Index, 0);
  I.Claims.push_back(Claim);
}

// ---- relocations -----------------------------------------------------------

// Whether the linker writes a whole address there, which the loader patches.
static bool isAddress(uint16_t Machine, uint16_t Type) {
  switch (Machine) {
  case COFF::IMAGE_FILE_MACHINE_AMD64:
    return Type == COFF::IMAGE_REL_AMD64_ADDR64;
  case COFF::IMAGE_FILE_MACHINE_ARM64:
  case COFF::IMAGE_FILE_MACHINE_ARM64EC:
  case compat::MachineArm64X:
    return Type == COFF::IMAGE_REL_ARM64_ADDR64;
  case COFF::IMAGE_FILE_MACHINE_I386:
    return Type == COFF::IMAGE_REL_I386_DIR32;
  default:
    return Type == COFF::IMAGE_REL_ARM_ADDR32;
  }
}

// An object knows no types: a slot that is not where its width wants it is
// named by the symbol that it lies in, as a part of the section.
void ObjectReader::addRelocation(std::vector<hvci_relocation> &Out,
                                 const coff_section &Section, uint32_t Index,
                                 uint32_t Offset) {
  const Symbol *In = I.symbolAt(Index, Offset);
  bool Misplaced = Offset % Width != 0 || Section.getAlignment() < Width;
  if (Misplaced && In && In != Last) {
    Last = In;
    std::string Field = In->Name;
    if (Offset != In->Value)
      Field += "+0x" + utohexstr(Offset - In->Value, true);
    Shared.field = I.text(Field);
    Shared.record = I.SectionNames[Index];
    Shared.field_offset = Offset;
    Shared.field_range = rangeIn(Index, Offset);
  }
  hvci_relocation Fact = {};
  Fact.record = Fact.field = "";
  if (Misplaced && In)
    Fact = Shared;
  Fact.offset = Offset;
  Fact.width = Width;
  Out.push_back(Fact);
}

Error ObjectReader::readRelocations(const coff_section &Section,
                                    uint32_t Index) {
  ArrayRef<coff_relocation> All = I.Coff->getRelocations(&Section);
  bool Cut = Section.NumberOfRelocations > 0 &&
             Section.PointerToRelocations + uint64_t(sizeof(coff_relocation)) >
                 I.Bytes.getBufferSize();
  if (Cut || (!All.data() && !All.empty()))
    return fail("section %u ('%.40s'): its relocations end behind the file's "
                "end",
                Index + 1, I.SectionNames[Index]);
  // Code of 32-bit machines is full of addresses, aligned to nothing.
  if (Width == 4 && Section.Characteristics & COFF::IMAGE_SCN_MEM_EXECUTE)
    return Error::success();
  if (Error E = Cost.spend(All.size() * sizeof(coff_relocation)))
    return E;
  std::vector<hvci_relocation> Out;
  uint16_t Machine = I.Coff->getMachine();
  for (const coff_relocation &Relocation : All)
    if (isAddress(Machine, Relocation.Type) &&
        Relocation.VirtualAddress < Section.SizeOfRawData)
      addRelocation(Out, Section, Index, Relocation.VirtualAddress);
  if (Out.empty())
    return Error::success();
  hvci_global_fact Global = {};
  Global.name = nameOf(Index);
  Global.range = rangeIn(Index, 0);
  Global.alignment = Section.getAlignment();
  Global.relocation_count = Out.size();
  Global.unit = &I.Fact.unit;
  I.Relocations.push_back(std::move(Out));
  Global.relocations = I.Relocations.back().data();
  I.Globals.push_back(Global);
  return Error::success();
}

Error ObjectReader::read() {
  if (Error E = I.setMachine(I.Coff->getMachine(), false))
    return E;
  Width = I.Fact.unit.pointer_width / 8;
  if (Error E = I.readSectionNames(Cost))
    return E;
  if (Error E = I.readSymbols(Cost))
    return E;
  uint32_t Index = 0;
  for (const SectionRef &Reference : I.Coff->sections()) {
    const coff_section &Section = *I.Coff->getCOFFSection(Reference);
    StringRef Name = I.SectionNames[Index];
    if (Name == Directives) {
      if (Error E = readDirectives(Section, Index))
        return E;
    } else if (isLoaded(Section, Name)) {
      readContent(Section, Index);
      if (Error E = readRelocations(Section, Index))
        return E;
    }
    Index++;
  }
  return Error::success();
}

Error readObject(Image &I, Budget &Cost) {
  return ObjectReader(I, Cost).read();
}

} // namespace hvci
