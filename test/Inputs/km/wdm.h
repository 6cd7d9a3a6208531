// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * wdm.h - stand-in for the kernel-mode header of that name.
 *
 * Declares what the tests need and no more, with the real names, values,
 * types and parameter order, so that the tests also compile against the real
 * kit. ntddk.h and ntifs.h add to it in the same way.
 */
#ifndef HVCI_KM_WDM_H
#define HVCI_KM_WDM_H

#define _WDMDDK_

// The kit's builds say the architecture on the command line.
#if !defined(_AMD64_) && defined(__x86_64__)
#define _AMD64_
#elif !defined(_X86_) && defined(__i386__)
#define _X86_
#elif !defined(_ARM64_) && defined(__aarch64__)
#define _ARM64_
#endif

#include "sdkddkver.h"

// ---- Types -----------------------------------------------------------------

#ifdef __cplusplus
#define EXTERN_C_START extern "C" {
#define EXTERN_C_END }
#else
#define EXTERN_C_START
#define EXTERN_C_END
typedef __WCHAR_TYPE__ wchar_t;
#endif

#define DECLSPEC_IMPORT __declspec(dllimport)
#define DECLSPEC_SELECTANY __declspec(selectany)
#define DECLSPEC_NOVTABLE __declspec(novtable)
#define FORCEINLINE __forceinline
#define NTAPI __stdcall
#define NTKERNELAPI DECLSPEC_IMPORT
#define NTSYSAPI DECLSPEC_IMPORT
#define NTSYSCALLAPI DECLSPEC_IMPORT
#ifdef DEPRECATE_DDK_FUNCTIONS
#define DECLSPEC_DEPRECATED_DDK __declspec(deprecated)
#else
#define DECLSPEC_DEPRECATED_DDK
#endif

#define VOID void
#define CONST const
#define FALSE 0
#define TRUE 1
#ifndef NULL
#ifdef __cplusplus
#define NULL 0
#else
#define NULL ((void *)0)
#endif
#endif

EXTERN_C_START

typedef __SIZE_TYPE__ size_t;
typedef char CHAR, CCHAR;
typedef short SHORT, CSHORT;
typedef long LONG, *PLONG;
typedef __int64 LONGLONG, LONG64;
typedef int INT;
typedef unsigned char UCHAR, *PUCHAR, BOOLEAN;
typedef unsigned short USHORT, *PUSHORT;
typedef unsigned int UINT, *PUINT;
typedef unsigned long ULONG, *PULONG, LOGICAL;
typedef unsigned __int64 ULONGLONG, *PULONGLONG, ULONG64;
typedef wchar_t WCHAR, *PWSTR;
typedef const wchar_t *PCWSTR;
typedef void *PVOID;
typedef PVOID HANDLE, *PHANDLE;
#ifdef _WIN64
typedef __int64 LONG_PTR;
typedef unsigned __int64 ULONG_PTR, SIZE_T, *PSIZE_T;
#else
typedef long LONG_PTR;
typedef unsigned long ULONG_PTR, SIZE_T, *PSIZE_T;
#endif

typedef LONG NTSTATUS;
#define NT_SUCCESS(Status) ((NTSTATUS)(Status) >= 0)
#define STATUS_SUCCESS ((NTSTATUS)0x00000000L)
#define STATUS_UNSUCCESSFUL ((NTSTATUS)0xC0000001L)
#define STATUS_INSUFFICIENT_RESOURCES ((NTSTATUS)0xC000009AL)

#define UNREFERENCED_PARAMETER(P) (P)
#define ARGUMENT_PRESENT(P) ((CHAR *)((ULONG_PTR)(P)) != (CHAR *)NULL)
#define RtlZeroMemory(Where, Size) __builtin_memset((Where), 0, (Size))
#define RtlCopyMemory(To, From, Size) __builtin_memcpy((To), (From), (Size))

