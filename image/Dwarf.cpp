// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Dwarf.cpp - variables, functions and lines by an image's DWARF.
//
// Each unit's entries are walked as the flat list that they are, once it is
// known that they end where they should. LLVM's own look-ups descend into them,
// as deep as a hostile file wants.
//
#include "Places.h"

#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/DebugInfo/DWARF/DWARFDebugAbbrev.h"
#include "llvm/DebugInfo/DWARF/DWARFDebugLine.h"
#include "llvm/DebugInfo/DWARF/DWARFDie.h"
#include "llvm/Support/DataExtractor.h"

using namespace llvm;
using namespace llvm::object;
using FileKind = DILineInfoSpecifier::FileLineInfoKind;

namespace hvci {

namespace {

/// Reads one unit.
class UnitReader {
public:
  UnitReader(const Image &I, DWARFContext &Context, DWARFUnit &Unit,
             Places &Out);
  void read();

private:
  StringRef fileOf(uint64_t Index);
  void readEntry(DWARFDie Die);
  void readLines();

  const Image &I;
  DWARFUnit &Unit;
  Places &Out;
  const DWARFDebugLine::LineTable *Table = nullptr;
  std::map<uint64_t, std::string> Files; ///< by their index in the table
};

} // namespace

static void ignore(Error E) { consumeError(std::move(E)); }

// The address that a variable's location is, if it is one.
static std::optional<uint64_t> addressOf(DWARFUnit &Unit, const DWARFDie &Die) {
  auto Location = Die.find(dwarf::DW_AT_location);
  auto Block = Location ? Location->getAsBlock() : std::nullopt;
  if (!Block || Block->empty())
    return std::nullopt;
  DataExtractor Data(*Block, true, Unit.getAddressByteSize());
  DataExtractor::Cursor At(1);
  std::optional<uint64_t> Address;
  if (Block->front() == dwarf::DW_OP_addr) {
    Address = Data.getAddress(At);
  } else if (Block->front() == dwarf::DW_OP_addrx) {
    auto Index = static_cast<uint32_t>(Data.getULEB128(At));
    if (auto Found = Unit.getAddrOffsetSectionItem(Index))
      Address = Found->Address;
  }
  if (Error E = At.takeError()) {
    consumeError(std::move(E));
    return std::nullopt;
  }
  return Address;
}

UnitReader::UnitReader(const Image &I, DWARFContext &Context, DWARFUnit &Unit,
                       Places &Out)
    : I(I), Unit(Unit), Out(Out) {
  Expected<const DWARFDebugLine::LineTable *> Found =
      Context.getLineTableForUnit(&Unit, ignore);
  if (Found)
    Table = *Found;
  else
    consumeError(Found.takeError());
}

StringRef UnitReader::fileOf(uint64_t Index) {
  auto [File, New] = Files.try_emplace(Index);
  const char *Folder = Unit.getCompilationDir();
  if (New && Table)
    (void)Table->getFileNameByIndex(Index, Folder ? Folder : "",
                                    FileKind::AbsoluteFilePath, File->second);
  return File->second;
}

// The entry that has the name: this one, or the one that it completes. LLVM
// follows such references as far as they go, for each entry again.
static DWARFDie namedOf(const DWARFDie &Die) {
  if (Die.find(dwarf::DW_AT_name))
    return Die;
  for (dwarf::Attribute By :
       {dwarf::DW_AT_specification, dwarf::DW_AT_abstract_origin})
    if (DWARFDie Other = Die.getAttributeValueAsReferencedDie(By))
      if (Other.find(dwarf::DW_AT_name))
        return Other;
  return DWARFDie();
}

void UnitReader::readEntry(DWARFDie Die) {
  std::optional<uint64_t> Address;
  uint64_t High, Section;
  if (Die.getTag() == dwarf::DW_TAG_variable)
    Address = addressOf(Unit, Die);
  else if (uint64_t Low; Die.getTag() == dwarf::DW_TAG_subprogram &&
                         Die.getLowAndHighPC(Low, High, Section))
    Address = Low;
  DWARFDie Named = Address ? namedOf(Die) : DWARFDie();
  if (!Named)
    return;
  uint64_t Line = dwarf::toUnsigned(Named.find(dwarf::DW_AT_decl_line), 0);
  uint64_t File = dwarf::toUnsigned(Named.find(dwarf::DW_AT_decl_file), 0);
  Out.addSymbol(*Address - I.Coff->getImageBase(), Places::Source,
                dwarf::toStringRef(Named.find(dwarf::DW_AT_name)),
                Line ? fileOf(File) : StringRef(), Line);
}

// Rows say where a line begins; it ends where the next row begins.
void UnitReader::readLines() {
  uint64_t Base = I.Coff->getImageBase();
  for (size_t N = 0; Table && N + 1 < Table->Rows.size(); N++) {
    const DWARFDebugLine::Row &Row = Table->Rows[N];
    if (!Row.EndSequence && Row.Line != 0)
      Out.addLine(Row.Address.Address - Base,
                  Table->Rows[N + 1].Address.Address - Base,
                  Out.addFile(fileOf(Row.File)), Row.Line);
  }
}

void UnitReader::read() {
  if (Error E = Unit.tryExtractDIEsIfNeeded(false))
    return consumeError(std::move(E));
  for (const DWARFDebugInfoEntry &Entry : Unit.dies())
    readEntry(DWARFDie(&Unit, &Entry));
  readLines();
}

// Whether the entry's attributes end in the section. LLVM goes on behind its
// end, or again from its start.
static bool isSound(const DWARFUnit &Unit, const DWARFDataExtractor &Data,
                    const DWARFAbbreviationDeclaration &Entry,
                    uint64_t &Offset) {
  for (const auto &Attribute : Entry.attributes()) {
    uint64_t Start = Offset;
    if (auto Size = Attribute.getByteSize(Unit))
      Offset += static_cast<uint64_t>(*Size);
    else if (!DWARFFormValue::skipValue(Attribute.Form, Data, &Offset,
                                        Unit.getFormParams()))
      return false;
    if (Offset < Start || Offset > Data.size())
      return false;
  }
  return true;
}

static bool isSound(const DWARFUnit &Unit) {
  DWARFDataExtractor Data = Unit.getDebugInfoExtractor();
  const DWARFAbbreviationDeclarationSet *Entries = Unit.getAbbreviations();
  uint64_t End = Unit.getNextUnitOffset();
  uint64_t Offset = Unit.getOffset() + Unit.getHeaderSize();
  uint64_t Depth = 0;
  if (!Entries || End > Data.size())
    return false;
  do {
    if (Offset >= End)
      return false;
    auto Code = static_cast<uint32_t>(Data.getULEB128(&Offset));
    const auto *Entry = Entries->getAbbreviationDeclaration(Code);
    if (Code == 0)
      Depth -= Depth > 0;
    else if (!Entry || !isSound(Unit, Data, *Entry, Offset))
      return false;
    else
      Depth += Entry->hasChildren();
  } while (Depth > 0);
  return true;
}

void readDwarf(const Image &I, Places &Out) {
  std::unique_ptr<DWARFContext> Context = DWARFContext::create(
      *I.Coff, DWARFContext::ProcessDebugRelocations::Ignore, nullptr, "",
      ignore, ignore);
  // Entries refer to those of other units.
  for (const auto &Unit : Context->normal_units())
    if (!isSound(*Unit))
      return;
  for (const std::unique_ptr<DWARFUnit> &Unit : Context->compile_units())
    UnitReader(I, *Context, *Unit, Out).read();
}

} // namespace hvci
