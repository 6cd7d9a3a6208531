// RUN: %hvci_cl_x64 -Xclang -verify=x64,all -- %s
// RUN: %hvci_cl_arm64 -Xclang -verify=arm64,all -- %s
// RUN: %hvci_cl_x86 -Xclang -verify=x86,all -- %s
// RUN: %hvci_clang_mingw -Xclang -verify=x64,all %s
#include <ntddk.h>

// x86-note@* 0+ {{memory integrity runs on 64-bit Windows only}}
#pragma pack(push, 1) // all-note 0+ {{'ENTRY' is packed here}}
typedef struct {
  USHORT Id;
  const char *Text; // all-note 0+ {{pointer 'Text' lies 2 bytes into 'ENTRY'}}
} ENTRY;
#pragma pack(pop)

#define E1 {1, "x"}
#define E8 E1, E1, E1, E1, E1, E1, E1, E1
#define E64 E8, E8, E8, E8, E8, E8, E8, E8
#define E512 E64, E64, E64, E64, E64, E64, E64, E64

ENTRY Sample[] = {E512, E512, E512, E512, E512, E512, E512, E512};
// x64-warning@-1 {{'Sample' is laid out so that at least 6 and at most 6 of its 4096 relocations straddle a page boundary, which Windows 10 1507 to 1607 refuse; align 'Text' to 8 bytes [hvci-unsupported-reloc]}}
// arm64-warning@-2 {{'Sample' is laid out so that at least 6 and at most 6 of its 4096 relocations straddle a page boundary}}
// x86-warning@-3 {{'Sample' may be placed so that at least 2 and at most 4 of its 4096 relocations straddle a page boundary}}
ENTRY Range[4096] = {[0 ... 4095] = E1};
// x64-warning@-1 {{at least 6 and at most 6 of its 4096 relocations}}
// arm64-warning@-2 {{at least 6 and at most 6 of its 4096 relocations}}
// x86-warning@-3 {{at least 2 and at most 4 of its 4096 relocations}}
ENTRY Many[40000] = {[0 ... 39999] = E1};
// x64-warning@-1 {{of its 40000 relocations}}
// arm64-warning@-2 {{of its 40000 relocations}}
// x86-warning@-3 {{of its 40000 relocations}}
ENTRY Three[3] = {E1, E1, E1};
// x64-warning@-1 {{'Three' may be placed so that at least 0 and at most 1 of its 3 relocations straddle a page boundary}}
// arm64-warning@-2 {{at least 0 and at most 1 of its 3 relocations}}
// x86-warning@-3 {{at least 0 and at most 1 of its 3 relocations}}
static const ENTRY One = E1;
// x64-warning@-1 {{at least 0 and at most 1 of its 1 relocations}}
// arm64-warning@-2 {{at least 0 and at most 1 of its 1 relocations}}
// x86-warning@-3 {{at least 0 and at most 1 of its 1 relocations}}

__declspec(align(16)) ENTRY Aligned = E1;
__declspec(align(4096)) ENTRY Page = E1;
ENTRY Empty[4096];
ENTRY Nulls[4096] = {[0 ... 4095] = {1, 0}};
struct { USHORT Id; const char *Text; } Natural[4096] = {[0 ... 4095] = E1};
const ENTRY *use(void) { static ENTRY Local = {2, 0}; return Local.Text ? &One : &Local; }
