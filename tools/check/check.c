// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * check.c - runs the plugin over every unit of a driver.
 */
#include "check.h"

#include "build.h"
#include "command.h"
#include "compile_database.h"
#include "files.h"
#include "generated.h"
#include "message.h"
#include "overlay.h"
#include "plan.h"
#include "plugins.h"
#include "process.h"
#include "project_files.h"
#include "results.h"
#include "tell.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct check {
  const struct check_options *options;
  struct plan plan;
  struct build build;
  char *here;   // the folder that we were started in
  char *output; // absolute
  struct generated generated;
  struct known_folders known;
  struct words folders; // of headers, whose names may differ in case
};

// ---- what is to be done ----------------------------------------------------

static char *absolute(const struct check *check, const char *path) {
  return path_join(check->here, path);
}

static char *database_path(const struct check *check) {
  char *path = absolute(check, check->options->database);
  if (!folder_exists(path))
    return path;
  char *file = text_of("%s/compile_commands.json", path);
  free(path);
  return file;
}

static void plan_entries(struct check *check, const struct database *database,
                         const char *configuration) {
  const struct compile_context context = {.maps = &check->options->maps,
                                          .before = &check->options->before,
                                          .after = &check->options->after,
                                          .known = &check->known};
  for (size_t i = 0; i < database->count; i++) {
    struct compile compile;
    compile_from(&compile, &database->entries[i], &context);
    plan_add(&check->plan, &compile, &check->known, configuration);
    compile_free(&compile);
  }
}

static char *overlay_path(const struct check *check) {
  return text_of("%s/names.json", check->output);
}

static bool plan_project(struct check *check) {
  const struct check_options *options = check->options;
  struct database database;
  char *file = absolute(check, options->project), *path = path_clean(file);
  struct project_options project = {
      .file = path,
      .configuration =
          options->configuration ? options->configuration : "Release",
      .platform = options->platform ? options->platform : "x64",
      .given = options->properties,
      .overlay = overlay_path(check)};
  for (size_t i = 0; i < options->kits.count; i++)
    words_take(&project.kits, absolute(check, options->kits.items[i]));
  bool good = projects_read(&database, &check->folders, &project);
  char *name = text_of("%s|%s", project.configuration, project.platform);
  if (good)
    plan_entries(check, &database, name);
  free(name);
  database_free(&database);
  words_free(&project.kits);
  free(project.overlay);
  free(path);
  free(file);
  return good;
}

// Names of headers as they are now.
static bool write_overlay(const struct check *check) {
  char *path = overlay_path(check);
  char *mended = text_of("%s/mended", check->output);
  bool good =
      !check->options->project || overlay_write(path, mended, &check->folders);
  if (!good)
    say_error("%s: cannot write: %s", path, strerror(errno));
  free(mended);
  free(path);
  return good;
}

static bool plan_database(struct check *check) {
  struct database database;
  char *path = database_path(check);
  bool good = database_read(&database, path, &check->options->maps);
  const char *configuration = check->options->configuration;
  if (good)
    plan_entries(check, &database, configuration ? configuration : "");
  if (good && database.count == 0) {
    say_error("%s: an empty compile database", path);
    good = false;
  }
  database_free(&database);
  free(path);
  return good;
}

// What lies beside the command; the caller frees it. NULL: it is not there.
static char *find_own(bool (*find)(char *path, size_t size)) {
  char path[PATH_MAX];
  return find(path, sizeof path) ? path_real(path) : NULL;
}

static bool find_tools(struct check *check) {
  const struct check_options *options = check->options;
  struct plan *plan = &check->plan;
  plan->plugin = options->plugin ? absolute(check, options->plugin)
                                 : find_own(own_plugin_find);
  plan->compiler = options->compiler && !strchr(options->compiler, '/')
                       ? need(strdup(options->compiler))
                   : options->compiler ? absolute(check, options->compiler)
                                       : need(strdup(HVCI_LLVM_BIN "/clang"));
  plan->config =
      options->config ? absolute(check, options->config) : need(strdup(""));
  plan->root = options->root ? absolute(check, options->root) : NULL;
  bool good = plan->plugin && file_exists(plan->plugin);
  if (!good)
    say_error("%s: no plugin there; --plugin=FILE says where it is",
              plan->plugin ? plan->plugin : "lib/hvcilint.so");
  return good;
}

// ---- results ---------------------------------------------------------------

static bool ends_at_a_slash(const char *path, const char *end) {
  size_t length = strlen(path), wanted = strlen(end);
  return length >= wanted && strcmp(path + length - wanted, end) == 0 &&
         (length == wanted || end[0] == '/' ||
          path[length - wanted - 1] == '/');
}

static bool is_allowed(const struct check *check, const struct unit *unit) {
  for (size_t i = 0; i < check->options->allowed.count; i++)
    if (ends_at_a_slash(unit->job.source, check->options->allowed.items[i]))
      return true;
  return false;
}

static void take_list(char ***out, size_t *count, struct words *from) {
  *out = from->items;
  *count = from->count;
  *from = (struct words){.items = NULL};
}