typedef union _LARGE_INTEGER {
  struct {
    ULONG LowPart;
    LONG HighPart;
  } u;
  LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER, PHYSICAL_ADDRESS, *PPHYSICAL_ADDRESS;

typedef struct _UNICODE_STRING {
  USHORT Length;
  USHORT MaximumLength;
  PWSTR Buffer;
} UNICODE_STRING, *PUNICODE_STRING;
typedef const UNICODE_STRING *PCUNICODE_STRING;

// The kit's checks that the text is an array of the right type.
#define RTL_CONSTANT_STRING(S)                                                 \
  {sizeof(S) - sizeof((S)[0]), sizeof(S), (PWSTR)(S)}

typedef struct _GUID {
  unsigned long Data1;
  unsigned short Data2;
  unsigned short Data3;
  unsigned char Data4[8];
} GUID, IID;

typedef struct _OBJECT_ATTRIBUTES {
  ULONG Length;
  HANDLE RootDirectory;
  PUNICODE_STRING ObjectName;
  ULONG Attributes;
  PVOID SecurityDescriptor;
  PVOID SecurityQualityOfService;
} OBJECT_ATTRIBUTES, *POBJECT_ATTRIBUTES;

typedef struct _OSVERSIONINFOW {
  ULONG dwOSVersionInfoSize;
  ULONG dwMajorVersion;
  ULONG dwMinorVersion;
  ULONG dwBuildNumber;
  ULONG dwPlatformId;
  WCHAR szCSDVersion[128];
} RTL_OSVERSIONINFOW, *PRTL_OSVERSIONINFOW;

// A bus interface; in C the kit's COM methods take it as their `This`.
typedef struct _INTERFACE {
  USHORT Size;
  USHORT Version;
  PVOID Context;
  void (*InterfaceReference)(PVOID Context);
  void (*InterfaceDereference)(PVOID Context);
} INTERFACE, *PINTERFACE;

typedef struct _DEVICE_OBJECT *PDEVICE_OBJECT;
typedef struct _DRIVER_OBJECT *PDRIVER_OBJECT;
typedef struct _FILE_OBJECT *PFILE_OBJECT, *PLOG_FILE_OBJECT;
typedef struct _IRP *PIRP;
typedef struct _KPROCESS *PEPROCESS;
typedef struct _EJOB *PESILO;
typedef struct _CM_RESOURCE_LIST *PCM_RESOURCE_LIST;
typedef struct _DEVICE_DESCRIPTION *PDEVICE_DESCRIPTION;
typedef struct _GENERIC_MAPPING *PGENERIC_MAPPING;
typedef struct _SECURITY_SUBJECT_CONTEXT *PSECURITY_SUBJECT_CONTEXT;
typedef struct _EX_RUNDOWN_REF_CACHE_AWARE *PEX_RUNDOWN_REF_CACHE_AWARE;
typedef PVOID PSECURITY_DESCRIPTOR;
typedef ULONG ACCESS_MASK, SECURITY_INFORMATION, *PSECURITY_INFORMATION;
typedef ULONG DEVPROPTYPE, *PDEVPROPTYPE;

typedef NTSTATUS DRIVER_INITIALIZE(struct _DRIVER_OBJECT *DriverObject,
                                   PUNICODE_STRING RegistryPath);

typedef enum _DEVICE_REGISTRY_PROPERTY {
  DevicePropertyDeviceDescription,
  DevicePropertyHardwareID,
} DEVICE_REGISTRY_PROPERTY;

typedef enum _DMA_WIDTH { Width8Bits, Width16Bits, Width32Bits } DMA_WIDTH;
typedef enum _DMA_SPEED { Compatible, TypeA, TypeB, TypeC, TypeF } DMA_SPEED;

typedef CCHAR KPROCESSOR_MODE;
typedef enum _MODE { KernelMode, UserMode, MaximumMode } MODE;

typedef ULONG NODE_REQUIREMENT;
#define MM_ANY_NODE_OK 0x80000000

typedef enum _MEMORY_CACHING_TYPE_ORIG {
  MmFrameBufferCached = 2
} MEMORY_CACHING_TYPE_ORIG;

typedef enum _MEMORY_CACHING_TYPE {
  MmNonCached = FALSE,
  MmCached = TRUE,
  MmWriteCombined = MmFrameBufferCached,
  MmHardwareCoherentCached,
  MmNonCachedUnordered,
  MmUSWCCached,
  MmMaximumCacheType,
  MmNotMapped = -1
} MEMORY_CACHING_TYPE;

typedef enum _SECTION_INHERIT { ViewShare = 1, ViewUnmap = 2 } SECTION_INHERIT;

// ---- Protections -----------------------------------------------------------

#define PAGE_NOACCESS 0x01
#define PAGE_READONLY 0x02
#define PAGE_READWRITE 0x04
#define PAGE_WRITECOPY 0x08
#define PAGE_EXECUTE 0x10
#define PAGE_EXECUTE_READ 0x20
#define PAGE_EXECUTE_READWRITE 0x40
#define PAGE_EXECUTE_WRITECOPY 0x80
#define PAGE_GUARD 0x100
#define PAGE_NOCACHE 0x200
#define PAGE_WRITECOMBINE 0x400
#define PAGE_GRAPHICS_NOACCESS 0x0800
#define PAGE_GRAPHICS_READONLY 0x1000
#define PAGE_GRAPHICS_READWRITE 0x2000
#define PAGE_GRAPHICS_EXECUTE 0x4000
#define PAGE_GRAPHICS_EXECUTE_READ 0x8000
#define PAGE_GRAPHICS_EXECUTE_READWRITE 0x10000
#define PAGE_GRAPHICS_COHERENT 0x20000
#define PAGE_GRAPHICS_NOCACHE 0x40000
#define PAGE_ENCLAVE_THREAD_CONTROL 0x80000000
#define PAGE_REVERT_TO_FILE_MAP 0x80000000
#define PAGE_TARGETS_NO_UPDATE 0x40000000
#define PAGE_TARGETS_INVALID 0x40000000
#define PAGE_ENCLAVE_UNVALIDATED 0x20000000
#define PAGE_ENCLAVE_NO_CHANGE 0x20000000
#define PAGE_ENCLAVE_MASK 0x10000000

#define SEC_HUGE_PAGES 0x00020000
#define SEC_64K_PAGES 0x00080000
#define SEC_FILE 0x00800000
#define SEC_IMAGE 0x01000000
#define SEC_RESERVE 0x04000000
#define SEC_COMMIT 0x08000000
#define SEC_NOCACHE 0x10000000
#define SEC_LARGE_PAGES 0x80000000
#define SEC_IMAGE_NO_EXECUTE (SEC_IMAGE | SEC_NOCACHE)

#define STANDARD_RIGHTS_REQUIRED 0x000F0000L
#define SECTION_QUERY 0x0001
#define SECTION_MAP_WRITE 0x0002
#define SECTION_MAP_READ 0x0004
#define SECTION_MAP_EXECUTE 0x0008
#define SECTION_EXTEND_SIZE 0x0010
#define SECTION_MAP_EXECUTE_EXPLICIT 0x0020
#define SECTION_ALL_ACCESS                                                     \
  (STANDARD_RIGHTS_REQUIRED | SECTION_QUERY | SECTION_MAP_WRITE |              \
   SECTION_MAP_READ | SECTION_MAP_EXECUTE | SECTION_EXTEND_SIZE)

#define MEM_COMMIT 0x00001000
#define MEM_RESERVE 0x00002000

// ---- Pool types and flags --------------------------------------------------

#define POOL_TAGGING 1

typedef enum _POOL_TYPE {
  NonPagedPool,
  NonPagedPoolExecute = NonPagedPool,
  PagedPool,
  NonPagedPoolMustSucceed = NonPagedPool + 2,
  DontUseThisType,
  NonPagedPoolCacheAligned = NonPagedPool + 4,
  PagedPoolCacheAligned,
  NonPagedPoolCacheAlignedMustS = NonPagedPool + 6,
  MaxPoolType,
  NonPagedPoolBase = 0,
  NonPagedPoolBaseMustSucceed = 2,
  NonPagedPoolBaseCacheAligned = 4,
  NonPagedPoolBaseCacheAlignedMustS = 6,
  NonPagedPoolSession = 32,
  PagedPoolSession,
  NonPagedPoolMustSucceedSession,
  DontUseThisTypeSession,
  NonPagedPoolCacheAlignedSession,
  PagedPoolCacheAlignedSession,
  NonPagedPoolCacheAlignedMustSSession,
  NonPagedPoolNx = 512,
  NonPagedPoolNxCacheAligned = NonPagedPoolNx + 4,
  NonPagedPoolSessionNx = NonPagedPoolNx + 32
} POOL_TYPE;

#define POOL_QUOTA_FAIL_INSTEAD_OF_RAISE 8
#define POOL_RAISE_IF_ALLOCATION_FAILURE 16
#define POOL_COLD_ALLOCATION 256
#define POOL_NX_ALLOCATION 512
#define POOL_ZERO_ALLOCATION 1024

typedef ULONG64 POOL_FLAGS;

#define POOL_FLAG_REQUIRED_START 0x0000000000000001UI64
#define POOL_FLAG_USE_QUOTA 0x0000000000000001UI64
#define POOL_FLAG_UNINITIALIZED 0x0000000000000002UI64
#define POOL_FLAG_SESSION 0x0000000000000004UI64
#define POOL_FLAG_CACHE_ALIGNED 0x0000000000000008UI64
#define POOL_FLAG_RESERVED1 0x0000000000000010UI64
#define POOL_FLAG_RAISE_ON_FAILURE 0x0000000000000020UI64
#define POOL_FLAG_NON_PAGED 0x0000000000000040UI64
#define POOL_FLAG_NON_PAGED_EXECUTE 0x0000000000000080UI64
#define POOL_FLAG_PAGED 0x0000000000000100UI64
#define POOL_FLAG_RESERVED2 0x0000000000000200UI64
#define POOL_FLAG_RESERVED3 0x0000000000000400UI64
#define POOL_FLAG_LAST_KNOWN_REQUIRED POOL_FLAG_RESERVED3
#define POOL_FLAG_REQUIRED_END 0x0000000080000000UI64
#define POOL_FLAG_REQUIRED_MASK 0x00000000FFFFFFFFUI64
#define POOL_FLAG_OPTIONAL_START 0x0000000100000000UI64
#define POOL_FLAG_SPECIAL_POOL 0x0000000100000000UI64
#define POOL_FLAG_OPTIONAL_END 0x8000000000000000UI64

typedef enum _EX_POOL_PRIORITY {
  LowPoolPriority,
  LowPoolPrioritySpecialPoolOverrun = 8,
  LowPoolPrioritySpecialPoolUnderrun = 9,
  NormalPoolPriority = 16,
  NormalPoolPrioritySpecialPoolOverrun = 24,
  NormalPoolPrioritySpecialPoolUnderrun = 25,
  HighPoolPriority = 32,
  HighPoolPrioritySpecialPoolOverrun = 40,
  HighPoolPrioritySpecialPoolUnderrun = 41
} EX_POOL_PRIORITY;

typedef struct _POOL_EXTENDED_PARAMETER {
  ULONG64 Type;
  ULONG64 Value;
} POOL_EXTENDED_PARAMETER, *PPOOL_EXTENDED_PARAMETER;
typedef const POOL_EXTENDED_PARAMETER *PCPOOL_EXTENDED_PARAMETER;

// ---- Opting in to NX -------------------------------------------------------

// Architectures younger than x64 are opted in unless they opt out.
#if !defined(_X86_) && !defined(_AMD64_) && !defined(_NTOS_)
#undef POOL_NX_OPTIN
#define POOL_NX_OPTIN_AUTO 1
#endif

#if !POOL_NX_OPTOUT
#if POOL_NX_OPTIN_AUTO
#define NonPagedPool NonPagedPoolNx
#define NonPagedPoolCacheAligned NonPagedPoolNxCacheAligned
#elif POOL_NX_OPTIN
DECLSPEC_SELECTANY POOL_TYPE ExDefaultNonPagedPoolType = NonPagedPoolExecute;
DECLSPEC_SELECTANY ULONG ExDefaultMdlProtection = 0;
#define NonPagedPool ExDefaultNonPagedPoolType
#define NonPagedPoolCacheAligned ((POOL_TYPE)(ExDefaultNonPagedPoolType + 4))
#endif
#endif

// ---- Pool ------------------------------------------------------------------

__declspec(deprecated("use ExAllocatePool2")) NTKERNELAPI PVOID
ExAllocatePool(POOL_TYPE PoolType, SIZE_T NumberOfBytes);

__declspec(deprecated("use ExAllocatePool2")) NTKERNELAPI PVOID
ExAllocatePoolWithQuota(POOL_TYPE PoolType, SIZE_T NumberOfBytes);

__declspec(deprecated("use ExAllocatePool2")) NTKERNELAPI PVOID NTAPI
ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);

