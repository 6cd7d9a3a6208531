// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <ntddk.h>
#include <d3dkmddi.h>

void protection(DXGKARGCB_CREATE_PHYSICAL_MEMORY_OBJECT *object) {
  object->Section.PageProtection = PAGE_EXECUTE_READ; // expected-warning-re {{'DXGKARGCB_CREATE_PHYSICAL_MEMORY_OBJECT.Section.PageProtection' {{.*}} [hvci-execute-page-protection]}}
  object->Section.PageProtection = PAGE_READWRITE; // good: DXGKARGCB_CREATE_PHYSICAL_MEMORY_OBJECT.Section.PageProtection
}

void cache(DXGKARGCB_ALLOCATECONTIGUOUSMEMORY *memory) {
  memory->CacheType = MmCached; // expected-warning-re {{'DXGKARGCB_ALLOCATECONTIGUOUSMEMORY.CacheType' {{.*}} [hvci-execute-page-protection]}}
  memory->CacheType = MmNonCached; // good: DXGKARGCB_ALLOCATECONTIGUOUSMEMORY.CacheType
}
