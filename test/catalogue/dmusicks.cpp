// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <portcls.h>
#include <dmusicks.h>

void miniport(IMiniportDMus *m, PMXF *x, PSERVICEGROUP *s) {
  m->NewStream(x, NULL, NonPagedPool, 0, DMUS_STREAM_MIDI_RENDER, NULL, s, NULL, NULL, NULL); // expected-warning-re {{'IMiniportDMus::NewStream' {{.*}} [hvci-execute-pool-type]}}
  m->NewStream(x, NULL, NonPagedPoolNx, 0, DMUS_STREAM_MIDI_RENDER, NULL, s, NULL, NULL, NULL); // good: IMiniportDMus::NewStream
}
