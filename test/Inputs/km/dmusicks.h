// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* dmusicks.h - stand-in: DirectMusic miniports. */
#ifndef HVCI_KM_DMUSICKS_H
#define HVCI_KM_DMUSICKS_H

#include "portcls.h"

typedef struct IMXF *PMXF;
typedef struct IAllocatorMXF *PAllocatorMXF;
typedef struct IMasterClock *PMASTERCLOCK;
typedef struct IPortDMus *PPORTDMUS;

typedef enum {
  DMUS_STREAM_MIDI_INVALID = -1,
  DMUS_STREAM_MIDI_RENDER = 0,
  DMUS_STREAM_MIDI_CAPTURE
} DMUS_STREAM_TYPE;

// clang-format off
DECLARE_INTERFACE_(IMiniportDMus, IMiniport) {
  DEFINE_ABSTRACT_UNKNOWN()
  DEFINE_ABSTRACT_MINIPORT()

  STDMETHOD_(NTSTATUS, Init)(THIS_ PUNKNOWN UnknownAdapter,
                             PRESOURCELIST ResourceList, PPORTDMUS Port,
                             PSERVICEGROUP *ServiceGroup) PURE;
  STDMETHOD_(void, Service)(THIS) PURE;
  STDMETHOD_(NTSTATUS, NewStream)(THIS_ PMXF *MXF, PUNKNOWN OuterUnknown,
                                  POOL_TYPE PoolType, ULONG PinID,
                                  DMUS_STREAM_TYPE StreamType,
                                  PKSDATAFORMAT DataFormat,
                                  PSERVICEGROUP *ServiceGroup,
                                  PAllocatorMXF AllocatorMXF,
                                  PMASTERCLOCK MasterClock,
                                  PULONGLONG SchedulePreFetch) PURE;
};
typedef IMiniportDMus *PMINIPORTDMUS;
// clang-format on

#endif
