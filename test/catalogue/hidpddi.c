// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <wdm.h>
#include <hidpddi.h>

void pool(PHIDP_REPORT_DESCRIPTOR r, PHIDP_DEVICE_DESC d) {
  HidP_GetCollectionDescription(r, 64, NonPagedPool, d); // expected-warning-re {{'HidP_GetCollectionDescription' {{.*}} [hvci-execute-pool-type]}}
  HidP_GetCollectionDescription(r, 64, NonPagedPoolNx, d); // good: HidP_GetCollectionDescription
}
