// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_baseline.c - fingerprints, and the file that keeps them.
 */
#include "facts.h"

#include "gate/baseline.h"
#include "gate/fingerprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/hvcilint-baseline-XXXXXX";

static struct told *add(struct report *report, const char *file, uint32_t line,
                        const char *scope, const char *words) {
  struct told *told =
      report_add(report, HVCI_RULE_DYNAMIC_CODE, HVCI_CERTAIN, "message", 0);
  told->spot =
      (struct spot){.file = file, .line = line, .column = 1, .scope = scope};
  told->words = words;
  return told;
}

static void finish(struct report *report) {
  report_sort(report);
  fingerprint_all(report);
}

static void lines_do_not_matter(void **state) {
  struct report old = {.count = 0}, new = {.count = 0};
  (void)state;
  add(&old, "a.c", 10, "f", "g ( 1 )");
  add(&new, "a.c", 90, "f", "g ( 1 )");
  finish(&old);
  finish(&new);
  assert_string_equal(old.findings[0].fingerprint, new.findings[0].fingerprint);
  report_free(&old);
  report_free(&new);
}

static void scope_words_and_file_do(void **state) {
  struct report report = {.count = 0};
  (void)state;
  add(&report, "a.c", 1, "f", "g ( 1 )");
  add(&report, "a.c", 2, "h", "g ( 1 )");
  add(&report, "a.c", 3, "f", "g ( 2 )");
  add(&report, "b.c", 1, "f", "g ( 1 )");
  add(&report, "a.c", 9, "f", "g ( 1 )"); // the second of its kind
  finish(&report);
  for (size_t i = 0; i < report.count; i++)
    for (size_t j = 0; j < i; j++)
      assert_string_not_equal(report.findings[i].fingerprint,
                              report.findings[j].fingerprint);
  report_free(&report);
}

static void write_text(const char *text) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  (void)fputs(text, file);
  (void)fclose(file);
}

static void what_was_written_is_known(void **state) {
  struct report report = {.count = 0}, later = {.count = 0};
  struct baseline baseline;
  char error[256];
  (void)state;
  add(&report, "a\xFF\".c", 1, "f", "g ( )");
  add(&report, "b.c", 1, "f", "g ( )");
  add(&report, "b.c", 2, "f", "g ( )");
  add(&report, "b.c", 3, "f", "g ( )")->hidden = true;
  finish(&report);
  assert_true(baseline_write(&report, "", false, path));
  assert_true(baseline_read(&baseline, path, error, sizeof error));
  assert_int_equal(baseline.count, 3);
  add(&later, "b.c", 7, "f", "g ( )");
  add(&later, "b.c", 8, "f", "h ( )");
  finish(&later);
  baseline_match(&baseline, &later);
  assert_int_equal(later.findings[0].state, TOLD_KNOWN);
  assert_int_equal(later.findings[1].state, TOLD_NEW);
  size_t found = 0;
  for (size_t i = 0; i < baseline.count; i++)
    found += baseline.entries[i].found;
  assert_int_equal(found, 1);
  baseline_free(&baseline);
  report_free(&report);
  report_free(&later);
}

#define HEAD "{\"format\":\"hvcilint-baseline\",\"version\":1,\"commit\":\"\","

static void what_is_no_baseline_is_refused(void **state) {
  static const char *const texts[] = {
      "",
      "[]",
      "{}",
      "{\"format\":\"hvcilint-record\",\"version\":1}",
      "{\"format\":\"hvcilint-baseline\",\"version\":2}",
      HEAD "\"findings\":{}}",
      HEAD "\"findings\":[1]}",
      HEAD "\"findings\":[{}]}",
      HEAD "\"findings\":[],\"x\":1}",
      HEAD "\"findings\":[{\"file\":\"a\",\"rule\":\"r\",\"scope\":\"\","
           "\"key\":\"k\",\"ordinal\":-1,\"message\":\"\"}]}",
      HEAD "\"findings\":[{\"file\":1,\"rule\":\"r\",\"scope\":\"\","
           "\"key\":\"k\",\"ordinal\":0,\"message\":\"\"}]}",
  };
  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct baseline baseline;
    char error[256] = "";
    write_text(texts[i]);
    assert_false(baseline_read(&baseline, path, error, sizeof error));
    assert_true(error[0]);
    baseline_free(&baseline);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lines_do_not_matter),
      cmocka_unit_test(scope_words_and_file_do),
      cmocka_unit_test(what_was_written_is_known),
      cmocka_unit_test(what_is_no_baseline_is_refused),
  };
  int file = mkstemp(path);
  if (file < 0)
    return 1;
  (void)close(file);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  (void)unlink(path);
  return failed;
}
