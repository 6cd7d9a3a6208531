#include <ntddk.h>
void *MyAllocate(POOL_TYPE Type);
void *state(void) { return MyAllocate(NonPagedPool); }
void *known(void) { return ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); }
