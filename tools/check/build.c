// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * build.c - has ninja run what is planned, in the output folder.
 *
 * Ninja hands commands to a shell. So no word of a compile is in them: each is
 * the same fixed text, with a unit's name and signature of letters, digits,
 * dots and dashes; hvcilint-unit starts the compiler. The units have no inputs
 * that ninja would miss if they are gone: all it knows of them comes from what
 * the compiler read, so a lost header makes its users stale and nothing else.
 */
#include "build.h"

#include "command.h"
#include "files.h"
#include "launcher.h"
#include "message.h"
#include "platform.h"
#include "process.h"
#include "shipping.h"
#include "stubs.h"
#include "unit.h"
#include "whole_file.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

static const char head[] =
    "# Written by hvcilint check, which sets HVCILINT_UNIT.\n"
    "ninja_required_version = 1.5\n"
    "rule unit\n"
    "  command = exec \"$$HVCILINT_UNIT\" $name $signature\n"
    "  description = $source\n"
    "  deps = gcc\n"
    "  depfile = depfiles/$name\n";

static const char *const folders[] = {"jobs",     "records", "outcomes",
                                      "depfiles", "scratch", "stubs"};
enum { FOLDER_COUNT = sizeof folders / sizeof *folders };

static bool cannot_write(const char *path) {
  say_error("%s: cannot write: %s", path, strerror(errno));
  return false;
}

// ---- what ninja and the compiles read --------------------------------------

// For people alone; a dollar is ninja's.
static void print_source(FILE *out, const char *path) {
  char *shown = printable(path, strlen(path));
  for (const char *c = shown; *c; c++) {
    if (*c == '$')
      (void)fputc('$', out);
    (void)fputc(*c, out);
  }
  (void)fputc('\n', out);
  free(shown);
}

static char *print_ninja(const struct plan *plan, size_t *length) {
  struct memory_stream memory;
  FILE *out = memory_open(&memory);
  (void)fputs(head, out);
  for (size_t i = 0; i < plan->count; i++) {
    const struct unit *unit = &plan->units[i];
    (void)fprintf(out,
                  "build records/%s.hvci: unit\n  name = %s\n"
                  "  signature = %s\n  source = ",
                  unit->name, unit->name, unit->signature);
    print_source(out, unit->job.source);
  }
  return memory_close(&memory, length);
}

static bool write_fields(const char *path, struct words *fields) {
  size_t length;
  char *bytes = fields_print(fields, &length);
  bool good = update_whole_file(path, bytes, length) || cannot_write(path);
  free(bytes);
  words_free(fields);
  return good;
}

static bool write_jobs(const struct plan *plan) {
  bool good = true;
  for (size_t i = 0; good && i < plan->count; i++) {
    struct words fields = {.items = NULL};
    char *path = unit_file("jobs", plan->units[i].name);
    job_print(&plan->units[i].job, &fields);
    good = write_fields(path, &fields);
    free(path);
  }
  return good;
}

static bool has_targets(const struct plan *plan) {
  for (size_t i = 0; i < plan->count; i++)
    if (!shipping_has_target(&plan->units[i].job))
      return false;
  return true;
}

static bool write_settings(const struct build *build) {
  struct words fields = {.items = NULL};
  struct settings settings = {.seconds = build->seconds,
                              .compiler = build->plan->compiler,
                              .plugin = build->plan->plugin,
                              .root = build->plan->root,
                              .config = build->plan->config,
                              .launcher = *build->launcher};
  settings.target =
      has_targets(build->plan) ? need(strdup("")) : launcher_target(&settings);
  settings_print(&settings, &fields);
  free(settings.target);
  return write_fields("settings", &fields);
}

// ---- what is left of older runs --------------------------------------------

struct sweep {
  const char *folder;
  const struct words *kept; // names in order
};

static int compare(const void *key, const void *element) {
  return strcmp(key, *(char *const *)element);
}

static void sweep_file(const char *name, void *payload) {
  const struct sweep *sweep = payload;
  size_t length = strlen(name);
  bool record = length > 5 && strcmp(name + length - 5, ".hvci") == 0;
  char *unit = copy_part(name, record ? length - 5 : length);
  char *path = unit_file(sweep->folder, name);
  if (!sweep->kept || !bsearch(unit, sweep->kept->items, sweep->kept->count,
                               sizeof(char *), compare))
    (void)file_remove(path);
  free(path);
  free(unit);
}

// Files of units that the plan no longer has.
static void sweep_units(const struct plan *plan) {
  static const char *const kinds[] = {"jobs", "records", "outcomes",
                                      "depfiles"};
  struct words names = {.items = NULL};
  for (size_t i = 0; i < plan->count; i++)
    words_add(&names, plan->units[i].name);
  words_sort(&names);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    struct sweep sweep = {.folder = kinds[i], .kept = &names};
    folder_list(kinds[i], sweep_file, &sweep);
  }
  words_free(&names);
}

static void sweep_scratch(void) {
  struct sweep sweep = {.folder = "scratch"};
  folder_list("scratch", sweep_file, &sweep);
}

