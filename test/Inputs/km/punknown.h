// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * punknown.h - stand-in: how COM interfaces are declared, as C++ classes of
 * pure virtual methods or, in C, as structs with a table of functions.
 */
#ifndef HVCI_KM_PUNKNOWN_H
#define HVCI_KM_PUNKNOWN_H

#include "wdm.h"

#define STDMETHODCALLTYPE __stdcall
#ifdef _MSC_VER
#define COM_DECLSPEC_NOTHROW __declspec(nothrow)
#else
#define COM_DECLSPEC_NOTHROW
#endif
#define STDMETHODIMP_(Type) Type STDMETHODCALLTYPE

#ifdef __cplusplus
#define STDMETHOD_(Type, Method)                                               \
  virtual COM_DECLSPEC_NOTHROW Type STDMETHODCALLTYPE Method
#define PURE = 0
#define THIS_
#define THIS void
#define DECLARE_INTERFACE(Name) struct DECLSPEC_NOVTABLE Name
#define DECLARE_INTERFACE_(Name, Base) struct DECLSPEC_NOVTABLE Name : Base
#define REFIID const IID &
#else
#define STDMETHOD_(Type, Method) Type(STDMETHODCALLTYPE *Method)
#define PURE
#define THIS_ INTERFACE *This,
#define THIS INTERFACE *This
#define DECLARE_INTERFACE(Name)                                                \
  typedef struct Name {                                                        \
    struct Name##Vtbl *lpVtbl;                                                 \
  } Name;                                                                      \
  struct Name##Vtbl
#define DECLARE_INTERFACE_(Name, Base) DECLARE_INTERFACE(Name)
#define REFIID const IID *const
#endif

// What every interface repeats, for its table to be complete in C.
#define DEFINE_ABSTRACT_UNKNOWN()                                              \
  STDMETHOD_(NTSTATUS, QueryInterface)                                         \
  (THIS_ REFIID InterfaceId, PVOID * Interface) PURE;                          \
  STDMETHOD_(ULONG, AddRef)(THIS) PURE;                                        \
  STDMETHOD_(ULONG, Release)(THIS) PURE;

#define INTERFACE IUnknown
DECLARE_INTERFACE(IUnknown){DEFINE_ABSTRACT_UNKNOWN()};
#undef INTERFACE
typedef IUnknown *PUNKNOWN;

#endif