__declspec(deprecated("use ExAllocatePool2")) NTKERNELAPI PVOID
ExAllocatePoolWithQuotaTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);

__declspec(deprecated("use ExAllocatePool3")) NTKERNELAPI PVOID NTAPI
ExAllocatePoolWithTagPriority(POOL_TYPE PoolType, SIZE_T NumberOfBytes,
                              ULONG Tag, EX_POOL_PRIORITY Priority);

#if NTDDI_VERSION >= NTDDI_WIN10_VB
NTKERNELAPI PVOID NTAPI ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes,
                                        ULONG Tag);

NTKERNELAPI PVOID NTAPI
ExAllocatePool3(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag,
                PCPOOL_EXTENDED_PARAMETER ExtendedParameters,
                ULONG ExtendedParametersCount);
#endif

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
FORCEINLINE PVOID NTAPI ExAllocatePoolZero(POOL_TYPE PoolType,
                                           SIZE_T NumberOfBytes, ULONG Tag) {
  return ExAllocatePoolWithTag((POOL_TYPE)(PoolType | POOL_ZERO_ALLOCATION),
                               NumberOfBytes, Tag);
}

FORCEINLINE PVOID NTAPI ExAllocatePoolUninitialized(POOL_TYPE PoolType,
                                                    SIZE_T NumberOfBytes,
                                                    ULONG Tag) {
  return ExAllocatePoolWithTag(PoolType, NumberOfBytes, Tag);
}

