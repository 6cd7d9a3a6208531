// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * html_summary.c - the verdict, the seven counters, and the rules.
 */
#include "html_parts.h"

#include "../counters.h"

struct tally {
  size_t blocking, warning, known, suppressed;
};

static void count(struct tally *tallies, const struct report *report) {
  for (size_t i = 0; i < report->count; i++) {
    const struct told *told = &report->findings[i];
    struct tally *tally = &tallies[told->rule];
    if (told->hidden)
      tally->suppressed++;
    else if (told->state == TOLD_KNOWN)
      tally->known++;
    else if (told->level == TOLD_ERROR)
      tally->blocking++;
    else
      tally->warning++;
  }
}

static const char *plural(size_t count) { return count == 1 ? "" : "s"; }

// ---- the verdict -----------------------------------------------------------

static void put_number(FILE *out, size_t number, const char *what) {
  (void)fprintf(out, "<li><b>%zu</b> %s</li>\n", number, what);
}

static void put_numbers(FILE *out, const struct outcome *outcome) {
  const struct decision *decision = &outcome->decision;
  (void)fputs("<ul class=\"numbers\">\n", out);
  put_number(out, decision->blocking, "blocking");
  put_number(out, decision->warning, "warning");
  if (outcome->baseline) {
    put_number(out, decision->known, "known");
    put_number(out, baseline_fixed(outcome->baseline), "fixed");
  }
  if (decision->elsewhere)
    put_number(out, decision->elsewhere, "elsewhere");
  put_number(out, decision->hidden, "suppressed");
  put_number(out, outcome->gate->unit_count,
             outcome->gate->unit_count == 1 ? "unit" : "units");
  if (outcome->gate->failure_count)
    put_number(out, outcome->gate->failure_count, "not analysed");
  (void)fputs("</ul>\n", out);
}

static void put_verdict(FILE *out, const struct outcome *outcome) {
  size_t blocking = outcome->decision.blocking;
  size_t failed = outcome->gate->failure_count;
  uint32_t day = outcome->gate->today;
  (void)fprintf(out, "<header class=\"verdict %s\">\n<h1>",
                failed     ? "failed"
                : blocking ? "blocked"
                           : "passed");
  if (failed)
    (void)fprintf(out, "%zu unit%s could not be analysed", failed,
                  plural(failed));
  else if (blocking)
    (void)fprintf(out, "%zu finding%s block%s", blocking, plural(blocking),
                  blocking == 1 ? "s" : "");
  else
    (void)fputs("Nothing blocks", out);
  (void)fprintf(out,
                "</h1>\n<p>What memory integrity (HVCI) refuses in this "
                "driver, judged on %04u-%02u-%02u by hvcilint %s.</p>\n",
                day / 10000, day / 100 % 100, day % 100, HVCI_VERSION);
  put_numbers(out, outcome);
  (void)fputs("</header>\n", out);
}

// ---- counters and rules ----------------------------------------------------

static void put_counters(FILE *out, const struct tally *tallies) {
  (void)fputs("<section aria-labelledby=\"counters\">\n<h2 id=\"counters\">The "
              "seven counters</h2>\n<p>Driver Verifier and the HLK's readiness "
              "test count these. The numbers are places in the source that "
              "are not suppressed.</p>\n<ul class=\"counters\">\n",
              out);
  for (size_t i = 0; i < COUNTERS; i++) {
    const struct tally *tally = &tallies[counters[i].rule];
    size_t number = tally->blocking + tally->warning + tally->known;
    (void)fprintf(out, "<li%s><b>%zu</b> <span>%s</span></li>\n",
                  number ? " class=\"some\"" : "", number, counters[i].name);
  }
  (void)fputs("</ul>\n</section>\n", out);
}

static void put_cell(FILE *out, size_t number) {
  (void)fprintf(out, number ? "<td>%zu</td>" : "<td class=\"none\">%zu</td>",
                number);
}

static void put_rule(FILE *out, enum hvci_rule rule,
                     const struct tally *tally) {
  unsigned code = hvci_rule_verifier_code(rule);
  (void)fprintf(out,
                "<tr><th scope=\"row\"><button type=\"button\" "
                "data-rule=\"%s\">%s</button> <span>%s</span></th>",
                hvci_rule_name(rule), hvci_rule_name(rule),
                hvci_rule_summary(rule));
  if (code)
    (void)fprintf(out, "<td><code>0x%X</code></td>", code);
  else
    (void)fputs("<td class=\"none\">none</td>", out);
  put_cell(out, tally->blocking);
  put_cell(out, tally->warning);
  put_cell(out, tally->known);
  put_cell(out, tally->suppressed);
  (void)fputs("</tr>\n", out);
}

static void put_rules(FILE *out, const struct tally *tallies) {
  (void)fputs(
      "<section aria-labelledby=\"rules\">\n<h2 id=\"rules\">By rule</h2>\n"
      "<div class=\"wide\"><table class=\"rules\">\n<thead><tr><th "
      "scope=\"col\">rule</th><th scope=\"col\">stop 0xC4</th><th "
      "scope=\"col\">blocking</th><th scope=\"col\">warning</th><th "
      "scope=\"col\">known</th><th scope=\"col\">suppressed</th></tr></thead>\n"
      "<tbody>\n",
      out);
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    put_rule(out, (enum hvci_rule)rule, &tallies[rule]);
  (void)fputs("</tbody></table></div>\n</section>\n", out);
}

void html_summary(struct html_page *page) {
  struct tally tallies[HVCI_RULE_COUNT] = {{0}};
  count(tallies, &page->outcome->gate->report);
  put_verdict(page->out, page->outcome);
  put_counters(page->out, tallies);
  put_rules(page->out, tallies);
}
