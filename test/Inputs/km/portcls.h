// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* portcls.h - stand-in: audio port drivers and miniports. */
#ifndef HVCI_KM_PORTCLS_H
#define HVCI_KM_PORTCLS_H

#include "punknown.h"
#include "ks.h"

#ifndef PORTCLASSAPI
#define PORTCLASSAPI NTKERNELAPI
#endif

// Used as pointers only.
typedef struct IDmaChannel *PDMACHANNEL;
typedef struct IMiniportMidiStream *PMINIPORTMIDISTREAM;
typedef struct IMiniportWaveCyclicStream *PMINIPORTWAVECYCLICSTREAM;
typedef struct IMiniportWavePciStream *PMINIPORTWAVEPCISTREAM;
typedef struct IPortMidi *PPORTMIDI;
typedef struct IPortWaveCyclic *PPORTWAVECYCLIC;
typedef struct IPortWavePci *PPORTWAVEPCI;
typedef struct IPortWavePciStream *PPORTWAVEPCISTREAM;
typedef struct IRegistryKey *PREGISTRYKEY;
typedef struct IResourceList *PRESOURCELIST;
typedef struct IServiceGroup *PSERVICEGROUP;
typedef struct PCFILTER_DESCRIPTOR *PPCFILTER_DESCRIPTOR;
typedef struct _PCNOTIFICATION_BUFFER *PPCNOTIFICATION_BUFFER;

#define DEFINE_ABSTRACT_PORT()                                                 \
  STDMETHOD_(NTSTATUS, Init)                                                   \
  (THIS_ PDEVICE_OBJECT DeviceObject, PIRP Irp, PUNKNOWN UnknownMiniport,      \
   PUNKNOWN UnknownAdapter, PRESOURCELIST ResourceList) PURE;                  \
  STDMETHOD_(NTSTATUS, GetDeviceProperty)                                      \
  (THIS_ DEVICE_REGISTRY_PROPERTY DeviceProperty, ULONG BufferLength,          \
   PVOID PropertyBuffer, PULONG ResultLength) PURE;                            \
  STDMETHOD_(NTSTATUS, NewRegistryKey)                                         \
  (THIS_ PREGISTRYKEY * OutRegistryKey, PUNKNOWN OuterUnknown,                 \
   ULONG RegistryKeyType, ACCESS_MASK DesiredAccess,                           \
   POBJECT_ATTRIBUTES ObjectAttributes, ULONG CreateOptions,                   \
   PULONG Disposition) PURE;

#define DEFINE_ABSTRACT_MINIPORT()                                             \
  STDMETHOD_(NTSTATUS, GetDescription)                                         \
  (THIS_ PPCFILTER_DESCRIPTOR * Description) PURE;                             \
  STDMETHOD_(NTSTATUS, DataRangeIntersection)                                  \
  (THIS_ ULONG PinId, PKSDATARANGE DataRange, PKSDATARANGE MatchingDataRange,  \
   ULONG OutputBufferLength, PVOID ResultantFormat,                            \
   PULONG ResultantFormatLength) PURE;

// clang-format off
DECLARE_INTERFACE_(IPort, IUnknown) {
  DEFINE_ABSTRACT_UNKNOWN()
  DEFINE_ABSTRACT_PORT()
};

DECLARE_INTERFACE_(IMiniport, IUnknown) {
  DEFINE_ABSTRACT_UNKNOWN()
  DEFINE_ABSTRACT_MINIPORT()
};

DECLARE_INTERFACE_(IMiniportMidi, IMiniport) {
  DEFINE_ABSTRACT_UNKNOWN()
  DEFINE_ABSTRACT_MINIPORT()

  STDMETHOD_(NTSTATUS, Init)(THIS_ PUNKNOWN UnknownAdapter,
                             PRESOURCELIST ResourceList, PPORTMIDI Port,
                             PSERVICEGROUP *ServiceGroup) PURE;
  STDMETHOD_(void, Service)(THIS) PURE;
  STDMETHOD_(NTSTATUS, NewStream)(THIS_ PMINIPORTMIDISTREAM *Stream,
                                  PUNKNOWN OuterUnknown, POOL_TYPE PoolType,
                                  ULONG Pin, BOOLEAN Capture,
                                  PKSDATAFORMAT DataFormat,
                                  PSERVICEGROUP *ServiceGroup) PURE;
};
typedef IMiniportMidi *PMINIPORTMIDI;

