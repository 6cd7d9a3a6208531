// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Imports.cpp - what a linked image imports, at once and with delay.
//
#include "Reader.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Endian.h"

#include <cinttypes>

using namespace llvm;
using namespace llvm::object;

namespace hvci {

namespace {

class ImportReader {
public:
  ImportReader(Image &I, Budget &Cost, Modules &Out)
      : I(I), Cost(Cost), Out(Out), Wide(I.Coff->getPE32PlusHeader()) {}
  Error readImports();
  Error readDelayImports();

private:
  Error take(StringRef &Text, uint64_t Address, const char *What);
  Error readThunks(uint64_t Names, uint64_t Slots);
  Error readModule(uint64_t Name, uint64_t Names, uint64_t Slots);

  Image &I;
  Budget &Cost;
  Modules &Out;
  bool Wide;
};

} // namespace

static bool isKernelModule(StringRef Name) {
  static const StringSet<> Names = {
      "ntoskrnl.exe", "ntkrnlpa.exe", "ntkrnlmp.exe", "ntkrpamp.exe",
      "hal.dll",      "bootvid.dll",  "kdcom.dll",    "ci.dll",
      "pshed.dll",    "mcupdate.dll"};
  std::string Lower = Name.lower();
  return StringRef(Lower).ends_with(".sys") ||
         StringRef(Lower).starts_with("ext-ms-win-ntos-") || Names.count(Lower);
}

static bool isUserModule(StringRef Name) {
  static const StringSet<> Names = {
      "ntdll.dll",   "kernel32.dll", "kernelbase.dll", "user32.dll",
      "gdi32.dll",   "advapi32.dll", "msvcrt.dll",     "ucrtbase.dll",
      "rpcrt4.dll",  "ole32.dll",    "shell32.dll",    "ws2_32.dll",
      "mscoree.dll", "csrsrv.dll",   "win32u.dll"};
  std::string Lower = Name.lower();
  return StringRef(Lower).starts_with("api-ms-win-") || Names.count(Lower);
}

// The text at that address.
Error ImportReader::take(StringRef &Text, uint64_t Address, const char *What) {
  constexpr size_t Longest = 4096;
  Text = toStringRef(I.bytesAt(Address).take_front(Longest));
  size_t End = Text.find('\0');
  if (End == StringRef::npos)
    return fail("imports: no name of a %s at 0x%" PRIx64, What, Address);
  Text = Text.take_front(End);
  return Cost.spend(End + 1);
}

// A list of names ends with a zero, or where the file's bytes do: those behind
// them are zeros in memory.
Error ImportReader::readThunks(uint64_t Names, uint64_t Slots) {
  uint64_t Width = Wide ? 8 : 4;
  ArrayRef<uint8_t> Bytes = I.bytesAt(Names);
  if (Bytes.empty())
    return fail("imports: no list of names at 0x%" PRIx64, Names);
  uint64_t Slot = Slots;
  for (; Bytes.size() >= Width; Bytes = Bytes.drop_front(Width)) {
    uint64_t Thunk = Wide ? support::endian::read64le(Bytes.data())
                          : support::endian::read32le(Bytes.data());
    if (Thunk == 0)
      break;
    if (Error E = Cost.spend(Width + sizeof(hvci_import_fact)))
      return E;
    bool Ordinal = Thunk >> (8 * Width - 1);
    hvci_import_fact Fact = {};
    StringRef Name;
    if (!Ordinal) {
      if (Error E = take(Name, (Thunk & 0x7fffffff) + 2, "function"))
        return E;
      Fact.name = I.text(Name, true);
      Fact.range = rangeAt(Slot);
      Fact.unit = &I.Fact.unit;
      I.Imports.push_back(Fact);
    }
    Slot += Width;
  }
  return Error::success();
}

Error ImportReader::readModule(uint64_t Name, uint64_t Names, uint64_t Slots) {
  StringRef Module;
  if (Error E = take(Module, Name, "module"))
    return E;
  Out.Kernel |= isKernelModule(Module);
  Out.User |= isUserModule(Module);
  // Linkers that know no second list leave it out.
  return readThunks(I.bytesAt(Names).empty() ? Slots : Names, Slots);
}

// Windows, too, goes by the entry that ends the table, not by its size.
Error ImportReader::readImports() {
  uint64_t Start = I.directory(COFF::IMPORT_TABLE).RelativeVirtualAddress;
  if (Start == 0)
    return Error::success();
  ArrayRef<uint8_t> Bytes = I.bytesAt(Start);
  if (Bytes.empty())
    return fail("imports: no table at 0x%" PRIx64, Start);
  using Entry = coff_import_directory_table_entry;
  for (; const auto *E = front<Entry>(Bytes);
       Bytes = Bytes.drop_front(sizeof(Entry))) {
    if (E->NameRVA == 0 || E->ImportAddressTableRVA == 0)
      break;
    Out.Tables.push_back(E->ImportAddressTableRVA);
    if (Error Bad = readModule(E->NameRVA, E->ImportLookupTableRVA,
                               E->ImportAddressTableRVA))
      return Bad;
  }
  return Error::success();
}

// Old linkers wrote addresses here, not offsets from the image's base.
Error ImportReader::readDelayImports() {
  uint64_t Start =
      I.directory(COFF::DELAY_IMPORT_DESCRIPTOR).RelativeVirtualAddress;
  if (Start == 0)
    return Error::success();
  ArrayRef<uint8_t> Bytes = I.bytesAt(Start);
  if (Bytes.empty())
    return fail("delay imports: no table at 0x%" PRIx64, Start);
  using Entry = delay_import_directory_table_entry;
  for (; const auto *E = front<Entry>(Bytes);
       Bytes = Bytes.drop_front(sizeof(Entry))) {
    if (E->Name == 0)
      break;
    uint32_t Minus =
        E->Attributes & 1 ? 0 : static_cast<uint32_t>(I.Coff->getImageBase());
    if (Error Bad = readModule(E->Name - Minus, E->DelayImportNameTable - Minus,
                               E->DelayImportAddressTable - Minus))
      return Bad;
  }
  return Error::success();
}

Error readImports(Image &I, Budget &Cost, Modules &Out) {
  ImportReader Reader(I, Cost, Out);
  if (Error E = Reader.readImports())
    return E;
  return Reader.readDelayImports();
}

} // namespace hvci
