// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * output.h - how a command that judges ends: its findings and its exit status.
 */
#ifndef HVCI_TOOLS_OUTPUT_H
#define HVCI_TOOLS_OUTPUT_H

#include "choices.h"
#include "report.h"

/*
 * Sorts the findings and shows them as was chosen: as text on the standard
 * output or as SARIF. What was counted goes to stderr if there are findings,
 * "... in 2 units" for `count` 2 and `what` "unit". Returns EXIT_CLEAN,
 * EXIT_FINDINGS or, when the output cannot be written, which was said,
 * EXIT_TROUBLE.
 */
int output_show(struct report *report, const struct choices *choices,
                size_t count, const char *what);

#endif
