// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pdb.cpp - variables, functions and lines by an image's PDB.
//
// Streams are read one by one as arrays of LLVM's structures. Some of what LLVM
// offers above them trusts a PDB; it is not used, or what it trusts is looked
// at before.
//
#include "Places.h"

#include "Compat.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/DebugInfo/CodeView/DebugChecksumsSubsection.h"
#include "llvm/DebugInfo/CodeView/DebugLinesSubsection.h"
#include "llvm/DebugInfo/CodeView/Line.h"
#include "llvm/DebugInfo/CodeView/SymbolDeserializer.h"
#include "llvm/DebugInfo/MSF/MappedBlockStream.h"
#include "llvm/DebugInfo/PDB/Native/DbiModuleDescriptor.h"
#include "llvm/DebugInfo/PDB/Native/InfoStream.h"
#include "llvm/DebugInfo/PDB/Native/ModuleDebugStream.h"
#include "llvm/DebugInfo/PDB/Native/PDBFile.h"
#include "llvm/DebugInfo/PDB/Native/PDBStringTable.h"
#include "llvm/DebugInfo/PDB/Native/RawConstants.h"
#include "llvm/DebugInfo/PDB/Native/RawTypes.h"
#include "llvm/Support/BinaryByteStream.h"
#include "llvm/Support/BinaryStreamReader.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <cstring>

using namespace llvm;
using namespace llvm::codeview;
using namespace llvm::object;
using namespace llvm::pdb;
using llvm::msf::MappedBlockStream;

namespace hvci {

namespace {

class PdbReader {
public:
  PdbReader(const Image &I, std::unique_ptr<MemoryBuffer> Buffer, Places &Out)
      : I(I), Out(Out), Bytes(std::move(Buffer)) {}
  Error read(const codeview::GUID &Wanted);

private:
  using StreamOr = Expected<std::unique_ptr<MappedBlockStream>>;

  Error open();
  Error checkInfo(const codeview::GUID &Wanted);
  Error readStrings();
  StreamOr stream(uint32_t Index);
  void readSymbols(const CVSymbolArray &Symbols);
  template <typename T> Expected<T> get(const CVSymbol &Symbol);
  Error readRecords(uint32_t Index);
  Error readModule(const DbiModuleDescriptor &Module);
  void readLines(const DebugSubsectionRecord &Record,
                 const DebugChecksumsSubsectionRef &Files);
  std::optional<uint32_t> fileOf(const DebugChecksumsSubsectionRef &Files,
                                 uint32_t Offset);
  std::optional<uint64_t> addressOf(uint16_t Segment, uint32_t Offset) const;

