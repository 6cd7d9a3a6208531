// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * straddle.h - base relocations across a page boundary, by arithmetic.
 */
#ifndef HVCI_STRADDLE_H
#define HVCI_STRADDLE_H

#include "hvci/finding.h"

#define HVCI_PAGE_BYTES 4096u

/* Counts over every placement that the global's alignment allows. */
struct hvci_straddle {
  uint64_t least; /* straddling relocations at the best placement */
  uint64_t most;  /* at the worst */
  uint64_t total; /* all relocations */
  uint32_t worst; /* where in its page the global begins when it is the most */
  const struct hvci_relocation *cause; /* one that can straddle, or NULL */
};

/*
 * Fills *out. The cost depends on the number of patterns, not on how often they
 * repeat. HVCI_ERROR_FACT: the alignment is no power of two, a width is not 4
 * or 8, a count is 0, or 64 bits do not hold the total.
 */
enum hvci_status hvci_straddle_count(struct hvci_straddle *out,
                                     const struct hvci_global_fact *global);

/*
 * Fills *out with those that straddle at the worst placement, which
 * hvci_straddle_count() found. Of patterns that repeat very often some may be
 * left out of `slots`, not of `count`.
 */
void hvci_straddle_crossings(struct hvci_crossings *out,
                             const struct hvci_straddle *count,
                             const struct hvci_global_fact *global);

#endif
