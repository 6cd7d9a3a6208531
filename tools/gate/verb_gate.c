// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * verb_gate.c - hvcilint gate: decides whether a change may be merged; and
 * hvcilint baseline, which writes what is known already.
 */
#include "baseline.h"
#include "fingerprint.h"
#include "outputs.h"
#include "unread.h"

#include "../command.h"
#include "../files.h"
#include "../project.h"
#include "../verbs.h"

#include "hvci/suppress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct run {
  const struct verb *verb;
  struct gate gate;
  struct texts paths; // of results
  struct texts option_files;
  const char *root, *baseline_path, *since;
  struct outputs outputs;
  bool prune;
  struct baseline baseline;
  struct changes *changes; // or NULL: nobody asked for them, or no repository
  const char **unread;
  size_t unread_count;
};

// ---- arguments -------------------------------------------------------------

enum {
  KEY_BASELINE = 0x100,
  KEY_SINCE,
  KEY_OUTPUT,
  KEY_LINKER_OPTIONS,
  KEY_ROOT,
  KEY_TODAY,
  KEY_PRUNE
};

#define SHARED_OPTIONS                                                         \
  OPTION_TABLE(choices_options, NULL),                                         \
      OPTION_VALUE("linker-options", KEY_LINKER_OPTIONS, "FILE",               \
                   "the linker's response file or command line, as text; may " \
                   "be given more than once"),                                 \
      OPTION_VALUE("root", KEY_ROOT, "DIR",                                    \
                   "where the sources are; else as the results say, or here"), \
      OPTION_VALUE("today", KEY_TODAY, "DAY",                                  \
                   "the day on which suppressions are judged, such as "        \
                   "2027-12-31; else the current one")

static const struct poptOption gate_options[] = {
    SHARED_OPTIONS,
    OPTION_VALUE("baseline", KEY_BASELINE, "FILE",
                 "findings that are known and do not block"),
    OPTION_VALUE("since", KEY_SINCE, "REV",
                 "judge only what the change since this revision of git "
                 "brings about, uncommitted work too"),
    OPTION_VALUE(
        "output", KEY_OUTPUT, "FORM=FILE",
        "write the decision in this form as well: text, sarif, "
        "github-sarif, gitlab, github, junit or html; - is the standard "
        "output; may be given more than once"),
    OPTIONS_END};

static const struct poptOption baseline_options[] = {
    SHARED_OPTIONS,
    OPTION_VALUE("output", KEY_OUTPUT, "FILE", "the baseline to write"),
    OPTION_FLAG("prune", KEY_PRUNE, "only take out what is fixed; add nothing"),
    OPTIONS_END};

static bool take_today(struct run *run, const char *value) {
  run->gate.today = hvci_day_parse(value, strlen(value));
  if (!run->gate.today)
    verb_error(run->verb, "'--today %s' names no day, such as 2027-12-31",
               value);
  return run->gate.today;
}

static bool take_word(void *payload, int key, const char *value) {
  struct run *run = payload;
  switch (key) {
  case KEY_OPERAND:
    texts_add(&run->paths, value);
    return true;
  case KEY_LINKER_OPTIONS:
    texts_add(&run->option_files, value);
    return true;
  case KEY_BASELINE:
    run->baseline_path = value;
    return true;
  case KEY_SINCE:
    run->since = value;
    return true;
  case KEY_ROOT:
    run->root = value;
    return true;
  case KEY_PRUNE:
    run->prune = true;
    return true;
  case KEY_TODAY:
    return take_today(run, value);
  case KEY_OUTPUT:
    if (run->verb == &gate_verb)
      return outputs_take(&run->outputs, run->verb, value);
    run->baseline_path = value;
    return true;
  default:
    return choices_take(&run->gate.choices, run->verb, key, value);
  }
}

static uint32_t current_day(void) {
  time_t now = time(NULL);
  const struct tm *day = gmtime(&now);
  if (!day)
    return 0;
  return (uint32_t)((day->tm_year + 1900) * 10000 + (day->tm_mon + 1) * 100 +
                    day->tm_mday);
}

// ---- reading ---------------------------------------------------------------

static char *root_of(const struct run *run) {
  const char *root = run->root;
  if (!root && run->gate.result_count &&
      folder_exists(run->gate.results[0].root))
    root = run->gate.results[0].root;
  char *real = path_real(root ? root : ".");
  return real ? real : need(strdup(root ? root : "."));
}

static bool read_baseline(struct run *run) {
  char error[256];
  if (!baseline_read(&run->baseline, run->baseline_path, error, sizeof error)) {
    say_error("%s: %s", run->baseline_path, error);
    return false;
  }
  char *trouble = baseline_follow(&run->baseline, run->gate.root);
  if (trouble)
    (void)fprintf(stderr,
                  "hvcilint: note: %s: renamed files are not followed: %s\n",
                  run->baseline_path, trouble);
  free(trouble);
  return true;
}

static bool read_changes(struct run *run) {
  if (!run->changes) {
    say_error("%s: no repository of git", run->gate.root);
    return false;
  }
  char *error = changes_since(run->changes, run->since);
  if (error)
    say_error("--since %s: %s", run->since, error);
  bool good = !error;
  free(error);
  return good;
}