static void fill_unit(struct results_unit *out, struct check *check, size_t i) {
  const struct unit *unit = &check->plan.units[i];
  struct outcome *outcome = &check->build.outcomes[i];
  *out = (struct results_unit){
      .source = need(strdup(unit->job.source)),
      .directory = need(strdup(unit->job.directory)),
      .configuration = need(strdup(unit->configuration)),
      .record = text_of("records/%s.hvci", unit->name),
      .status = outcome->status,
      .error = generated_explain(&check->generated, check->plan.root,
                                 outcome->signature ? outcome->error
                                                    : "it was not compiled"),
      .allowed = is_allowed(check, unit)};
  take_list(&out->stubs, &out->stub_count, &outcome->stubs);
  take_list(&out->dependencies, &out->dependency_count, &outcome->dependencies);
}

static void fill(struct results *out, struct check *check) {
  *out = (struct results){
      .version = need(strdup(HVCI_VERSION)),
      .llvm = need(strdup(HVCI_LLVM)),
      .root = need(strdup(check->plan.root)),
      .units = need(calloc(check->plan.count + 1, sizeof *out->units)),
      .unit_count = check->plan.count};
  for (size_t i = 0; i < check->plan.count; i++)
    fill_unit(&out->units[i], check, i);
}

// Whether there is anything to judge.
static bool has_a_record(const struct results *results) {
  for (size_t i = 0; i < results->unit_count; i++)
    if (results->units[i].status == RESULTS_OK)
      return true;
  return false;
}

static int conclude(struct check *check, bool complete) {
  struct results results;
  if (!complete)
    return EXIT_REFUSED;
  fill(&results, check);
  size_t failed = tell_units(&check->build, &results, check->here);
  bool good = true;
  if (!results_write(&results, "results.json")) {
    say_error("%s/results.json: cannot write: %s", check->output,
              strerror(errno));
    good = false;
  }
  if (good && has_a_record(&results))
    tell_next(check->output, check->here);
  results_free(&results);
  if (fflush(stdout) != 0 || ferror(stdout)) {
    say_error("cannot write: %s", strerror(errno));
    good = false;
  }
  return good && failed == 0 ? EXIT_CLEAN : EXIT_REFUSED;
}

// ---- the output folder -----------------------------------------------------

static char *output_path(const struct check *check) {
  struct file_facts facts;
  if (check->options->output)
    return absolute(check, check->options->output);
  const char *base = check->options->project    ? check->options->project
                     : check->options->database ? check->options->database
                                                : ".";
  char *path = absolute(check, base);
  if (file_look(path, &facts) && !facts.folder)
    path[path_name(path, false) - path] = '\0';
  char *folder = path_join(path, "hvcilint");
  free(path);
  return folder;
}

static bool make_folders(const char *path) {
  char *copy = need(strdup(path));
  bool good = true;
  for (char *c = copy + 1; good; c++)
    if (*c == '/' || !*c) {
      bool last = !*c;
      *c = '\0';
      good = file_exists(copy) || folder_make(copy);
      if (last)
        break;
      *c = '/';
    }
  free(copy);
  return good;
}

static bool enter(const struct check *check) {
  int error;
  if (!make_folders(check->output) || !folder_enter(check->output)) {
    say_error("%s: cannot use it for the results: %s", check->output,
              strerror(errno));
    return false;
  }
  if (process_lock("lock", false, &error))
    return true;
  if (!error) {
    (void)fprintf(stderr, "hvcilint: note: another run uses %s; waiting\n",
                  check->output);
    if (process_lock("lock", true, &error))
      return true;
  }
  say_error("%s/lock: %s", check->output, strerror(error));
  return false;
}

// The results of an older run are none of this tree.
static bool forget_results(const struct check *check) {
  if (file_remove("results.json") || errno == ENOENT)
    return true;
  say_error("%s/results.json: %s", check->output, strerror(errno));
  return false;
}

static int run(struct check *check) {
  char *program = find_own(unit_program_find);
  check->build.plan = &check->plan;
  check->build.unit_program = program;
  check->build.ninja = "ninja";
  check->build.jobs = check->options->jobs;
  check->build.seconds = check->options->seconds;
  check->build.launcher = &check->options->launcher;
  if (!program)
    say_error("hvcilint-unit is not where it was installed");
  bool good =
      program && enter(check) && forget_results(check) && write_overlay(check);
  int status = EXIT_REFUSED;
  if (good) {
    bool complete = build_run(&check->build);
    status = conclude(check, complete);
  }
  free(program);
  return status;
}

int check_run(const struct check_options *options) {
  struct check check = {.options = options, .here = current_folder()};
  check.output = output_path(&check);
  bool good =
      find_tools(&check) &&
      (options->project ? plan_project(&check) : plan_database(&check)) &&
      plan_finish(&check.plan);
  int status = good ? run(&check) : EXIT_USAGE;
  build_free(&check.build);
  generated_free(&check.generated);
  words_free(&check.folders);
  known_folders_free(&check.known);
  plan_free(&check.plan);
  free(check.output);
  free(check.here);
  return status;
}
