// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * tell.c - what the user is told of all units.
 */
#include "tell.h"

#include "command.h"
#include "message.h"
#include "paths.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STUBS_NAMED = 10 };

// As seen from where we were started, if it is below.
static char *shown_path(const char *here, const char *path) {
  size_t length = strlen(here);
  bool below = path_is_below(path, here) && path[length] == '/';
  const char *shown = below ? path + length + 1 : path;
  return printable(shown, strlen(shown));
}

// Options that are left out, each with the first unit that has it.
struct dropped {
  struct words options;
  size_t *units, *counts;
};

static void note_dropped(struct dropped *out, const struct words *options,
                         size_t unit) {
  for (size_t w = 0; w < options->count; w++) {
    size_t at = 0;
    while (at < out->options.count &&
           strcmp(out->options.items[at], options->items[w]) != 0)
      at++;
    if (at == out->options.count) {
      words_add(&out->options, options->items[w]);
      out->units = need(realloc(out->units, (at + 1) * sizeof *out->units));
      out->counts = need(realloc(out->counts, (at + 1) * sizeof *out->counts));
      out->units[at] = unit;
      out->counts[at] = 0;
    }
    out->counts[at]++;
  }
}

static void tell_dropped(const struct build *build, const char *here) {
  struct dropped dropped = {.units = NULL};
  for (size_t i = 0; i < build->plan->count; i++) {
    note_dropped(&dropped, &build->plan->units[i].dropped, i);
    note_dropped(&dropped, &build->outcomes[i].dropped, i);
  }
  for (size_t i = 0; i < dropped.options.count; i++) {
    const char *option = dropped.options.items[i];
    const struct unit *unit = &build->plan->units[dropped.units[i]];
    char *path = shown_path(here, unit->job.source);
    char *word = printable(option, strlen(option));
    (void)printf("%s: note: the option %s has no match in Clang and was left "
                 "out",
                 path, word);
    if (dropped.counts[i] > 1)
      (void)printf(", here and in %zu more", dropped.counts[i] - 1);
    (void)puts("");
    free(word);
    free(path);
  }
  words_free(&dropped.options);
  free(dropped.units);
  free(dropped.counts);
}

// One line for all: what is stubbed has no finding, and is seen at a glance.
static void tell_stubs(const struct results *results) {
  struct words names = {.items = NULL};
  for (size_t i = 0; i < results->unit_count; i++)
    for (size_t s = 0; s < results->units[i].stub_count; s++)
      words_add(&names, results->units[i].stubs[s]);
  words_sort(&names);
  if (names.count > 0)
    (void)printf("note: stubs without trace code stand for %zu trace header%s "
                 "(.tmh) that a build makes:",
                 names.count, names.count == 1 ? "" : "s");
  for (size_t i = 0; i < names.count && i < MOST_STUBS_NAMED; i++) {
    char *name = printable(names.items[i], strlen(names.items[i]));
    (void)printf("%s %s", i ? "," : "", name);
    free(name);
  }
  if (names.count > 0)
    (void)puts(names.count > MOST_STUBS_NAMED ? ", ..." : "");
  words_free(&names);
}

// How many units could not be analysed and had to be.
size_t tell_units(const struct build *build, const struct results *results,
                  const char *here) {
  size_t failed = 0, allowed = 0;
  tell_dropped(build, here);
  tell_stubs(results);
  for (size_t i = 0; i < results->unit_count; i++) {
    const struct results_unit *unit = &results->units[i];
    if (unit->status == RESULTS_OK)
      continue;
    char *path = shown_path(here, unit->source);
    char *error = printable(unit->error, strlen(unit->error));
    (void)printf("%s%s%s%s: %s%s: %s\n", path, *unit->configuration ? " (" : "",
                 unit->configuration, *unit->configuration ? ")" : "",
                 results_status_name(unit->status),
                 unit->allowed ? ", allowed" : "", error);
    free(error);
    free(path);
    *(unit->allowed ? &allowed : &failed) += 1;
  }
  (void)printf("%zu unit%s: %zu analysed, %zu not", results->unit_count,
               results->unit_count == 1 ? "" : "s",
               results->unit_count - failed - allowed, failed + allowed);
  (void)printf(allowed ? ", %zu of these allowed\n" : "\n", allowed);
  return failed;
}

// A shell takes it for one word.
static bool is_a_word(const char *text) {
  for (; *text; text++)
    if (*text > 0 && !isalnum((unsigned char)*text) && !strchr("/._-+:", *text))
      return false;
  return true;
}

void tell_next(const char *output, const char *here) {
  char *path = shown_path(here, output);
  const char *quote = is_a_word(path) ? "" : "\"";
  (void)printf("see what was found: hvcilint gate %s%s%s\n", quote, path,
               quote);
  free(path);
}
