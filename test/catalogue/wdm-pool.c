// RUN: %hvci_cl -Xclang -verify -Xclang -verify-ignore-unexpected=note -- %s

#include <wdm.h>

void types(SIZE_T n, EX_POOL_PRIORITY p) {
  ExAllocatePool(NonPagedPool, n); // expected-warning-re {{'ExAllocatePool' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePool(NonPagedPoolNx, n); // good: ExAllocatePool
  ExAllocatePoolWithQuota(NonPagedPool, n); // expected-warning-re {{'ExAllocatePoolWithQuota' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePoolWithQuota(PagedPool, n); // good: ExAllocatePoolWithQuota
  ExAllocatePoolWithTag(NonPagedPool, n, 'tseT'); // expected-warning-re {{'ExAllocatePoolWithTag' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePoolWithTag(NonPagedPoolNx, n, 'tseT'); // good: ExAllocatePoolWithTag
  ExAllocatePoolWithQuotaTag(NonPagedPool, n, 'tseT'); // expected-warning-re {{'ExAllocatePoolWithQuotaTag' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePoolWithQuotaTag(NonPagedPoolNx, n, 'tseT'); // good: ExAllocatePoolWithQuotaTag
  ExAllocatePoolWithTagPriority(NonPagedPool, n, 'tseT', p); // expected-warning-re {{'ExAllocatePoolWithTagPriority' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePoolWithTagPriority(NonPagedPoolNx, n, 'tseT', p); // good: ExAllocatePoolWithTagPriority
  ExAllocatePoolZero(NonPagedPool, n, 'tseT'); // expected-warning-re {{'ExAllocatePoolZero' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePoolZero(NonPagedPoolNx, n, 'tseT'); // good: ExAllocatePoolZero
  ExAllocatePoolUninitialized(NonPagedPool, n, 'tseT'); // expected-warning-re {{'ExAllocatePoolUninitialized' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePoolUninitialized(NonPagedPoolNx, n, 'tseT'); // good: ExAllocatePoolUninitialized
  ExAllocatePoolQuotaZero(NonPagedPool, n, 'tseT'); // expected-warning-re {{'ExAllocatePoolQuotaZero' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePoolQuotaZero(NonPagedPoolNx, n, 'tseT'); // good: ExAllocatePoolQuotaZero
  ExAllocatePoolQuotaUninitialized(NonPagedPool, n, 'tseT'); // expected-warning-re {{'ExAllocatePoolQuotaUninitialized' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePoolQuotaUninitialized(NonPagedPoolNx, n, 'tseT'); // good: ExAllocatePoolQuotaUninitialized
  ExAllocatePoolPriorityZero(NonPagedPool, n, 'tseT', p); // expected-warning-re {{'ExAllocatePoolPriorityZero' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePoolPriorityZero(NonPagedPoolNx, n, 'tseT', p); // good: ExAllocatePoolPriorityZero
  ExAllocatePoolPriorityUninitialized(NonPagedPool, n, 'tseT', p); // expected-warning-re {{'ExAllocatePoolPriorityUninitialized' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePoolPriorityUninitialized(NonPagedPoolNx, n, 'tseT', p); // good: ExAllocatePoolPriorityUninitialized
}

void flags(SIZE_T n, PCPOOL_EXTENDED_PARAMETER p) {
  ExAllocatePool2(POOL_FLAG_NON_PAGED_EXECUTE, n, 'tseT'); // expected-warning-re {{'ExAllocatePool2' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePool2(POOL_FLAG_NON_PAGED, n, 'tseT'); // good: ExAllocatePool2
  ExAllocatePool3(POOL_FLAG_NON_PAGED_EXECUTE, n, 'tseT', p, 1); // expected-warning-re {{'ExAllocatePool3' {{.*}} [hvci-execute-pool-type]}}
  ExAllocatePool3(POOL_FLAG_NON_PAGED, n, 'tseT', p, 1); // good: ExAllocatePool3
}

void others(PLOG_FILE_OBJECT log, PVOID *area) {
  ExAllocateCacheAwareRundownProtection(NonPagedPool, 'tseT'); // expected-warning-re {{'ExAllocateCacheAwareRundownProtection' {{.*}} [hvci-execute-pool-type]}}
  ExAllocateCacheAwareRundownProtection(NonPagedPoolNx, 'tseT'); // good: ExAllocateCacheAwareRundownProtection
  ClfsCreateMarshallingArea(log, NonPagedPool, NULL, NULL, 4096, 1, 1, area); // expected-warning-re {{'ClfsCreateMarshallingArea' {{.*}} [hvci-execute-pool-type]}}
  ClfsCreateMarshallingArea(log, PagedPool, NULL, NULL, 4096, 1, 1, area); // good: ClfsCreateMarshallingArea
  ClfsCreateMarshallingAreaEx(log, NonPagedPool, NULL, NULL, 4096, 1, 1, 8, 0, area); // expected-warning-re {{'ClfsCreateMarshallingAreaEx' {{.*}} [hvci-execute-pool-type]}}
  ClfsCreateMarshallingAreaEx(log, PagedPool, NULL, NULL, 4096, 1, 1, 8, 0, area); // good: ClfsCreateMarshallingAreaEx
}

void unused(PSECURITY_DESCRIPTOR s, PSECURITY_SUBJECT_CONTEXT c, PGENERIC_MAPPING m) {
  SeAssignSecurity(s, s, &s, FALSE, c, m, NonPagedPool); // silent: SeAssignSecurity
  SeAssignSecurityEx(s, s, &s, NULL, FALSE, 0, c, m, NonPagedPool); // silent: SeAssignSecurityEx
}
