/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * pump.h - runs a program, between whose input and output and ours messages of
 * the language server protocol pass.
 */
#ifndef HVCI_TOOLS_PUMP_H
#define HVCI_TOOLS_PUMP_H

#include "protocol.h"

struct pump_job {
  char **arguments;   /* the first is the program, the last NULL */
  char **environment; /* NULL: ours */
  message_edit *to_server, *to_editor;
  const char *notice; /* a body of a message to the editor, before all others;
                         or NULL */
};

/* Runs the program to its end: its status, 128 and the signal's number if one
   ended it, or -1 if it cannot be started, which was said. It gets the signals
   that ask us to end, and the end of its input when ours ends or nobody reads
   our output. */
int pump(const struct pump_job *job);

#endif
