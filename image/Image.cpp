// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Image.cpp - a file, and the objects or the image in it.
//
#include "Reader.h"

#include "Places.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Object/Archive.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FileSystem.h"

#include <algorithm>
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
  case COFF::IMAGE_FILE_MACHINE_ARM64X:
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

// ---- files -----------------------------------------------------------------

// What a file is that is none of ours.
static const char *nameOf(StringRef Bytes, file_magic Magic) {
  switch (Magic) {
  case file_magic::elf:
  case file_magic::elf_relocatable:
  case file_magic::elf_executable:
  case file_magic::elf_shared_object:
  case file_magic::elf_core:
    return "ELF";
  case file_magic::bitcode:
    return "LLVM bitcode";
  case file_magic::coff_cl_gl_object:
    return "intermediate code of /GL, without sections";
  case file_magic::coff_import_library:
    return "a member of an import library";
  case file_magic::windows_resource:
    return "compiled resources";
  case file_magic::pdb:
    return "PDB";
  case file_magic::wasm_object:
    return "WebAssembly";
  case file_magic::minidump:
    return "a minidump";
  default:
    break;
  }
  if (Magic >= file_magic::macho_object &&
      Magic <= file_magic::macho_universal_binary)
    return "Mach-O";
  if (Bytes.empty())
    return "empty";
  if (Bytes.starts_with("MZ"))
    return "an MS-DOS program, or cut off before its PE header";
  return all_of(Bytes.take_front(512),
                [](char C) { return isPrint(C) || isSpace(C); })
             ? "text"
             : "something unknown";
}

static Error addObject(hvci_image_file &File, MemoryBufferRef Bytes,
                       const char *Member, Budget &Cost) {
  // This number of sections stands for another format, which has no machine.
  const auto *Header =
      reinterpret_cast<const coff_file_header *>(Bytes.getBufferStart());
  if (Bytes.getBufferSize() >= sizeof *Header && Header->Machine != 0 &&
      Header->isImportLibrary())
    return fail("has 65535 sections, more than an object can have");
  auto I = std::make_unique<Image>(Bytes, File.Memory);
  I->Fact.kind = HVCI_IMAGE_OBJECT;
  I->Fact.member = Member;
  Expected<std::unique_ptr<COFFObjectFile>> Coff =
      COFFObjectFile::create(Bytes);
  if (!Coff)
    return fail("is malformed: %s", toString(Coff.takeError()).c_str());
  I->Coff = std::move(*Coff);
  if (Error E = readObject(*I, Cost))
    return E;
  File.Images.push_back(std::move(I));
  return Error::success();
}

static Error addLinked(hvci_image_file &File, Budget &Cost) {
  auto I = std::make_unique<Image>(File.Buffer->getMemBufferRef(), File.Memory);
  if (Error E = takeDirectories(*I, File.Buffer->getBuffer()))
    return E;
  Expected<std::unique_ptr<COFFObjectFile>> Coff =
      COFFObjectFile::create(I->Bytes);
  if (!Coff)
    return fail("is malformed: %s", toString(Coff.takeError()).c_str());
  I->Coff = std::move(*Coff);
  if (Error E = readLinked(*I, Cost))
    return E;
  File.Images.push_back(std::move(I));
  return Error::success();
}

// Members that are no objects, such as those of import libraries, say nothing
// of sections.
static Error addMember(hvci_image_file &File, const Archive::Child &Child,
                       Budget &Cost) {
  Expected<MemoryBufferRef> Bytes = Child.getMemoryBufferRef();
  if (!Bytes)
    return Bytes.takeError();
  if (identify_magic(Bytes->getBuffer()) != file_magic::coff_object)
    return Error::success();
  Expected<StringRef> Name = Child.getName();
  if (!Name)
    return Name.takeError();
  if (Error E = Cost.spend(Name->size()))
    return E;
  Image Names(*Bytes, File.Memory);
  const char *Member = Names.text(*Name);
  if (Error E = addObject(File, *Bytes, Member, Cost))
    return fail("member '%.80s': %s", Member, toString(std::move(E)).c_str());
  return Error::success();
}

