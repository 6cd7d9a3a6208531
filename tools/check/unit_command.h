// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * unit_command.h - how a unit is compiled to its record.
 */
#ifndef HVCI_CHECK_UNIT_COMMAND_H
#define HVCI_CHECK_UNIT_COMMAND_H

#include "fields.h"

/* All is borrowed. Paths are absolute. */
struct unit_command {
  const struct settings *settings;
  const struct job *job;
  const char *record;   /* where the compiler writes it */
  const char *depfile;  /* where clang does; not in clang-cl's manner */
  const char *response; /* for options that are too long for a command */
  const char *stubs;    /* a folder of stubs, or NULL */
};

/* Adds the words of the command, and writes the response file if it is needed.
   False: it cannot be written, and errno says why. */
bool unit_command(const struct unit_command *from, struct words *command);

#endif
