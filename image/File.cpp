// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// File.cpp - a file, and the objects or the image in it.
//
#include "Reader.h"

#include "Places.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Object/Archive.h"
#include "llvm/Support/FileSystem.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

using namespace llvm;
using namespace llvm::object;

namespace hvci {

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

// Opens the image's bytes, reads them, and makes the image one of the file's.
static Error add(hvci_image_file &File, std::unique_ptr<Image> I,
                 Error (*Read)(Image &, Budget &), Budget &Cost) {
  Expected<std::unique_ptr<COFFObjectFile>> Coff =
      COFFObjectFile::create(I->Bytes);
  if (!Coff)
    return fail("is malformed: %s", toString(Coff.takeError()).c_str());
  I->Coff = std::move(*Coff);
  if (Error E = Read(*I, Cost))
    return E;
  I->publish();
  File.Images.push_back(std::move(I));
  return Error::success();
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
  return add(File, std::move(I), readObject, Cost);
}

static Error addLinked(hvci_image_file &File, Budget &Cost) {
  auto I = std::make_unique<Image>(File.Buffer->getMemBufferRef(), File.Memory);
  if (Error E = takeDirectories(*I, File.Buffer->getBuffer()))
    return E;
  return add(File, std::move(I), readLinked, Cost);
}

// Members that are no objects, such as those of import libraries, say nothing
// of sections.
static Error addMember(hvci_image_file &File, const Archive::Child &Child,
                       Budget &Cost) {
  Expected<MemoryBufferRef> Bytes = Child.getMemoryBufferRef();
  if (!Bytes)
    return Bytes.takeError();
  if (Bytes->getBufferEnd() > File.Buffer->getBufferEnd() ||
      Bytes->getBufferSize() > File.Buffer->getBufferSize())
    return fail("the member at 0x%" PRIx64 " ends behind the file's end",
                Child.getChildOffset());
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
