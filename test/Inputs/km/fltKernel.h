// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* fltKernel.h - stand-in: the filter manager. */
#ifndef HVCI_KM_FLTKERNEL_H
#define HVCI_KM_FLTKERNEL_H

#include "ntifs.h"

EXTERN_C_START

#define FLTAPI NTAPI
#define FLT_VOLUME_CONTEXT 0x0001
#define FLT_INSTANCE_CONTEXT 0x0002
#define FLT_STREAM_CONTEXT 0x0008

typedef struct _FLT_FILTER *PFLT_FILTER;
typedef struct _FLT_INSTANCE *PFLT_INSTANCE;
typedef PVOID PFLT_CONTEXT;
typedef USHORT FLT_CONTEXT_TYPE;

PVOID FLTAPI FltAllocatePoolAlignedWithTag(PFLT_INSTANCE Instance,
                                           POOL_TYPE PoolType,
                                           SIZE_T NumberOfBytes, ULONG Tag);

NTSTATUS FLTAPI FltAllocateContext(PFLT_FILTER Filter,
                                   FLT_CONTEXT_TYPE ContextType,
                                   SIZE_T ContextSize, POOL_TYPE PoolType,
                                   PFLT_CONTEXT *ReturnedContext);

#if NTDDI_VERSION >= NTDDI_WIN8
NTSTATUS FLTAPI FltCreateSectionForDataScan(
    PFLT_INSTANCE Instance, PFILE_OBJECT FileObject,
    PFLT_CONTEXT SectionContext, ACCESS_MASK DesiredAccess,
    POBJECT_ATTRIBUTES ObjectAttributes, PLARGE_INTEGER MaximumSize,
    ULONG SectionPageProtection, ULONG AllocationAttributes, ULONG Flags,
    PHANDLE SectionHandle, PVOID *SectionObject,
    PLARGE_INTEGER SectionFileSize);
#endif

EXTERN_C_END

#endif
