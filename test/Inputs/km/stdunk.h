// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* stdunk.h - stand-in: creating COM objects in pool (C++ only). */
#ifndef HVCI_KM_STDUNK_H
#define HVCI_KM_STDUNK_H

#include "punknown.h"

#define STD_CREATE_BODY_WITH_TAG_(Class, Result, Outer, PoolType, Tag, Base)   \
  Class *p = new (PoolType, Tag) Class(Outer);                                 \
  if (!p)                                                                      \
    return STATUS_INSUFFICIENT_RESOURCES;                                      \
  *Result = PUNKNOWN((Base)(p));                                               \
  (*Result)->AddRef();                                                         \
  return STATUS_SUCCESS

#define STD_CREATE_BODY_WITH_TAG(Class, Result, Outer, PoolType, Tag)          \
  STD_CREATE_BODY_WITH_TAG_(Class, Result, Outer, PoolType, Tag, PUNKNOWN)

#define STD_CREATE_BODY_(Class, Result, Outer, PoolType, Base)                 \
  STD_CREATE_BODY_WITH_TAG_(Class, Result, Outer, PoolType, 'tseT', Base)

#define STD_CREATE_BODY(Class, Result, Outer, PoolType)                        \
  STD_CREATE_BODY_(Class, Result, Outer, PoolType, PUNKNOWN)

#ifndef _NEW_DELETE_OPERATORS_
#define _NEW_DELETE_OPERATORS_

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
inline PVOID operator new(size_t Size, POOL_TYPE PoolType, ULONG Tag) {
  PVOID Memory = ExAllocatePoolWithTag(PoolType, Size, Tag);
  if (Memory)
    RtlZeroMemory(Memory, Size);
  return Memory;
}

inline PVOID operator new(size_t Size, POOL_TYPE PoolType) {
  PVOID Memory = ExAllocatePoolWithTag(PoolType, Size, 'tseT');
  if (Memory)
    RtlZeroMemory(Memory, Size);
  return Memory;
}
#pragma clang diagnostic pop

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Winline-new-delete"
inline void __cdecl operator delete(PVOID Memory) {
  if (Memory)
    ExFreePool(Memory);
}

inline void __cdecl operator delete(PVOID Memory, size_t) {
  if (Memory)
    ExFreePool(Memory);
}
#pragma clang diagnostic pop
#endif

#endif
