// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/* rxprocs.h - stand-in: the redirected drive buffering subsystem. */
#ifndef HVCI_KM_RXPROCS_H
#define HVCI_KM_RXPROCS_H

#include "ntrxdef.h"

typedef USHORT NODE_TYPE_CODE;
typedef struct _RDBSS_DEVICE_OBJECT *PRDBSS_DEVICE_OBJECT;
typedef struct _TRANSPORT_ADDRESS *PTRANSPORT_ADDRESS;
typedef struct _RXCE_CONNECTION_INFORMATION *PRXCE_CONNECTION_INFORMATION;

NTSTATUS DuplicateTransportAddress(PTRANSPORT_ADDRESS *Copy,
                                   PTRANSPORT_ADDRESS Original,
                                   POOL_FLAGS PoolFlags);

NTSTATUS DuplicateConnectionInformation(PRXCE_CONNECTION_INFORMATION *Copy,
                                        PRXCE_CONNECTION_INFORMATION Original,
                                        POOL_FLAGS PoolFlags);

PVOID RxAllocateFcbObject(PRDBSS_DEVICE_OBJECT RxDeviceObject,
                          NODE_TYPE_CODE NodeType, POOL_FLAGS PoolFlags,
                          ULONG NameSize, PVOID AlreadyAllocatedObject);

#endif
