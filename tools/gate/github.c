// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * github.c - a decision as commands of GitHub Actions' log, which become
 * annotations.
 *
 * Source: GitHub Docs, "Workflow commands for GitHub Actions".
 */
#include "outputs.h"

#include "../utf8.h"

#include <string.h>

// In a property, a colon and a comma end something too.
static void put(FILE *out, const char *text, bool property) {
  size_t left = strlen(text);
  while (left > 0) {
    bool special = *text == '%' || (property && (*text == ':' || *text == ','));
    size_t length = 1;
    if (special)
      (void)fprintf(out, "%%%02X", (unsigned char)*text);
    else
      length = utf8_put_one(out, text, left);
    text += length;
    left -= length;
  }
}

static void put_place(FILE *out, const struct spot *spot) {
  if (!spot->file)
    return;
  (void)fputs(" file=", out);
  put(out, spot->file, true);
  if (spot->line)
    (void)fprintf(out, ",line=%u", spot->line);
  if (spot->line && spot->end_line)
    (void)fprintf(out, ",endLine=%u", spot->end_line);
  if (spot->line && spot->column)
    (void)fprintf(out, ",col=%u", spot->column);
  (void)fputs(",", out);
}

bool output_github(const struct outcome *outcome, FILE *out) {
  const struct report *report = &outcome->gate->report;
  for (size_t i = 0; i < report->count; i++) {
    const struct told *told = &report->findings[i];
    if (!decide_is_shown(told))
      continue;
    (void)fputs(told->level == TOLD_ERROR ? "::error" : "::warning", out);
    put_place(out, &told->spot);
    (void)fprintf(out, "%stitle=%s::", told->spot.file ? "" : " ",
                  hvci_rule_name(told->rule));
    put(out, told->message, false);
    if (told->why) {
      (void)fputs("; ", out);
      put(out, told->why, false);
    }
    (void)fputc('\n', out);
  }
  for (size_t i = 0; i < report->failure_count; i++) {
    (void)fputs("::error file=", out);
    put(out, report->failures[i].source, true);
    (void)fprintf(out, ",title=not analysed::%s: ", report->failures[i].status);
    put(out, report->failures[i].error, false);
    (void)fputc('\n', out);
  }
  return !ferror(out);
}
