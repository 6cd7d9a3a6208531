// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * alternative.h - one of a value's bit patterns, for the files that compute
 * with them.
 */
#ifndef HVCI_CORE_ALTERNATIVE_H
#define HVCI_CORE_ALTERNATIVE_H

#include "hvci/value.h"

/* The bits of a number that wide. */
static inline uint64_t mask_of(unsigned width) {
  return width >= 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
}

/* Whether each bit is. */
static inline bool is_known(const struct hvci_alternative *a) {
  return (a->ones | a->zeros) == UINT64_MAX;
}

/* From now on it says nothing of what its unknown bits are. */
static inline void drop_base(struct hvci_alternative *a) {
  a->base = HVCI_NO_BASE;
  a->guard_count = 0;
}

/* One more; what is alike becomes one, and too many become what they have in
   common. */
void hvci_value_include(struct hvci_value *value, struct hvci_alternative a);

#endif
