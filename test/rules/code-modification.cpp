// RUN: %hvci_cl_x64 /std:c++17 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_arm64 /std:c++17 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_clang_mingw -std=c++17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <ntddk.h>

// As Clang's own intrin.h has them.
extern "C" unsigned long __readcr0();
extern "C" void __writecr0(unsigned int Value);

using Routine = int (*)();
int target();
static int own() { return 1; }
namespace driver { int inside(); }
struct Device {
  static int stop();
  virtual int start();
  Routine Callback;
};

void stores(PHYSICAL_ADDRESS Other) {
  *reinterpret_cast<UCHAR *>(target) = 0xCC;                     // expected-warning {{'*reinterpret_cast<UCHAR *>(target)' writes into the code of 'target'}}
  *reinterpret_cast<UCHAR *>(&driver::inside) = 0xCC;            // expected-warning {{writes into the code of 'inside'}}
  *reinterpret_cast<UCHAR *>(reinterpret_cast<ULONG_PTR>(Device::stop)) = 0xCC; // expected-warning {{writes into the code of 'stop'}}
  auto *Bytes = static_cast<UCHAR *>(static_cast<void *>(reinterpret_cast<UCHAR *>(own)));
  for (int I = 0; I < 4; I++)
    Bytes[I] = 0x90;                                             // expected-warning {{writes into the code of 'own'}}
  auto Patch = [Bytes] { *Bytes = 0xC3; };                       // expected-warning {{writes into the code of 'own'}}
  PHYSICAL_ADDRESS Physical = MmGetPhysicalAddress(reinterpret_cast<void *>(target));
  PHYSICAL_ADDRESS Copy = Physical;
  *static_cast<UCHAR *>(MmMapIoSpaceEx(Copy, 16, PAGE_READWRITE)) = 1; // expected-warning {{writes into the code of 'target'}}
  *static_cast<UCHAR *>(MmMapIoSpaceEx(Other, 16, PAGE_READWRITE)) = 1;
  __writecr0(static_cast<unsigned>(__readcr0() & ~0x10000ul));   // expected-warning {{'__writecr0' switches off write protection}}
  __writecr0(__readcr0() & ~0x10000ul);                          // expected-warning {{'__writecr0' switches off write protection}}
  __writecr0(__readcr0() | 0x10000);
  Patch();
}

template <typename T, T Function> struct Hook {
  void install() {
    RtlZeroMemory(reinterpret_cast<void *>(Function), 5); // expected-warning {{writes into the code of 'target'}}
  }
};
template struct Hook<Routine, target>;

// ---- Silent ----------------------------------------------------------------

int silent(Device *Object, Routine Given, Routine &Slot) {
  UCHAR Saved[16];
  Routine Local = target, Other = target;
  Slot = target;
  Object->Callback = target;
  Local = own;
  Routine &Reference = Other;
  Reference = Given;
  *reinterpret_cast<UCHAR *>(Other) = 1;
  *reinterpret_cast<UCHAR *>(Given) = 1;
  RtlCopyMemory(Saved, reinterpret_cast<void *>(target), sizeof(Saved));
  const UCHAR &First = *reinterpret_cast<UCHAR *>(target);
  return First + Saved[0] + (Local == target);
}
