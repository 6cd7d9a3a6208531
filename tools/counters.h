// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * counters.h - the seven counters of Driver Verifier's code integrity checks,
 * which the HLK's readiness test reads.
 */
#ifndef HVCI_TOOLS_COUNTERS_H
#define HVCI_TOOLS_COUNTERS_H

#include "hvci/catalogue.h"

#include <stdbool.h>

enum { COUNTERS = 7 };

struct counter {
  const char *name; /* as !verifier has it */
  enum hvci_rule rule;
  bool run_time; /* no image shows it */
};

/* In the order of !verifier. */
extern const struct counter counters[COUNTERS];

/* The counter of a rule, or NULL: Driver Verifier has none. */
const struct counter *counter_of(enum hvci_rule rule);

#endif
