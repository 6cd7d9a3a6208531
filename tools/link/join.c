// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * join.c - the records of a driver's units, judged together.
 */
#include "join.h"
#include "driver.h"
#include "layout.h"

#include "../command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct joiner {
  const struct join *join;
  const struct hvci_record **by_place; // in the order of their places
};

// ---- places ----------------------------------------------------------------

static int compare_places(const void *left, const void *right) {
  uint64_t a = (*(const struct hvci_record *const *)left)->first_place;
  uint64_t b = (*(const struct hvci_record *const *)right)->first_place;
  return (a > b) - (a < b);
}

// Records without places begin where the next one does.
static const struct hvci_record *record_at(const struct joiner *joiner,
                                           uint64_t place) {
  size_t low = 0, high = joiner->join->record_count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (joiner->by_place[middle]->first_place <= place)
      low = middle;
    else
      high = middle;
  }
  return joiner->by_place[low];
}

static struct join_place place_of(const struct joiner *joiner,
                                  struct hvci_range range) {
  const struct linker_options *linker = joiner->join->linker;
  struct join_place at = {.place = NULL};
  if (range.begin == 0)
    return at;
  if (range.begin <= linker->count) {
    at.place = &linker->places[range.begin - 1];
    return at;
  }
  at.record = record_at(joiner, range.begin);
  at.place = &at.record->places[range.begin - at.record->first_place];
  return at;
}

// ---- suppressions ----------------------------------------------------------

static bool is_covered(const struct hvci_place *place,
                       const struct hvci_finding *finding) {
  return place && ((place->rules >> finding->rule & 1) ||
                   (place->warnings & finding->warnings));
}

// Adds those at the place that speak of the finding. Returns the new count.
static size_t add_by(const struct hvci_suppression **by, size_t count,
                     struct join_place at, const struct hvci_finding *finding) {
  for (size_t i = 0; at.record && i < at.place->by_count; i++) {
    const struct hvci_suppression *one =
        &at.record->suppressions[at.place->by[i]];
    if ((one->rules >> finding->rule & 1) ||
        (one->warnings & finding->warnings))
      by[count++] = one;
  }
  return count;
}

// ---- findings --------------------------------------------------------------

// What joining found. A remark is for those who compile.
static enum hvci_status take_joined(const struct hvci_finding *finding,
                                    void *payload) {
  const struct joiner *joiner = payload;
  struct join_note notes[HVCI_MAX_NOTES];
  if (finding->certainty == HVCI_UNDECIDED)
    return HVCI_OK;
  for (size_t i = 0; i < finding->note_count; i++)
    notes[i] = (struct join_note){place_of(joiner, finding->notes[i].range),
                                  finding->notes[i].text};
  struct join_finding out = {.rule = finding->rule,
                             .certainty = finding->certainty,
                             .message = finding->message,
                             .at = place_of(joiner, finding->range),
                             .anchor = place_of(joiner, finding->anchor),
                             .notes = notes,
                             .note_count = finding->note_count};
  size_t most = (out.at.place ? out.at.place->by_count : 0) +
                (out.anchor.place ? out.anchor.place->by_count : 0);
  const struct hvci_suppression **by = need(calloc(most + 1, sizeof *by));
  if (is_covered(out.at.place, finding))
    out.by_count = add_by(by, 0, out.at, finding);
  if (out.anchor.record == out.at.record &&
      is_covered(out.anchor.place, finding))
    out.by_count = add_by(by, out.by_count, out.anchor, finding);
  out.hidden = is_covered(out.at.place, finding) ||
               is_covered(out.anchor.place, finding);
  out.by = by;
  joiner->join->take(&out, joiner->join->payload);
  free(by);
  return HVCI_OK;
}

