// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* netadaptercx.h - stand-in: network adapters on top of the framework. */
#ifndef HVCI_KM_NETADAPTERCX_H
#define HVCI_KM_NETADAPTERCX_H

#include "wdf.h"

EXTERN_C_START

typedef struct NETCONFIGURATION__ *NETCONFIGURATION;
typedef struct _NET_DRIVER_GLOBALS *PNET_DRIVER_GLOBALS;

typedef enum _NETFUNCENUM { NetConfigurationQueryBinaryTableIndex } NETFUNCENUM;

typedef VOID(WDFAPI *NETFUNC)(VOID);
extern NETFUNC NetFunctions[];
extern PNET_DRIVER_GLOBALS NetDriverGlobals;

typedef NTSTATUS(WDFAPI *PFN_NETCONFIGURATIONQUERYBINARY)(
    PNET_DRIVER_GLOBALS DriverGlobals, NETCONFIGURATION Configuration,
    PCUNICODE_STRING ValueName, POOL_TYPE PoolType,
    WDF_OBJECT_ATTRIBUTES *MemoryAttributes, WDFMEMORY *Memory);

FORCEINLINE NTSTATUS NetConfigurationQueryBinary(
    NETCONFIGURATION Configuration, PCUNICODE_STRING ValueName,
    POOL_TYPE PoolType, WDF_OBJECT_ATTRIBUTES *MemoryAttributes,
    WDFMEMORY *Memory) {
  return ((PFN_NETCONFIGURATIONQUERYBINARY)
              NetFunctions[NetConfigurationQueryBinaryTableIndex])(
      NetDriverGlobals, Configuration, ValueName, PoolType, MemoryAttributes,
      Memory);
}

EXTERN_C_END

#endif