// The same build.ninja means the same jobs: it was written after them, and has
// their signatures.
static bool write_plan(const struct build *build) {
  size_t length, old_length;
  bool good = true;
  for (int i = 0; good && i < FOLDER_COUNT; i++)
    good = folder_make(folders[i]) || cannot_write(folders[i]);
  if (!good)
    return false;
  sweep_scratch();
  char *text = print_ninja(build->plan, &length);
  char *old = read_file("build.ninja", &old_length);
  bool same = old && old_length == length && memcmp(old, text, length) == 0;
  if (!same) {
    (void)file_remove("build.ninja");
    sweep_units(build->plan);
    good = write_jobs(build->plan) &&
           (write_whole_file("build.ninja", text, length) ||
            cannot_write("build.ninja"));
  }
  free(old);
  free(text);
  return good && write_settings(build);
}

// ---- outcomes --------------------------------------------------------------

// Whether the record is the one of which the outcome speaks.
static bool is_whole(const struct unit *unit, const struct outcome *outcome) {
  struct file_facts facts;
  char *path = text_of("records/%s.hvci", unit->name);
  bool whole = outcome->signature && outcome->status == RESULTS_OK &&
               file_look(path, &facts) && facts.size == outcome->record_size;
  free(path);
  return whole;
}

// All zero if it is not there.
static void look_at_outcome(const struct unit *unit, struct file_facts *out) {
  char *path = unit_file("outcomes", unit->name);
  if (!file_look(path, out))
    *out = (struct file_facts){.size = 0};
  free(path);
}

static void read_outcome(const struct unit *unit, struct outcome *out) {
  struct words fields;
  char *path = unit_file("outcomes", unit->name);
  outcome_free(out);
  *out = (struct outcome){.status = RESULTS_CRASHED};
  if (fields_read(&fields, path) && (!outcome_parse(out, &fields) ||
                                     strcmp(out->signature, unit->signature))) {
    outcome_free(out);
    *out = (struct outcome){.status = RESULTS_CRASHED};
  }
  words_free(&fields);
  free(path);
}

// Whether a header is there by now for which a stub stood.
static bool is_outdated(const struct unit *unit,
                        const struct outcome *outcome) {
  for (size_t i = 0; i < outcome->stubs.count; i++)
    if (stubs_is_there(&unit->job, outcome->stubs.items[i]))
      return true;
  return false;
}

// A record without its outcome would not be made again. Fills what the files of
// the outcomes look like.
static void distrust(const struct build *build, struct file_facts *seen) {
  for (size_t i = 0; i < build->plan->count; i++) {
    const struct unit *unit = &build->plan->units[i];
    look_at_outcome(unit, &seen[i]);
    read_outcome(unit, &build->outcomes[i]);
    if (is_whole(unit, &build->outcomes[i]) &&
        !is_outdated(unit, &build->outcomes[i]))
      continue;
    char *record = text_of("records/%s.hvci", unit->name);
    char *outcome = unit_file("outcomes", unit->name);
    (void)file_remove(record);
    (void)file_remove(outcome);
    free(outcome);
    free(record);
  }
}

// Those that are not as they were seen.
static void read_outcomes(const struct build *build,
                          const struct file_facts *seen) {
  for (size_t i = 0; i < build->plan->count; i++) {
    const struct unit *unit = &build->plan->units[i];
    struct outcome *outcome = &build->outcomes[i];
    struct file_facts now;
    look_at_outcome(unit, &now);
    if (!file_is_same(&now, &seen[i]))
      read_outcome(unit, outcome);
    if (outcome->signature && outcome->status == RESULTS_OK &&
        !is_whole(unit, outcome)) {
      outcome->status = RESULTS_CRASHED;
      free(outcome->error);
      outcome->error = need(strdup("its record is gone, or is not whole"));
    }
  }
}

// ---- ninja -----------------------------------------------------------------

static bool follow_ninja(const struct build *build) {
  int code;
  struct words command = {.items = NULL};
  words_add(&command, build->ninja);
  words_add(&command, "-k");
  words_add(&command, "0");
  if (build->jobs) {
    words_add(&command, "-j");
    words_take(&command, text_of("%u", build->jobs));
  }
  if (uv_os_setenv("HVCILINT_UNIT", build->unit_program) != 0)
    need(NULL);
  enum process_end end = process_follow(command.items, &code);
  words_free(&command);
  if (end == PROCESS_EXITED && code == 0)
    return true;
  if (end == PROCESS_EXITED && code == 127)
    say_error("%s cannot be started; install ninja", build->ninja);
  else if (end == PROCESS_KILLED || code == 128 + SIGINT || code == 2)
    say_error("interrupted; what was done is kept for the next run");
  else
    say_error("%s ended with exit status %d", build->ninja, code);
  return false;
}

bool build_run(struct build *build) {
  build->outcomes =
      need(calloc(build->plan->count + 1, sizeof *build->outcomes));
  if (!write_plan(build))
    return false;
  struct file_facts *seen = need(calloc(build->plan->count + 1, sizeof *seen));
  distrust(build, seen);
  bool good = follow_ninja(build);
  read_outcomes(build, seen);
  free(seen);
  return good;
}

void build_free(struct build *build) {
  for (size_t i = 0; build->outcomes && i < build->plan->count; i++)
    outcome_free(&build->outcomes[i]);
  free(build->outcomes);
}