FORCEINLINE PVOID NTAPI ExAllocatePoolQuotaZero(POOL_TYPE PoolType,
                                                SIZE_T NumberOfBytes,
                                                ULONG Tag) {
  return ExAllocatePoolWithQuotaTag(
      (POOL_TYPE)(PoolType | POOL_ZERO_ALLOCATION), NumberOfBytes, Tag);
}

FORCEINLINE PVOID NTAPI ExAllocatePoolQuotaUninitialized(POOL_TYPE PoolType,
                                                         SIZE_T NumberOfBytes,
                                                         ULONG Tag) {
  return ExAllocatePoolWithQuotaTag(PoolType, NumberOfBytes, Tag);
}

FORCEINLINE PVOID NTAPI ExAllocatePoolPriorityZero(POOL_TYPE PoolType,
                                                   SIZE_T NumberOfBytes,
                                                   ULONG Tag,
                                                   EX_POOL_PRIORITY Priority) {
  return ExAllocatePoolWithTagPriority(
      (POOL_TYPE)(PoolType | POOL_ZERO_ALLOCATION), NumberOfBytes, Tag,
      Priority);
}

FORCEINLINE PVOID NTAPI
ExAllocatePoolPriorityUninitialized(POOL_TYPE PoolType, SIZE_T NumberOfBytes,
                                    ULONG Tag, EX_POOL_PRIORITY Priority) {
  return ExAllocatePoolWithTagPriority(PoolType, NumberOfBytes, Tag, Priority);
}
#pragma clang diagnostic pop

