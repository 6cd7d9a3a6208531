// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Places.cpp - which symbol and which source line an address of an image is.
//
#include "Places.h"

#include "Apart.h"
#include "Compat.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/BinaryStreamReader.h"
#include "llvm/Support/EndianStream.h"

#include <algorithm>

using namespace llvm;
using namespace llvm::object;

namespace hvci {

void Places::addSymbol(uint64_t Begin, uint32_t Rank, StringRef Name,
                       StringRef File, uint64_t Line) {
  if (Name.empty() || !I.extentOf(Begin))
    return;
  const char *FileName = File.empty() ? "" : Files[addFile(File)];
  Symbols.push_back({static_cast<uint32_t>(Begin), Rank, I.text(Name), FileName,
                     static_cast<uint32_t>(Line)});
}

void Places::addLine(uint64_t Begin, uint64_t End, uint32_t File,
                     uint32_t Line) {
  if (Begin < End && I.extentOf(Begin) && I.extentOf(End - 1))
    Lines.push_back(
        {static_cast<uint32_t>(Begin), static_cast<uint32_t>(End), File, Line});
}

uint32_t Places::addFile(StringRef Name) {
  auto [Found, New] =
      FileIndex.try_emplace(Name.str(), static_cast<uint32_t>(Files.size()));
  if (New)
    Files.push_back(I.text(Name));
  return Found->second;
}

// Linkers for MinGW write the symbol table of objects into images as well.
void Places::addTable() {
  Budget Cost(I.Bytes.getBufferSize());
  if (Error E = I.readSymbols(Cost))
    return consumeError(std::move(E));
  for (const Symbol &S : I.Symbols)
    addSymbol(I.Sections[S.Section].address + S.Value, Table, S.Name);
}

// The last name at each address stands for all.
void Places::addExports() {
  uint32_t Start = I.directory(COFF::EXPORT_TABLE).RelativeVirtualAddress;
  const auto *Exports = front<export_directory_table_entry>(I.bytesAt(Start));
  if (!Exports)
    return;
  ArrayRef<uint8_t> Names = I.bytesAt(Exports->NamePointerRVA);
  ArrayRef<uint8_t> Ordinals = I.bytesAt(Exports->OrdinalTableRVA);
  ArrayRef<uint8_t> Addresses = I.bytesAt(Exports->ExportAddressTableRVA);
  Budget Cost(I.Bytes.getBufferSize());
  size_t Count = std::min({size_t(Exports->NumberOfNamePointers),
                           Names.size() / 4, Ordinals.size() / 2});
  for (size_t N = 0; N < Count; N++) {
    size_t Ordinal = support::endian::read16le(&Ordinals[2 * N]);
    StringRef Name = toStringRef(
        I.bytesAt(support::endian::read32le(&Names[4 * N])).take_front(4096));
    Name = Name.take_front(Name.find('\0'));
    if (Error E = Cost.spend(Name.size() + 1))
      return consumeError(std::move(E));
    if (Addresses.size() / 4 > Ordinal)
      addSymbol(support::endian::read32le(&Addresses[4 * Ordinal]), Export,
                Name);
  }
}

// ---- what is read apart ----------------------------------------------------

static void put(raw_ostream &Stream, ArrayRef<uint32_t> Numbers) {
  for (uint32_t Number : Numbers)
    support::endian::write(Stream, Number, compat::LittleEndian);
}

static void put(raw_ostream &Stream, StringRef Text) {
  put(Stream, static_cast<uint32_t>(Text.size()));
  Stream << Text;
}

static Error get(BinaryStreamReader &Reader, uint32_t &Number) {
  return Reader.readInteger(Number);
}

static Error get(BinaryStreamReader &Reader, StringRef &Text) {
  uint32_t Size;
  if (Error E = Reader.readInteger(Size))
    return E;
  return Reader.readFixedString(Text, Size);
}

template <typename T, typename... Rest>
static Error get(BinaryStreamReader &Reader, T &First, Rest &...Others) {
  if (Error E = get(Reader, First))
    return E;
  return get(Reader, Others...);
}

void Places::write(raw_ostream &Stream) const {
  put(Stream, {static_cast<uint32_t>(Symbols.size()),
               static_cast<uint32_t>(Lines.size())});
  for (const Named &S : Symbols) {
    put(Stream, {S.Begin, S.Rank, S.Line});
    put(Stream, StringRef(S.Name));
    put(Stream, StringRef(S.File));
  }
  for (const CodeLine &L : Lines) {
    put(Stream, {L.Begin, L.End, L.Line});
    put(Stream, StringRef(Files[L.File]));
  }
}

Error Places::take(StringRef Written) {
  BinaryStreamReader Reader(Written, compat::LittleEndian);
  uint32_t SymbolCount, LineCount, Begin, End, Line;
  StringRef Name, File;
  if (Error E = get(Reader, SymbolCount, LineCount))
    return E;
  for (uint32_t N = 0; N < SymbolCount; N++) {
    if (Error E = get(Reader, Begin, End, Line, Name, File))
      return E;
    addSymbol(Begin, End, Name, File, Line);
  }
  for (uint32_t N = 0; N < LineCount; N++) {
    if (Error E = get(Reader, Begin, End, Line, File))
      return E;
    addLine(Begin, End, addFile(File), Line);
  }
  return Error::success();
}

// LLVM's readers of debug information were not made for hostile files.
void Places::addDebugInformation(StringRef Path) {
  bool Dwarf = any_of(I.SectionNames, [](const char *Name) {
    return StringRef(Name) == ".debug_info";
  });
  bool Pdb = !Path.empty() && I.directory(COFF::DEBUG_DIRECTORY).Size != 0;
  if (!Dwarf && !Pdb)
    return;
  uint64_t Memory = (UINT64_C(1) << 30) + 64 * I.Bytes.getBufferSize();
  std::string Written = runApart(Memory, [&](raw_ostream &Stream) {
    if (Pdb)
      readPdb(I, Path, *this);
    if (Dwarf)
      readDwarf(I, *this);
    write(Stream);
  });
  if (Error E = take(Written))
    consumeError(std::move(E));
}

// ---- all places ------------------------------------------------------------

Places::Places(Image &I, StringRef Path) : I(I) {
  addDebugInformation(Path);
  addTable();
  addExports();
  stable_sort(Symbols, [](const Named &A, const Named &B) {
    return std::make_pair(A.Begin, A.Rank) < std::make_pair(B.Begin, B.Rank);
  });
  Symbols.erase(std::unique(Symbols.begin(), Symbols.end(),
                            [](const Named &A, const Named &B) {
                              return A.Begin == B.Begin;
                            }),
                Symbols.end());
  stable_sort(Lines, [](const CodeLine &A, const CodeLine &B) {
    return A.Begin < B.Begin;
  });
}

// The last element that begins at the address or before it, or null.
template <typename T>
static const T *lastBefore(const std::vector<T> &All, uint64_t Address) {
  auto Next = std::upper_bound(
      All.begin(), All.end(), Address,
      [](uint64_t A, const T &Element) { return A < Element.Begin; });
  return Next == All.begin() ? nullptr : &*(Next - 1);
}

void Places::locate(hvci_image_place &Out, uint64_t Address) const {
  const Extent *E = I.extentOf(Address);
  const Named *Symbol = lastBefore(Symbols, Address);
  const CodeLine *Line = lastBefore(Lines, Address);
  if (E && Symbol && Symbol->Begin >= E->Begin) {
    Out.symbol = Symbol->Name;
    Out.offset = Address - Symbol->Begin;
    Out.file = Symbol->File;
    Out.line = Symbol->Line;
  }
  if (Line && Address < Line->End) {
    Out.file = Files[Line->File];
    Out.line = Line->Line;
  }
}

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
