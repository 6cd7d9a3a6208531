extern "C" {
#include <ntddk.h>
}
void *mapped(PMDL Mdl) { return MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, nullptr, FALSE, NormalPagePriority); }
