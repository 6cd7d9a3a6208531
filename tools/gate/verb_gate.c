// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * verb_gate.c - hvcilint gate: decides whether a change may be merged; and
 * hvcilint baseline, which writes what is known already.
 */
#include "baseline.h"
#include "fingerprint.h"
#include "line_hash.h"
#include "outputs.h"

#include "../command.h"
#include "../project.h"
#include "../sarif.h"
#include "../verbs.h"
#include "../whole_file.h"

#include "hvci/suppress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_OUTPUTS = 16 };

struct run {
  const struct verb *verb;
  struct gate gate;
  const char **paths; // of results
  size_t path_count;
  const char **option_files;
  size_t option_file_count;
  const char *root, *baseline_path, *since;
  struct {
    output_fn write;
    const char *path;
  } outputs[MOST_OUTPUTS];
  size_t output_count;
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
    OPTION_VALUE("output", KEY_OUTPUT, "FORM=FILE",
                 "write the decision in this form as well: text, sarif, "
                 "github-sarif, gitlab, github or junit; - is the standard "
                 "output; may be given more than once"),
    OPTIONS_END};

static const struct poptOption baseline_options[] = {
    SHARED_OPTIONS,
    OPTION_VALUE("output", KEY_OUTPUT, "FILE", "the baseline to write"),
    OPTION_FLAG("prune", KEY_PRUNE, "only take out what is fixed; add nothing"),
    OPTIONS_END};

const char output_names[] = "text, sarif, github-sarif, gitlab, github, junit";

output_fn output_find(const char *name) {
  static const struct {
    const char *name;
    output_fn write;
  } forms[] = {{"text", output_text},
               {"sarif", output_sarif},
               {"github-sarif", output_github_sarif},
               {"gitlab", output_gitlab},
               {"github", output_github},
               {"junit", output_junit}};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    if (strcmp(forms[i].name, name) == 0)
      return forms[i].write;
  return NULL;
}

static bool add_output(struct run *run, const char *form, const char *path) {
  output_fn write = output_find(form);
  if (!write || !path[0] || run->output_count == MOST_OUTPUTS) {
    if (run->output_count == MOST_OUTPUTS)
      verb_error(run->verb, "there are more than %d outputs", MOST_OUTPUTS);
    else if (!write)
      verb_error(run->verb, "unknown form '%s'; forms are %s", form,
                 output_names);
    else
      verb_error(run->verb, "'--output %s=' names no file", form);
    return false;
  }
  run->outputs[run->output_count].write = write;
  run->outputs[run->output_count++].path = path;
  return true;
}

// FORM=FILE
static bool take_output(struct run *run, const char *value) {
  const char *equal = strchr(value, '=');
  if (!equal) {
    verb_error(run->verb, "'--output %s' should be FORM=FILE; forms are %s",
               value, output_names);
    return false;
  }
  char *form = need(strndup(value, (size_t)(equal - value)));
  bool good = add_output(run, form, equal + 1);
  free(form);
  return good;
}

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
    run->paths[run->path_count++] = value;
    return true;
  case KEY_LINKER_OPTIONS:
    run->option_files[run->option_file_count++] = value;
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
      return take_output(run, value);
    run->baseline_path = value;
    return true;
  default:
    return choices_take(&run->gate.choices, run->verb, key, value);
  }
}

