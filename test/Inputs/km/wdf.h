// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * wdf.h - stand-in: the framework's functions are inlines that call through
 * a cast of an element of one table.
 */
#ifndef HVCI_KM_WDF_H
#define HVCI_KM_WDF_H

#include "wdm.h"

EXTERN_C_START

#define WDFAPI __stdcall

typedef HANDLE WDFOBJECT;
typedef struct WDFDEVICE__ *WDFDEVICE;
typedef struct WDFIOTARGET__ *WDFIOTARGET;
typedef struct WDFKEY__ *WDFKEY;
typedef struct WDFLOOKASIDE__ *WDFLOOKASIDE;
typedef struct WDFMEMORY__ *WDFMEMORY;
typedef struct WDFDEVICE_INIT *PWDFDEVICE_INIT;
typedef struct _WDF_DEVICE_PROPERTY_DATA *PWDF_DEVICE_PROPERTY_DATA;
typedef struct _WDF_DRIVER_GLOBALS *PWDF_DRIVER_GLOBALS;
typedef struct _WDF_OBJECT_ATTRIBUTES WDF_OBJECT_ATTRIBUTES,
    *PWDF_OBJECT_ATTRIBUTES;
#define WDF_NO_OBJECT_ATTRIBUTES NULL

typedef enum _WDFFUNCENUM {
  WdfDeviceAllocAndQueryPropertyTableIndex,
  WdfDeviceAllocAndQueryPropertyExTableIndex,
  WdfFdoInitAllocAndQueryPropertyTableIndex,
  WdfFdoInitAllocAndQueryPropertyExTableIndex,
  WdfIoTargetAllocAndQueryTargetPropertyTableIndex,
  WdfLookasideListCreateTableIndex,
  WdfMemoryCreateTableIndex,
  WdfRegistryQueryMemoryTableIndex
} WDFFUNCENUM;

typedef VOID (*WDFFUNC)(VOID);
#define WdfFunctions WdfFunctions_01033
extern const WDFFUNC *WdfFunctions;
extern PWDF_DRIVER_GLOBALS WdfDriverGlobals;

typedef NTSTATUS(WDFAPI *PFN_WDFMEMORYCREATE)(PWDF_DRIVER_GLOBALS DriverGlobals,
                                              PWDF_OBJECT_ATTRIBUTES Attributes,
                                              POOL_TYPE PoolType, ULONG PoolTag,
                                              size_t BufferSize,
                                              WDFMEMORY *Memory, PVOID *Buffer);

FORCEINLINE NTSTATUS WdfMemoryCreate(PWDF_OBJECT_ATTRIBUTES Attributes,
                                     POOL_TYPE PoolType, ULONG PoolTag,
                                     size_t BufferSize, WDFMEMORY *Memory,
                                     PVOID *Buffer) {
  return ((PFN_WDFMEMORYCREATE)WdfFunctions[WdfMemoryCreateTableIndex])(
      WdfDriverGlobals, Attributes, PoolType, PoolTag, BufferSize, Memory,
      Buffer);
}

typedef NTSTATUS(WDFAPI *PFN_WDFLOOKASIDELISTCREATE)(
    PWDF_DRIVER_GLOBALS DriverGlobals,
    PWDF_OBJECT_ATTRIBUTES LookasideAttributes, size_t BufferSize,
    POOL_TYPE PoolType, PWDF_OBJECT_ATTRIBUTES MemoryAttributes, ULONG PoolTag,
    WDFLOOKASIDE *Lookaside);

FORCEINLINE NTSTATUS WdfLookasideListCreate(
    PWDF_OBJECT_ATTRIBUTES LookasideAttributes, size_t BufferSize,
    POOL_TYPE PoolType, PWDF_OBJECT_ATTRIBUTES MemoryAttributes, ULONG PoolTag,
    WDFLOOKASIDE *Lookaside) {
  return ((PFN_WDFLOOKASIDELISTCREATE)
              WdfFunctions[WdfLookasideListCreateTableIndex])(
      WdfDriverGlobals, LookasideAttributes, BufferSize, PoolType,
      MemoryAttributes, PoolTag, Lookaside);
}

typedef NTSTATUS(WDFAPI *PFN_WDFDEVICEALLOCANDQUERYPROPERTY)(
    PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
    DEVICE_REGISTRY_PROPERTY DeviceProperty, POOL_TYPE PoolType,
    PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes, WDFMEMORY *PropertyMemory);

FORCEINLINE NTSTATUS WdfDeviceAllocAndQueryProperty(
    WDFDEVICE Device, DEVICE_REGISTRY_PROPERTY DeviceProperty,
    POOL_TYPE PoolType, PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
    WDFMEMORY *PropertyMemory) {
  return ((PFN_WDFDEVICEALLOCANDQUERYPROPERTY)
              WdfFunctions[WdfDeviceAllocAndQueryPropertyTableIndex])(
      WdfDriverGlobals, Device, DeviceProperty, PoolType,
      PropertyMemoryAttributes, PropertyMemory);
}