// Which rules and how much certainty is wanted may differ from what the unit
// was compiled with; so may the oldest system.
static bool is_wanted(const struct hvci_options *options,
                      const struct hvci_record_finding *finding) {
  if (finding->rule == HVCI_RULE_UNSUPPORTED_RELOC &&
      options->min_build >= HVCI_BUILD_1703)
    return false;
  return hvci_options_on(options, finding->rule) &&
         (finding->certainty == HVCI_CERTAIN || !options->certain_only);
}

// What the unit found by itself.
static void take_recorded(const struct joiner *joiner,
                          const struct hvci_record *record,
                          const struct hvci_record_finding *finding) {
  struct join_note notes[HVCI_MAX_NOTES];
  if (!is_wanted(joiner->join->options, finding))
    return;
  const struct hvci_suppression **by =
      need(calloc(finding->by_count + 1, sizeof *by));
  for (size_t i = 0; i < finding->by_count; i++)
    by[i] = &record->suppressions[finding->by[i]];
  for (size_t i = 0; i < finding->note_count; i++)
    notes[i] = (struct join_note){place_of(joiner, finding->notes[i].range),
                                  finding->notes[i].text};
  const struct join_finding out = {.rule = finding->rule,
                                   .certainty = finding->certainty,
                                   .message = finding->message,
                                   .at = place_of(joiner, finding->range),
                                   .anchor = place_of(joiner, finding->anchor),
                                   .notes = notes,
                                   .note_count = finding->note_count,
                                   .hidden = finding->by_count > 0,
                                   .by = by,
                                   .by_count = finding->by_count,
                                   .edits = finding->edits,
                                   .edit_count = finding->edit_count,
                                   .crossings = finding->crossings};
  joiner->join->take(&out, joiner->join->payload);
  free(by);
}

// ---- the driver ------------------------------------------------------------

static bool waits_for_opt_in(const struct hvci_driver_fact *driver) {
  for (size_t f = 0; f < driver->function_count; f++)
    for (size_t s = 0; s < driver->functions[f].step_count; s++)
      if (driver->functions[f].steps[s].kind == HVCI_STEP_ALLOCATION)
        return true;
  return false;
}

static void judge_driver(const struct join *join, const struct driver *driver,
                         const struct hvci_sink *sink) {
  if (hvci_options_on(join->options, HVCI_RULE_NX_OPT_IN) &&
      !hvci_driver_entry(&driver->fact, NULL) &&
      waits_for_opt_in(&driver->fact))
    (void)fprintf(stderr,
                  "hvcilint: note: neither DriverEntry nor DllInitialize is "
                  "among the records: the run-time opt-in is not judged\n");
  if (hvci_check_driver(&driver->fact, join->options, sink) != HVCI_OK)
    need(NULL);
}

void join_judge(const struct join *join) {
  struct joiner joiner = {.join = join};
  const struct hvci_sink sink = {.report = take_joined, .payload = &joiner};
  struct driver driver;
  if (join->record_count == 0)
    return;
  joiner.by_place = need(calloc(join->record_count, sizeof(void *)));
  for (size_t i = 0; i < join->record_count; i++)
    joiner.by_place[i] = join->records[i];
  qsort(joiner.by_place, join->record_count, sizeof(void *), compare_places);

  driver_init(&driver, join->records, join->record_count);
  struct hvci_solution *solution =
      need(hvci_solve(&driver.program, join->options));
  if (hvci_solution_judge(solution, &sink) != HVCI_OK)
    need(NULL);
  hvci_solution_free(solution);
  judge_driver(join, &driver, &sink);
  driver_free(&driver);
  if (layout_judge(join->records, join->record_count, join->linker,
                   join->options, &sink) != HVCI_OK)
    need(NULL);
  for (size_t r = 0; r < join->record_count; r++)
    for (size_t f = 0; f < join->records[r]->finding_count; f++)
      take_recorded(&joiner, join->records[r], &join->records[r]->findings[f]);
  free(joiner.by_place);
}

bool join_same_machine(const char *target, const char *other) {
  size_t length = strcspn(target, "-");
  return strcspn(other, "-") == length && memcmp(target, other, length) == 0;
}
