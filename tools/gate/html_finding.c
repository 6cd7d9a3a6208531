// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * html_finding.c - a finding: its source, how its value gets there, the fix.
 */
#include "html.h"
#include "html_parts.h"

#include "../command.h"

#include <stdlib.h>
#include <string.h>

enum { AROUND = 3 }; // lines of the finding's source

const char *html_state(const struct told *told) {
  if (told->hidden)
    return "suppressed";
  if (told->state == TOLD_KNOWN)
    return "known";
  return told->level == TOLD_ERROR ? "blocking" : "warning";
}

void html_place(FILE *out, const struct spot *spot) {
  (void)fputs("<bdi class=\"place\">", out);
  html_text(out, spot->file ? spot->file : "no place");
  if (spot->file && spot->line)
    (void)fprintf(out, ":%u", spot->line);
  if (spot->file && spot->line && spot->column)
    (void)fprintf(out, ":%u", spot->column);
  (void)fputs("</bdi>", out);
}

static void put_head(FILE *out, const struct told *told) {
  const char *state = html_state(told);
  const struct spot *spot = &told->spot;
  (void)fprintf(out,
                "<summary><span class=\"state %s\">%s</span> "
                "<span class=\"at\">",
                state, state);
  if (spot->line && spot->column)
    (void)fprintf(out, "%u:%u", spot->line, spot->column);
  else if (spot->line)
    (void)fprintf(out, "%u", spot->line);
  (void)fputs("</span> <bdi class=\"message\">", out);
  html_text(out, told->message);
  (void)fprintf(out, "</bdi> <code class=\"rule\">%s</code></summary>\n",
                hvci_rule_name(told->rule));
}

// ---- how the value gets there ----------------------------------------------

static void put_step(struct html_page *page, const struct told_note *note) {
  (void)fputs("<li>", page->out);
  (void)fputs("<bdi>", page->out);
  html_text(page->out, note->text);
  (void)fputs("</bdi> ", page->out);
  if (note->spot.file)
    html_place(page->out, &note->spot);
  (void)fputs("\n", page->out);
  html_context(page, &note->spot, 0);
  (void)fputs("</li>\n", page->out);
}

static void put_steps(struct html_page *page, const struct told *told) {
  if (told->note_count == 0)
    return;
  (void)fputs("<h4>What leads to it</h4>\n<ol class=\"path\">\n", page->out);
  for (size_t i = 0; i < told->note_count; i++)
    put_step(page, &told->notes[i]);
  (void)fputs("</ol>\n", page->out);
}

// ---- what is said of it besides --------------------------------------------

static void put_suppressions(FILE *out, const struct told *told) {
  for (size_t i = 0; i < told->by_count; i++) {
    const struct told_suppression *by = told->by[i];
    (void)fputs("<p>Suppressed at ", out);
    html_place(out, &by->spot);
    if (by->rejected)
      (void)fprintf(out, ", which %s", by->rejected);
    (void)fputs(": <bdi>", out);
    html_text(out, by->reason[0] ? by->reason : "no reason given");
    (void)fputs("</bdi></p>\n", out);
  }
}

static void put_facts(FILE *out, const struct told *told) {
  if (told->why) {
    (void)fputs("<p class=\"why\"><bdi>", out);
    html_text(out, told->why);
    (void)fputs("</bdi></p>\n", out);
  }
  put_suppressions(out, told);
  (void)fprintf(out,
                "<p class=\"more\">%s. <span class=\"keep\"><code>hvcilint "
                "explain %s</code> says more.</span></p>\n",
                told->certainty == HVCI_CERTAIN ? "Certain" : "Possible",
                hvci_rule_name(told->rule));
}

void html_finding(struct html_page *page, const struct told *told, bool open) {
  FILE *out = page->out;
  (void)fprintf(out,
                "<details class=\"finding\" id=\"f%s\" data-rule=\"%s\" "
                "data-state=\"%s\"%s>\n",
                told->fingerprint, hvci_rule_name(told->rule), html_state(told),
                open ? " open" : "");
  put_head(out, told);
  (void)fputs("<div class=\"body\">\n", out);
  html_context(page, &told->spot, AROUND);
  if (told->spot.file && told->spot.line && !page->source.bytes)
    (void)fputs("<p class=\"gone\">The source is not here.</p>\n", out);
  put_steps(page, told);
  if (told->crossings && told->crossings->shown) {
    (void)fputs("<h4>Where its pointers lie</h4>\n", out);
    html_map(out, told->crossings);
  }
  html_fix(page, told);
  put_facts(out, told);
  (void)fputs("</div>\n</details>\n", out);
}
