// Templates are judged by their instantiations.
// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
// RUN: %hvci_cl /std:c++20 -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s
#include <ntddk.h>

// A pool type as a template argument: said where it is used, once.
template <POOL_TYPE Type> struct Allocator {
  void *Allocate(size_t Size) {
    return ExAllocatePoolWithTag(Type, Size, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool with 'Type'}}
  }
  static void *Static(size_t Size) {
    return ExAllocatePoolWithTag(Type, Size, 'tseT'); // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  }
  void *Unused(size_t Size) { return ExAllocatePoolWithTag(Type, Size, 'tseT'); }
};
template <POOL_TYPE Type> struct NxAllocator {
  void *Allocate(size_t Size) { return ExAllocatePoolWithTag((POOL_TYPE)(Type | POOL_NX_ALLOCATION), Size, 'tseT'); }
};
template <POOL_TYPE Type> struct PagedAllocator {
  void *Allocate(size_t Size) { return ExAllocatePoolWithTag(Type, Size, 'tseT'); }
};
void classes(PVOID *Out) {
  Allocator<NonPagedPool> Executable;
  Allocator<NonPagedPoolCacheAligned> Aligned;
  Allocator<NonPagedPoolNx> Nx;
  NxAllocator<NonPagedPool> Added;
  PagedAllocator<PagedPool> Paged;
  PagedAllocator<NonPagedPool> NotUsed;
  Out[0] = Executable.Allocate(8);
  Out[1] = Nx.Allocate(8);
  Out[2] = Added.Allocate(8);
  Out[3] = Paged.Allocate(8);
  Out[4] = Allocator<NonPagedPool>::Static(8);
  Out[5] = Executable.Allocate(16);
  (void)NotUsed;
}

// A parameter of a template is a parameter.
template <class T> T *Create(POOL_TYPE Type) {
  return static_cast<T *>(ExAllocatePoolWithTag(Type, sizeof(T), 'tseT'));
}
template <class T, POOL_TYPE Default> T *CreateOr(bool Other, POOL_TYPE Type) {
  return Create<T>(Other ? Type : Default);
}
void functions(PVOID *Out) {
  Out[0] = Create<int>(NonPagedPool);  // expected-warning {{'Create' allocates executable pool with 'NonPagedPool'}}
  Out[1] = Create<char>(NonPagedPool); // expected-warning {{'Create' allocates executable pool with 'NonPagedPool'}}
  Out[2] = Create<int>(NonPagedPoolNx);
  Out[3] = CreateOr<int, PagedPool>(true, NonPagedPool); // expected-warning {{'CreateOr' may allocate executable pool with 'NonPagedPool'}}
  Out[4] = CreateOr<int, PagedPool>(true, NonPagedPoolNx);
}

// The type decides by way of a constant of its own.
struct Executable { static constexpr POOL_TYPE Type = NonPagedPool; };
struct Safe { static constexpr POOL_TYPE Type = NonPagedPoolNx; };
template <class Policy> struct Vector {
  Vector() : Data(ExAllocatePoolWithTag(Policy::Type, 8, 'tseT')) {} // expected-warning {{'ExAllocatePoolWithTag' allocates executable pool}}
  PVOID Data;
};
Vector<Safe> Good;
Vector<Executable> Bad;

// Specialisations are functions of their own.
template <class T> PVOID Special(POOL_TYPE Type) { return ExAllocatePoolWithTag(Type, 8, 'tseT'); }
template <> PVOID Special<char>(POOL_TYPE) { return ExAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT'); }
PVOID specialised() { return Special<char>(NonPagedPool); }
PVOID general() { return Special<int>(NonPagedPool); } // expected-warning {{'Special' allocates executable pool}}

// Arguments that are handed on as they are.
namespace std {
template <class T> struct remove_reference { using type = T; };
template <class T> struct remove_reference<T &> { using type = T; };
template <class T> struct remove_reference<T &&> { using type = T; };
template <class T> constexpr T &&forward(typename remove_reference<T>::type &Value) noexcept { return static_cast<T &&>(Value); }
template <class T> constexpr typename remove_reference<T>::type &&move(T &&Value) noexcept { return static_cast<typename remove_reference<T>::type &&>(Value); }
} // namespace std
template <class... Arguments> PVOID Perfect(Arguments &&...Values) {
  return ExAllocatePoolWithTag(std::forward<Arguments>(Values)...);
}
template <class... Arguments> PVOID ByValue(Arguments... Values) { return ExAllocatePoolWithTag(Values...); }
template <class... Arguments> PVOID Cast(Arguments &&...Values) {
  return ExAllocatePoolWithTag(static_cast<Arguments &&>(Values)...);
}
PVOID Moved(POOL_TYPE Type) { return ExAllocatePoolWithTag(std::move(Type), 8, 'tseT'); }
void forwarded(PVOID *Out) {
  Out[0] = ByValue(NonPagedPool, 8, 'tseT'); // expected-warning {{'ByValue' allocates executable pool with 'NonPagedPool'}}
  Out[1] = ByValue(NonPagedPoolNx, 8, 'tseT');
  Out[2] = Cast(NonPagedPool, 8, 'tseT'); // expected-warning {{'Cast' allocates executable pool with 'NonPagedPool'}}
  Out[3] = Cast(NonPagedPoolNx, 8, 'tseT');
  Out[4] = Perfect(NonPagedPool, 8, 'tseT'); // expected-warning {{'Perfect' allocates executable pool with 'NonPagedPool'}}
  Out[5] = Perfect(NonPagedPoolNx, 8, 'tseT');
  Out[6] = Moved(NonPagedPool); // expected-warning {{'Moved' allocates executable pool with 'NonPagedPool'}}
}

// Never instantiated: nothing is known.
template <class T> PVOID Never(T Type) { return ExAllocatePoolWithTag(Type, 8, 'tseT'); }
