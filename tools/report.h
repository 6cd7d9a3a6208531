// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * report.h - findings collected, put in order, and shown.
 */
#ifndef HVCI_TOOLS_REPORT_H
#define HVCI_TOOLS_REPORT_H

#include "hvci/record.h"

#include <stdio.h>

struct spot {
  const char *file;      /* or NULL: no place */
  uint32_t line, column; /* from 1; 0: not known */
  bool has_address;
  uint64_t address;    /* bytes from the image's base */
  const char *section; /* the one of the address, or NULL */
};

struct told_note {
  struct spot spot;
  char *text;
};

struct told {
  struct spot spot;
  enum hvci_rule rule;
  enum hvci_certainty certainty;
  char *message;
  struct told_note *notes;
  size_t note_count;
};

struct report {
  struct told *findings;
  size_t count, size;
  bool incomplete; /* an input could not be judged, and that was said */
};

/* A new finding with that many notes, which are to be filled before the next is
   added, as is its place. Ends the program if memory runs out. */
struct told *report_add(struct report *report, enum hvci_rule rule,
                        enum hvci_certainty certainty, const char *message,
                        size_t note_count);

/* By place, rule and message; of several that say the same there one is left,
   the surest, with the notes that come first. */
void report_sort(struct report *report);

/* As Clang shows them; an address stands for a line. */
void report_print(const struct report *report,
                  const struct hvci_options *options, FILE *out);

void report_free(struct report *report);

#endif
