// RUN: split-file %s %t
// RUN: %hvci_cl_x64 -Xclang -verify -I %t -imsvc %t/km -- %t/unit.cpp
// RUN: %hvci_clang_mingw -Xclang -verify -I %t -isystem %t/km %t/unit.cpp

//--- km/kit.h
#pragma comment(linker, "/SECTION:kit,RW,ALIGN=64")
//--- driver.h
#pragma comment(linker, "/SECTION:driver,RW,ALIGN=64") // expected-warning {{may leave section 'driver' unaligned}}
//--- unit.cpp
#include <ntddk.h>
#include <kit.h>
#include "driver.h"
namespace {
#pragma comment(linker, "/SECTION:names,RW,ALIGN=64") // expected-warning {{may leave section 'names' unaligned}}
}
struct Device {
#pragma comment(linker, "/SECTION:member,RW,ALIGN=64") // expected-warning {{may leave section 'member' unaligned}}
  void start() {
#pragma comment(linker, "/SECTION:body,RW,ALIGN=4096")
  }
};
