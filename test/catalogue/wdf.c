// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <ntddk.h>
#include <wdf.h>

void memory(WDFMEMORY *m, PVOID *p, WDFLOOKASIDE *l) {
  WdfMemoryCreate(NULL, NonPagedPool, 'tseT', 8, m, p); // expected-warning-re {{'WdfMemoryCreate' {{.*}} [hvci-execute-pool-type]}}
  WdfMemoryCreate(NULL, NonPagedPoolNx, 'tseT', 8, m, p); // good: WdfMemoryCreate
  WdfLookasideListCreate(NULL, 8, NonPagedPool, NULL, 'tseT', l); // expected-warning-re {{'WdfLookasideListCreate' {{.*}} [hvci-execute-pool-type]}}
  WdfLookasideListCreate(NULL, 8, NonPagedPoolNx, NULL, 'tseT', l); // good: WdfLookasideListCreate
}

void device(WDFDEVICE d, PWDF_DEVICE_PROPERTY_DATA p, WDFMEMORY *m, PDEVPROPTYPE t) {
  WdfDeviceAllocAndQueryProperty(d, DevicePropertyHardwareID, NonPagedPool, NULL, m); // expected-warning-re {{'WdfDeviceAllocAndQueryProperty' {{.*}} [hvci-execute-pool-type]}}
  WdfDeviceAllocAndQueryProperty(d, DevicePropertyHardwareID, PagedPool, NULL, m); // good: WdfDeviceAllocAndQueryProperty
  WdfDeviceAllocAndQueryPropertyEx(d, p, NonPagedPool, NULL, m, t); // expected-warning-re {{'WdfDeviceAllocAndQueryPropertyEx' {{.*}} [hvci-execute-pool-type]}}
  WdfDeviceAllocAndQueryPropertyEx(d, p, NonPagedPoolNx, NULL, m, t); // good: WdfDeviceAllocAndQueryPropertyEx
}

void init(PWDFDEVICE_INIT i, PWDF_DEVICE_PROPERTY_DATA p, WDFMEMORY *m, PDEVPROPTYPE t) {
  WdfFdoInitAllocAndQueryProperty(i, DevicePropertyHardwareID, NonPagedPool, NULL, m); // expected-warning-re {{'WdfFdoInitAllocAndQueryProperty' {{.*}} [hvci-execute-pool-type]}}
  WdfFdoInitAllocAndQueryProperty(i, DevicePropertyHardwareID, PagedPool, NULL, m); // good: WdfFdoInitAllocAndQueryProperty
  WdfFdoInitAllocAndQueryPropertyEx(i, p, NonPagedPool, NULL, m, t); // expected-warning-re {{'WdfFdoInitAllocAndQueryPropertyEx' {{.*}} [hvci-execute-pool-type]}}
  WdfFdoInitAllocAndQueryPropertyEx(i, p, NonPagedPoolNx, NULL, m, t); // good: WdfFdoInitAllocAndQueryPropertyEx
}

void others(WDFIOTARGET o, WDFKEY k, PCUNICODE_STRING name, WDFMEMORY *m) {
  WdfIoTargetAllocAndQueryTargetProperty(o, DevicePropertyHardwareID, NonPagedPool, NULL, m); // expected-warning-re {{'WdfIoTargetAllocAndQueryTargetProperty' {{.*}} [hvci-execute-pool-type]}}
  WdfIoTargetAllocAndQueryTargetProperty(o, DevicePropertyHardwareID, PagedPool, NULL, m); // good: WdfIoTargetAllocAndQueryTargetProperty
  WdfRegistryQueryMemory(k, name, NonPagedPool, NULL, m, NULL); // expected-warning-re {{'WdfRegistryQueryMemory' {{.*}} [hvci-execute-pool-type]}}
  WdfRegistryQueryMemory(k, name, PagedPool, NULL, m, NULL); // good: WdfRegistryQueryMemory
}
