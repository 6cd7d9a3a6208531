// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* ntifs.h - stand-in: what file systems see on top of ntddk.h. */
#ifndef HVCI_KM_NTIFS_H
#define HVCI_KM_NTIFS_H

#define _NTIFS_

#include "ntddk.h"

EXTERN_C_START

// ---- Pool ------------------------------------------------------------------

#define FsRtlAllocatePoolWithTag(PoolType, NumberOfBytes, Tag)                 \
  ExAllocatePoolUninitialized(                                                 \
      (POOL_TYPE)((PoolType) | POOL_RAISE_IF_ALLOCATION_FAILURE),              \
      NumberOfBytes, Tag)

#define FsRtlAllocatePoolWithQuotaTag(PoolType, NumberOfBytes, Tag)            \
  ExAllocatePoolQuotaUninitialized(                                            \
      (POOL_TYPE)((PoolType) | POOL_RAISE_IF_ALLOCATION_FAILURE),              \
      NumberOfBytes, Tag)

typedef struct _LARGE_MCB *PLARGE_MCB;
typedef struct _MCB *PMCB;
typedef struct _BASE_MCB *PBASE_MCB;

NTKERNELAPI VOID FsRtlInitializeLargeMcb(PLARGE_MCB Mcb, POOL_TYPE PoolType);
NTKERNELAPI VOID FsRtlInitializeMcb(PMCB Mcb, POOL_TYPE PoolType);
NTKERNELAPI VOID FsRtlInitializeBaseMcb(PBASE_MCB Mcb, POOL_TYPE PoolType);

#if NTDDI_VERSION >= NTDDI_VISTA
BOOLEAN FsRtlInitializeBaseMcbEx(PBASE_MCB Mcb, POOL_TYPE PoolType,
                                 USHORT Flags);
#endif

#if NTDDI_VERSION >= NTDDI_WIN10_MN
NTKERNELAPI PVOID FsRtlAllocateAePushLock(POOL_TYPE PoolType, ULONG Tag);
#endif

NTKERNELAPI NTSTATUS SeSetSecurityDescriptorInfo(
    PVOID Object, PSECURITY_INFORMATION SecurityInformation,
    PSECURITY_DESCRIPTOR ModificationDescriptor,
    PSECURITY_DESCRIPTOR *ObjectsSecurityDescriptor, POOL_TYPE PoolType,
    PGENERIC_MAPPING GenericMapping);

NTKERNELAPI NTSTATUS SeSetSecurityDescriptorInfoEx(
    PVOID Object, PSECURITY_INFORMATION SecurityInformation,
    PSECURITY_DESCRIPTOR ModificationDescriptor,
    PSECURITY_DESCRIPTOR *ObjectsSecurityDescriptor, ULONG AutoInheritFlags,
    POOL_TYPE PoolType, PGENERIC_MAPPING GenericMapping);

NTKERNELAPI VOID PsChargePoolQuota(PEPROCESS Process, POOL_TYPE PoolType,
                                   ULONG_PTR Amount);
NTKERNELAPI NTSTATUS PsChargeProcessPoolQuota(PEPROCESS Process,
                                              POOL_TYPE PoolType,
                                              ULONG_PTR Amount);
NTKERNELAPI VOID PsReturnPoolQuota(PEPROCESS Process, POOL_TYPE PoolType,
                                   ULONG_PTR Amount);

// ---- Sections and virtual memory -------------------------------------------

typedef struct MEM_EXTENDED_PARAMETER *PMEM_EXTENDED_PARAMETER;

NTSYSCALLAPI NTSTATUS NTAPI NtCreateSection(
    PHANDLE SectionHandle, ACCESS_MASK DesiredAccess,
    POBJECT_ATTRIBUTES ObjectAttributes, PLARGE_INTEGER MaximumSize,
    ULONG SectionPageProtection, ULONG AllocationAttributes, HANDLE FileHandle);

#if NTDDI_VERSION > NTDDI_WIN10_RS4
NTSYSCALLAPI NTSTATUS NTAPI NtCreateSectionEx(
    PHANDLE SectionHandle, ACCESS_MASK DesiredAccess,
    POBJECT_ATTRIBUTES ObjectAttributes, PLARGE_INTEGER MaximumSize,
    ULONG SectionPageProtection, ULONG AllocationAttributes, HANDLE FileHandle,
    PMEM_EXTENDED_PARAMETER ExtendedParameters, ULONG ExtendedParameterCount);
#endif

NTSYSCALLAPI NTSTATUS NTAPI NtAllocateVirtualMemory(
    HANDLE ProcessHandle, PVOID *BaseAddress, ULONG_PTR ZeroBits,
    PSIZE_T RegionSize, ULONG AllocationType, ULONG Protect);

NTSYSAPI NTSTATUS NTAPI ZwAllocateVirtualMemory(
    HANDLE ProcessHandle, PVOID *BaseAddress, ULONG_PTR ZeroBits,
    PSIZE_T RegionSize, ULONG AllocationType, ULONG Protect);

#if NTDDI_VERSION >= NTDDI_WIN10_RS5
NTSYSAPI NTSTATUS NTAPI ZwAllocateVirtualMemoryEx(
    HANDLE ProcessHandle, PVOID *BaseAddress, PSIZE_T RegionSize,
    ULONG AllocationType, ULONG PageProtection,
    PMEM_EXTENDED_PARAMETER ExtendedParameters, ULONG ExtendedParameterCount);
#endif

NTKERNELAPI NTSTATUS FsRtlCreateSectionForDataScan(
    PHANDLE SectionHandle, PVOID *SectionObject, PLARGE_INTEGER SectionFileSize,
    PFILE_OBJECT FileObject, ACCESS_MASK DesiredAccess,
    POBJECT_ATTRIBUTES ObjectAttributes, PLARGE_INTEGER MaximumSize,
    ULONG SectionPageProtection, ULONG AllocationAttributes, ULONG Flags);

// ---- Heaps -----------------------------------------------------------------

#define HEAP_GROWABLE 0x00000002
#define HEAP_CREATE_ENABLE_EXECUTE 0x00040000

typedef struct _RTL_HEAP_PARAMETERS *PRTL_HEAP_PARAMETERS;

NTSYSAPI PVOID NTAPI RtlCreateHeap(ULONG Flags, PVOID HeapBase,
                                   SIZE_T ReserveSize, SIZE_T CommitSize,
                                   PVOID Lock, PRTL_HEAP_PARAMETERS Parameters);

EXTERN_C_END

#endif