NTKERNELAPI VOID NTAPI ExFreePool(PVOID P);
NTKERNELAPI VOID ExFreePoolWithTag(PVOID P, ULONG Tag);

NTKERNELAPI PEX_RUNDOWN_REF_CACHE_AWARE
ExAllocateCacheAwareRundownProtection(POOL_TYPE PoolType, ULONG PoolTag);

typedef PVOID ALLOCATE_FUNCTION(POOL_TYPE PoolType, SIZE_T NumberOfBytes,
                                ULONG Tag);
typedef ALLOCATE_FUNCTION *PALLOCATE_FUNCTION;
typedef VOID FREE_FUNCTION(PVOID Buffer);
typedef FREE_FUNCTION *PFREE_FUNCTION;

NTKERNELAPI NTSTATUS ClfsCreateMarshallingArea(
    PLOG_FILE_OBJECT plfoLog, POOL_TYPE ePoolType,
    PALLOCATE_FUNCTION pfnAllocBuffer, PFREE_FUNCTION pfnFreeBuffer,
    ULONG cbMarshallingBuffer, ULONG cMaxWriteBuffers, ULONG cMaxReadBuffers,
    PVOID *ppvMarshalContext);

#if NTDDI_VERSION >= NTDDI_WIN8
NTKERNELAPI NTSTATUS ClfsCreateMarshallingAreaEx(
    PLOG_FILE_OBJECT plfoLog, POOL_TYPE ePoolType,
    PALLOCATE_FUNCTION pfnAllocBuffer, PFREE_FUNCTION pfnFreeBuffer,
    ULONG cbMarshallingBuffer, ULONG cMaxWriteBuffers, ULONG cMaxReadBuffers,
    ULONG cAlignmentSize, ULONGLONG fFlags, PVOID *ppvMarshalContext);
#endif

// ---- Lookaside lists -------------------------------------------------------

typedef struct _NPAGED_LOOKASIDE_LIST {
  ULONG_PTR Opaque[16];
} NPAGED_LOOKASIDE_LIST, *PNPAGED_LOOKASIDE_LIST;

typedef struct _PAGED_LOOKASIDE_LIST {
  ULONG_PTR Opaque[16];
} PAGED_LOOKASIDE_LIST, *PPAGED_LOOKASIDE_LIST;

typedef struct _LOOKASIDE_LIST_EX {
  ULONG_PTR Opaque[16];
} LOOKASIDE_LIST_EX, *PLOOKASIDE_LIST_EX;

typedef PVOID ALLOCATE_FUNCTION_EX(POOL_TYPE PoolType, SIZE_T NumberOfBytes,
                                   ULONG Tag, PLOOKASIDE_LIST_EX Lookaside);
typedef ALLOCATE_FUNCTION_EX *PALLOCATE_FUNCTION_EX;
typedef VOID FREE_FUNCTION_EX(PVOID Buffer, PLOOKASIDE_LIST_EX Lookaside);
typedef FREE_FUNCTION_EX *PFREE_FUNCTION_EX;

#define EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL 0x00000001UL
#define EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE 0x00000002UL

#if NTDDI_VERSION >= NTDDI_VISTA
NTKERNELAPI NTSTATUS ExInitializeLookasideListEx(PLOOKASIDE_LIST_EX Lookaside,
                                                 PALLOCATE_FUNCTION_EX Allocate,
                                                 PFREE_FUNCTION_EX Free,
                                                 POOL_TYPE PoolType,
                                                 ULONG Flags, SIZE_T Size,
                                                 ULONG Tag, USHORT Depth);
#endif

NTKERNELAPI VOID ExInitializeNPagedLookasideList(
    PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate,
    PFREE_FUNCTION Free, ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth);

