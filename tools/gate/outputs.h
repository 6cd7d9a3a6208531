// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * outputs.h - a decision in the forms that others read.
 *
 * The same decision gives the same bytes. In names and messages, what readers
 * do not see as it is becomes "?" in the forms that people read, the HTML page
 * aside, which says what it is; JSON keeps it, but has U+FFFD for bytes that
 * are no UTF-8. Each returns false if `out` did not take it all, and errno says
 * why, and ends the program if memory runs out.
 */
#ifndef HVCI_GATE_OUTPUTS_H
#define HVCI_GATE_OUTPUTS_H

#include "baseline.h"
#include "decide.h"

#include "../verb.h"

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
bool output_html(const struct outcome *outcome, FILE *out);
bool output_junit(const struct outcome *outcome, FILE *out);

enum { MOST_OUTPUTS = 16 };

/* The forms that are asked for, and the files that they go to. */
struct outputs {
  struct {
    output_fn write;
    const char *path; /* "-": the standard output */
  } items[MOST_OUTPUTS];
  size_t count;
};

/* The names of the forms, in the order of the help; NULL behind the last. */
const char *outputs_form(size_t index);

/* Adds a form by its name. False: there is none, or it is one too many, and
   that was said. */
bool outputs_add(struct outputs *outputs, const struct verb *verb,
                 const char *form, const char *path);

/* The same by the words FORM=FILE. */
bool outputs_take(struct outputs *outputs, const struct verb *verb,
                  const char *value);

/* Writes all; the text as well, on the standard output, unless another form
   takes that. False: one could not be written, and that was said. */
bool outputs_write(const struct outputs *outputs, struct outcome *outcome);

#endif
