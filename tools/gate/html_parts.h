// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * html_parts.h - the parts of the HTML report.
 */
#ifndef HVCI_GATE_HTML_PARTS_H
#define HVCI_GATE_HTML_PARTS_H

#include "outputs.h"
#include "source.h"

struct html_page {
  const struct outcome *outcome;
  FILE *out;
  struct source source;
};

/* What becomes of a finding; the report's filter knows it by that word. */
const char *html_state(const struct told *told);

/* A place, "driver.c:3:48". */
void html_place(FILE *out, const struct spot *spot);

/* Verdict, counters, and findings by rule. */
void html_summary(struct html_page *page);

/* A finding, open or not. */
void html_finding(struct html_page *page, const struct told *told, bool open);

/* The lines around a place, the place marked; nothing if they are not there. */
void html_context(struct html_page *page, const struct spot *spot,
                  uint32_t around);

/* The finding's edits as differences of its files. */
void html_fix(struct html_page *page, const struct told *told);

/* The pages' ends that pointers of a variable cross. */
void html_map(FILE *out, const struct hvci_crossings *crossings);

/* Units that could not be analysed, suppressions, and what is fixed. */
void html_rest(struct html_page *page);

#endif
