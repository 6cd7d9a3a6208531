// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * unit.h - one compile of hvcilint check: from its job to record and outcome.
 *
 * Files of the output folder, by the unit's name NAME:
 *   settings        how all are run
 *   jobs/NAME       what is to be compiled
 *   records/NAME.hvci  the record; there only if it is whole
 *   outcomes/NAME   how it went
 *   depfiles/NAME   for ninja, which takes it away
 *   scratch/        what is not finished
 */
#ifndef HVCI_CHECK_UNIT_H
#define HVCI_CHECK_UNIT_H

#include "fields.h"

/* "KIND/NAME", which the caller frees. */
char *unit_file(const char *kind, const char *name);

/* Runs the compile `name`, whose outcome gets the signature. 0, or 1 if the
   outcome could not be written: that was said. */
int unit_run(const char *name, const char *signature);

#endif
