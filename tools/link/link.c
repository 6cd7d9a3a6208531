// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * link.c - hvcilint link: judges a driver by the records of its units.
 */
#include "join.h"

#include "../choices.h"
#include "../command.h"
#include "../output.h"
#include "../project.h"
#include "../verbs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct input {
  const char *path;
  char *bytes;
  size_t length;
  struct hvci_record *record;
};

struct link {
  struct choices choices;
  struct hvci_config *config; // or NULL
  struct texts paths;
  struct input *inputs; // one a path, in the order of their places
  size_t input_count;
  const struct hvci_record **records; // in the order of their contents
  size_t record_count;
  struct texts option_files;
  struct linker_options linker; // its places come before those of the records
  struct report report;
};

// ---- arguments -------------------------------------------------------------

enum { KEY_LINKER_OPTIONS = 0x100 };

static const struct poptOption link_options[] = {
    OPTION_TABLE(choices_options, NULL),
    OPTION_VALUE("linker-options", KEY_LINKER_OPTIONS, "FILE",
                 "the linker's response file or command line, as text; may be "
                 "given more than once"),
    OPTIONS_END};

static bool take_word(void *payload, int key, const char *value) {
  struct link *link = payload;
  if (key == KEY_OPERAND)
    texts_add(&link->paths, value);
  else if (key == KEY_LINKER_OPTIONS)
    texts_add(&link->option_files, value);
  else
    return choices_take(&link->choices, &link_verb, key, value);
  return true;
}

// ---- records ---------------------------------------------------------------

static bool load(struct input *input, const char *path, uint64_t first_place) {
  char error[256];
  input->path = path;
  input->bytes = read_file(input->path, &input->length);
  if (!input->bytes) {
    say_error("%s: %s", input->path, strerror(errno));
    return false;
  }
  input->record = hvci_record_read(input->bytes, input->length, first_place,
                                   error, sizeof error);
  if (!input->record)
    say_error("%s: %s", input->path, error);
  return input->record != NULL;
}

// All that cannot be read are named.
static bool load_all(struct link *link) {
  uint64_t next_place = link->linker.count + 1;
  bool good = true;
  link->input_count = link->paths.count;
  link->inputs = need(calloc(link->input_count, sizeof *link->inputs));
  for (size_t i = 0; i < link->input_count; i++) {
    struct input *input = &link->inputs[i];
    if (load(input, link->paths.items[i], next_place))
      next_place += input->record->place_count;
    else
      good = false;
  }
  return good;
}

// All that is wrong is named.
static bool read_linker_options(struct link *link) {
  bool good = true;
  for (size_t i = 0; i < link->option_files.count; i++)
    good &= linker_options_read(&link->linker, link->option_files.items[i]);
  return good;
}

// By contents, so that nothing depends on the order of the arguments.
static int compare_inputs(const void *left, const void *right) {
  const struct input *a = *(const struct input *const *)left;
  const struct input *b = *(const struct input *const *)right;
  int order = strcmp(a->record->file, b->record->file);
  if (order == 0)
    order = (a->length > b->length) - (a->length < b->length);
  return order ? order : memcmp(a->bytes, b->bytes, a->length);
}

// Puts the records in order; one that was given twice is one.
static void sort_records(struct link *link) {
  struct input **order = need(calloc(link->input_count, sizeof *order));
  link->records = need(calloc(link->input_count, sizeof *link->records));
  for (size_t i = 0; i < link->input_count; i++)
    order[i] = &link->inputs[i];
  qsort(order, link->input_count, sizeof *order, compare_inputs);
  for (size_t i = 0; i < link->input_count; i++)
    if (i == 0 || compare_inputs(&order[i - 1], &order[i]) != 0)
      link->records[link->record_count++] = order[i]->record;
  free(order);
  for (size_t i = 0; i < link->input_count; i++) {
    free(link->inputs[i].bytes);
    link->inputs[i].bytes = NULL;
  }
}

static bool check_targets(const struct link *link) {
  const struct input *first = &link->inputs[0];
  for (size_t i = 1; i < link->input_count; i++) {
    const struct input *input = &link->inputs[i];
    if (join_same_machine(input->record->target, first->record->target))
      continue;
    say_error("%s: a record for %s, but %s is for %s", input->path,
              input->record->target, first->path, first->record->target);
    return false;
  }
  return true;
}

// ---- findings --------------------------------------------------------------

static struct spot spot_of(struct join_place at) {
  return at.place ? (struct spot){.file = at.place->file,
                                  .line = at.place->line,
                                  .column = at.place->column}
                  : (struct spot){.file = NULL};
}

static void take(const struct join_finding *finding, void *payload) {
  struct link *link = payload;
  if (finding->hidden)
    return;
  struct told *told =
      report_add(&link->report, finding->rule, finding->certainty,
                 finding->message, finding->note_count);
  told->spot = spot_of(finding->at);
  for (size_t i = 0; i < finding->note_count; i++) {
    told->notes[i].spot = spot_of(finding->notes[i].at);
    told->notes[i].text = need(strdup(finding->notes[i].text));
  }
}

static void judge(struct link *link) {
  const struct join join = {.options = &link->choices.options,
                            .linker = &link->linker,
                            .records = link->records,
                            .record_count = link->record_count,
                            .take = take,
                            .payload = link};
  join_judge(&join);
}

static void link_free(struct link *link) {
  report_free(&link->report);
  for (size_t i = 0; i < link->input_count; i++) {
    hvci_record_free(link->inputs[i].record);
    free(link->inputs[i].bytes);
  }
  free(link->inputs);
  free(link->records);
  free(link->option_files.items);
  free(link->paths.items);
  linker_options_free(&link->linker);
  hvci_config_free(link->config);
}

static int link_all(void *payload) {
  struct link *link = payload;
  if (!project_read(&link->choices.options, &link->config) ||
      !read_linker_options(link))
    return EXIT_USAGE;
  if (!load_all(link) || !check_targets(link))
    return EXIT_REFUSED;
  sort_records(link);
  judge(link);
  return output_show(&link->report, &link->choices, link->record_count, "unit");
}

static int link_run(int argc, char **argv) {
  struct link link = {.inputs = NULL};
  choices_init(&link.choices);
  int status = verb_run(&link_verb, argc, argv, take_word, link_all, &link);
  link_free(&link);
  return status;
}

const struct verb link_verb = {
    .name = "link",
    .summary = "judge a driver by the records of its units",
    .operands = "RECORD...",
    .missing = "no records",
    .about = "Judges a driver by the records of its units: the calls that "
             "cross units, the\n"
             "sections that units and linker options make together, and the "
             "rules that only a\n"
             "whole driver can answer. What the units found by themselves is "
             "shown with it.",
    .details =
        "RULES are names, separated by commas. @FILE stands for the words in "
        "FILE.\n\n"
        "Findings go to the standard output, in the order of their places.\n\n"
        "Exit status: 0 no findings, 1 findings, 2 wrong arguments, "
        "configuration or\n"
        "linker options, 3 a record was refused, 4 memory ran out or the "
        "output could\n"
        "not be written.",
    .options = link_options,
    .expands = true,
    .run = link_run,
};
