// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * facts.h - facts built by hand and a sink that records, for the unit tests.
 */
#ifndef HVCI_TEST_FACTS_H
#define HVCI_TEST_FACTS_H

#include "hvci/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Steele, Lea, Flood: SplitMix64. The same numbers in every run. */
static inline uint64_t next_random(uint64_t *state) {
  uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

/* A sink that keeps the last finding, counts them, and answers as told. */
struct recorder {
  size_t count;
  enum hvci_status answer;
  struct hvci_finding last;
};

static inline enum hvci_status record(const struct hvci_finding *finding,
                                      void *payload) {
  struct recorder *recorder = payload;
  recorder->count++;
  recorder->last = *finding;
  return recorder->answer;
}

static inline struct hvci_sink sink_of(struct recorder *recorder) {
  return (struct hvci_sink){.report = record, .payload = recorder};
}

static inline struct hvci_range place(uint64_t begin) {
  return (struct hvci_range){.begin = begin, .end = begin + 1};
}

/*
 * One call with all it needs. It points into itself: never copied.
 * The callee stands at place 1, argument i at place 100 * (i + 1), and its
 * term j at that place + j + 1.
 */
enum { CALLEE_PLACE = 1, SCENE_ARGUMENTS = 10, SCENE_TERMS = 12 };

struct scene {
  struct hvci_unit_fact unit;
  struct hvci_call_fact call;
  struct hvci_argument arguments[SCENE_ARGUMENTS];
  struct hvci_term terms[SCENE_ARGUMENTS][SCENE_TERMS];
  struct hvci_options options;
  struct recorder recorder;
};

static inline uint64_t argument_place(size_t index) {
  return 100 * (index + 1);
}

static inline uint64_t term_place(size_t index, size_t term) {
  return argument_place(index) + term + 1;
}

/* A 64-bit unit for the newest system, with ten unknown arguments. */
static inline void scene_init(struct scene *s, const char *callee) {
  memset(s, 0, sizeof *s);
  s->unit.pointer_width = 64;
  s->call.callee = callee;
  s->call.callee_range = place(CALLEE_PLACE);
  s->call.callee_editable = true;
  s->call.arguments = s->arguments;
  s->call.argument_count = SCENE_ARGUMENTS;
  s->call.unit = &s->unit;
  for (size_t i = 0; i < SCENE_ARGUMENTS; i++) {
    struct hvci_argument *argument = &s->arguments[i];
    hvci_value_unknown(&argument->value, 64);
    argument->terms = s->terms[i];
    argument->text = "x";
    argument->range = place(argument_place(i));
    argument->editable = true;
    argument->takes_or = true;
  }
  hvci_options_init(&s->options);
}

/* Adds a term to the argument without changing its value. */
static inline struct hvci_term *scene_term(struct scene *s, size_t index,
                                           const char *constant,
                                           uint64_t value) {
  size_t number = s->arguments[index].term_count++;
  struct hvci_term *term = &s->terms[index][number];
  *term = (struct hvci_term){.written = constant,
                             .constant = constant,
                             .type = "",
                             .value = value,
                             .range = place(term_place(index, number)),
                             .editable = true};
  return term;
}

/* The argument is that constant. */
static inline struct hvci_term *
scene_set(struct scene *s, size_t index, const char *constant, uint64_t value) {
  s->arguments[index].term_count = 0;
  s->arguments[index].text = constant;
  hvci_value_constant(&s->arguments[index].value, value, 1, 64);
  return scene_term(s, index, constant, value);
}

/* The argument is that number, written as one. */
static inline struct hvci_term *scene_set_literal(struct scene *s, size_t index,
                                                  const char *digits,
                                                  uint64_t value) {
  struct hvci_term *term = scene_set(s, index, digits, value);
  term->literal = true;
  return term;
}

/* The argument may also be that constant: `c ? before : constant`. */
static inline struct hvci_term *scene_or_else(struct scene *s, size_t index,
                                              const char *constant,
                                              uint64_t value) {
  struct hvci_argument *argument = &s->arguments[index];
  struct hvci_value other;
  hvci_value_constant(&other, value, UINT32_C(1) << argument->term_count, 64);
  hvci_value_join(&argument->value, &argument->value, &other);
  return scene_term(s, index, constant, value);
}

/* The argument has that constant or-ed in: `before | constant`. */
static inline struct hvci_term *scene_with(struct scene *s, size_t index,
                                           const char *constant,
                                           uint64_t value) {
  struct hvci_argument *argument = &s->arguments[index];
  struct hvci_value other;
  hvci_value_constant(&other, value, UINT32_C(1) << argument->term_count, 64);
  hvci_value_apply(&argument->value, HVCI_OR, &argument->value, &other, 64);
  return scene_term(s, index, constant, value);
}

/* The argument may also be anything: `c ? before : x`. */
static inline void scene_or_unknown(struct scene *s, size_t index) {
  struct hvci_value other;
  hvci_value_unknown(&other, 64);
  hvci_value_join(&s->arguments[index].value, &s->arguments[index].value,
                  &other);
}

/* A unit in which the one name of the payload is not known. */
static inline bool knows_all_but(const char *name, void *payload) {
  return strcmp(name, (const char *)payload) != 0;
}

static inline void scene_forget(struct scene *s, char *name) {
  s->unit.knows = knows_all_but;
  s->unit.payload = name;
}

/* Checks the call and returns how many findings there are: 0 or 1. */
static inline size_t scene_count(struct scene *s) {
  struct hvci_sink sink = sink_of(&s->recorder);
  s->recorder.count = 0;
  assert_int_equal(hvci_check_call(&s->call, &s->options, &sink), HVCI_OK);
  assert_in_range(s->recorder.count, 0, 1);
  return s->recorder.count;
}

/* Checks the call, which must give a finding. */
static inline const struct hvci_finding *scene_finding(struct scene *s) {
  assert_int_equal(scene_count(s), 1);
  return &s->recorder.last;
}

/*
 * One use of an address, alone or in a call. It points into itself: never
 * copied. The address stands at USE_PLACE, what it comes from at ORIGIN_PLACE.
 */
enum { USE_PLACE = 50, ORIGIN_PLACE = 60 };

struct use {
  struct scene scene; /* the call */
  struct hvci_code_use_fact fact;
  struct hvci_options options;
  struct recorder recorder;
};

static inline void use_init(struct use *u, enum hvci_code_use use,
                            enum hvci_origin_kind kind, const char *name) {
  memset(u, 0, sizeof *u);
  scene_init(&u->scene, "");
  u->fact.use = use;
  u->fact.origin.kind = kind;
  u->fact.origin.name = name;
  u->fact.origin.range = place(ORIGIN_PLACE);
  u->fact.text = "x";
  u->fact.range = place(USE_PLACE);
  u->fact.unit = &u->scene.unit;
  hvci_options_init(&u->options);
}

/* The address is an argument of that call. */
static inline void use_callee(struct use *u, const char *callee) {
  u->scene.call.callee = callee;
  u->fact.call = &u->scene.call;
}

/* Checks the use and returns how many findings there are: 0 or 1. */
static inline size_t use_count(struct use *u) {
  struct hvci_sink sink = sink_of(&u->recorder);
  u->recorder.count = 0;
  assert_int_equal(hvci_check_code_use(&u->fact, &u->options, &sink), HVCI_OK);
  assert_in_range(u->recorder.count, 0, 1);
  return u->recorder.count;
}

/* Checks the use, which must give a finding. */
static inline const struct hvci_finding *use_finding(struct use *u) {
  assert_int_equal(use_count(u), 1);
  return &u->recorder.last;
}

static inline void assert_edit(const struct hvci_finding *finding, size_t index,
                               enum hvci_placement placement, uint64_t begin,
                               const char *text) {
  assert_true(index < finding->edit_count);
  assert_int_equal(finding->edits[index].placement, placement);
  assert_int_equal(finding->edits[index].range.begin, begin);
  assert_int_equal(finding->edits[index].range.end, begin + 1);
  assert_string_equal(finding->edits[index].text, text);
}

static inline void assert_note(const struct hvci_finding *finding, size_t index,
                               uint64_t begin, const char *text) {
  assert_true(index < finding->note_count);
  assert_int_equal(finding->notes[index].range.begin, begin);
  assert_string_equal(finding->notes[index].text, text);
}

#endif
