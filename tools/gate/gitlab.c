// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * gitlab.c - a decision as GitLab's code quality report.
 *
 * Source: GitLab Docs, "Code Quality", "Code Quality report format". GitLab
 * takes what has one fingerprint for one: so no two places share theirs.
 */
#include "fingerprint.h"
#include "outputs.h"

#include "../command.h"
#include "../text_json.h"

#include <jansson.h>
#include <stdlib.h>

static json_t *entry_of(const char *text, const char *check,
                        const char *fingerprint, const char *severity,
                        const char *file, uint32_t line) {
  return need(json_pack("{s:o,s:s,s:s,s:s,s:{s:o,s:{s:I}}}", "description",
                        text_json(text), "check_name", check, "fingerprint",
                        fingerprint, "severity", severity, "location", "path",
                        text_json(file ? file : "hvcilint"), "lines", "begin",
                        (json_int_t)(line ? line : 1)));
}

static void put(json_t *entry, const char **comma, FILE *out) {
  (void)fprintf(out, "%s\n", *comma);
  (void)json_dumpf(entry, out, JSON_COMPACT);
  json_decref(entry);
  *comma = ",";
}

bool output_gitlab(const struct outcome *outcome, FILE *out) {
  const struct report *report = &outcome->gate->report;
  const char *comma = "";
  (void)fputc('[', out);
  for (size_t i = 0; i < report->count; i++) {
    const struct told *told = &report->findings[i];
    if (!told->hidden) // GitLab compares with the target branch by itself
      put(entry_of(told->message, hvci_rule_name(told->rule), told->fingerprint,
                   told->level == TOLD_ERROR ? "major" : "minor",
                   told->spot.file, told->spot.line),
          &comma, out);
  }
  for (size_t i = 0; i < report->failure_count; i++) {
    const struct told_failure *failure = &report->failures[i];
    char *fingerprint =
        fingerprint_of(failure->source, failure->configuration, 0);
    put(entry_of(failure->error[0] ? failure->error : failure->status,
                 "hvcilint-not-analysed", fingerprint, "blocker",
                 failure->source, 1),
        &comma, out);
    free(fingerprint);
  }
  (void)fputs("\n]\n", out);
  return !ferror(out);
}