#if !POOL_NX_OPTOUT && (POOL_NX_OPTIN || POOL_NX_OPTIN_AUTO)
FORCEINLINE VOID ExInitializeNPagedLookasideList_NXPoolOptIn(
    PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate,
    PFREE_FUNCTION Free, ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth) {
#if POOL_NX_OPTIN_AUTO
  ExInitializeNPagedLookasideList(Lookaside, Allocate, Free,
                                  Flags | POOL_NX_ALLOCATION, Size, Tag, Depth);
#else
  ExInitializeNPagedLookasideList(Lookaside, Allocate, Free,
                                  Flags | (ULONG)ExDefaultNonPagedPoolType,
                                  Size, Tag, Depth);
#endif
}
#define ExInitializeNPagedLookasideList                                        \
  ExInitializeNPagedLookasideList_NXPoolOptIn
#endif

NTKERNELAPI VOID ExInitializePagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside,
                                                PALLOCATE_FUNCTION Allocate,
                                                PFREE_FUNCTION Free,
                                                ULONG Flags, SIZE_T Size,
                                                ULONG Tag, USHORT Depth);

// ---- Memory descriptor lists -----------------------------------------------

typedef struct _MDL {
  struct _MDL *Next;
  CSHORT Size;
  CSHORT MdlFlags;
  struct _EPROCESS *Process;
  PVOID MappedSystemVa;
  PVOID StartVa;
  ULONG ByteCount;
  ULONG ByteOffset;
} MDL, *PMDL;

#define MDL_MAPPED_TO_SYSTEM_VA 0x0001
#define MDL_PAGES_LOCKED 0x0002
#define MDL_SOURCE_IS_NONPAGED_POOL 0x0004

#define MmGetMdlByteCount(Mdl) ((Mdl)->ByteCount)

typedef enum _MM_PAGE_PRIORITY {
  LowPagePriority,
  NormalPagePriority = 16,
  HighPagePriority = 32
} MM_PAGE_PRIORITY;

#define MdlMappingNoWrite 0x80000000
#define MdlMappingNoExecute 0x40000000
#define MdlMappingWithGuardPtes 0x20000000

DECLSPEC_DEPRECATED_DDK
NTKERNELAPI PVOID MmMapLockedPages(PMDL MemoryDescriptorList,
                                   KPROCESSOR_MODE AccessMode);

NTKERNELAPI PVOID MmMapLockedPagesSpecifyCache(PMDL MemoryDescriptorList,
                                               KPROCESSOR_MODE AccessMode,
                                               MEMORY_CACHING_TYPE CacheType,
                                               PVOID RequestedAddress,
                                               ULONG BugCheckOnFailure,
                                               ULONG Priority);

#if !POOL_NX_OPTOUT && (POOL_NX_OPTIN || POOL_NX_OPTIN_AUTO)
FORCEINLINE PVOID MmMapLockedPagesSpecifyCache_NXOptIn(
    PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode,
    MEMORY_CACHING_TYPE CacheType, PVOID RequestedAddress,
    ULONG BugCheckOnFailure, ULONG Priority) {
#if POOL_NX_OPTIN_AUTO
  return MmMapLockedPagesSpecifyCache(
      MemoryDescriptorList, AccessMode, CacheType, RequestedAddress,
      BugCheckOnFailure, Priority | MdlMappingNoExecute);
#else
  return MmMapLockedPagesSpecifyCache(
      MemoryDescriptorList, AccessMode, CacheType, RequestedAddress,
      BugCheckOnFailure, Priority | ExDefaultMdlProtection);
#endif
}
#define MmMapLockedPagesSpecifyCache MmMapLockedPagesSpecifyCache_NXOptIn
#endif

NTKERNELAPI PVOID MmMapLockedPagesWithReservedMapping(
    PVOID MappingAddress, ULONG PoolTag, PMDL MemoryDescriptorList,
    MEMORY_CACHING_TYPE CacheType);

FORCEINLINE PVOID MmGetSystemAddressForMdlSafe(PMDL Mdl, ULONG Priority) {
  if (Mdl->MdlFlags & (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL))
    return Mdl->MappedSystemVa;
  return MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, NULL, FALSE,
                                      Priority);
}

#define MmGetSystemAddressForMdl(Mdl)                                          \
  (((Mdl)->MdlFlags & (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL)) \
       ? (Mdl)->MappedSystemVa                                                 \
       : MmMapLockedPages((Mdl), KernelMode))

NTKERNELAPI PMDL IoAllocateMdl(PVOID VirtualAddress, ULONG Length,
                               BOOLEAN SecondaryBuffer, BOOLEAN ChargeQuota,
                               PIRP Irp);
NTKERNELAPI VOID MmBuildMdlForNonPagedPool(PMDL MemoryDescriptorList);

NTKERNELAPI NTSTATUS MmProtectMdlSystemAddress(PMDL MemoryDescriptorList,
                                               ULONG NewProtect);

#if NTDDI_VERSION >= NTDDI_WIN10_RS3
typedef VOID MM_MDL_ROUTINE(PVOID DriverContext, PVOID MappedVa);
typedef MM_MDL_ROUTINE *PMM_MDL_ROUTINE;

