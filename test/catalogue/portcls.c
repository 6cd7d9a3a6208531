// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

// In C a method is a pointer in the interface's table, and `this` an argument.
#include <portcls.h>

void port(IPortWavePci *p, PDMACHANNEL *d) {
  INTERFACE *t = (INTERFACE *)p;
  p->lpVtbl->NewMasterDmaChannel(t, d, NULL, NonPagedPool, NULL, 1, 1, 0, 0, Width32Bits, TypeF, 4096, 0); // expected-warning-re {{'IPortWavePci::NewMasterDmaChannel' {{.*}} [hvci-execute-pool-type]}}
  p->lpVtbl->NewMasterDmaChannel(t, d, NULL, NonPagedPoolNx, NULL, 1, 1, 0, 0, Width32Bits, TypeF, 4096, 0); // good: IPortWavePci::NewMasterDmaChannel
}

void miniport(IMiniportWavePci *m, PSERVICEGROUP *s) {
  INTERFACE *t = (INTERFACE *)m;
  m->lpVtbl->NewStream(t, NULL, NULL, NonPagedPool, NULL, 0, 0, NULL, NULL, s); // expected-warning-re {{'IMiniportWavePci::NewStream' {{.*}} [hvci-execute-pool-type]}}
  m->lpVtbl->NewStream(t, NULL, NULL, NonPagedPoolNx, NULL, 0, 0, NULL, NULL, s); // good: IMiniportWavePci::NewStream
}
