// RUN: %hvci_cl_x64 /std:c++17 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl_arm64 /std:c++17 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_clang_mingw -std=c++17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <ntddk.h>

using Routine = int (*)();
int plain();
static PVOID pool() { return ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'tseT'); }

void *operator new(size_t, POOL_TYPE);
void *operator new[](size_t, POOL_TYPE);

void casts(PHYSICAL_ADDRESS Place) {
  auto *Data = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'tseT');
  reinterpret_cast<Routine>(Data)();                              // expected-warning {{'reinterpret_cast<Routine>(Data)' is data called as code: memory from 'ExAllocatePool2'}}
  static_cast<void>(reinterpret_cast<Routine>(Data)());           // expected-warning {{memory from 'ExAllocatePool2'}}
  auto Code = Routine(MmMapIoSpaceEx(Place, 64, PAGE_READWRITE)); // the old cast
  Code();                                                         // expected-warning {{memory from 'MmMapIoSpaceEx'}}
  Routine Braced{Routine(Data)};
  Braced();                                                       // expected-warning {{memory from 'ExAllocatePool2'}}
  auto *Bytes = new (NonPagedPoolNx) UCHAR[64];                   
  reinterpret_cast<Routine>(Bytes)();                             // expected-warning {{memory from 'operator new'}}
  if (auto Inside = Routine(Data))
    Inside();                                                     // expected-warning {{memory from 'ExAllocatePool2'}}
}

template <typename T> void called() {
  T Code = reinterpret_cast<T>(ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'tseT'));
  Code(); // expected-warning {{'Code' is data called as code: memory from 'ExAllocatePool2'}}
}
template <typename T> void never() {
  T Code = reinterpret_cast<T>(ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'tseT'));
  Code();
}

auto Closure = [] {
  static const UCHAR Bytes[] = {0xc3};
  reinterpret_cast<Routine>(const_cast<UCHAR *>(Bytes))(); // expected-warning {{the variable 'Bytes'}}
};

void lambdas(PVOID Other) {
  called<Routine>();
  auto Code = Routine(ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'tseT'));
  auto Copy = [Code] { Code(); }; // expected-warning {{memory from 'ExAllocatePool2'}}
  auto Changed = Routine(ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'tseT'));
  auto Reference = [&Changed, Other] { Changed = Routine(Other); };
  Reference();
  Changed();
  Copy();
}

// ---- Silent ----------------------------------------------------------------

struct Device {
  virtual int start();
  int stop();
  Routine Callback;
  PVOID Opaque;
};

void change(PVOID &);
template <typename F> int apply(F Function) { return Function(); }

int silent(Device *Object, int (Device::*Member)(), Routine &Reference) {
  PVOID Data = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'tseT');
  change(Data);
  reinterpret_cast<Routine>(Data)();
  PVOID Bound = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'tseT');
  PVOID &Alias = Bound;
  Alias = Object->Opaque;
  reinterpret_cast<Routine>(Bound)();
  Reference();
  Object->start();
  Object->stop();
  (Object->*Member)();
  Object->Callback();
  Routine{}();
  Routine(nullptr)();
  apply(plain);
  apply([] { return 1; });
  return reinterpret_cast<Routine>(Object->Opaque)() + reinterpret_cast<Routine>(pool())();
}
