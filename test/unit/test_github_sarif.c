// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_github_sarif.c - what GitHub's code scanning is told of many findings.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gate/outputs.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_RESULTS = 25000 };

static struct gate gate;

static int set_up(void **state) {
  (void)state;
  gate = (struct gate){.root = NULL};
  hvci_options_init(&gate.choices.options);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  report_free(&gate.report);
  return 0;
}

static struct told *add(const char *message, enum told_level level,
                        enum told_state known) {
  struct told *told = report_add(&gate.report, HVCI_RULE_EXECUTE_POOL_TYPE,
                                 HVCI_CERTAIN, message, 0);
  told->level = level;
  told->state = known;
  told->fingerprint = strdup("0");
  return told;
}

static json_t *results_of(output_fn write) {
  const struct outcome outcome = {.gate = &gate};
  char *bytes = NULL;
  size_t length = 0;
  FILE *out = open_memstream(&bytes, &length);
  assert_non_null(out);
  assert_true(write(&outcome, out));
  assert_int_equal(fclose(out), 0);
  json_error_t error;
  json_t *log = json_loads(bytes, 0, &error);
  free(bytes);
  assert_non_null(log);
  json_t *results = json_object_get(
      json_array_get(json_object_get(log, "runs"), 0), "results");
  json_incref(results);
  json_decref(log);
  return results;
}

static const char *text_of_result(json_t *results, size_t i) {
  return json_string_value(json_object_get(
      json_object_get(json_array_get(results, i), "message"), "text"));
}

static void assert_results(output_fn write, const char *const *wanted,
                           size_t count) {
  json_t *results = results_of(write);
  assert_int_equal(json_array_size(results), count);
  for (size_t i = 0; i < count; i++)
    assert_string_equal(text_of_result(results, i), wanted[i]);
  json_decref(results);
}

static void what_blocks_comes_first_and_the_rest_by_place(void **state) {
  static const char *const first[] = {"b", "f", "e", "a", "g", "c"};
  static const char *const placed[] = {"a", "b", "c", "d", "e", "f", "g"};
  (void)state;
  (void)add("a", TOLD_WARNING, TOLD_NEW);
  (void)add("b", TOLD_ERROR, TOLD_NEW);
  (void)add("c", TOLD_WARNING, TOLD_KNOWN);
  add("d", TOLD_ERROR, TOLD_NEW)->hidden = true;
  (void)add("e", TOLD_ERROR, TOLD_KNOWN);
  (void)add("f", TOLD_ERROR, TOLD_NEW);
  (void)add("g", TOLD_WARNING, TOLD_NEW);
  assert_results(output_github_sarif, first, 6);
  assert_results(output_sarif, placed, 7);
}

static void what_blocks_is_among_those_that_are_taken(void **state) {
  (void)state;
  struct told_suppression stale = {.reason = "", .rules = 1, .idle_rules = 1};
  struct told_suppression *all[] = {&stale};
  gate.suppressions = all;
  gate.suppression_count = 1;
  assert_true(gate_is_stale(&stale));
  for (size_t i = 0; i < MOST_RESULTS; i++)
    (void)add("warns", TOLD_WARNING, TOLD_ALONE);
  (void)add("blocks", TOLD_ERROR, TOLD_ALONE);
  json_t *results = results_of(output_github_sarif);
  assert_int_equal(json_array_size(results), MOST_RESULTS);
  assert_string_equal(text_of_result(results, 0), "blocks");
  assert_string_equal(text_of_result(results, MOST_RESULTS - 1), "warns");
  json_decref(results);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(what_blocks_comes_first_and_the_rest_by_place),
      TEST(what_blocks_is_among_those_that_are_taken),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