static uint32_t current_day(void) {
  time_t now = time(NULL);
  struct tm day;
  if (!gmtime_r(&now, &day))
    return 0;
  return (uint32_t)((day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 +
                    day.tm_mday);
}

// ---- reading ---------------------------------------------------------------

static bool is_folder(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static char *root_of(const struct run *run) {
  const char *root = run->root;
  if (!root && run->gate.result_count && is_folder(run->gate.results[0].root))
    root = run->gate.results[0].root;
  char *real = realpath(root ? root : ".", NULL);
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
  for (size_t i = 0; i < run->option_file_count; i++)
    if (!linker_options_read(&gate->linker, run->option_files[i]))
      return EXIT_USAGE;
  if (!gate_load(gate, run->paths, run->path_count))
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

static bool has_suffix(const char *file, const char *suffix) {
  size_t length = strlen(file), tail = strlen(suffix);
  return length > tail && strcasecmp(file + length - tail, suffix) == 0;
}

static bool is_source(const char *file) {
  static const char *const suffixes[] = {".c", ".cc",  ".cpp", ".cxx",
                                         ".h", ".hpp", ".hxx", ".inl"};
  for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
    if (has_suffix(file, suffixes[i]))
      return true;
  return false;
}

static bool is_read(struct gate *gate, const char *file) {
  for (size_t i = 0; i < gate->unit_count; i++) {
    const struct gate_unit *unit = &gate->units[i];
    if (strcmp(unit->source, file) == 0)
      return true;
    for (size_t d = 0; d < unit->from->dependency_count; d++)
      if (strcmp(gate_file(gate, unit, unit->from->dependencies[d]), file) == 0)
        return true;
  }
  return false;
}

// Changed sources that no unit reads were not judged.
static void find_unread(struct run *run) {
  size_t count;
  const struct changed_file *files = changes_files(run->changes, &count);
  run->unread = need(calloc(count + 1, sizeof *run->unread));
  for (size_t i = 0; i < count; i++)
    if (is_source(files[i].file) && !is_read(&run->gate, files[i].file))
      run->unread[run->unread_count++] = files[i].file;
}

static void find_authors(struct run *run) {
  for (size_t i = 0; run->changes && i < run->gate.suppression_count; i++) {
    struct told_suppression *one = run->gate.suppressions[i];
    if (one->hides > 0 || gate_is_stale(one))
      one->author =
          changes_author(run->changes, one->spot.file, one->spot.line);
  }
}

// ---- outputs ---------------------------------------------------------------

static bool is_stale(const struct told_suppression *suppression) {
  return gate_is_stale(suppression);
}

struct line_source {
  const struct gate *gate;
  const char *file;
  char *bytes;
  size_t length;
};

static void hash_line(char *out, size_t size, const struct told *told,
                      void *payload) {
  struct line_source *source = payload;
  char hash[LINE_HASH_BYTES];
  out[0] = '\0';
  if (!told->spot.file || !told->spot.line)
    return;
  if (!source->file || strcmp(source->file, told->spot.file) != 0) {
    char *path = gate_path(source->gate, told->spot.file);
    free(source->bytes);
    source->file = told->spot.file;
    source->bytes = read_file(path, &source->length);
    free(path);
  }
  if (!source->bytes)
    return;
  line_hash(hash, source->bytes, source->length, told->spot.line);
  (void)snprintf(out, size, "%s", hash);
}

static bool write_sarif(const struct outcome *outcome, bool github, FILE *out) {
  struct gate *gate = outcome->gate;
  struct line_source source = {.gate = gate};
  const struct sarif_decision decision = {.suppressions = gate->suppressions,
                                          .suppression_count =
                                              gate->suppression_count,
                                          .is_stale = is_stale,
                                          .github = github,
                                          .line_hash = hash_line,
                                          .payload = &source};
  bool good = sarif_write_decision(&gate->report, &gate->choices.options,
                                   &decision, out);
  free(source.bytes);
  return good;
}

bool output_sarif(const struct outcome *outcome, FILE *out) {
  return write_sarif(outcome, false, out);
}

bool output_github_sarif(const struct outcome *outcome, FILE *out) {
  return write_sarif(outcome, true, out);
}

static bool write_file(const struct outcome *outcome, output_fn write,
                       const char *path) {
  struct stat status;
  char *bytes = NULL;
  size_t length = 0;
  FILE *memory = need(open_memstream(&bytes, &length));
  bool good = write(outcome, memory);
  if (fclose(memory) != 0)
    need(NULL);
  if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
    FILE *out = fopen(path, "wb"); // a pipe or a device stays one
    good = good && out && fwrite(bytes, 1, length, out) == length;
    good = out && fclose(out) == 0 && good;
  } else {
    good = good && write_whole_file(path, bytes, length);
  }
  if (!good)
    say_error("%s: cannot write: %s", path, strerror(errno));
  free(bytes);
  return good;
}

static bool write_stdout(struct outcome *outcome, output_fn write) {
  errno = 0;
  outcome->color = write == output_text && isatty(STDOUT_FILENO);
  bool good = write(outcome, stdout) && fflush(stdout) == 0;
  outcome->color = false;
  if (!good)
    say_error("cannot write: %s", strerror(errno));
  return good;
}

// The text is on the standard output unless another form is.
static bool write_all(struct run *run, struct outcome *outcome) {
  bool good = true, taken = false;
  for (size_t i = 0; i < run->output_count; i++) {
    bool here = strcmp(run->outputs[i].path, "-") == 0;
    good &=
        here ? write_stdout(outcome, run->outputs[i].write)
             : write_file(outcome, run->outputs[i].write, run->outputs[i].path);
    taken |= here;
  }
  return (taken || write_stdout(outcome, output_text)) && good;
}

// ---- the verbs -------------------------------------------------------------

static int gate_decide(struct run *run) {
  struct gate *gate = &run->gate;
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
    find_unread(run);
  struct outcome outcome = {.gate = gate,
                            .baseline =
                                run->baseline_path ? &run->baseline : NULL,
                            .unread = run->unread,
                            .unread_count = run->unread_count};
  outcome.decision = decide(gate, run->since ? run->changes : NULL);
  if (!write_all(run, &outcome))
    return EXIT_USAGE;
  if (gate->failure_count)
    return EXIT_REFUSED;
  return outcome.decision.blocking ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int baseline_make(struct run *run) {
  struct gate *gate = &run->gate;
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
                    int (*act)(struct run *run)) {
  struct run run = {.verb = verb};
  struct arguments arguments;
  int status = EXIT_USAGE;
  choices_init(&run.gate.choices);
  run.gate.today = current_day();
  if (expand_arguments(&arguments, argc, argv)) {
    run.paths = need(calloc(arguments.count + 1, sizeof(char *)));
    run.option_files = need(calloc(arguments.count + 1, sizeof(char *)));
    status = verb_read(verb, &arguments, take_word, &run);
  }
  if (status == VERB_READ && run.gate.choices.sarif &&
      (verb != &gate_verb ||
       !add_output(&run, "sarif", run.gate.choices.sarif)))
    status = EXIT_USAGE;
  if (status == VERB_READ)
    status = act(&run);
  baseline_free(&run.baseline);
  gate_free(&run.gate);
  changes_close(run.changes);
  free(run.unread);
  free(run.paths);
  free(run.option_files);
  free_arguments(&arguments);
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
    .run = baseline_run,
};
