// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Dwarf.cpp - variables, functions and lines by an image's DWARF.
//
// Each unit's entries are walked as the flat list that they are. LLVM's own
// look-ups descend into them, as deep as a hostile file wants.
//
#include "Places.h"

#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/DebugInfo/DWARF/DWARFDebugLine.h"
#include "llvm/DebugInfo/DWARF/DWARFDie.h"
#include "llvm/Support/DataExtractor.h"

using namespace llvm;
using namespace llvm::object;
using FileKind = DILineInfoSpecifier::FileLineInfoKind;

namespace hvci {

namespace {

class DwarfReader {
public:
  DwarfReader(const Image &I, Places &Out) : I(I), Out(Out) {}
  void read();

private:
  void readEntry(DWARFUnit &Unit, DWARFDie Die);
  void readLines(DWARFContext &Context, DWARFUnit &Unit);

  const Image &I;
  Places &Out;
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

void DwarfReader::readEntry(DWARFUnit &Unit, DWARFDie Die) {
  std::optional<uint64_t> Address;
  uint64_t High, Section;
  if (Die.getTag() == dwarf::DW_TAG_variable)
    Address = addressOf(Unit, Die);
  else if (uint64_t Low; Die.getTag() == dwarf::DW_TAG_subprogram &&
                         Die.getLowAndHighPC(Low, High, Section))
    Address = Low;
  if (!Address)
    return;
  const char *Name = Die.getName(DINameKind::ShortName);
  uint64_t Line = Die.getDeclLine();
  std::string File =
      Line ? Die.getDeclFile(FileKind::AbsoluteFilePath) : std::string();
  Out.addSymbol(*Address - I.Coff->getImageBase(), Places::Source,
                Name ? Name : "", File, Line);
}

// Rows say where a line begins; it ends where the next row begins.
void DwarfReader::readLines(DWARFContext &Context, DWARFUnit &Unit) {
  Expected<const DWARFDebugLine::LineTable *> Table =
      Context.getLineTableForUnit(&Unit, ignore);
  if (!Table)
    return consumeError(Table.takeError());
  if (!*Table)
    return;
  std::map<uint64_t, uint32_t> Known;
  const auto &Rows = (*Table)->Rows;
  const char *Folder = Unit.getCompilationDir();
  for (size_t N = 0; N + 1 < Rows.size(); N++) {
    const DWARFDebugLine::Row &Row = Rows[N];
    if (Row.EndSequence || Row.Line == 0)
      continue;
    auto [File, New] = Known.try_emplace(Row.File, 0);
    std::string Name;
    if (New) {
      (void)(*Table)->getFileNameByIndex(Row.File, Folder ? Folder : "",
                                         FileKind::AbsoluteFilePath, Name);
      File->second = Out.addFile(Name);
    }
    uint64_t Base = I.Coff->getImageBase();
    Out.addLine(Row.Address.Address - Base, Rows[N + 1].Address.Address - Base,
                File->second, Row.Line);
  }
}

void DwarfReader::read() {
  std::unique_ptr<DWARFContext> Context = DWARFContext::create(
      *I.Coff, DWARFContext::ProcessDebugRelocations::Ignore, nullptr, "",
      ignore, ignore);
  for (const std::unique_ptr<DWARFUnit> &Unit : Context->compile_units()) {
    if (Error E = Unit->tryExtractDIEsIfNeeded(false)) {
      consumeError(std::move(E));
      continue;
    }
    for (const DWARFDebugInfoEntry &Entry : Unit->dies())
      readEntry(*Unit, DWARFDie(Unit.get(), &Entry));
    readLines(*Context, *Unit);
  }
}

void readDwarf(const Image &I, Places &Out) {
  for (const char *Name : I.SectionNames)
    if (StringRef(Name) == ".debug_info")
      return DwarfReader(I, Out).read();
}

} // namespace hvci
