/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * run.h - runs a program for what it says.
 */
#ifndef HVCI_TOOLS_RUN_H
#define HVCI_TOOLS_RUN_H

#include <stdbool.h>
#include <stddef.h>

/* Runs a program, which is found as the system finds one, with no input. The
   beginning of its output is put into `text`, `size` bytes with a NUL at the
   end. `arguments` ends with NULL, and so does `environment`, which is ours if
   NULL; what it says of errors is nobody's. Its status, 128 and the signal's
   number if one ended it, or -1 if it cannot be started. */
int run_for_text(char **arguments, char **environment, char *text, size_t size);

#endif
