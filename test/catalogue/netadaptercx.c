// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <ntddk.h>
#include <wdf.h>
#include <netadaptercx.h>

void pool(NETCONFIGURATION c, PCUNICODE_STRING name, WDFMEMORY *m) {
  NetConfigurationQueryBinary(c, name, NonPagedPool, NULL, m); // expected-warning-re {{'NetConfigurationQueryBinary' {{.*}} [hvci-execute-pool-type]}}
  NetConfigurationQueryBinary(c, name, NonPagedPoolNx, NULL, m); // good: NetConfigurationQueryBinary
}