NTKERNELAPI NTSTATUS MmMapMdl(PMDL MemoryDescriptorList, ULONG Protection,
                              PMM_MDL_ROUTINE DriverRoutine,
                              PVOID DriverContext);
#endif

// ---- Device and contiguous memory ------------------------------------------

NTKERNELAPI PVOID MmMapIoSpace(PHYSICAL_ADDRESS PhysicalAddress,
                               SIZE_T NumberOfBytes,
                               MEMORY_CACHING_TYPE CacheType);

#if NTDDI_VERSION >= NTDDI_WINTHRESHOLD
NTKERNELAPI PVOID MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress,
                                 SIZE_T NumberOfBytes, ULONG Protect);
#endif

NTKERNELAPI
PVOID MmAllocateContiguousMemory(SIZE_T NumberOfBytes,
                                 PHYSICAL_ADDRESS HighestAcceptableAddress);

NTKERNELAPI PVOID MmAllocateContiguousMemorySpecifyCache(
    SIZE_T NumberOfBytes, PHYSICAL_ADDRESS LowestAcceptableAddress,
    PHYSICAL_ADDRESS HighestAcceptableAddress,
    PHYSICAL_ADDRESS BoundaryAddressMultiple, MEMORY_CACHING_TYPE CacheType);

#if NTDDI_VERSION >= NTDDI_VISTA
NTKERNELAPI PVOID MmAllocateContiguousMemorySpecifyCacheNode(
    SIZE_T NumberOfBytes, PHYSICAL_ADDRESS LowestAcceptableAddress,
    PHYSICAL_ADDRESS HighestAcceptableAddress,
    PHYSICAL_ADDRESS BoundaryAddressMultiple, MEMORY_CACHING_TYPE CacheType,
    NODE_REQUIREMENT PreferredNode);
#endif

#if NTDDI_VERSION >= NTDDI_WIN8
NTKERNELAPI PVOID MmAllocateContiguousNodeMemory(
    SIZE_T NumberOfBytes, PHYSICAL_ADDRESS LowestAcceptableAddress,
    PHYSICAL_ADDRESS HighestAcceptableAddress,
    PHYSICAL_ADDRESS BoundaryAddressMultiple, ULONG Protect,
    NODE_REQUIREMENT PreferredNode);
#endif

#if NTDDI_VERSION >= NTDDI_WIN10_FE
NTKERNELAPI NTSTATUS MmAllocateContiguousMemoryEx(
    PSIZE_T NumberOfBytes, PHYSICAL_ADDRESS LowestAcceptableAddress,
    PHYSICAL_ADDRESS HighestAcceptableAddress,
    PHYSICAL_ADDRESS BoundaryAddressMultiple, NODE_REQUIREMENT PreferredNode,
    ULONG Protect, PVOID PartitionObject, ULONG Tag, ULONG Flags,
    PVOID *BaseAddress);
#endif

NTKERNELAPI
PVOID NTAPI MmGetSystemRoutineAddress(PUNICODE_STRING SystemRoutineName);

NTKERNELAPI PHYSICAL_ADDRESS MmGetPhysicalAddress(PVOID BaseAddress);

// ---- Routines that the system runs -----------------------------------------

typedef VOID KSTART_ROUTINE(PVOID StartContext);
typedef KSTART_ROUTINE *PKSTART_ROUTINE;
typedef struct _CLIENT_ID *PCLIENT_ID;

NTKERNELAPI NTSTATUS PsCreateSystemThread(
    PHANDLE ThreadHandle, ULONG DesiredAccess,
    POBJECT_ATTRIBUTES ObjectAttributes, HANDLE ProcessHandle,
    PCLIENT_ID ClientId, PKSTART_ROUTINE StartRoutine, PVOID StartContext);

typedef struct _IO_WORKITEM *PIO_WORKITEM;
typedef VOID IO_WORKITEM_ROUTINE(PDEVICE_OBJECT DeviceObject, PVOID Context);
typedef IO_WORKITEM_ROUTINE *PIO_WORKITEM_ROUTINE;
typedef enum _WORK_QUEUE_TYPE {
  CriticalWorkQueue,
  DelayedWorkQueue,
  HyperCriticalWorkQueue
} WORK_QUEUE_TYPE;

NTKERNELAPI VOID IoQueueWorkItem(PIO_WORKITEM IoWorkItem,
                                 PIO_WORKITEM_ROUTINE WorkerRoutine,
                                 WORK_QUEUE_TYPE QueueType, PVOID Context);

typedef struct _KDPC *PKDPC, *PRKDPC;
typedef VOID KDEFERRED_ROUTINE(PKDPC Dpc, PVOID DeferredContext,
                               PVOID SystemArgument1, PVOID SystemArgument2);
typedef KDEFERRED_ROUTINE *PKDEFERRED_ROUTINE;

