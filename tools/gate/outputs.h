// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * outputs.h - a decision in the forms that others read.
 *
 * The same decision gives the same bytes. Bytes of names and messages that are
 * no UTF-8 become U+FFFD. Each returns false if `out` did not take it all, and
 * errno says why, and ends the program if memory runs out.
 */
#ifndef HVCI_GATE_OUTPUTS_H
#define HVCI_GATE_OUTPUTS_H

#include "baseline.h"
#include "decide.h"

#include <stdio.h>

struct outcome {
  struct gate *gate;
  struct decision decision;
  const struct baseline *baseline; /* or NULL */
  const char *const *unread;       /* changed sources that no unit reads */
  size_t unread_count;
  bool color;
};

typedef bool (*output_fn)(const struct outcome *outcome, FILE *out);

bool output_text(const struct outcome *outcome, FILE *out);
bool output_sarif(const struct outcome *outcome, FILE *out);
bool output_github_sarif(const struct outcome *outcome, FILE *out);
bool output_gitlab(const struct outcome *outcome, FILE *out);
bool output_github(const struct outcome *outcome, FILE *out);
bool output_junit(const struct outcome *outcome, FILE *out);

/* The form's writer, or NULL if there is none of that name. */
output_fn output_find(const char *name);

/* The names of all forms, "text, sarif, ...". */
extern const char output_names[];

#endif
