// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl %arg min-os=1607 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl %arg min-os=10.0.14393 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl %arg min-os=1703 -Xclang -verify=later -- %s
// RUN: %hvci_cl %arg min-os=22H2 -Xclang -verify=later -- %s
// RUN: %hvci_cl %arg min-os=10.0.15063 -Xclang -verify=later -- %s
#include <ntddk.h>

#pragma pack(1)
struct { USHORT Id; const char *Text; } Table[2000] = {[0 ... 1999] = {1, "x"}}; // expected-warning {{straddle a page boundary}}
void *Pool(void) { return ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); } // expected-warning {{executable pool}} later-warning {{executable pool}}
