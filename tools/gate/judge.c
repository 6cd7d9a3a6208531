// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * judge.c - from the records of all configurations to one report.
 */
#include "gate.h"

#include "../command.h"
#include "../link/join.h"

#include "hvci/suppress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Units from `first` on that are joined, and their records.
struct group {
  struct gate *gate;
  const struct gate_unit **units; // by their places
  size_t count;
};

// ---- places ----------------------------------------------------------------

static int compare_places(const void *left, const void *right) {
  uint64_t a = (*(const struct gate_unit *const *)left)->record->first_place;
  uint64_t b = (*(const struct gate_unit *const *)right)->record->first_place;
  return (a > b) - (a < b);
}

static const struct gate_unit *unit_of(const struct group *group,
                                       const struct hvci_record *record) {
  for (size_t low = 0, high = group->count; low < high;) {
    size_t middle = low + (high - low) / 2;
    const struct gate_unit *unit = group->units[middle];
    if (unit->record == record)
      return unit;
    if (unit->record->first_place < record->first_place ||
        (unit->record->first_place == record->first_place &&
         unit->record->place_count == 0))
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

static const char *file_at(const struct group *group,
                           const struct hvci_record *record, const char *file) {
  const struct gate_unit *unit = record ? unit_of(group, record) : NULL;
  return unit ? gate_file(group->gate, unit, file)
              : gate_name(group->gate, file);
}

static struct spot spot_of(const struct group *group, struct join_place at) {
  if (!at.place)
    return (struct spot){.file = NULL};
  return (struct spot){.file = file_at(group, at.record, at.place->file),
                       .line = at.place->line,
                       .column = at.place->column,
                       .end_line = at.place->end_line,
                       .end_column = at.place->end_column,
                       .scope = at.place->scope,
                       .scope_first = at.place->scope_first,
                       .scope_last = at.place->scope_last};
}

// ---- suppressions ----------------------------------------------------------

static int compare_suppressions(const void *left, const void *right) {
  const struct told_suppression *a = *(struct told_suppression *const *)left;
  const struct told_suppression *b = *(struct told_suppression *const *)right;
  int order = strcmp(a->spot.file, b->spot.file);
  if (order == 0)
    order = (a->spot.line > b->spot.line) - (a->spot.line < b->spot.line);
  if (order == 0)
    order =
        (a->spot.column > b->spot.column) - (a->spot.column < b->spot.column);
  if (order == 0)
    order = (a->rules > b->rules) - (a->rules < b->rules);
  return order ? order
               : (a->warnings > b->warnings) - (a->warnings < b->warnings);
}

static struct told_suppression *
suppression_at(const struct group *group, const struct hvci_record *record,
               const struct hvci_suppression *from) {
  struct told_suppression *one = need(calloc(1, sizeof *one));
  *one = (struct told_suppression){
      .spot = {.file = file_at(group, record, from->file),
               .line = from->line,
               .column = from->column},
      .kind = from->kind,
      .rules = from->rules,
      .warnings = from->warnings,
      .idle_rules = from->idle_rules,
      .idle_warnings = from->idle_warnings,
      .reason = from->reason,
      .until = from->until};
  return one;
}

// Takes those of a record. One that many units see is one; what one of them
// needs is not idle.
static void add_suppressions(const struct group *group,
                             const struct hvci_record *record) {
  struct gate *gate = group->gate;
  for (size_t i = 0; i < record->suppression_count; i++) {
    if (gate->suppression_count == gate->suppression_size) {
      gate->suppression_size = 2 * gate->suppression_size + 16;
      gate->suppressions =
          need(realloc(gate->suppressions,
                       gate->suppression_size * sizeof *gate->suppressions));
    }
    gate->suppressions[gate->suppression_count++] =
        suppression_at(group, record, &record->suppressions[i]);
  }
}

static void merge_suppressions(struct gate *gate) {
  size_t left = 0;
  if (gate->suppression_count == 0)
    return;
  qsort(gate->suppressions, gate->suppression_count, sizeof *gate->suppressions,
        compare_suppressions);
  for (size_t i = 0; i < gate->suppression_count; i++) {
    struct told_suppression *one = gate->suppressions[i];
    struct told_suppression *last = left ? gate->suppressions[left - 1] : NULL;
    if (last && compare_suppressions(&last, &one) == 0) {
      last->idle_rules &= one->idle_rules;
      last->idle_warnings &= one->idle_warnings;
      free(one);
    } else {
      gate->suppressions[left++] = one;
    }
  }
  gate->suppression_count = left;
}

static struct told_suppression *
find_suppression(const struct group *group, const struct hvci_record *record,
                 const struct hvci_suppression *from) {
  struct gate *gate = group->gate;
  struct told_suppression *key = suppression_at(group, record, from);
  struct told_suppression **found =
      bsearch(&key, gate->suppressions, gate->suppression_count,
              sizeof *gate->suppressions, compare_suppressions);
  free(key);
  return *found;
}

bool gate_is_stale(const struct told_suppression *suppression) {
  return suppression->hides == 0 &&
         (suppression->idle_rules || suppression->idle_warnings) &&
         suppression->idle_rules == suppression->rules &&
         suppression->idle_warnings == suppression->warnings;
}

char *gate_suppressed_names(const struct told_suppression *suppression) {
  char *text = need(strdup("")), *longer;
  for (int r = 0; r < HVCI_RULE_COUNT; r++) {
    if (!(suppression->rules >> r & 1))
      continue;
    if (asprintf(&longer, "%s%s%s", text, text[0] ? ", " : "",
                 hvci_rule_name((enum hvci_rule)r)) < 0)
      need(NULL);
    free(text);
    text = longer;
  }
  for (uint32_t bits = suppression->warnings; bits; bits &= bits - 1) {
    if (asprintf(&longer, "%s%s%u", text, text[0] ? ", " : "",
                 hvci_warning_number(bits & (~bits + 1))) < 0)
      need(NULL);
    free(text);
    text = longer;
  }
  return text;
}

// ---- findings --------------------------------------------------------------

static void take_edits(const struct group *group, struct told *told,
                       const struct join_finding *finding) {
  told->edits = need(calloc(finding->edit_count + 1, sizeof *told->edits));
  told->edit_count = finding->edit_count;
  for (size_t i = 0; i < finding->edit_count; i++) {
    told->edits[i] = finding->edits[i];
    told->edits[i].file =
        file_at(group, finding->at.record, finding->edits[i].file);
  }
}

static void take_suppressions(const struct group *group, struct told *told,
                              const struct join_finding *finding) {
  told->hidden = finding->hidden;
  told->by = need(calloc(finding->by_count + 1, sizeof(void *)));
  told->by_count = finding->by_count;
  for (size_t i = 0; i < finding->by_count; i++) {
    told->by[i] = find_suppression(group, finding->at.record, finding->by[i]);
    told->by[i]->hides++;
  }
}

static void take(const struct join_finding *finding, void *payload) {
  struct group *group = payload;
  // An option, a path or a system header hides it: nobody asks why.
  if (finding->hidden && finding->by_count == 0)
    return;
  struct told *told =
      report_add(&group->gate->report, finding->rule, finding->certainty,
                 finding->message, finding->note_count);
  told->spot = spot_of(group, finding->at);
  told->words = finding->anchor.place ? finding->anchor.place->words : NULL;
  if (finding->at.record && finding->at.place->macro.begin)
    told->macro = spot_of(
        group, (struct join_place){
                   &finding->at.record->places[finding->at.place->macro.begin -
                                               finding->at.record->first_place],
                   finding->at.record});
  for (size_t i = 0; i < finding->note_count; i++) {
    told->notes[i].spot = spot_of(group, finding->notes[i].at);
    told->notes[i].text = need(strdup(finding->notes[i].text));
  }
  told->crossings = finding->crossings;
  take_edits(group, told, finding);
  take_suppressions(group, told, finding);
}

// ---- groups ----------------------------------------------------------------

static bool is_same(const struct gate_unit *a, const struct gate_unit *b) {
  return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

static bool belong(const struct gate_unit *a, const struct gate_unit *b) {
  return strcmp(a->from->configuration, b->from->configuration) == 0 &&
         join_same_machine(a->record->target, b->record->target);
}

// Units from `first` on that belong together, each content once.
static size_t gather(struct gate *gate, size_t first, struct group *group,
                     const struct hvci_record **records) {
  size_t last = first, count = 0;
  for (; last < gate->unit_count; last++) {
    const struct gate_unit *unit = &gate->units[last];
    if (!unit->record)
      continue;
    if (count > 0 && !belong(group->units[0], unit))
      break;
    if (count > 0 && is_same(group->units[count - 1], unit))
      continue;
    group->units[count] = unit;
    records[count++] = unit->record;
  }
  group->count = count;
  qsort(group->units, count, sizeof *group->units, compare_places);
  return last;
}

typedef void (*group_fn)(struct group *group,
                         const struct hvci_record *const *records);

static void each_group(struct gate *gate, group_fn visit) {
  struct group group = {.gate = gate};
  group.units = need(calloc(gate->unit_count + 1, sizeof *group.units));
  const struct hvci_record **records =
      need(calloc(gate->unit_count + 1, sizeof *records));
  for (size_t first = 0; first < gate->unit_count;) {
    first = gather(gate, first, &group, records);
    if (group.count > 0)
      visit(&group, records);
  }
  free(records);
  free(group.units);
}

static void collect(struct group *group,
                    const struct hvci_record *const *records) {
  for (size_t i = 0; i < group->count; i++)
    add_suppressions(group, records[i]);
}

static void join(struct group *group,
                 const struct hvci_record *const *records) {
  const struct join all = {.options = &group->gate->choices.options,
                           .linker = &group->gate->linker,
                           .records = records,
                           .record_count = group->count,
                           .take = take,
                           .payload = group};
  join_judge(&all);
}

// ---- suppressions that count no more ---------------------------------------

static void reject(struct gate *gate) {
  bool reason = hvci_config_wants_reason(gate->config);
  for (size_t i = 0; i < gate->suppression_count; i++) {
    struct told_suppression *one = gate->suppressions[i];
    if (one->until && one->until < gate->today)
      one->rejected = "has expired";
    else if (reason && !one->reason[0])
      one->rejected = "gives no reason";
  }
}

static void add_note(struct told *told, struct spot spot, const char *text) {
  told->notes =
      need(realloc(told->notes, (told->note_count + 1) * sizeof *told->notes));
  told->notes[told->note_count++] =
      (struct told_note){.spot = spot, .text = need(strdup(text))};
}

// What no suppression hides that counts is shown, and says why.
static void uncover(struct told *told) {
  char text[128];
  bool counts = false;
  for (size_t i = 0; i < told->by_count; i++)
    counts |= !told->by[i]->rejected;
  if (!told->hidden || counts)
    return;
  told->hidden = false;
  for (size_t i = 0; i < told->by_count; i++) {
    uint32_t until = told->by[i]->until;
    int length = snprintf(text, sizeof text, "the suppression here %s",
                          told->by[i]->rejected);
    if (until && until < 100000000 && strstr(text, "expired"))
      (void)snprintf(text + length, sizeof text - (size_t)length,
                     ": its last day was %04u-%02u-%02u", until / 10000,
                     until / 100 % 100, until % 100);
    add_note(told, told->by[i]->spot, text);
  }
}

void gate_judge(struct gate *gate) {
  each_group(gate, collect);
  merge_suppressions(gate);
  each_group(gate, join);
  report_sort(&gate->report);
  reject(gate);
  for (size_t i = 0; i < gate->report.count; i++)
    uncover(&gate->report.findings[i]);
}
