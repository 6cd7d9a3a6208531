// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * record_units.h - units made by hand, and their records.
 */
#ifndef HVCI_TEST_RECORD_UNITS_H
#define HVCI_TEST_RECORD_UNITS_H

#include "hvci/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT_FUNCTIONS = 256, UNIT_SITES = 256, UNIT_ARGUMENTS = 4 };

/* It points into itself: never copied. The name of function f stands at line
   1000 + f; call s of all the unit's calls, at line s + 1, its argument i at
   column 10 * (i + 1). */
struct unit {
  struct hvci_unit_fact fact;
  struct hvci_function functions[UNIT_FUNCTIONS];
  struct hvci_argument results[UNIT_FUNCTIONS];
  struct hvci_site sites[UNIT_SITES];
  struct hvci_call_fact calls[UNIT_SITES];
  struct hvci_argument arguments[UNIT_SITES][UNIT_ARGUMENTS];
  struct hvci_program program;
  const char *file;
  struct hvci_place suppressed; /* of all places: rules and warnings */
  const struct hvci_finding *findings;
  size_t finding_count;
  const struct hvci_record_extra *extras;
  const struct hvci_suppression *suppressions;
  size_t suppression_count;
  const struct hvci_claim *claims;
  size_t claim_count;
  size_t site_count;
};

static inline struct hvci_range unit_place(size_t line, size_t column) {
  return (struct hvci_range){.begin = line << 16 | column,
                             .end = line << 16 | column};
}

static inline bool unit_locate(struct hvci_range range, struct hvci_place *out,
                               void *payload) {
  const struct unit *unit = payload;
  *out = unit->suppressed;
  out->file = unit->file;
  out->line = (uint32_t)(range.begin >> 16);
  out->column = (uint32_t)(range.begin & 0xFFFF);
  return true;
}

static inline struct hvci_range unit_name(size_t function, void *payload) {
  (void)payload;
  return unit_place(1000 + function, 1);
}

static inline void unit_call(size_t function, size_t site, uint32_t wanted,
                             enum hvci_detail detail,
                             struct hvci_call_fact *out, void *payload) {
  struct unit *unit = payload;
  (void)wanted, (void)detail;
  *out = unit->calls[unit->functions[function].sites + site - unit->sites];
}

static inline void unit_result(size_t function, enum hvci_detail detail,
                               struct hvci_argument *out, void *payload) {
  struct unit *unit = payload;
  (void)detail;
  *out = unit->results[function];
}

static inline void unit_init(struct unit *unit, const char *file) {
  memset(unit, 0, sizeof *unit);
  unit->file = file;
  unit->fact.pointer_width = 64;
  unit->program = (struct hvci_program){.functions = unit->functions,
                                        .call = unit_call,
                                        .result = unit_result,
                                        .payload = unit};
}

static inline size_t unit_add(struct unit *unit, const char *name, bool open) {
  size_t index = unit->program.function_count++;
  if (index >= UNIT_FUNCTIONS)
    abort();
  unit->functions[index] =
      (struct hvci_function){.name = name, .symbol = name, .open = open};
  return index;
}

/* A function with a body, whose calls are added next. */
static inline size_t unit_define(struct unit *unit, const char *name) {
  size_t index = unit_add(unit, name, false);
  unit->functions[index].has_body = true;
  unit->functions[index].sites = &unit->sites[unit->site_count];
  return index;
}

/* A call by the function that was defined last; its index there. */
static inline size_t unit_calls(struct unit *unit, size_t callee,
                                size_t argument_count) {
  struct hvci_function *caller =
      &unit->functions[unit->program.function_count - 1];
  size_t index = unit->site_count++;
  if (index >= UNIT_SITES || argument_count > UNIT_ARGUMENTS)
    abort();
  unit->sites[index].callee = callee;
  unit->calls[index] =
      (struct hvci_call_fact){.callee = unit->functions[callee].name,
                              .callee_range = unit_place(index + 1, 1),
                              .arguments = unit->arguments[index],
                              .argument_count = argument_count,
                              .unit = &unit->fact};
  for (size_t i = 0; i < argument_count; i++) {
    struct hvci_argument *argument = &unit->arguments[index][i];
    hvci_value_unknown(&argument->value, 64);
    argument->text = "x";
    argument->range = unit_place(index + 1, 10 * (i + 1));
  }
  return caller->site_count++;
}

/* The argument of the call that was added last. */
static inline struct hvci_argument *unit_argument(struct unit *unit,
                                                  size_t index) {
  return &unit->arguments[unit->site_count - 1][index];
}

static const struct hvci_term NON_PAGED_POOL = {
    .written = "NonPagedPool",
    .constant = "NonPagedPool",
    .type = "_POOL_TYPE",
    .range = {.begin = 7 << 16 | 3, .end = 7 << 16 | 3}};

static inline void set_non_paged_pool(struct hvci_argument *argument) {
  hvci_value_constant(&argument->value, 0, 1, 32);
  argument->terms = &NON_PAGED_POOL;
  argument->term_count = 1;
  argument->text = "NonPagedPool";
}

/* Solves the unit and writes its record. */
static inline char *unit_record(struct unit *unit, size_t *length) {
  static const struct hvci_options options;
  struct hvci_solution *solution = hvci_solve(&unit->program, &options);
  if (!solution || !hvci_solution_look_out(solution))
    abort();
  const struct hvci_record_source source = {
      .file = unit->file,
      .target = "x86_64-pc-windows-msvc",
      .producer = "test",
      .unit = &unit->fact,
      .program = &unit->program,
      .solution = solution,
      .findings = unit->findings,
      .finding_count = unit->finding_count,
      .extras = unit->extras,
      .suppressions = unit->suppressions,
      .suppression_count = unit->suppression_count,
      .claims = unit->claims,
      .claim_count = unit->claim_count,
      .locate = unit_locate,
      .name = unit_name,
      .payload = unit};
  char *bytes = hvci_record_write(&source, length);
  hvci_solution_free(solution);
  return bytes;
}

#endif