  const Image &I;
  Places &Out;
  std::unique_ptr<MemoryBuffer> Bytes;
  BumpPtrAllocator Memory;
  std::unique_ptr<PDBFile> File;
  std::unique_ptr<MappedBlockStream> StringStream;
  PDBStringTable Strings;
};

} // namespace

// ---- the file --------------------------------------------------------------

// LLVM makes room for as many blocks and as large a directory as the file
// claims to have.
Error PdbReader::open() {
  uint64_t Size = Bytes->getBufferSize();
  const auto *Block =
      reinterpret_cast<const msf::SuperBlock *>(Bytes->getBufferStart());
  if (Size < sizeof *Block || Block->NumDirectoryBytes > Size ||
      uint64_t(Block->NumBlocks) * Block->BlockSize > Size)
    return fail("no PDB");
  File = std::make_unique<PDBFile>(
      "",
      std::make_unique<BinaryByteStream>(
          arrayRefFromStringRef(Bytes->getBuffer()), compat::LittleEndian),
      Memory);
  if (Error E = File->parseFileHeaders())
    return E;
  if (Error E = File->parseStreamData())
    return E;
  // Streams share no blocks, or what is read would be more than the file; and
  // the last number a block can have is one that LLVM takes for 0.
  uint64_t Sum = 0;
  for (uint32_t N = 0; N < File->getNumStreams(); N++) {
    if (File->getStreamByteSize(N) != UINT32_MAX)
      Sum += File->getStreamByteSize(N);
    if (is_contained(File->getStreamBlockList(N), UINT32_MAX))
      return fail("no PDB");
  }
  return Sum > Size ? fail("no PDB") : Error::success();
}

// A stream that was removed has this size, and no blocks.
PdbReader::StreamOr PdbReader::stream(uint32_t Index) {
  if (Index >= File->getNumStreams() ||
      File->getStreamByteSize(Index) == UINT32_MAX)
    return fail("no such stream");
  return File->safelyCreateIndexedStream(Index);
}

// The PDB is the image's own; and the table of streams with names is no larger
// than the stream that holds it.
Error PdbReader::checkInfo(const codeview::GUID &Wanted) {
  StreamOr Info = stream(StreamPDB);
  if (!Info)
    return Info.takeError();
  BinaryStreamReader Reader(**Info);
  const InfoStreamHeader *Header;
  uint32_t NamesSize, Size, Capacity;
  if (Error E = Reader.readObject(Header))
    return E;
  if (memcmp(&Header->Guid, &Wanted, sizeof Wanted) != 0)
    return fail("another PDB");
  if (Error E = Reader.readInteger(NamesSize))
    return E;
  if (Error E = Reader.skip(NamesSize))
    return E;
  if (Error E = Reader.readInteger(Size))
    return E;
  if (Error E = Reader.readInteger(Capacity))
    return E;
  return Capacity > File->getFileSize() ? fail("no PDB") : Error::success();
}

Error PdbReader::readStrings() {
  Expected<InfoStream &> Info = File->getPDBInfoStream();
  if (!Info)
    return Info.takeError();
  Expected<uint32_t> Index = Info->getNamedStreamIndex("/names");
  if (!Index)
    return Index.takeError();
  StreamOr Stream = stream(*Index);
  if (!Stream)
    return Stream.takeError();
  StringStream = std::move(*Stream);
  BinaryStreamReader Reader(*StringStream);
  return Strings.reload(Reader);
}

std::optional<uint64_t> PdbReader::addressOf(uint16_t Segment,
                                             uint32_t Offset) const {
  if (Segment == 0 || Segment > I.Sections.size())
    return std::nullopt;
  return I.Sections[Segment - 1].address + Offset;
}

// ---- symbols ---------------------------------------------------------------

template <typename T> Expected<T> PdbReader::get(const CVSymbol &Symbol) {
  return SymbolDeserializer::deserializeAs<T>(Symbol);
}

void PdbReader::readSymbols(const CVSymbolArray &Symbols) {
  auto add = [&](uint16_t Segment, uint32_t Offset, uint32_t Rank,
                 StringRef Name) {
    if (auto Address = addressOf(Segment, Offset))
      Out.addSymbol(*Address, Rank, Name);
  };
  for (const CVSymbol &Symbol : Symbols) {
    switch (Symbol.kind()) {
    case S_GDATA32:
    case S_LDATA32:
      if (auto Data = get<DataSym>(Symbol))
        add(Data->Segment, Data->DataOffset, Places::Source, Data->Name);
      else
        consumeError(Data.takeError());
      break;
    case S_GPROC32:
    case S_LPROC32:
    case S_GPROC32_ID:
    case S_LPROC32_ID:
      if (auto Code = get<ProcSym>(Symbol))
        add(Code->Segment, Code->CodeOffset, Places::Source, Code->Name);
      else
        consumeError(Code.takeError());
      break;
    case S_PUB32:
      if (auto Public = get<PublicSym32>(Symbol))
        add(Public->Segment, Public->Offset, Places::Table, Public->Name);
      else
        consumeError(Public.takeError());
      break;
    default:
      break;
    }
  }
}

Error PdbReader::readRecords(uint32_t Index) {
  StreamOr Stream = stream(Index);
  if (!Stream)
    return Stream.takeError();
  BinaryStreamReader Reader(**Stream);
  CVSymbolArray Symbols;
  if (Error E =
          Reader.readArray(Symbols, static_cast<uint32_t>(Reader.getLength())))
    return E;
  readSymbols(Symbols);
  return Error::success();
}

// ---- modules ---------------------------------------------------------------

std::optional<uint32_t>
PdbReader::fileOf(const DebugChecksumsSubsectionRef &Files, uint32_t Offset) {
  if (!Files.valid() ||
      Offset >= Files.getArray().getUnderlyingStream().getLength())
    return std::nullopt;
  auto Entry = Files.getArray().at(Offset);
  if (Entry == Files.end())
    return std::nullopt;
  Expected<StringRef> Name = Strings.getStringForID(Entry->FileNameOffset);
  if (!Name) {
    consumeError(Name.takeError());
    return std::nullopt;
  }
  return Out.addFile(*Name);
}

void PdbReader::readLines(const DebugSubsectionRecord &Record,
                          const DebugChecksumsSubsectionRef &Files) {
  DebugLinesSubsectionRef Lines;
  if (Error E = Lines.initialize(BinaryStreamReader(Record.getRecordData())))
    return consumeError(std::move(E));
  auto Start =
      addressOf(Lines.header()->RelocSegment, Lines.header()->RelocOffset);
  if (!Start)
    return;
  uint64_t End = *Start + Lines.header()->CodeSize;
  for (const LineColumnEntry &Block : Lines) {
    std::optional<uint32_t> Name = fileOf(Files, Block.NameIndex);
    uint32_t Count = Block.LineNumbers.size();
    for (uint32_t N = 0; Name && N < Count; N++) {
      LineInfo Info(Block.LineNumbers[N].Flags);
      uint64_t Next =
          N + 1 < Count ? *Start + Block.LineNumbers[N + 1].Offset : End;
      if (!Info.isAlwaysStepInto() && !Info.isNeverStepInto())
        Out.addLine(*Start + Block.LineNumbers[N].Offset, Next, *Name,
                    Info.getStartLine());
    }
  }
}

Error PdbReader::readModule(const DbiModuleDescriptor &Module) {
  if (Module.getModuleStreamIndex() == kInvalidStreamIndex)
    return Error::success();
  StreamOr Stream = stream(Module.getModuleStreamIndex());
  if (!Stream)
    return Stream.takeError();
  ModuleDebugStreamRef Debug(Module, std::move(*Stream));
  if (Error E = Debug.reload())
    return E;
  readSymbols(Debug.getSymbolArray());
  DebugChecksumsSubsectionRef Files;
  for (const DebugSubsectionRecord &Record : Debug.subsections())
    if (Record.kind() == DebugSubsectionKind::FileChecksums && !Files.valid())
      if (Error E = Files.initialize(Record.getRecordData()))
        return E;
  for (const DebugSubsectionRecord &Record : Debug.subsections())
    if (Record.kind() == DebugSubsectionKind::Lines)
      readLines(Record, Files);
  return Error::success();
}

Error PdbReader::read(const codeview::GUID &Wanted) {
  if (Error E = open())
    return E;
  if (Error E = checkInfo(Wanted))
    return E;
  if (Error E = readStrings())
    consumeError(std::move(E)); // then lines have no files
  StreamOr Dbi = stream(StreamDBI);
  if (!Dbi)
    return Dbi.takeError();
  BinaryStreamReader Reader(**Dbi);
  const DbiStreamHeader *Header;
  if (Error E = Reader.readObject(Header))
    return E;
  if (Error E = readRecords(Header->SymRecordStreamIndex))
    consumeError(std::move(E));
  VarStreamArray<DbiModuleDescriptor> Modules;
  if (Error E = Reader.readArray(
          Modules, static_cast<uint32_t>(Header->ModiSubstreamSize)))
    return E;
  for (const DbiModuleDescriptor &Module : Modules)
    if (Error E = readModule(Module))
      consumeError(std::move(E));
  return Error::success();
}

// ---- the image's side ------------------------------------------------------

namespace {
struct PdbName {
  codeview::GUID Guid;
  StringRef Path;
};
} // namespace

// What the image says of its PDB.
static std::optional<PdbName> nameOf(const Image &I) {
  data_directory Directory = I.directory(COFF::DEBUG_DIRECTORY);
  ArrayRef<uint8_t> Bytes = I.bytesAt(Directory.RelativeVirtualAddress);
  Bytes = Bytes.take_front(Directory.Size);
  for (; const auto *Entry = front<debug_directory>(Bytes);
       Bytes = Bytes.drop_front(sizeof(debug_directory))) {
    ArrayRef<uint8_t> Data =
        I.bytesAt(Entry->AddressOfRawData).take_front(Entry->SizeOfData);
    if (Entry->Type != COFF::IMAGE_DEBUG_TYPE_CODEVIEW ||
        Data.size() <= sizeof(codeview::PDB70DebugInfo) ||
        memcmp(Data.data(), "RSDS", 4) != 0)
      continue;
    PdbName Name;
    memcpy(&Name.Guid,
           Data.data() + offsetof(codeview::PDB70DebugInfo, Signature),
           sizeof Name.Guid);
    Data = Data.drop_front(sizeof(codeview::PDB70DebugInfo));
    Name.Path = toStringRef(Data);
    Name.Path = Name.Path.take_front(Name.Path.find('\0'));
    return Name;
  }
  return std::nullopt;
}

static bool readFrom(const Image &I, const Twine &Path, const PdbName &Name,
                     Places &Out) {
  if (!sys::fs::is_regular_file(Path))
    return false;
  ErrorOr<std::unique_ptr<MemoryBuffer>> Buffer =
      MemoryBuffer::getFile(Path, false, false);
  if (!Buffer)
    return false;
  if (Error E = PdbReader(I, std::move(*Buffer), Out).read(Name.Guid)) {
    consumeError(std::move(E));
    return false;
  }
  return true;
}

void readPdb(const Image &I, StringRef Path, Places &Out) {
  std::optional<PdbName> Name = nameOf(I);
  if (Path.empty() || !Name || Name->Path.empty())
    return;
  SmallString<256> Beside(sys::path::parent_path(Path));
  sys::path::append(Beside,
                    sys::path::filename(Name->Path, sys::path::Style::windows));
  if (!readFrom(I, Beside, *Name, Out))
    (void)readFrom(I, Name->Path, *Name, Out);
}

} // namespace hvci
