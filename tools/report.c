// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * report.c - findings collected, put in order, and shown.
 */
#include "report.h"

#include "command.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct told *report_add(struct report *report, enum hvci_rule rule,
                        enum hvci_certainty certainty, const char *message,
                        size_t note_count) {
  if (report->count == report->size) {
    report->size = report->size ? 2 * report->size : 64;
    report->findings = need(
        realloc(report->findings, report->size * sizeof *report->findings));
  }
  struct told *told = &report->findings[report->count++];
  *told =
      (struct told){.rule = rule,
                    .certainty = certainty,
                    .message = need(strdup(message)),
                    .notes = need(calloc(note_count + 1, sizeof *told->notes)),
                    .note_count = note_count};
  return told;
}

static int compare_numbers(uint64_t a, uint64_t b) { return (a > b) - (a < b); }

static int compare_spots(const struct spot *a, const struct spot *b) {
  int order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
  if (order == 0)
    order = compare_numbers(a->line, b->line);
  if (order == 0)
    order = compare_numbers(a->column, b->column);
  if (order == 0)
    order = compare_numbers(a->has_address, b->has_address);
  return order ? order : compare_numbers(a->address, b->address);
}

// What makes two findings one.
static int compare_keys(const struct told *a, const struct told *b) {
  int order = compare_spots(&a->spot, &b->spot);
  if (order == 0)
    order = compare_numbers(a->rule, b->rule);
  return order ? order : strcmp(a->message, b->message);
}

static int compare(const void *left, const void *right) {
  const struct told *a = left, *b = right;
  int order = compare_keys(a, b);
  if (order == 0)
    order = compare_numbers(a->hidden, b->hidden);
  if (order == 0)
    order = compare_numbers(b->certainty, a->certainty);
  for (size_t i = 0; !order && i < a->note_count && i < b->note_count; i++) {
    order = compare_spots(&a->notes[i].spot, &b->notes[i].spot);
    if (order == 0)
      order = strcmp(a->notes[i].text, b->notes[i].text);
  }
  if (order == 0)
    order = compare_numbers(a->note_count, b->note_count);
  return order ? order : compare_numbers(b->edit_count, a->edit_count);
}

void report_drop(struct told *told) {
  for (size_t i = 0; i < told->note_count; i++)
    free(told->notes[i].text);
  free(told->notes);
  free(told->edits);
  free(told->by);
  free(told->key);
  free(told->fingerprint);
  free(told->why);
  free(told->message);
}

void report_sort(struct report *report) {
  size_t left = 0;
  if (report->count == 0)
    return;
  qsort(report->findings, report->count, sizeof *report->findings, compare);
  for (size_t i = 1; i < report->count; i++) {
    if (compare_keys(&report->findings[left], &report->findings[i]) == 0)
      report_drop(&report->findings[i]);
    else
      report->findings[++left] = report->findings[i];
  }
  report->count = left + 1;
}

static void print_spot(const struct spot *spot, FILE *out) {
  utf8_put(out, spot->file ? spot->file : "hvcilint");
  if (spot->file && spot->has_address)
    (void)fprintf(out, ":0x%" PRIx64, spot->address);
  else if (spot->file && spot->line)
    (void)fprintf(out, ":%u", spot->line);
  if (spot->file && !spot->has_address && spot->line && spot->column)
    (void)fprintf(out, ":%u", spot->column);
  (void)fputs(": ", out);
}

void report_print(const struct report *report,
                  const struct hvci_options *options, FILE *out) {
  for (size_t i = 0; i < report->count; i++) {
    const struct told *told = &report->findings[i];
    bool error = options->error >> told->rule & 1;
    print_spot(&told->spot, out);
    (void)fputs(error ? "error: " : "warning: ", out);
    utf8_put(out, told->message);
    (void)fprintf(out, " [%s]\n", hvci_rule_name(told->rule));
    for (size_t n = 0; n < told->note_count; n++) {
      const struct told_note *note = &told->notes[n];
      print_spot(note->spot.file ? &note->spot : &told->spot, out);
      (void)fputs("note: ", out);
      utf8_put(out, note->text);
      (void)fputc('\n', out);
    }
  }
}

void report_free(struct report *report) {
  for (size_t i = 0; i < report->count; i++)
    report_drop(&report->findings[i]);
  free(report->findings);
}
