// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * junit.c - a decision as a JUnit report: a finding is a test that fails, a
 * rule without any one that passes, a unit that could not be analysed an error.
 */
#include "outputs.h"

#include "../utf8.h"

#include <string.h>

// What XML 1.0 must not hold is nothing that readers see.
static void put(FILE *out, const char *text) {
  size_t left = strlen(text);
  while (left > 0) {
    size_t length = 1;
    if (*text == '<')
      (void)fputs("&lt;", out);
    else if (*text == '>')
      (void)fputs("&gt;", out);
    else if (*text == '&')
      (void)fputs("&amp;", out);
    else if (*text == '"')
      (void)fputs("&quot;", out);
    else
      length = utf8_put_one(out, text, left);
    text += length;
    left -= length;
  }
}

static void put_finding(FILE *out, const struct told *told) {
  (void)fprintf(out, "    <testcase classname=\"%s\" name=\"",
                hvci_rule_name(told->rule));
  put(out, told->spot.file ? told->spot.file : "hvcilint");
  (void)fprintf(out, ":%u:%u\">\n", told->spot.line, told->spot.column);
  if (told->level == TOLD_ERROR) {
    (void)fputs("      <failure message=\"", out);
    put(out, told->message);
    (void)fputs("\">", out);
  } else {
    (void)fputs("      <system-out>warning: ", out);
  }
  put(out, told->message);
  (void)fputs(told->level == TOLD_ERROR ? "</failure>" : "</system-out>", out);
  (void)fputs("\n    </testcase>\n", out);
}

// A rule without findings is a test that passes. Returns how many tests it has;
// `out` may be NULL.
static size_t put_rule(const struct report *report, enum hvci_rule rule,
                       FILE *out) {
  size_t count = 0;
  for (size_t i = 0; i < report->count; i++) {
    const struct told *told = &report->findings[i];
    if (told->rule != rule || !decide_is_shown(told))
      continue;
    if (out)
      put_finding(out, told);
    count++;
  }
  if (out && count == 0)
    (void)fprintf(out, "    <testcase classname=\"%s\" name=\"none\"/>\n",
                  hvci_rule_name(rule));
  return count ? count : 1;
}

static void put_failure(FILE *out, const struct told_failure *failure) {
  (void)fputs("    <testcase classname=\"hvcilint.units\" name=\"", out);
  put(out, failure->source);
  if (failure->configuration[0]) {
    (void)fputs(" ", out);
    put(out, failure->configuration);
  }
  (void)fprintf(out, "\">\n      <error message=\"%s\">", failure->status);
  put(out, failure->error);
  (void)fputs("</error>\n    </testcase>\n", out);
}

bool output_junit(const struct outcome *outcome, FILE *out) {
  const struct report *report = &outcome->gate->report;
  size_t tests = report->failure_count;
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    tests += put_rule(report, (enum hvci_rule)rule, NULL);
  (void)fprintf(out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
                "  <testsuite name=\"hvcilint\" tests=\"%zu\" "
                "failures=\"%zu\" errors=\"%zu\">\n",
                tests, outcome->decision.blocking, report->failure_count);
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    (void)put_rule(report, (enum hvci_rule)rule, out);
  for (size_t i = 0; i < report->failure_count; i++)
    put_failure(out, &report->failures[i]);
  (void)fputs("  </testsuite>\n</testsuites>\n", out);
  return !ferror(out);
}
