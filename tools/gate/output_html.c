// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * output_html.c - a decision as one HTML file that needs nothing else.
 *
 * All is in the page as it is written; its script, in report/report.js, only
 * filters and opens. What others wrote is text of elements alone, and the page
 * lets neither another script nor the network in.
 */
#include "html.h"
#include "html_parts.h"
#include "page.h"

#include <git2.h>
#include <string.h>

enum { OPEN_AT_ONCE = 5 }; // findings

static void put_filter(struct html_page *page) {
  (void)fputs(
      "<form class=\"filter\" id=\"filter\" role=\"search\" hidden>\n"
      "<label class=\"find\">Search <input type=\"search\" id=\"search\" "
      "autocomplete=\"off\" spellcheck=\"false\" "
      "aria-keyshortcuts=\"/\"></label>\n<label>Rule <select "
      "id=\"rule\"><option "
      "value=\"\">all</option>",
      page->out);
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    (void)fprintf(page->out, "<option>%s</option>",
                  hvci_rule_name((enum hvci_rule)rule));
  (void)fputs("</select></label>\n<fieldset><legend>State</legend>\n",
              page->out);
  static const char *const states[] = {"blocking", "warning", "known",
                                       "suppressed"};
  for (size_t i = 0; i < sizeof states / sizeof *states; i++)
    (void)fprintf(page->out,
                  "<label><input type=\"checkbox\" name=\"state\" "
                  "value=\"%s\" checked> %s</label>\n",
                  states[i], states[i]);
  (void)fputs("</fieldset>\n<span class=\"buttons\"><button type=\"button\" "
              "id=\"open\">Open all</button> <button type=\"button\" "
              "id=\"close\">Close all</button></span>\n<output id=\"count\" "
              "aria-live=\"polite\"></output>\n</form>\n",
              page->out);
}

static void begin_file(FILE *out, const char *file) {
  (void)fputs("<section class=\"of-file\">\n<h3><bdi>", out);
  html_text(out, file ? file : "No place in the source");
  (void)fputs("</bdi></h3>\n", out);
}

static void put_findings(struct html_page *page) {
  const struct report *report = &page->outcome->gate->report;
  const struct decision *decision = &page->outcome->decision;
  bool open = decision->blocking + decision->warning <= OPEN_AT_ONCE;
  for (size_t i = 0; i < report->count; i++) {
    const struct told *told = &report->findings[i];
    const char *file = told->spot.file;
    const char *last = i ? report->findings[i - 1].spot.file : NULL;
    if (i == 0 || strcmp(file ? file : "", last ? last : "") != 0) {
      (void)fputs(i ? "</section>\n" : "", page->out);
      begin_file(page->out, file);
    }
    html_finding(page, told, open && decide_is_shown(told));
  }
  (void)fputs(report->count ? "</section>\n" : "<p>There are none.</p>\n",
              page->out);
}

bool output_html(const struct outcome *outcome, FILE *out) {
  struct html_page page = {
      .outcome = outcome, .out = out, .source = {.gate = outcome->gate}};
  (void)git_libgit2_init(); // for html_fix(): it reads all certificates
  (void)fputs(page_head, out);
  html_summary(&page);
  (void)fputs("<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">"
              "Findings</h2>\n",
              out);
  put_filter(&page);
  put_findings(&page);
  (void)fputs("</section>\n", out);
  html_rest(&page);
  (void)fputs(page_tail, out);
  source_free(&page.source);
  (void)git_libgit2_shutdown();
  return !ferror(out);
}
