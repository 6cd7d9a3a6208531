// What makes a finding an error, a warning, or silent; and the exit code.
// DEFINE: %{all} = --implicit-check-not=warning: --implicit-check-not=error: --check-prefixes
// RUN: %hvci_cl -- %s 2>&1 | FileCheck %s %{all}=POOL-W,MAP-W
// RUN: %hvci_cl /W4 -- %s 2>&1 | FileCheck %s %{all}=POOL-W,MAP-W
// RUN: %hvci_cl /w -- %s 2>&1 | count 0
// RUN: %hvci_cl /W0 -- %s 2>&1 | count 0
// RUN: %hvci_cl /W0 /WX -- %s 2>&1 | count 0
// RUN: not %hvci_cl /WX -- %s 2>&1 | FileCheck %s %{all}=POOL-E,MAP-E
// RUN: not %hvci_cl -Werror -- %s 2>&1 | FileCheck %s %{all}=POOL-E,MAP-E
// RUN: %hvci_cl /WX /WX- -- %s 2>&1 | FileCheck %s %{all}=POOL-W,MAP-W
// RUN: %hvci_cl -Werror=unused-variable -- %s 2>&1 | FileCheck %s %{all}=POOL-W,MAP-W

// RUN: not %hvci_cl %arg error=hvci-execute-pool-type -- %s 2>&1 | FileCheck %s %{all}=POOL-E,MAP-W
// RUN: not %hvci_cl %arg error=hvci-execute-pool-type /w -- %s 2>&1 | FileCheck %s %{all}=POOL-E
// RUN: not %hvci_cl %arg error=hvci-execute-pool-type,hvci-execute-page-mapping -- %s 2>&1 \
// RUN:   | FileCheck %s %{all}=POOL-E,MAP-E
// RUN: not %hvci_cl %arg error=hvci-execute-pool-type %arg error=hvci-execute-page-mapping -- %s 2>&1 \
// RUN:   | FileCheck %s %{all}=POOL-E,MAP-E
// RUN: %hvci_cl %arg error=hvci-unsupported-reloc -- %s 2>&1 | FileCheck %s %{all}=POOL-W,MAP-W

// RUN: %hvci_cl %arg off=hvci-execute-pool-type -- %s 2>&1 | FileCheck %s %{all}=MAP-W
// RUN: %hvci_cl %arg only=hvci-execute-pool-type -- %s 2>&1 | FileCheck %s %{all}=POOL-W
// RUN: %hvci_cl %arg off=hvci-execute-pool-type %arg off=hvci-execute-page-mapping -- %s 2>&1 | count 0
// RUN: %hvci_cl %arg off=hvci-execute-pool-type %arg error=hvci-execute-pool-type -- %s 2>&1 \
// RUN:   | FileCheck %s %{all}=MAP-W
// RUN: %hvci_cl %arg only=hvci-execute-pool-type,hvci-execute-page-mapping %arg off=hvci-execute-pool-type \
// RUN:   -- %s 2>&1 | FileCheck %s %{all}=MAP-W
// RUN: not %hvci_cl %arg only=hvci-execute-page-mapping /WX -- %s 2>&1 | FileCheck %s %{all}=MAP-E
#include <ntddk.h>

// POOL-W: ([[#@LINE+4]],42): warning: 'ExAllocatePool' {{.*}} [hvci-execute-pool-type]
// POOL-E: ([[#@LINE+3]],42): error: 'ExAllocatePool' {{.*}} [hvci-execute-pool-type]
// MAP-W: ([[#@LINE+3]],64): warning: 'MmGetSystemAddressForMdlSafe' {{.*}} [hvci-execute-page-mapping]
// MAP-E: ([[#@LINE+2]],64): error: 'MmGetSystemAddressForMdlSafe' {{.*}} [hvci-execute-page-mapping]
void *pool(void) { return ExAllocatePool(NonPagedPool, 8); }
void *map(PMDL Mdl) { return MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority); }