// EXIT_CLEAN, or why there is nothing to judge.
static int read_inputs(struct run *run) {
  struct gate *gate = &run->gate;
  if (!project_read(&gate->choices.options, &gate->config))
    return EXIT_USAGE;
  for (size_t i = 0; i < run->option_files.count; i++)
    if (!linker_options_read(&gate->linker, run->option_files.items[i]))
      return EXIT_USAGE;
  if (!gate_load(gate, run->paths.items, run->paths.count))
    return EXIT_USAGE;
  if (gate->unit_count == 0) {
    say_error("the results hold no unit: nothing was analysed");
    return EXIT_REFUSED;
  }
  gate->root = root_of(run);
  run->changes = changes_open(gate->root);
  return EXIT_CLEAN;
}

// ---- judging ---------------------------------------------------------------

static void find_authors(struct run *run) {
  for (size_t i = 0; run->changes && i < run->gate.suppression_count; i++) {
    struct told_suppression *one = run->gate.suppressions[i];
    if (one->hides > 0 || gate_is_stale(one))
      one->author =
          changes_author(run->changes, one->spot.file, one->spot.line);
  }
}

// ---- the verbs -------------------------------------------------------------

static int gate_decide(void *payload) {
  struct run *run = payload;
  struct gate *gate = &run->gate;
  if (gate->choices.sarif &&
      !outputs_add(&run->outputs, run->verb, "sarif", gate->choices.sarif))
    return EXIT_USAGE;
  int status = read_inputs(run);
  if (status != EXIT_CLEAN)
    return status;
  if ((run->baseline_path && !read_baseline(run)) ||
      (run->since && !read_changes(run)))
    return EXIT_USAGE;
  gate_judge(gate);
  fingerprint_all(&gate->report);
  if (run->baseline_path)
    baseline_match(&run->baseline, &gate->report);
  find_authors(run);
  if (run->since)
    run->unread = unread_find(gate, run->changes, &run->unread_count);
  struct outcome outcome = {.gate = gate,
                            .baseline =
                                run->baseline_path ? &run->baseline : NULL,
                            .unread = run->unread,
                            .unread_count = run->unread_count};
  outcome.decision = decide(gate, run->since ? run->changes : NULL);
  if (!outputs_write(&run->outputs, &outcome))
    return EXIT_USAGE;
  if (gate->failure_count)
    return EXIT_REFUSED;
  return outcome.decision.blocking ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int baseline_make(void *payload) {
  struct run *run = payload;
  struct gate *gate = &run->gate;
  if (gate->choices.sarif) {
    verb_error(run->verb, "'--sarif' is for 'hvcilint gate'");
    return EXIT_USAGE;
  }
  if (!run->baseline_path) {
    verb_error(run->verb, "'--output FILE' is missing");
    return EXIT_USAGE;
  }
  int status = read_inputs(run);
  if (status != EXIT_CLEAN)
    return status;
  // What was not seen is not fixed, and what is not seen cannot be known.
  for (size_t i = 0; i < gate->failure_count; i++)
    say_error("%s: not analysed (%s)", gate->failures[i].source,
              gate->failures[i].status);
  if (gate->failure_count)
    return EXIT_REFUSED;
  if (run->prune && !read_baseline(run))
    return EXIT_USAGE;
  gate_judge(gate);
  fingerprint_all(&gate->report);
  if (run->prune)
    baseline_match(&run->baseline, &gate->report);
  if (baseline_write(&gate->report,
                     run->changes ? changes_head(run->changes) : "", run->prune,
                     run->baseline_path))
    return EXIT_CLEAN;
  say_error("%s: cannot write: %s", run->baseline_path, strerror(errno));
  return EXIT_USAGE;
}

static int run_verb(const struct verb *verb, int argc, char **argv,
                    int (*act)(void *payload)) {
  struct run run = {.verb = verb};
  choices_init(&run.gate.choices);
  run.gate.today = current_day();
  int status = verb_run(verb, argc, argv, take_word, act, &run);
  baseline_free(&run.baseline);
  gate_free(&run.gate);
  changes_close(run.changes);
  free(run.unread);
  free(run.paths.items);
  free(run.option_files.items);
  return status;
}

static int gate_run(int argc, char **argv) {
  return run_verb(&gate_verb, argc, argv, gate_decide);
}

static int baseline_run(int argc, char **argv) {
  return run_verb(&baseline_verb, argc, argv, baseline_make);
}

#define RESULTS_DETAILS                                                        \
  "RESULTS are files results.json, or folders that hold one; those of many "   \
  "machines are\njudged together. RULES are names, separated by commas. "      \
  "@FILE stands for the words\nin FILE.\n\n"

const struct verb gate_verb = {
    .name = "gate",
    .summary = "decide whether a change may be merged",
    .operands = "RESULTS...",
    .missing = "no results",
    .about = "Decides by the results of all units whether a change may be "
             "merged. What blocks and\n"
             "what warns is said in .hvcilint.yaml; without that all findings "
             "block.",
    .details = RESULTS_DETAILS
    "Exit status: 0 nothing blocks, 1 a finding blocks, 2 wrong arguments or "
    "input, or an\n"
    "output that could not be written, 3 a unit could not be analysed, 4 "
    "memory ran out.",
    .options = gate_options,
    .expands = true,
    .run = gate_run,
};

const struct verb baseline_verb = {
    .name = "baseline",
    .summary = "write the findings that are known already",
    .operands = "RESULTS...",
    .missing = "no results",
    .about = "Writes all findings that no suppression hides to a file, for "
             "'hvcilint gate\n--baseline'.",
    .details = RESULTS_DETAILS
    "Exit status: 0 it is written, 2 wrong arguments or input, or it could "
    "not be written,\n"
    "3 a unit could not be analysed: then nothing is written, 4 memory ran "
    "out.",
    .options = baseline_options,
    .expands = true,
    .run = baseline_run,
};
