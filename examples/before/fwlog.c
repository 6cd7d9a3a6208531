// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * fwlog.c - hand a board's firmware log to user mode.
 *
 * The firmware of this (made-up) board leaves its log in the BIOS window at
 * F0000h. The driver copies it once, when it loads, and makes the copy
 * read-only; then every handle reads it from a position of its own.
 *
 * before/ is not compatible with memory integrity; after/ is the same driver,
 * repaired.
 */
#include <wdm.h>

#include "../compat.h"

#define FWLOG_TAG 'golF'
#define FWLOG_SIGNATURE 'GOLF' // "FLOG" in memory
#define FWLOG_WINDOW 0xF0000   // physical address
#define FWLOG_BYTES PAGE_SIZE

// Fills the caller's buffer with as many FWLOG_ENTRY as fit.
#define IOCTL_FWLOG_READ                                                       \
  CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_OUT_DIRECT, FILE_READ_ACCESS)

typedef struct _FWLOG_ENTRY {
  ULONG64 Time;
  ULONG Code;
  CHAR Text[44];
} FWLOG_ENTRY, *PFWLOG_ENTRY;

#pragma pack(push, 1)

// The firmware leaves no gaps in its log.
typedef struct _FW_RECORD {
  USHORT Code;
  ULONG64 Time;
} FW_RECORD;

#define FW_RECORDS ((FWLOG_BYTES - 2 * sizeof(ULONG)) / sizeof(FW_RECORD))

typedef struct _FW_LOG {
  ULONG Signature;
  ULONG Count;
  FW_RECORD Records[FW_RECORDS];
} FW_LOG, *PFW_LOG;

C_ASSERT(sizeof(FW_LOG) <= FWLOG_BYTES);

// What a code means.
typedef struct _FW_CODE {
  USHORT Code;
  PCSTR Text;
} FW_CODE;

#pragma pack(pop)

typedef struct _FWLOG_DEVICE {
  PMDL Mdl;    // the pages of the copy
  PFW_LOG Log; // where they are mapped
} FWLOG_DEVICE, *PFWLOG_DEVICE;

// One for each open handle.
typedef struct _FWLOG_READER {
  FAST_MUTEX Lock;
  ULONG Next;
} FWLOG_READER, *PFWLOG_READER;

// A code is two bytes: the phase and the step within it.
#define FW_PHASE_1 "processor"
#define FW_PHASE_2 "memory"
#define FW_PHASE_3 "devices"
#define FW_PHASE_4 "boot"

// clang-format off
#define STEP(p, x, y) {0x0##p##x##y, FW_PHASE_##p ", step " #x #y}
#define STEPS(p, x) \
  STEP(p, x, 0), STEP(p, x, 1), STEP(p, x, 2), STEP(p, x, 3), \
  STEP(p, x, 4), STEP(p, x, 5), STEP(p, x, 6), STEP(p, x, 7), \
  STEP(p, x, 8), STEP(p, x, 9), STEP(p, x, A), STEP(p, x, B), \
  STEP(p, x, C), STEP(p, x, D), STEP(p, x, E), STEP(p, x, F)
#define PHASE(p) \
  STEPS(p, 0), STEPS(p, 1), STEPS(p, 2), STEPS(p, 3), \
  STEPS(p, 4), STEPS(p, 5), STEPS(p, 6), STEPS(p, 7), \
  STEPS(p, 8), STEPS(p, 9), STEPS(p, A), STEPS(p, B), \
  STEPS(p, C), STEPS(p, D), STEPS(p, E), STEPS(p, F)
// clang-format on

static const FW_CODE FwCodes[] = {PHASE(1), PHASE(2), PHASE(3), PHASE(4)};

static UNICODE_STRING FwlogDeviceName = RTL_CONSTANT_STRING(L"\\Device\\FwLog");
static UNICODE_STRING FwlogLinkName = RTL_CONSTANT_STRING(L"\\??\\FwLog");

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD FwlogUnload;
static DRIVER_DISPATCH FwlogCreate, FwlogClose, FwlogDeviceControl;

static PCSTR FwlogText(USHORT Code) {
  for (ULONG i = 0; i < ARRAYSIZE(FwCodes); ++i)
    if (FwCodes[i].Code == Code)
      return FwCodes[i].Text;
  return "unknown code";
}

static void FwlogDropCopy(PFWLOG_DEVICE Device) {
  if (Device->Log != NULL)
    MmUnmapLockedPages(Device->Log, Device->Mdl);
  if (Device->Mdl != NULL) {
    MmFreePagesFromMdl(Device->Mdl);
    ExFreePool(Device->Mdl);
  }
}