DECLARE_INTERFACE_(IMiniportWaveCyclic, IMiniport) {
  DEFINE_ABSTRACT_UNKNOWN()
  DEFINE_ABSTRACT_MINIPORT()

  STDMETHOD_(NTSTATUS, Init)(THIS_ PUNKNOWN UnknownAdapter,
                             PRESOURCELIST ResourceList,
                             PPORTWAVECYCLIC Port) PURE;
  STDMETHOD_(NTSTATUS, NewStream)(THIS_ PMINIPORTWAVECYCLICSTREAM *Stream,
                                  PUNKNOWN OuterUnknown, POOL_TYPE PoolType,
                                  ULONG Pin, BOOLEAN Capture,
                                  PKSDATAFORMAT DataFormat,
                                  PDMACHANNEL *DmaChannel,
                                  PSERVICEGROUP *ServiceGroup) PURE;
};
typedef IMiniportWaveCyclic *PMINIPORTWAVECYCLIC;

DECLARE_INTERFACE_(IPortWavePci, IPort) {
  DEFINE_ABSTRACT_UNKNOWN()
  DEFINE_ABSTRACT_PORT()

  STDMETHOD_(void, Notify)(THIS_ PSERVICEGROUP ServiceGroup) PURE;
  STDMETHOD_(NTSTATUS, NewMasterDmaChannel)(
      THIS_ PDMACHANNEL *OutDmaChannel, PUNKNOWN OuterUnknown,
      POOL_TYPE PoolType, PRESOURCELIST ResourceList, BOOLEAN ScatterGather,
      BOOLEAN Dma32BitAddresses, BOOLEAN Dma64BitAddresses,
      BOOLEAN IgnoreCount, DMA_WIDTH DmaWidth, DMA_SPEED DmaSpeed,
      ULONG MaximumLength, ULONG DmaPort) PURE;
};

DECLARE_INTERFACE_(IMiniportWavePci, IMiniport) {
  DEFINE_ABSTRACT_UNKNOWN()
  DEFINE_ABSTRACT_MINIPORT()

  STDMETHOD_(NTSTATUS, Init)(THIS_ PUNKNOWN UnknownAdapter,
                             PRESOURCELIST ResourceList, PPORTWAVEPCI Port,
                             PSERVICEGROUP *ServiceGroup) PURE;
  STDMETHOD_(NTSTATUS, NewStream)(THIS_ PMINIPORTWAVEPCISTREAM *Stream,
                                  PUNKNOWN OuterUnknown, POOL_TYPE PoolType,
                                  PPORTWAVEPCISTREAM PortStream, ULONG Pin,
                                  BOOLEAN Capture, PKSDATAFORMAT DataFormat,
                                  PDMACHANNEL *DmaChannel,
                                  PSERVICEGROUP *ServiceGroup) PURE;
  STDMETHOD_(void, Service)(THIS) PURE;
};
typedef IMiniportWavePci *PMINIPORTWAVEPCI;

DECLARE_INTERFACE_(IPortClsNotifications, IUnknown) {
  DEFINE_ABSTRACT_UNKNOWN()

  STDMETHOD_(NTSTATUS, AllocNotificationBuffer)(
      THIS_ POOL_TYPE PoolType, USHORT NumberOfBytes,
      PPCNOTIFICATION_BUFFER *NotificationBuffer) PURE;
  STDMETHOD_(void, FreeNotificationBuffer)(
      THIS_ PPCNOTIFICATION_BUFFER NotificationBuffer) PURE;
  STDMETHOD_(void, SendNotification)(
      THIS_ const GUID *NotificationId,
      PPCNOTIFICATION_BUFFER NotificationBuffer) PURE;
};
typedef IPortClsNotifications *PPORTCLSNOTIFICATIONS;
// clang-format on

EXTERN_C_START

PORTCLASSAPI NTSTATUS NTAPI PcNewDmaChannel(
    PDMACHANNEL *OutDmaChannel, PUNKNOWN OuterUnknown, POOL_TYPE PoolType,
    PDEVICE_DESCRIPTION DeviceDescription, PDEVICE_OBJECT DeviceObject);

PORTCLASSAPI NTSTATUS NTAPI
PcNewResourceList(PRESOURCELIST *OutResourceList, PUNKNOWN OuterUnknown,
                  POOL_TYPE PoolType, PCM_RESOURCE_LIST TranslatedResources,
                  PCM_RESOURCE_LIST UntranslatedResources);

PORTCLASSAPI NTSTATUS NTAPI PcNewResourceSublist(PRESOURCELIST *OutResourceList,
                                                 PUNKNOWN OuterUnknown,
                                                 POOL_TYPE PoolType,
                                                 PRESOURCELIST ParentList,
                                                 ULONG MaximumEntries);

EXTERN_C_END

#endif
