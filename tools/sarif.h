// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * sarif.h - findings as a SARIF log.
 *
 * Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version
 * 2.1.0 Plus Errata 01".
 */
#ifndef HVCI_TOOLS_SARIF_H
#define HVCI_TOOLS_SARIF_H

#include "report.h"

#include <stdbool.h>
#include <stdio.h>

/*
 * Writes a log of one run: all rules, whether every input was judged, and a
 * result for each finding, in the report's order. The same findings give the
 * same bytes. Bytes of messages and names that are no UTF-8 become U+FFFD.
 * False: `out` did not take it all, and errno says why. Ends the program if
 * memory runs out.
 */
bool sarif_write(const struct report *report,
                 const struct hvci_options *options, FILE *out);

/* What a log says of a decision beside its findings. */
struct sarif_decision {
  struct told_suppression *const *suppressions; /* stale ones become results */
  size_t suppression_count;
  bool (*is_stale)(const struct told_suppression *suppression);
  /* For GitHub's code scanning: without suppressions, which it does not know,
     and within its limits for one result. */
  bool github;
  /* The indices of the findings that are told, in their order; NULL: all. */
  const size_t *order;
  size_t order_count;
  size_t most; /* results of any kind; 0: it does not matter */
  /* Without what only helps to read a finding: its way, notes and fixes. */
  bool brief;
  /* The hash by which it knows the finding's line, or "". */
  void (*line_hash)(char *out, size_t size, const struct told *told,
                    void *payload);
  void *payload;
};

/* The same of findings that a decision was made on; it may be NULL. */
bool sarif_write_decision(const struct report *report,
                          const struct hvci_options *options,
                          const struct sarif_decision *decision, FILE *out);

#endif
