/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * tell.h - what the user is told of all units.
 */
#ifndef HVCI_CHECK_TELL_H
#define HVCI_CHECK_TELL_H

#include "build.h"
#include "results.h"

/* Prints options that were left out, stubs, units that failed, and the sum;
   paths as seen from the folder `here`. How many failed that had not to. */
size_t tell_units(const struct build *build, const struct results *results,
                  const char *here);

/* Prints the command that shows what was found, by the results in the folder
   `output`, absolute, as seen from the folder `here`. */
void tell_next(const char *output, const char *here);

#endif
