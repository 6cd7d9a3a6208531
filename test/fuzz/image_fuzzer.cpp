// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A libFuzzer target for the reader of images: everything that a caller can ask
// of a file is asked, and the checkers judge what it answers.
//
// LLVM's libraries are not instrumented, so the reader's copy of the file ends
// where memory does: a read behind it faults in their code as well.

#include "hvci/check.h"
#include "hvci/image.h"

#include "Apart.h"

#include "llvm/Support/MemoryBuffer.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {

constexpr size_t Room = size_t(1) << 22; // more than -max_len

// Places are found by debug information, which is slow for each of a million.
constexpr unsigned MaxPlaces = 64;

struct Judge {
  hvci_image_file *File;
  size_t Index;
  hvci_options Options;
  hvci_sink Sink;
  unsigned Places;
  size_t Sum; // of what was read, so that nothing is left out
};

size_t lengthOf(const char *Text) {
  if (!Text)
    abort(); // no string of a fact is NULL
  return strlen(Text);
}

void locate(Judge &By, hvci_range Range) {
  hvci_image_place Place;
  if (By.Places++ >= MaxPlaces ||
      !hvci_image_locate(By.File, By.Index, Range, &Place))
    return;
  By.Sum += lengthOf(Place.section) + lengthOf(Place.symbol) +
            lengthOf(Place.file) + Place.address + Place.offset + Place.line;
}

hvci_status takeFinding(const hvci_finding *Finding, void *Payload) {
  auto &By = *static_cast<Judge *>(Payload);
  By.Sum += lengthOf(Finding->message);
  locate(By, Finding->range);
  for (size_t I = 0; I < Finding->note_count; I++)
    locate(By, Finding->notes[I].range);
  return HVCI_OK;
}

void expect(bool Holds) {
  if (!Holds)
    abort();
}

void check(hvci_status Status) {
  expect(Status == HVCI_OK || Status == HVCI_ERROR_MEMORY);
}

struct Relocations {
  Judge *By;
  uint64_t Count;
};

bool takeRelocation(const hvci_base_relocation_fact *Relocation,
                    void *Payload) {
  auto &To = *static_cast<Relocations *>(Payload);
  To.Count++;
  check(hvci_check_base_relocation(Relocation, &To.By->Options, &To.By->Sink));
  locate(*To.By, Relocation->range);
  return true;
}

bool stop(const hvci_base_relocation_fact *, void *Payload) {
  ++*static_cast<unsigned *>(Payload);
  return false;
}

void judgeClaims(Judge &By, const hvci_image &Image) {
  hvci_layout_fact Layout = {};
  Layout.claims = Image.claims;
  Layout.claim_count = Image.claim_count;
  Layout.unit = &Image.unit;
  for (size_t I = 0; I < Image.claim_count; I++) {
    const hvci_claim &Claim = Image.claims[I];
    By.Sum += lengthOf(Claim.section) + lengthOf(Claim.subject) +
              lengthOf(Claim.into);
    locate(By, Claim.range);
  }
  check(hvci_check_layout(&Layout, &By.Options, &By.Sink));
}

void judge(Judge &By, const hvci_image &Image) {
  By.Sum += lengthOf(Image.member) + lengthOf(Image.machine);
  for (size_t I = 0; I < Image.section_count; I++) {
    By.Sum += lengthOf(Image.sections[I].name) + Image.section_sizes[I];
    locate(By, Image.sections[I].range);
    check(hvci_check_section(&Image.sections[I], &By.Options, &By.Sink));
  }
  for (size_t I = 0; I < Image.import_count; I++) {
    By.Sum += lengthOf(Image.imports[I].name);
    locate(By, Image.imports[I].range);
    check(hvci_check_import(&Image.imports[I], &By.Options, &By.Sink));
  }
  for (size_t I = 0; I < Image.global_count; I++) {
    By.Sum += lengthOf(Image.globals[I].name);
    locate(By, Image.globals[I].range);
    check(hvci_check_global(&Image.globals[I], &By.Options, &By.Sink));
  }
  judgeClaims(By, Image);
}

void judgeRelocations(Judge &By, const hvci_image &Image) {
  Relocations To = {&By, 0};
  hvci_image_relocations(By.File, By.Index, takeRelocation, &To);
  expect(To.Count == Image.relocation_count);
  unsigned Calls = 0;
  hvci_image_relocations(By.File, By.Index, stop, &Calls);
  expect(Calls == (To.Count ? 1 : 0));
}

// One mapping for all, behind which nothing can be read.
char *endOfMemory() {
  static char *const End = [] {
    auto Page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    void *Map = mmap(nullptr, Room + Page, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    expect(Map != MAP_FAILED);
    char *Last = static_cast<char *>(Map) + Room;
    expect(mprotect(Last, Page, PROT_NONE) == 0);
    return Last;
  }();
  return End;
}

class LastBytes : public llvm::WritableMemoryBuffer {
public:
  explicit LastBytes(size_t Size) {
    init(endOfMemory() - Size, endOfMemory(), false);
  }
  BufferKind getBufferKind() const override { return MemoryBuffer_Malloc; }
};

} // namespace

// In place of LLVM's, which would put the copy of the file where all else is.
std::unique_ptr<llvm::WritableMemoryBuffer>
llvm::WritableMemoryBuffer::getNewUninitMemBuffer(size_t Size, const Twine &,
                                                  std::optional<Align>) {
  return std::make_unique<LastBytes>(Size);
}

// Debug information is read in a process of its own, whose end harms nobody; to
// start one for each input would leave time for few. hostile.py has them read
// it.
std::string hvci::runApart(uint64_t,
                           llvm::function_ref<void(llvm::raw_ostream &)>) {
  return "";
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  char Error[256] = "";
  if (Size > Room)
    return -1;
  hvci_image_file *File = hvci_image_parse(reinterpret_cast<const char *>(Data),
                                           Size, nullptr, Error, sizeof Error);
  if (!File) {
    expect(Error[0] && !strchr(Error, '\n'));
    return 0;
  }
  Judge By = {};
  By.File = File;
  hvci_options_init(&By.Options);
  By.Sink.report = takeFinding;
  By.Sink.payload = &By;
  for (By.Index = 0; By.Index < hvci_image_count(File); By.Index++) {
    const hvci_image *Image = hvci_image_get(File, By.Index);
    expect(Image);
    judge(By, *Image);
    judgeRelocations(By, *Image);
    // No fact's place, and perhaps none at all.
    locate(By, {UINT64_MAX, UINT64_MAX});
    locate(By, {0, 0});
    locate(By, {uint64_t(Size), uint64_t(1) << 32});
  }
  hvci_image_close(File);
  return 0;
}
