// RUN: %hvci_cl_x64 -Xclang -verify -- %s
// RUN: %hvci_cl_arm64 -Xclang -verify -- %s
// RUN: %hvci_cl_x86 -Xclang -verify=expected,x86 -- %s
// RUN: %hvci_clang_mingw -Xclang -verify %s
#include <ntddk.h>
// x86-note@* 3 {{memory integrity runs on 64-bit Windows only}}

#pragma comment(linker, "/SECTION:a,RW,ALIGN=64") // expected-warning {{'/SECTION:a,RW,ALIGN=64' may leave section 'a' unaligned to pages; use a multiple of 4096 [hvci-section-alignment]}}
#pragma comment(linker, "/EXPORT:Name " "/SECTION:b,,ALIGN=2048") // expected-warning {{'/SECTION:b,,ALIGN=2048' may leave section 'b' unaligned}}
#pragma comment(linker, "/SECTION:c,R,ALIGN=4096 /SECTION:d,R,ALIGN=8192 /SECTION:e,R")

// In a pragma no linker reads it: said once, and no warning.
#pragma comment(linker, "/ALIGN:64") // expected-remark {{'/ALIGN:64' has no effect here: linkers take it from their command line only [hvci-section-alignment]}}
#pragma comment(linker, "-align:32")

// Malformed options are the linker's business; these are other ones.
#pragma comment(linker, "/SECTION:f,R,ALIGN= /SECTION:g,R,ALIGN=x /ALIGN /FILEALIGN:64")
// Alignment of objects is another matter.
#pragma section("h", read, write)
__declspec(allocate("h")) __declspec(align(16)) int Object = 1;

#define ALIGNED(Name) __pragma(comment(linker, "/SECTION:" Name ",RW,ALIGN=64"))
ALIGNED("i") // expected-warning {{'/SECTION:i,RW,ALIGN=64' may leave section 'i' unaligned}}
ALIGNED("j") // hvcilint: allow(hvci-section-alignment) why
// hvcilint: allow(hvci-section-alignment) the loader of the test copies it
#pragma comment(linker, "/SECTION:k,RW,ALIGN=64")
