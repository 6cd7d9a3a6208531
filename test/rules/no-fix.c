// No fix where the edit is not certain: in a macro's body, for a name that the
// unit lacks, for a value that several constants make.
// RUN: %hvci_cl -Xclang -fdiagnostics-parseable-fixits -- %s 2>&1 | FileCheck %s
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// CHECK: 10 warnings generated
// CHECK-NOT: fix-it:
#include <ntddk.h>
#define KIND NonPagedPool
#define ALLOC() ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT')
#define PROTECTION PAGE_EXECUTE_READ
enum { Mine = NonPagedPool };
extern PVOID IoSpace(PHYSICAL_ADDRESS);
#define SPACE(A) MmMapIoSpace(A, 4096, MmNonCached)

void keep(PMDL Mdl, PHYSICAL_ADDRESS A, ULONG Unknown, MEMORY_CACHING_TYPE Cache, PVOID *Out) {
  Out[0] = ExAllocatePoolWithTag(KIND, 8, 'tseT');                         // expected-warning {{with 'KIND'; use NonPagedPoolNx}}
  Out[1] = ALLOC();                                                        // expected-warning {{executable pool}}
  Out[2] = ExAllocatePoolWithTag(Mine, 8, 'tseT');                         // expected-warning {{with 'Mine'; use NonPagedPoolNx}}
  Out[3] = ExAllocatePoolWithTag(NonPagedPoolMustSucceed, 8, 'tseT');      // expected-warning {{executable pool}}
  Out[4] = SPACE(A);                                                       // expected-warning {{executable memory}}
  Out[5] = MmMapIoSpace(A, 4096, Cache);                                   // expected-warning {{executable memory}}
  MmProtectMdlSystemAddress(Mdl, PROTECTION);                              // expected-warning {{executable pages}}
  MmProtectMdlSystemAddress(Mdl, 0x240);                                   // expected-warning {{executable pages}}
  Out[6] = ExAllocatePool2(NonPagedPool | POOL_FLAG_USE_QUOTA, 8, 'tseT'); // expected-warning {{is a POOL_TYPE}}
  Out[7] = MmAllocateContiguousMemorySpecifyCache(4096, A, A, A, MmCached); // expected-warning {{executable memory}}
}
