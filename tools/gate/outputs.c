// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * outputs.c - which forms of a decision are asked for, and where they go.
 */
#include "outputs.h"

#include "../command.h"
#include "../platform.h"
#include "../whole_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

// ---- what is asked for -----------------------------------------------------

static const struct {
  const char *name;
  output_fn write;
} forms[] = {{"text", output_text},
             {"sarif", output_sarif},
             {"github-sarif", output_github_sarif},
             {"gitlab", output_gitlab},
             {"github", output_github},
             {"junit", output_junit},
             {"html", output_html}};
enum { FORMS = sizeof forms / sizeof *forms };

static const char form_names[] =
    "text, sarif, github-sarif, gitlab, github, junit, html";

const char *outputs_form(size_t index) {
  return index < FORMS ? forms[index].name : NULL;
}

static output_fn find(const char *name) {
  for (size_t i = 0; i < FORMS; i++)
    if (strcmp(forms[i].name, name) == 0)
      return forms[i].write;
  return NULL;
}

bool outputs_add(struct outputs *outputs, const struct verb *verb,
                 const char *form, const char *path) {
  output_fn write = find(form);
  if (!write)
    verb_error(verb, "unknown form '%s'; forms are %s", form, form_names);
  else if (!path[0])
    verb_error(verb, "'--output %s=' names no file", form);
  else if (outputs->count == MOST_OUTPUTS)
    verb_error(verb, "there are more than %d outputs", MOST_OUTPUTS);
  if (!write || !path[0] || outputs->count == MOST_OUTPUTS)
    return false;
  outputs->items[outputs->count].write = write;
  outputs->items[outputs->count++].path = path;
  return true;
}

bool outputs_take(struct outputs *outputs, const struct verb *verb,
                  const char *value) {
  const char *equal = strchr(value, '=');
  if (!equal) {
    verb_error(verb, "'--output %s' should be FORM=FILE; forms are %s", value,
               form_names);
    return false;
  }
  char *form = copy_part(value, (size_t)(equal - value));
  bool good = outputs_add(outputs, verb, form, equal + 1);
  free(form);
  return good;
}

// ---- writing ---------------------------------------------------------------

static bool write_file(const struct outcome *outcome, output_fn write,
                       const char *path) {
  struct memory_stream memory;
  bool good = write(outcome, memory_open(&memory));
  return write_memory(&memory, good, path);
}

static bool write_stdout(struct outcome *outcome, output_fn write) {
  errno = 0;
  outcome->color = write == output_text && uv_guess_handle(1) == UV_TTY;
  bool good = write(outcome, stdout) && fflush(stdout) == 0;
  outcome->color = false;
  if (!good)
    say_error("cannot write: %s", strerror(errno));
  return good;
}

bool outputs_write(const struct outputs *outputs, struct outcome *outcome) {
  bool good = true, taken = false;
  for (size_t i = 0; i < outputs->count; i++) {
    bool here = strcmp(outputs->items[i].path, "-") == 0;
    good &= here ? write_stdout(outcome, outputs->items[i].write)
                 : write_file(outcome, outputs->items[i].write,
                              outputs->items[i].path);
    taken |= here;
  }
  return (taken || write_stdout(outcome, output_text)) && good;
}
