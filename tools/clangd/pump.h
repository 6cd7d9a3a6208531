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

enum { PUMP_PATIENCE_MS = 5000 };

/* Runs the program to its end: its status, 128 and the signal's number if one
   ended it, or -1 if it cannot be started, which was said. It gets the signals
   that ask us to end, and the end of its input when ours ends or nobody reads
   our output. If it then does not end within PUMP_PATIENCE_MS, or not that long
   after the protocol's "exit" or what it last said, it is ended: clangd may
   wait for ever for a header that was edited last. The status is then the
   protocol's: 0 if "shutdown" came before, else 1. */
int pump(const struct pump_job *job);

#endif
