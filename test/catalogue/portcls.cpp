// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <portcls.h>

void functions(PDMACHANNEL *d, PRESOURCELIST *r, PDEVICE_DESCRIPTION x, PDEVICE_OBJECT o) {
  PcNewDmaChannel(d, NULL, NonPagedPool, x, o); // expected-warning-re {{'PcNewDmaChannel' {{.*}} [hvci-execute-pool-type]}}
  PcNewDmaChannel(d, NULL, NonPagedPoolNx, x, o); // good: PcNewDmaChannel
  PcNewResourceList(r, NULL, NonPagedPool, NULL, NULL); // expected-warning-re {{'PcNewResourceList' {{.*}} [hvci-execute-pool-type]}}
  PcNewResourceList(r, NULL, PagedPool, NULL, NULL); // good: PcNewResourceList
  PcNewResourceSublist(r, NULL, NonPagedPool, *r, 4); // expected-warning-re {{'PcNewResourceSublist' {{.*}} [hvci-execute-pool-type]}}
  PcNewResourceSublist(r, NULL, PagedPool, *r, 4); // good: PcNewResourceSublist
}

void ports(IPortWavePci *p, IPortClsNotifications *n, PDMACHANNEL *d, PPCNOTIFICATION_BUFFER *b) {
  p->NewMasterDmaChannel(d, NULL, NonPagedPool, NULL, 1, 1, 0, 0, Width32Bits, TypeF, 4096, 0); // expected-warning-re {{'IPortWavePci::NewMasterDmaChannel' {{.*}} [hvci-execute-pool-type]}}
  p->NewMasterDmaChannel(d, NULL, NonPagedPoolNx, NULL, 1, 1, 0, 0, Width32Bits, TypeF, 4096, 0); // good: IPortWavePci::NewMasterDmaChannel
  n->AllocNotificationBuffer(NonPagedPool, 64, b); // expected-warning-re {{'IPortClsNotifications::AllocNotificationBuffer' {{.*}} [hvci-execute-pool-type]}}
  n->AllocNotificationBuffer(NonPagedPoolNx, 64, b); // good: IPortClsNotifications::AllocNotificationBuffer
}

void miniports(IMiniportMidi *midi, IMiniportWaveCyclic *cyclic, IMiniportWavePci *pci, PSERVICEGROUP *s) {
  midi->NewStream(NULL, NULL, NonPagedPool, 0, 0, NULL, s); // expected-warning-re {{'IMiniportMidi::NewStream' {{.*}} [hvci-execute-pool-type]}}
  midi->NewStream(NULL, NULL, NonPagedPoolNx, 0, 0, NULL, s); // good: IMiniportMidi::NewStream
  cyclic->NewStream(NULL, NULL, NonPagedPool, 0, 0, NULL, NULL, s); // expected-warning-re {{'IMiniportWaveCyclic::NewStream' {{.*}} [hvci-execute-pool-type]}}
  cyclic->NewStream(NULL, NULL, NonPagedPoolNx, 0, 0, NULL, NULL, s); // good: IMiniportWaveCyclic::NewStream
  pci->NewStream(NULL, NULL, NonPagedPool, NULL, 0, 0, NULL, NULL, s); // expected-warning-re {{'IMiniportWavePci::NewStream' {{.*}} [hvci-execute-pool-type]}}
  pci->NewStream(NULL, NULL, NonPagedPoolNx, NULL, 0, 0, NULL, NULL, s); // good: IMiniportWavePci::NewStream
}