typedef NTSTATUS(WDFAPI *PFN_WDFDEVICEALLOCANDQUERYPROPERTYEX)(
    PWDF_DRIVER_GLOBALS DriverGlobals, WDFDEVICE Device,
    PWDF_DEVICE_PROPERTY_DATA DeviceProperty, POOL_TYPE PoolType,
    PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes, WDFMEMORY *PropertyMemory,
    PDEVPROPTYPE Type);

FORCEINLINE NTSTATUS WdfDeviceAllocAndQueryPropertyEx(
    WDFDEVICE Device, PWDF_DEVICE_PROPERTY_DATA DeviceProperty,
    POOL_TYPE PoolType, PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
    WDFMEMORY *PropertyMemory, PDEVPROPTYPE Type) {
  return ((PFN_WDFDEVICEALLOCANDQUERYPROPERTYEX)
              WdfFunctions[WdfDeviceAllocAndQueryPropertyExTableIndex])(
      WdfDriverGlobals, Device, DeviceProperty, PoolType,
      PropertyMemoryAttributes, PropertyMemory, Type);
}

typedef NTSTATUS(WDFAPI *PFN_WDFFDOINITALLOCANDQUERYPROPERTY)(
    PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
    DEVICE_REGISTRY_PROPERTY DeviceProperty, POOL_TYPE PoolType,
    PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes, WDFMEMORY *PropertyMemory);

FORCEINLINE NTSTATUS WdfFdoInitAllocAndQueryProperty(
    PWDFDEVICE_INIT DeviceInit, DEVICE_REGISTRY_PROPERTY DeviceProperty,
    POOL_TYPE PoolType, PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
    WDFMEMORY *PropertyMemory) {
  return ((PFN_WDFFDOINITALLOCANDQUERYPROPERTY)
              WdfFunctions[WdfFdoInitAllocAndQueryPropertyTableIndex])(
      WdfDriverGlobals, DeviceInit, DeviceProperty, PoolType,
      PropertyMemoryAttributes, PropertyMemory);
}

typedef NTSTATUS(WDFAPI *PFN_WDFFDOINITALLOCANDQUERYPROPERTYEX)(
    PWDF_DRIVER_GLOBALS DriverGlobals, PWDFDEVICE_INIT DeviceInit,
    PWDF_DEVICE_PROPERTY_DATA DeviceProperty, POOL_TYPE PoolType,
    PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes, WDFMEMORY *PropertyMemory,
    PDEVPROPTYPE Type);

FORCEINLINE NTSTATUS WdfFdoInitAllocAndQueryPropertyEx(
    PWDFDEVICE_INIT DeviceInit, PWDF_DEVICE_PROPERTY_DATA DeviceProperty,
    POOL_TYPE PoolType, PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
    WDFMEMORY *PropertyMemory, PDEVPROPTYPE Type) {
  return ((PFN_WDFFDOINITALLOCANDQUERYPROPERTYEX)
              WdfFunctions[WdfFdoInitAllocAndQueryPropertyExTableIndex])(
      WdfDriverGlobals, DeviceInit, DeviceProperty, PoolType,
      PropertyMemoryAttributes, PropertyMemory, Type);
}

typedef NTSTATUS(WDFAPI *PFN_WDFIOTARGETALLOCANDQUERYTARGETPROPERTY)(
    PWDF_DRIVER_GLOBALS DriverGlobals, WDFIOTARGET IoTarget,
    DEVICE_REGISTRY_PROPERTY DeviceProperty, POOL_TYPE PoolType,
    PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes, WDFMEMORY *PropertyMemory);

FORCEINLINE NTSTATUS WdfIoTargetAllocAndQueryTargetProperty(
    WDFIOTARGET IoTarget, DEVICE_REGISTRY_PROPERTY DeviceProperty,
    POOL_TYPE PoolType, PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes,
    WDFMEMORY *PropertyMemory) {
  return ((PFN_WDFIOTARGETALLOCANDQUERYTARGETPROPERTY)
              WdfFunctions[WdfIoTargetAllocAndQueryTargetPropertyTableIndex])(
      WdfDriverGlobals, IoTarget, DeviceProperty, PoolType,
      PropertyMemoryAttributes, PropertyMemory);
}

typedef NTSTATUS(WDFAPI *PFN_WDFREGISTRYQUERYMEMORY)(
    PWDF_DRIVER_GLOBALS DriverGlobals, WDFKEY Key, PCUNICODE_STRING ValueName,
    POOL_TYPE PoolType, PWDF_OBJECT_ATTRIBUTES MemoryAttributes,
    WDFMEMORY *Memory, PULONG ValueType);

FORCEINLINE NTSTATUS WdfRegistryQueryMemory(
    WDFKEY Key, PCUNICODE_STRING ValueName, POOL_TYPE PoolType,
    PWDF_OBJECT_ATTRIBUTES MemoryAttributes, WDFMEMORY *Memory,
    PULONG ValueType) {
  return ((PFN_WDFREGISTRYQUERYMEMORY)
              WdfFunctions[WdfRegistryQueryMemoryTableIndex])(
      WdfDriverGlobals, Key, ValueName, PoolType, MemoryAttributes, Memory,
      ValueType);
}

EXTERN_C_END

#endif
