// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <ntifs.h>

void fsrtl(PLARGE_MCB large, PMCB mcb, PBASE_MCB base) {
  FsRtlInitializeLargeMcb(large, NonPagedPool); // expected-warning-re {{'FsRtlInitializeLargeMcb' {{.*}} [hvci-execute-pool-type]}}
  FsRtlInitializeLargeMcb(large, PagedPool); // good: FsRtlInitializeLargeMcb
  FsRtlInitializeMcb(mcb, NonPagedPool); // expected-warning-re {{'FsRtlInitializeMcb' {{.*}} [hvci-execute-pool-type]}}
  FsRtlInitializeMcb(mcb, PagedPool); // good: FsRtlInitializeMcb
  FsRtlInitializeBaseMcb(base, NonPagedPool); // expected-warning-re {{'FsRtlInitializeBaseMcb' {{.*}} [hvci-execute-pool-type]}}
  FsRtlInitializeBaseMcb(base, NonPagedPoolNx); // good: FsRtlInitializeBaseMcb
  FsRtlInitializeBaseMcbEx(base, NonPagedPool, 0); // expected-warning-re {{'FsRtlInitializeBaseMcbEx' {{.*}} [hvci-execute-pool-type]}}
  FsRtlInitializeBaseMcbEx(base, NonPagedPoolNx, 0); // good: FsRtlInitializeBaseMcbEx
  FsRtlAllocateAePushLock(NonPagedPool, 'tseT'); // expected-warning-re {{'FsRtlAllocateAePushLock' {{.*}} [hvci-execute-pool-type]}}
  FsRtlAllocateAePushLock(NonPagedPoolNx, 'tseT'); // good: FsRtlAllocateAePushLock
}

// Macros here: the callees are those in their expansions.
void macros(void) {
  FsRtlAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); // expected-warning-re {{'ExAllocatePoolUninitialized' {{.*}} [hvci-execute-pool-type]}}
  FsRtlAllocatePoolWithTag(NonPagedPoolNx, 8, 'tseT'); // good: FsRtlAllocatePoolWithTag
  FsRtlAllocatePoolWithQuotaTag(NonPagedPool, 8, 'tseT'); // expected-warning-re {{'ExAllocatePoolQuotaUninitialized' {{.*}} [hvci-execute-pool-type]}}
  FsRtlAllocatePoolWithQuotaTag(NonPagedPoolNx, 8, 'tseT'); // good: FsRtlAllocatePoolWithQuotaTag
}

void security(PVOID o, PSECURITY_INFORMATION i, PSECURITY_DESCRIPTOR d, PGENERIC_MAPPING m) {
  SeSetSecurityDescriptorInfo(o, i, d, &d, NonPagedPool, m); // expected-warning-re {{'SeSetSecurityDescriptorInfo' {{.*}} [hvci-execute-pool-type]}}
  SeSetSecurityDescriptorInfo(o, i, d, &d, PagedPool, m); // good: SeSetSecurityDescriptorInfo
  SeSetSecurityDescriptorInfoEx(o, i, d, &d, 0, NonPagedPool, m); // expected-warning-re {{'SeSetSecurityDescriptorInfoEx' {{.*}} [hvci-execute-pool-type]}}
  SeSetSecurityDescriptorInfoEx(o, i, d, &d, 0, PagedPool, m); // good: SeSetSecurityDescriptorInfoEx
}

void quota(PEPROCESS p) {
  PsChargePoolQuota(p, NonPagedPool, 8); // silent: PsChargePoolQuota
  PsChargeProcessPoolQuota(p, NonPagedPool, 8); // silent: PsChargeProcessPoolQuota
  PsReturnPoolQuota(p, NonPagedPool, 8); // silent: PsReturnPoolQuota
}
