// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * html_rest.c - what the HTML report says beside the findings.
 */
#include "html.h"
#include "html_parts.h"

#include "../command.h"

#include <stdlib.h>

static void begin(FILE *out, const char *id, const char *title,
                  const char *columns) {
  (void)fprintf(out,
                "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n"
                "<div class=\"wide\"><table>\n<thead><tr>%s</tr></thead>\n"
                "<tbody>\n",
                id, id, title, columns);
}

static void end(FILE *out) {
  (void)fputs("</tbody></table></div>\n</section>\n", out);
}

static void put_cell(FILE *out, const char *text) {
  (void)fputs("<td><bdi>", out);
  html_text(out, text);
  (void)fputs("</bdi></td>", out);
}

#define COLUMN(name) "<th scope=\"col\">" name "</th>"

// ---- what was not judged ---------------------------------------------------

static void put_failures(FILE *out, const struct report *report) {
  if (report->failure_count == 0)
    return;
  begin(out, "failures", "Not analysed",
        COLUMN("source") COLUMN("configuration") COLUMN("why")
            COLUMN("first error"));
  for (size_t i = 0; i < report->failure_count; i++) {
    const struct told_failure *failure = &report->failures[i];
    (void)fputs("<tr>", out);
    put_cell(out, failure->source);
    put_cell(out, failure->configuration);
    put_cell(out, failure->status);
    put_cell(out, failure->error);
    (void)fputs("</tr>\n", out);
  }
  end(out);
}

static void put_unread(FILE *out, const struct outcome *outcome) {
  if (outcome->unread_count == 0)
    return;
  begin(out, "unread", "Changed, but no unit reads it", COLUMN("source"));
  for (size_t i = 0; i < outcome->unread_count; i++) {
    (void)fputs("<tr>", out);
    put_cell(out, outcome->unread[i]);
    (void)fputs("</tr>\n", out);
  }
  end(out);
}

// ---- suppressions ----------------------------------------------------------

static bool is_told(const struct told_suppression *one) {
  return one->hides > 0 || gate_is_stale(one);
}

static void put_suppression(FILE *out, const struct told_suppression *one) {
  char *names = gate_suppressed_names(one);
  (void)fputs("<tr><td>", out);
  html_place(out, &one->spot);
  (void)fputs("</td>", out);
  put_cell(out, names);
  put_cell(out, one->reason[0] ? one->reason : "no reason given");
  put_cell(out, one->author ? one->author : "");
  if (one->until)
    (void)fprintf(out, "<td>%04u-%02u-%02u</td>", one->until / 10000,
                  one->until / 100 % 100, one->until % 100);
  else
    (void)fputs("<td></td>", out);
  put_cell(out, one->rejected        ? one->rejected
                : gate_is_stale(one) ? "is stale: nothing needs it"
                                     : "counts");
  (void)fputs("</tr>\n", out);
  free(names);
}

static void put_suppressions(FILE *out, const struct gate *gate) {
  size_t count = 0;
  for (size_t i = 0; i < gate->suppression_count; i++)
    count += is_told(gate->suppressions[i]);
  if (count == 0)
    return;
  begin(out, "suppressions", "Suppressions",
        COLUMN("place") COLUMN("of") COLUMN("reason") COLUMN("author")
            COLUMN("last day") COLUMN("state"));
  for (size_t i = 0; i < gate->suppression_count; i++)
    if (is_told(gate->suppressions[i]))
      put_suppression(out, gate->suppressions[i]);
  end(out);
}

// ---- what is fixed ---------------------------------------------------------

static void put_fixed(FILE *out, const struct baseline *baseline) {
  if (!baseline || baseline_fixed(baseline) == 0)
    return;
  begin(out, "fixed", "Fixed since the baseline",
        COLUMN("source") COLUMN("rule") COLUMN("what it was"));
  for (size_t i = 0; i < baseline->count; i++) {
    const struct baseline_entry *entry = &baseline->entries[i];
    if (entry->found)
      continue;
    (void)fputs("<tr>", out);
    put_cell(out, entry->now);
    put_cell(out, entry->rule);
    put_cell(out, entry->message);
    (void)fputs("</tr>\n", out);
  }
  end(out);
}

void html_rest(struct html_page *page) {
  put_failures(page->out, &page->outcome->gate->report);
  put_unread(page->out, page->outcome);
  put_suppressions(page->out, page->outcome->gate);
  put_fixed(page->out, page->outcome->baseline);
}
