// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * counters.c - the seven counters of Driver Verifier's code integrity checks.
 *
 * Source: Microsoft Learn, "Implement memory integrity compatible code".
 */
#include "counters.h"

#include <stddef.h>

const struct counter counters[COUNTERS] = {
    {"Execute Pool Type Count", HVCI_RULE_EXECUTE_POOL_TYPE, true},
    {"Execute Page Protection Count", HVCI_RULE_EXECUTE_PAGE_PROTECTION, true},
    {"Execute Page Mapping Count", HVCI_RULE_EXECUTE_PAGE_MAPPING, true},
    {"Execute-Write Section Count", HVCI_RULE_EXECUTE_WRITE_SECTION, false},
    {"Section Alignment Failures", HVCI_RULE_SECTION_ALIGNMENT, false},
    {"Unsupported Relocs Count", HVCI_RULE_UNSUPPORTED_RELOC, false},
    {"IAT in Executable Section Count", HVCI_RULE_IAT_IN_EXECUTABLE_SECTION,
     false},
};

const struct counter *counter_of(enum hvci_rule rule) {
  for (size_t i = 0; i < COUNTERS; i++)
    if (counters[i].rule == rule)
      return &counters[i];
  return NULL;
}