static Error addMembers(hvci_image_file &File, Budget &Cost) {
  Expected<std::unique_ptr<Archive>> Library =
      Archive::create(File.Buffer->getMemBufferRef());
  if (!Library)
    return Library.takeError();
  if ((*Library)->isThin())
    return fail("is a thin library: its members are other files");
  Error Broken = Error::success();
  for (const Archive::Child &Child : (*Library)->children(Broken))
    if (Error E = addMember(File, Child, Cost)) {
      consumeError(std::move(Broken));
      return E;
    }
  return Broken;
}

static Error readFile(hvci_image_file &File) {
  StringRef Bytes(File.Buffer->getBufferStart(), File.Buffer->getBufferSize());
  Budget Cost(Bytes.size());
  file_magic Magic = identify_magic(Bytes);
  switch (Magic) {
  case file_magic::archive:
    return addMembers(File, Cost);
  case file_magic::pecoff_executable:
    return addLinked(File, Cost);
  case file_magic::coff_object:
    return addObject(File, File.Buffer->getMemBufferRef(), "", Cost);
  default:
    return fail("is no COFF object or PE image: %s", nameOf(Bytes, Magic));
  }
}

} // namespace hvci

// ---- the interface ---------------------------------------------------------

static hvci_image_file *
finish(Expected<std::unique_ptr<WritableMemoryBuffer>> Buffer, const char *Path,
       char *Message, size_t Size) {
  auto File = std::make_unique<hvci_image_file>();
  File->Path = Path ? Path : "";
  Error E = Buffer.takeError();
  if (!E) {
    File->Buffer = std::move(*Buffer);
    E = hvci::readFile(*File);
  }
  if (!E)
    return File.release();
  std::string Text = toString(std::move(E));
  std::replace(Text.begin(), Text.end(), '\n', ' ');
  (void)snprintf(Message, Size, "%s", Text.c_str());
  return nullptr;
}

// A private mapping: what is changed in it does not reach the file.
static Expected<std::unique_ptr<WritableMemoryBuffer>> map(const char *Path) {
  sys::fs::file_status Status;
  if (std::error_code Code = sys::fs::status(Path, Status))
    return errorCodeToError(Code);
  if (!sys::fs::is_regular_file(Status))
    return hvci::fail("is no regular file");
  ErrorOr<std::unique_ptr<WritableMemoryBuffer>> Buffer =
      WritableMemoryBuffer::getFile(Path);
  if (!Buffer)
    return errorCodeToError(Buffer.getError());
  return std::move(*Buffer);
}

hvci_image_file *hvci_image_open(const char *path, char *error,
                                 size_t error_size) {
  return finish(map(path), path, error, error_size);
}

static Expected<std::unique_ptr<WritableMemoryBuffer>> copyOf(const char *Bytes,
                                                              size_t Length) {
  std::unique_ptr<WritableMemoryBuffer> Copy =
      WritableMemoryBuffer::getNewUninitMemBuffer(Length);
  if (!Copy)
    return hvci::fail("memory ran out");
  std::copy_n(Bytes, Length, Copy->getBufferStart());
  return Copy;
}

hvci_image_file *hvci_image_parse(const char *bytes, size_t length,
                                  const char *path, char *error,
                                  size_t error_size) {
  return finish(copyOf(bytes, length), path, error, error_size);
}

void hvci_image_close(hvci_image_file *file) { delete file; }

size_t hvci_image_count(const hvci_image_file *file) {
  return file->Images.size();
}

const hvci_image *hvci_image_get(const hvci_image_file *file, size_t index) {
  return &file->Images[index]->Fact;
}

void hvci_image_relocations(const hvci_image_file *file, size_t index,
                            hvci_relocation_fn take, void *payload) {
  const hvci::Image &I = *file->Images[index];
  hvci_base_relocation_fact Fact = {};
  Fact.unit = &I.Fact.unit;
  // The table was walked when the file was read.
  consumeError(hvci::walkRelocations(I, [&](uint32_t Address, uint32_t Width) {
    Fact.address = Address;
    Fact.width = Width;
    Fact.range = hvci::rangeAt(Address);
    return take(&Fact, payload);
  }));
}
