#include <ntddk.h>
void *MyAllocate(POOL_TYPE Type) { return ExAllocatePoolWithTag(Type, 8, 'tseT'); }
