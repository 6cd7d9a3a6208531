// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_gate.c - results of one or many machines, read, merged and judged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "command.h"
#include "gate/gate.h"
#include "folder.h"
#include "record_units.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RULE = HVCI_RULE_DYNAMIC_CODE, LINE = 30, COMMENT_LINE = 7 };

static char top[FOLDER_SIZE];
static struct gate gate;

static void begin(void) {
  gate = (struct gate){.today = 20270131};
  choices_init(&gate.choices);
}

static int set_up(void **state) {
  (void)state;
  begin();
  return folder_make(top) ? 0 : 1;
}

static int tear_down(void **state) {
  (void)state;
  gate_free(&gate);
  return folder_remove(top) ? 0 : 1;
}

static void write_bytes(const char *folder, const char *name, const char *bytes,
                        size_t length) {
  char path[256];
  (void)snprintf(path, sizeof path, "%s/%s", top, folder);
  (void)mkdir(path, 0700);
  (void)snprintf(path, sizeof path, "%s/%s/%s", top, folder, name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
}

// ---- what a machine leaves -------------------------------------------------

static const struct hvci_suppression COMMENT = {.kind =
                                                    HVCI_SUPPRESSION_COMMENT,
                                                .file = "a.c",
                                                .line = COMMENT_LINE,
                                                .column = 1,
                                                .rules = 1U << RULE,
                                                .reason = "vendor"};

// A record of one finding in a.c, which the suppression, if any, hides; or, if
// that is idle, without a finding.
static void write_record(const char *folder, const char *name,
                         const struct hvci_suppression *suppression) {
  static struct unit unit;
  static struct hvci_finding finding;
  static const uint32_t by[] = {0};
  static const struct hvci_record_extra extra = {.by = by, .by_count = 1};
  size_t length;
  unit_init(&unit, "a.c");
  hvci_finding_init(&finding, (enum hvci_rule)RULE, HVCI_CERTAIN,
                    unit_place(LINE, 2));
  finding.anchor = unit_place(LINE, 2);
  (void)snprintf(finding.message, sizeof finding.message, "it is bad");
  unit.findings = &finding;
  unit.finding_count = suppression && suppression->idle_rules ? 0 : 1;
  if (suppression) {
    unit.suppressions = suppression;
    unit.suppression_count = 1;
    unit.extras = unit.finding_count ? &extra : NULL;
  }
  char *bytes = unit_record(&unit, &length);
  assert_non_null(bytes);
  write_bytes(folder, name, bytes, length);
  free(bytes);
}

struct row {
  const char *source, *configuration, *record;
  enum results_status status;
  bool allowed;
};

// A machine that has the project at /machine/FOLDER.
static void write_results(const char *folder, const struct row *rows,
                          size_t count) {
  char *root = text_of("/machine/%s", folder);
  struct results results = {.version = need(strdup("0")),
                            .llvm = need(strdup("22")),
                            .root = root,
                            .units =
                                need(calloc(count + 1, sizeof *results.units)),
                            .unit_count = count};
  for (size_t i = 0; i < count; i++)
    results.units[i] = (struct results_unit){
        .source = text_of("%s/%s", root, rows[i].source),
        .directory = need(strdup(root)),
        .configuration = need(strdup(rows[i].configuration)),
        .record = need(strdup(rows[i].record)),
        .status = rows[i].status,
        .error = need(strdup(rows[i].status ? "why" : "")),
        .allowed = rows[i].allowed};
  char *path = text_of("%s/%s", top, folder);
  (void)mkdir(path, 0700);
  free(path);
  path = text_of("%s/%s/results.json", top, folder);
  assert_true(results_write(&results, path));
  free(path);
  results_free(&results);
}

static bool load(const char *first, const char *second) {
  char paths[2][256];
  const char *const all[] = {paths[0], paths[1]};
  (void)snprintf(paths[0], sizeof paths[0], "%s/%s", top, first);
  (void)snprintf(paths[1], sizeof paths[1], "%s/%s", top, second ? second : "");
  gate.root = need(strdup(top));
  return gate_load(&gate, all, second ? 2 : 1);
}

static void judge(const char *first, const char *second) {
  assert_true(load(first, second));
  gate_judge(&gate);
}

static void again(void) {
  gate_free(&gate);
  begin();
}

static void one_unit(const char *folder, const char *configuration,
                     const struct hvci_suppression *suppression) {
  const struct row row = {
      .source = "a.c", .configuration = configuration, .record = "a.hvci"};
  write_record(folder, "a.hvci", suppression);
  write_results(folder, &row, 1);
}

// ---- reading ---------------------------------------------------------------

static void what_has_no_record_that_can_be_believed_failed(void **state) {
  static const struct row rows[] = {
      {"a.c", "", "a.hvci", RESULTS_OK, false},
      {"b.c", "", "garbage.hvci", RESULTS_OK, false},
      {"c.c", "", "lost.hvci", RESULTS_OK, false},
      {"d.c", "", "half.hvci", RESULTS_OK, true},
      {"e.c", "x64", "e.hvci", RESULTS_TIMEOUT, false},
      {"f.c", "", "f.hvci", RESULTS_FAILED, true}};
  static const char *const wanted[][3] = {{"b.c", "", "unreadable"},
                                          {"c.c", "", "unreadable"},
                                          {"d.c", "", "unreadable"},
                                          {"e.c", "x64", "timeout"}};
  (void)state;
  write_record("one", "a.hvci", NULL);
  write_bytes("one", "garbage.hvci", "\0\xFF", 2);
  write_bytes("one", "half.hvci", "{\"hvcilint", 10);
  write_results("one", rows, sizeof rows / sizeof *rows);
  judge("one", NULL);
  assert_int_equal(gate.unit_count, 6);
  assert_true(gate.report.incomplete);
  assert_int_equal(gate.failure_count, 4);
  for (size_t i = 0; i < gate.failure_count; i++) {
    assert_string_equal(gate.failures[i].source, wanted[i][0]);
    assert_string_equal(gate.failures[i].configuration, wanted[i][1]);
    assert_string_equal(gate.failures[i].status, wanted[i][2]);
    assert_true(gate.failures[i].error[0]);
  }
  assert_int_equal(gate.report.count, 1);
}

static void what_is_no_results_is_refused(void **state) {
  (void)state;
  one_unit("good", "", NULL);
  write_bytes("bad", "results.json", "{}", 2);
  assert_false(load("bad", NULL));
  again();
  assert_false(load("nowhere", NULL));
  again();
  assert_false(load("good", "bad"));
  again();
  write_results("empty", NULL, 0);
  judge("empty", NULL);
  assert_int_equal(gate.unit_count, 0);
  assert_int_equal(gate.report.count, 0);
}

// ---- merging ---------------------------------------------------------------

static void machines_merge_in_any_order(void **state) {
  static const struct row first[] = {
      {"b.c", "", "b.hvci", RESULTS_FAILED, false},
      {"a.c", "x64", "a.hvci", RESULTS_OK, false}};
  static const struct row second[] = {
      {"a.c", "x64", "a.hvci", RESULTS_OK, false},
      {"a.c", "arm", "a.hvci", RESULTS_OK, false},
      {"../out/c.c", "x64", "c.hvci", RESULTS_FAILED, false}};
  static const char *const order[][2] = {{"one", "two"}, {"two", "one"}};
  (void)state;
  write_record("one", "a.hvci", NULL);
  write_record("two", "a.hvci", NULL);
  write_results("one", first, 2);
  write_results("two", second, 3);
  for (size_t i = 0; i < 2; i++) {
    judge(order[i][0], order[i][1]);
    assert_int_equal(gate.unit_count, 5);
    assert_string_equal(gate.units[0].source, "b.c");
    assert_string_equal(gate.units[1].from->configuration, "arm");
    assert_string_equal(gate.units[2].source, "/machine/out/c.c");
    assert_string_equal(gate.failures[0].source, "/machine/out/c.c");
    assert_string_equal(gate.failures[1].source, "b.c");
    // Of both configurations and machines it is one finding.
    assert_int_equal(gate.report.count, 1);
    assert_string_equal(gate.report.findings[0].spot.file, "a.c");
    assert_int_equal(gate.report.findings[0].spot.line, LINE);
    again();
  }
}

static void what_one_configuration_shows_is_shown(void **state) {
  (void)state;
  one_unit("one", "x64", &COMMENT);
  one_unit("two", "arm", NULL);
  judge("one", "two");
  assert_int_equal(gate.report.count, 1);
  assert_false(gate.report.findings[0].hidden);
}

static void a_suppression_that_one_needs_is_not_stale(void **state) {
  struct hvci_suppression idle = COMMENT;
  (void)state;
  idle.idle_rules = idle.rules;
  one_unit("one", "x64", &COMMENT);
  one_unit("two", "arm", &idle);
  judge("one", "two");
  assert_int_equal(gate.suppression_count, 1);
  assert_false(gate_is_stale(gate.suppressions[0]));
  assert_int_equal(gate.suppressions[0]->hides, 1);
  assert_true(gate.report.findings[0].hidden);

  again();
  one_unit("one", "x64", &idle);
  judge("one", "two");
  assert_int_equal(gate.suppression_count, 1);
  assert_true(gate_is_stale(gate.suppressions[0]));
  assert_int_equal(gate.report.count, 0);

  // One needs it for one of two rules, of what linking did not find.
  again();
  idle.rules |= 1;
  idle.idle_rules = idle.rules;
  one_unit("two", "arm", &idle);
  idle.idle_rules = 1;
  one_unit("one", "x64", &idle);
  judge("one", "two");
  assert_int_equal(gate.suppression_count, 1);
  assert_int_equal(gate.suppressions[0]->hides, 0);
  assert_false(gate_is_stale(gate.suppressions[0]));

  again();
  idle.line++; // another comment
  one_unit("one", "x64", &idle);
  judge("one", "two");
  assert_int_equal(gate.suppression_count, 2);
}

// ---- suppressions that count no more ---------------------------------------

static void judge_until(uint32_t until, uint32_t today) {
  struct hvci_suppression comment = COMMENT;
  comment.until = until;
  again();
  gate.today = today;
  one_unit("one", "", &comment);
  judge("one", NULL);
  assert_int_equal(gate.report.count, 1);
}

static void assert_note(const char *wanted) {
  const struct told *told = &gate.report.findings[0];
  assert_false(told->hidden);
  assert_int_equal(told->note_count, 1);
  assert_string_equal(told->notes[0].text, wanted);
  assert_int_equal(told->notes[0].spot.line, COMMENT_LINE);
}

static void a_suppression_counts_up_to_its_last_day(void **state) {
  static const struct {
    uint32_t until, today;
    bool hidden;
  } days[] = {{20270131, 20270130, true},  {20270131, 20270131, true},
              {20270131, 20270201, false}, {20270131, 20280101, false},
              {20271231, 20270131, true},  {0, 20991231, true},
              {20280229, 20280301, false}, {1, 20270131, false}};
  (void)state;
  for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
    judge_until(days[i].until, days[i].today);
    assert_int_equal(gate.report.findings[0].hidden, days[i].hidden);
    assert_int_equal(!gate.suppressions[0]->rejected, days[i].hidden);
  }
  judge_until(20270131, 20270201);
  assert_note("the suppression here has expired: its last day was 2027-01-31");
}

static void the_policy_may_ask_for_a_reason(void **state) {
  static const char policy[] = "gate: {suppression-reason: required}\n";
  struct hvci_config_error error;
  struct hvci_suppression comment = COMMENT;
  (void)state;
  comment.reason = "";
  one_unit("one", "", &comment);
  judge("one", NULL);
  assert_true(gate.report.findings[0].hidden);
  again();
  gate.config = hvci_config_parse(policy, strlen(policy), top, &error);
  assert_non_null(gate.config);
  judge("one", NULL);
  assert_note("the suppression here gives no reason");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(what_has_no_record_that_can_be_believed_failed),
      TEST(what_is_no_results_is_refused),
      TEST(machines_merge_in_any_order),
      TEST(what_one_configuration_shows_is_shown),
      TEST(a_suppression_that_one_needs_is_not_stale),
      TEST(a_suppression_counts_up_to_its_last_day),
      TEST(the_policy_may_ask_for_a_reason),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
