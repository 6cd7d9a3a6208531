// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * unit.c - one compile of hvcilint check: from its job to record and outcome.
 *
 * The record gets its name last, and the time at which the compile began: what
 * is edited meanwhile is newer.
 */
#include "unit.h"

#include "command.h"
#include "dependencies.h"
#include "files.h"
#include "hvci/record.h"
#include "known_folders.h"
#include "launcher.h"
#include "message.h"
#include "paths.h"
#include "process.h"
#include "stubs.h"
#include "unit_command.h"
#include "whole_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum {
  CRASH_OF_CLANG = 70, // what its driver makes of a crash
  FIRST_SIGNAL = 128
};

struct run {
  const char *name, *signature;
  struct job job;
  struct settings settings;
  char *folder;   // of the output, absolute
  char *record;   // where it is to be, at last
  char *scratch;  // where it is written
  char *depfile;  // where clang writes it; not in clang-cl's manner
  char *response; // where options are written that are too long
  struct outcome outcome;
  struct words dependencies; // with system headers
  struct known_folders known;
};

char *unit_file(const char *kind, const char *name) {
  return text_of("%s/%s", kind, name);
}

// ---- what came of it -------------------------------------------------------

static void fail(struct run *run, enum results_status status, char *error) {
  run->outcome.status = status;
  free(run->outcome.error);
  run->outcome.error = error;
}

static bool is_system(const struct run *run, const char *path) {
  for (size_t i = 0; i < run->job.systems.count; i++)
    if (path_is_below(path, run->job.systems.items[i]))
      return true;
  return false;
}

// Stubs are no files of the project; those that were not read stood for headers
// that are there.
static void take_stubs(struct run *run) {
  struct words *all = &run->dependencies, kept = {.items = NULL};
  char *folder = text_of("%s/stubs/%s", run->folder, run->name);
  words_free(&run->outcome.stubs);
  for (size_t i = 0; i < all->count; i++)
    if (path_is_below(all->items[i], folder))
      words_add(&run->outcome.stubs, all->items[i] + strlen(folder) + 1);
    else
      words_add(&kept, all->items[i]);
  words_free(all);
  *all = kept;
  free(folder);
}

static void take_dependencies(struct run *run, struct process_result *result) {
  size_t length;
  words_add(&run->dependencies, run->job.source);
  if (run->job.cl) {
    dependencies_of_notes(&run->dependencies, result->output,
                          run->job.directory, &run->known);
  } else {
    char *text = read_file(run->depfile, &length);
    if (text)
      dependencies_of_make(&run->dependencies, text, run->job.directory,
                           &run->known);
    else
      fail(run, RESULTS_CRASHED, need(strdup("no list of the files it read")));
    free(text);
  }
  if (run->job.config[0])
    words_add(&run->dependencies, run->job.config);
  words_sort(&run->dependencies);
  take_stubs(run);
  char *mended = text_of("%s/mended", run->folder);
  for (size_t i = 0; i < run->dependencies.count; i++)
    if (!is_system(run, run->dependencies.items[i]) &&
        !path_is_below(run->dependencies.items[i], mended))
      words_add(&run->outcome.dependencies, run->dependencies.items[i]);
  free(mended);
}

// A record that is not whole is none.
static void judge_record(struct run *run) {
  size_t length;
  char error[256];
  char *bytes = read_file(run->scratch, &length);
  struct hvci_record *record =
      bytes ? hvci_record_read(bytes, length, 1, error, sizeof error) : NULL;
  if (!bytes)
    fail(run, RESULTS_CRASHED,
         need(strdup(
             "the compiler left no record, though it reported no error")));
  else if (!record)
    fail(run, RESULTS_CRASHED,
         text_of("the compiler left a wrong record: %s", error));
  run->outcome.record_size = length * (record != NULL);
  hvci_record_free(record);
  free(bytes);
}

static void judge_end(struct run *run, const struct process_result *result) {
  char *error = first_error(result->errors ? result->errors : "");
  const char *colon = *error ? ": " : "";
  if (result->end == PROCESS_UNABLE)
    fail(run, RESULTS_MISSING,
         text_of("the compiler cannot be started: %s", strerror(result->code)));
  else if (result->end == PROCESS_TIMEOUT)
    fail(run, RESULTS_TIMEOUT,
         text_of("the compiler did not end within %u second%s",
                 run->settings.seconds, run->settings.seconds == 1 ? "" : "s"));
  else if (result->end == PROCESS_KILLED)
    fail(run, RESULTS_CRASHED,
         text_of("the compiler was ended by signal %d%s%s", result->code, colon,
                 error));
  else if (result->code == CRASH_OF_CLANG || result->code >= FIRST_SIGNAL)
    fail(run, RESULTS_CRASHED,
         text_of("the compiler crashed, exit status %d%s%s", result->code,
                 colon, error));
  else if (result->code != 0)
    fail(run, RESULTS_FAILED,
         *error ? need(strdup(error))
                : text_of("exit status %d without a message", result->code));
  free(error);
}

// ---- before and after ------------------------------------------------------