// On failure, FwlogDropCopy frees what was made so far.
static NTSTATUS FwlogTakeCopy(PFWLOG_DEVICE Device) {
  PHYSICAL_ADDRESS lowest = {0}, highest = {0}, skip = {0}, window = {0};
  PVOID firmware;

  highest.QuadPart = MAXLONGLONG;
  Device->Mdl = MmAllocatePagesForMdlEx(lowest, highest, skip, FWLOG_BYTES,
                                        MmCached, MM_ALLOCATE_FULLY_REQUIRED);
  if (Device->Mdl == NULL)
    return STATUS_INSUFFICIENT_RESOURCES;

  Device->Log = MmMapLockedPagesSpecifyCache(Device->Mdl, KernelMode, MmCached,
                                             NULL, FALSE, NormalPagePriority);
  if (Device->Log == NULL)
    return STATUS_INSUFFICIENT_RESOURCES;

  window.QuadPart = FWLOG_WINDOW;
  firmware = MmMapIoSpace(window, FWLOG_BYTES, MmNonCached);
  if (firmware == NULL)
    return STATUS_INSUFFICIENT_RESOURCES;
  RtlCopyMemory(Device->Log, firmware, FWLOG_BYTES);
  MmUnmapIoSpace(firmware, FWLOG_BYTES);

  if (Device->Log->Signature != FWLOG_SIGNATURE)
    return STATUS_NO_SUCH_DEVICE;
  if (Device->Log->Count > FW_RECORDS)
    Device->Log->Count = FW_RECORDS;

  // Nobody writes to the copy from here on.
  return MmProtectMdlSystemAddress(Device->Mdl, PAGE_EXECUTE_READ);
}

static NTSTATUS FwlogComplete(PIRP Irp, NTSTATUS Status, ULONG_PTR Bytes) {
  Irp->IoStatus.Status = Status;
  Irp->IoStatus.Information = Bytes;
  IoCompleteRequest(Irp, IO_NO_INCREMENT);
  return Status;
}

static NTSTATUS NTAPI FwlogCreate(PDEVICE_OBJECT DeviceObject, PIRP Irp) {
  PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
  PFWLOG_READER reader;

  UNREFERENCED_PARAMETER(DeviceObject);

  // A FAST_MUTEX must not be paged out.
  reader = ExAllocatePoolWithTag(NonPagedPool, sizeof(*reader), FWLOG_TAG);
  if (reader == NULL)
    return FwlogComplete(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);

  ExInitializeFastMutex(&reader->Lock);
  reader->Next = 0;
  stack->FileObject->FsContext = reader;
  return FwlogComplete(Irp, STATUS_SUCCESS, 0);
}

static NTSTATUS NTAPI FwlogClose(PDEVICE_OBJECT DeviceObject, PIRP Irp) {
  PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

  UNREFERENCED_PARAMETER(DeviceObject);

  ExFreePoolWithTag(stack->FileObject->FsContext, FWLOG_TAG);
  return FwlogComplete(Irp, STATUS_SUCCESS, 0);
}

static void FwlogFillEntry(PFWLOG_ENTRY Entry, const FW_RECORD *Record) {
  PCSTR text = FwlogText(Record->Code);

  RtlZeroMemory(Entry, sizeof(*Entry));
  Entry->Time = Record->Time;
  Entry->Code = Record->Code;
  for (ULONG i = 0; i < sizeof(Entry->Text) - 1 && text[i] != '\0'; ++i)
    Entry->Text[i] = text[i];
}

static NTSTATUS NTAPI FwlogDeviceControl(PDEVICE_OBJECT DeviceObject,
                                         PIRP Irp) {
  PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
  PFWLOG_DEVICE device = DeviceObject->DeviceExtension;
  PFWLOG_READER reader = stack->FileObject->FsContext;
  ULONG room = stack->Parameters.DeviceIoControl.OutputBufferLength /
               sizeof(FWLOG_ENTRY);
  ULONG count = 0;
  PFWLOG_ENTRY entries;

  if (stack->Parameters.DeviceIoControl.IoControlCode != IOCTL_FWLOG_READ)
    return FwlogComplete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
  if (room == 0)
    return FwlogComplete(Irp, STATUS_BUFFER_TOO_SMALL, 0);

  entries = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority);
  if (entries == NULL)
    return FwlogComplete(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);

  ExAcquireFastMutex(&reader->Lock);
  while (count < room && reader->Next < device->Log->Count)
    FwlogFillEntry(&entries[count++], &device->Log->Records[reader->Next++]);
  ExReleaseFastMutex(&reader->Lock);

  return FwlogComplete(Irp, STATUS_SUCCESS, count * sizeof(*entries));
}

static void NTAPI FwlogUnload(PDRIVER_OBJECT DriverObject) {
  IoDeleteSymbolicLink(&FwlogLinkName);
  FwlogDropCopy(DriverObject->DeviceObject->DeviceExtension);
  IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject,
                           PUNICODE_STRING RegistryPath) {
  PDEVICE_OBJECT device;
  NTSTATUS status;

  UNREFERENCED_PARAMETER(RegistryPath);

  DriverObject->MajorFunction[IRP_MJ_CREATE] = FwlogCreate;
  DriverObject->MajorFunction[IRP_MJ_CLOSE] = FwlogClose;
  DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = FwlogDeviceControl;
  DriverObject->DriverUnload = FwlogUnload;

  status = IoCreateDevice(DriverObject, sizeof(FWLOG_DEVICE), &FwlogDeviceName,
                          FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, FALSE,
                          &device);
  if (!NT_SUCCESS(status))
    return status;

  // The I/O manager zeroes the device extension.
  status = FwlogTakeCopy(device->DeviceExtension);
  if (NT_SUCCESS(status))
    status = IoCreateSymbolicLink(&FwlogLinkName, &FwlogDeviceName);
  if (!NT_SUCCESS(status)) {
    FwlogDropCopy(device->DeviceExtension);
    IoDeleteDevice(device);
  }
  return status;
}
