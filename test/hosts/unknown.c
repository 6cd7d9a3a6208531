// What cannot be told is silent; `unknown` gives a remark.
// RUN: %hvci_cl -Xclang -verify=always -- %s
// RUN: %hvci_cl %arg unknown -Xclang -verify=always,unknown -- %s
// RUN: %hvci_cl %arg unknown /WX -Xclang -verify=unknown,werror -- %s
// RUN: %hvci_cl %arg unknown /w -Xclang -verify=unknown -- %s
// RUN: %hvci_cl %arg unknown %arg off=hvci-execute-pool-type -Xclang -verify=map -- %s
// RUN: %hvci_cl %arg unknown -- %s 2>&1 | FileCheck %s
// CHECK: unknown.c([[#@LINE+6]],57): remark: 'ExAllocatePool': the POOL_TYPE 'Type' is not known here [hvci-execute-pool-type]
#include <ntddk.h>

ULONG Read(void);
void *bad(void) { return ExAllocatePool(NonPagedPool, 8); } // always-warning {{hvci-execute-pool-type}} werror-error {{hvci-execute-pool-type}}
void *good(void) { return ExAllocatePool(NonPagedPoolNx, 8); }
void *parameter(POOL_TYPE Type) { return ExAllocatePool(Type, 8); } // unknown-remark {{the POOL_TYPE 'Type' is not known here [hvci-execute-pool-type]}}
void *flags(POOL_TYPE Type) { return ExAllocatePool(Type | POOL_COLD_ALLOCATION, 8); } // unknown-remark {{'Type | POOL_COLD_ALLOCATION' is not known}}
void *known(POOL_TYPE Type) { return ExAllocatePool(Type | POOL_NX_ALLOCATION, 8); }
void *read(void) { return ExAllocatePool((POOL_TYPE)Read(), 8); } // unknown-remark {{not known}}
void *possible(int p, POOL_TYPE Type) { return ExAllocatePool(p ? NonPagedPool : Type, 8); } // always-warning {{may allocate}} werror-error {{may allocate}}
void *map(PMDL Mdl, ULONG Priority) { return MmGetSystemAddressForMdlSafe(Mdl, Priority); } // unknown-remark {{[hvci-execute-page-mapping]}} map-remark {{[hvci-execute-page-mapping]}}

#pragma warning(suppress: 30030)
void *pragma(POOL_TYPE Type) { return ExAllocatePool(Type, 8); }
void *comment(POOL_TYPE Type) { return ExAllocatePool(Type, 8); } // hvcilint: allow(hvci-execute-pool-type) checked by the caller