// False: it cannot be compiled, and the outcome says why.
static bool look(struct run *run) {
  if (!folder_exists(run->job.directory))
    fail(run, RESULTS_MISSING,
         text_of("no such folder: %s", run->job.directory));
  else if (!file_exists(run->job.source))
    fail(run, RESULTS_MISSING, text_of("no such file: %s", run->job.source));
  return run->outcome.status == RESULTS_OK;
}

static void start(struct run *run, struct process_result *result) {
  struct words command = {.items = NULL};
  char *stubs = text_of("%s/stubs/%s", run->folder, run->name);
  const struct unit_command from = {
      .settings = &run->settings,
      .job = &run->job,
      .record = run->scratch,
      .depfile = run->depfile,
      .response = run->response,
      .stubs = run->outcome.stubs.count > 0 ? stubs : NULL};
  fail(run, RESULTS_OK, need(strdup("")));
  if (unit_command(&from, &command)) {
    process_run(result, command.items, run->job.directory,
                run->settings.seconds);
    judge_end(run, result);
  } else {
    fail(run, RESULTS_CRASHED,
         text_of("cannot write a response file: %s", strerror(errno)));
  }
  words_free(&command);
  free(stubs);
}

// Whether it failed for lack of a trace header that there is a stub for now.
static bool has_new_stub(struct run *run, const char *folder) {
  char *name = run->outcome.status == RESULTS_FAILED
                   ? missing_header(run->outcome.error)
                   : NULL;
  bool any = name && stubs_is_trace_header(name) &&
             stubs_write(&run->job, folder, name, &run->outcome.stubs);
  free(name);
  return any;
}

static void compile(struct run *run) {
  struct process_result result = {.output = NULL};
  int64_t begin = process_now();
  char *stubs = unit_file("stubs", run->name);
  (void)stubs_write(&run->job, stubs, NULL, &run->outcome.stubs);
  launcher_prepare(&run->settings, &run->job);
  start(run, &result);
  while (has_new_stub(run, stubs)) {
    process_result_free(&result);
    start(run, &result);
  }
  free(stubs);
  unknown_options(&run->outcome.dropped, result.errors ? result.errors : "");
  if (run->outcome.status == RESULTS_OK)
    take_dependencies(run, &result);
  if (run->outcome.status == RESULTS_OK)
    judge_record(run);
  if (run->outcome.status == RESULTS_OK && !file_set_time(run->scratch, begin))
    fail(run, RESULTS_CRASHED,
         text_of("the record's time: %s", strerror(errno)));
  process_result_free(&result);
}

static bool write_depfile(const struct run *run) {
  char *path = unit_file("depfiles", run->name);
  char *target = text_of("records/%s.hvci", run->name);
  char *text = dependencies_print(target, &run->dependencies);
  bool good = write_whole_file(path, text, strlen(text));
  free(text);
  free(target);
  free(path);
  return good;
}

static bool write_outcome(const struct run *run) {
  size_t length;
  struct words fields = {.items = NULL};
  char *path = unit_file("outcomes", run->name);
  outcome_print(&run->outcome, &fields);
  char *bytes = fields_print(&fields, &length);
  bool good = write_whole_file(path, bytes, length);
  free(bytes);
  words_free(&fields);
  free(path);
  return good;
}

// The outcome first: a record without one is not believed.
static bool publish(struct run *run) {
  bool good = run->outcome.status == RESULTS_OK;
  if ((good && !write_depfile(run)) || !write_outcome(run) ||
      (good && !file_rename(run->scratch, run->record))) {
    say_error("%s: cannot write the outcome: %s", run->job.source,
              strerror(errno));
    return false;
  }
  return true;
}

static void clean(const struct run *run) {
  (void)file_remove(run->scratch);
  (void)file_remove(run->depfile);
  (void)file_remove(run->response);
}

static bool load(struct run *run) {
  struct words job = {.items = NULL}, settings = {.items = NULL};
  char *path = unit_file("jobs", run->name);
  bool good = fields_read(&job, path) && job_parse(&run->job, &job) &&
              fields_read(&settings, "settings") &&
              settings_parse(&run->settings, &settings);
  if (!good)
    say_error("%s: no job of this hvcilint; run hvcilint check again", path);
  free(path);
  words_free(&job);
  words_free(&settings);
  return good;
}

static void name_files(struct run *run) {
  run->folder = current_folder();
  run->record = text_of("%s/records/%s.hvci", run->folder, run->name);
  run->scratch = text_of("%s/scratch/%s.%ld", run->folder, run->name,
                         (long)uv_os_getpid());
  run->depfile = text_of("%s.d", run->scratch);
  run->response = text_of("%s.rsp", run->scratch);
  run->outcome.signature = need(strdup(run->signature));
  run->outcome.error = need(strdup(""));
}

static void run_free(struct run *run) {
  job_free(&run->job);
  settings_free(&run->settings);
  outcome_free(&run->outcome);
  words_free(&run->dependencies);
  known_folders_free(&run->known);
  free(run->folder);
  free(run->record);
  free(run->scratch);
  free(run->depfile);
  free(run->response);
}

int unit_run(const char *name, const char *signature) {
  struct run run = {.name = name, .signature = signature};
  bool good = load(&run);
  if (good) {
    name_files(&run);
    (void)file_remove(run.record);
    if (look(&run))
      compile(&run);
    good = publish(&run);
    clean(&run);
  }
  run_free(&run);
  return good ? 0 : 1;
}