NTKERNELAPI VOID KeInitializeDpc(PRKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine,
                                 PVOID DeferredContext);

// ---- Files and sections ----------------------------------------------------

typedef struct _IO_STATUS_BLOCK *PIO_STATUS_BLOCK;

NTSYSAPI NTSTATUS NTAPI ZwCreateFile(
    PHANDLE FileHandle, ACCESS_MASK DesiredAccess,
    POBJECT_ATTRIBUTES ObjectAttributes, PIO_STATUS_BLOCK IoStatusBlock,
    PLARGE_INTEGER AllocationSize, ULONG FileAttributes, ULONG ShareAccess,
    ULONG CreateDisposition, ULONG CreateOptions, PVOID EaBuffer,
    ULONG EaLength);

NTSYSAPI NTSTATUS NTAPI ZwOpenFile(PHANDLE FileHandle,
                                   ACCESS_MASK DesiredAccess,
                                   POBJECT_ATTRIBUTES ObjectAttributes,
                                   PIO_STATUS_BLOCK IoStatusBlock,
                                   ULONG ShareAccess, ULONG OpenOptions);

NTSYSAPI NTSTATUS NTAPI ZwCreateSection(
    PHANDLE SectionHandle, ACCESS_MASK DesiredAccess,
    POBJECT_ATTRIBUTES ObjectAttributes, PLARGE_INTEGER MaximumSize,
    ULONG SectionPageProtection, ULONG AllocationAttributes, HANDLE FileHandle);

NTSYSAPI NTSTATUS NTAPI ZwMapViewOfSection(
    HANDLE SectionHandle, HANDLE ProcessHandle, PVOID *BaseAddress,
    ULONG_PTR ZeroBits, SIZE_T CommitSize, PLARGE_INTEGER SectionOffset,
    PSIZE_T ViewSize, SECTION_INHERIT InheritDisposition, ULONG AllocationType,
    ULONG Win32Protect);

#define NtCurrentProcess() ((HANDLE)(LONG_PTR) - 1)
#define ZwCurrentProcess() NtCurrentProcess()

#if NTDDI_VERSION >= NTDDI_WIN10_RS2
NTSTATUS VslCreateSecureSection(PHANDLE Handle, PEPROCESS TargetProcess,
                                PMDL Mdl, ULONG DevicePageProtection,
                                ULONG Attributes);
#endif

// ---- Others ----------------------------------------------------------------

NTKERNELAPI NTSTATUS SeAssignSecurity(PSECURITY_DESCRIPTOR ParentDescriptor,
                                      PSECURITY_DESCRIPTOR ExplicitDescriptor,
                                      PSECURITY_DESCRIPTOR *NewDescriptor,
                                      BOOLEAN IsDirectoryObject,
                                      PSECURITY_SUBJECT_CONTEXT SubjectContext,
                                      PGENERIC_MAPPING GenericMapping,
                                      POOL_TYPE PoolType);

NTKERNELAPI NTSTATUS
SeAssignSecurityEx(PSECURITY_DESCRIPTOR ParentDescriptor,
                   PSECURITY_DESCRIPTOR ExplicitDescriptor,
                   PSECURITY_DESCRIPTOR *NewDescriptor, GUID *ObjectType,
                   BOOLEAN IsDirectoryObject, ULONG AutoInheritFlags,
                   PSECURITY_SUBJECT_CONTEXT SubjectContext,
                   PGENERIC_MAPPING GenericMapping, POOL_TYPE PoolType);

NTSYSAPI VOID NTAPI RtlInitUnicodeString(PUNICODE_STRING DestinationString,
                                         PCWSTR SourceString);
NTSYSAPI NTSTATUS NTAPI RtlGetVersion(PRTL_OSVERSIONINFOW lpVersionInformation);

typedef enum _DRIVER_RUNTIME_INIT_FLAGS {
  DrvRtPoolNxOptIn = 0x00000001,
  LastDrvRtFlag
} DRIVER_RUNTIME_INIT_FLAGS;

FORCEINLINE VOID ExInitializeDriverRuntime(ULONG RuntimeFlags) {
#if POOL_NX_OPTIN && !POOL_NX_OPTOUT
  RTL_OSVERSIONINFOW Info;
  ULONG Version = 0x500;

  Info.dwOSVersionInfoSize = sizeof(Info);
  if (NT_SUCCESS(RtlGetVersion(&Info)))
    Version = Info.dwMajorVersion << 8 | Info.dwMinorVersion;
  if ((RuntimeFlags & DrvRtPoolNxOptIn) != 0 && Version >= 0x602) {
    ExDefaultNonPagedPoolType = NonPagedPoolNx;
    ExDefaultMdlProtection = MdlMappingNoExecute;
  }
#else
  UNREFERENCED_PARAMETER(RuntimeFlags);
#endif
}

EXTERN_C_END

#endif
