// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * text.c - a decision as Clang would tell it, with the source's lines.
 */
#include "outputs.h"
#include "source.h"

#include "../command.h"
#include "../utf8.h"

#include <stdlib.h>
#include <string.h>

struct text {
  const struct outcome *outcome;
  FILE *out;
  struct source source; // the last one
};

static const char *paint(const struct text *text, const char *code) {
  return text->outcome->color ? code : "";
}

#define BOLD "\033[1m"
#define RED "\033[1;31m"
#define MAGENTA "\033[1;35m"
#define CYAN "\033[1;36m"
#define GREEN "\033[1;32m"
#define PLAIN "\033[0m"

static void put_text(const struct text *text, const char *bytes) {
  utf8_put(text->out, bytes);
}

// ---- the source's lines ----------------------------------------------------

static size_t next_character(const char *line, size_t at, size_t length) {
  uint32_t character;
  return at + utf8_decode(line + at, length - at, &character);
}

// A caret under the place, and tildes up to its end.
static void put_caret(const struct text *text, const struct spot *spot,
                      const char *line, size_t length) {
  size_t begin = spot->column - 1;
  size_t end = spot->end_line == spot->line && spot->end_column > spot->column
                   ? spot->end_column - 1
                   : begin + 1;
  (void)fprintf(text->out, "      | ");
  size_t at = 0;
  for (; at < begin && at < length; at = next_character(line, at, length))
    (void)fputc(line[at] == '\t' ? '\t' : ' ', text->out);
  (void)fprintf(text->out, "%s^", paint(text, GREEN));
  if (at < length)
    at = next_character(line, at, length);
  for (; at < end && at < length; at = next_character(line, at, length))
    (void)fputc('~', text->out);
  (void)fprintf(text->out, "%s\n", paint(text, PLAIN));
}

static void put_source(struct text *text, const struct spot *spot) {
  enum { MOST = 400 };
  size_t length;
  if (!spot->file || !spot->line || !spot->column)
    return;
  (void)source_load(&text->source, spot->file);
  const char *line = source_line(&text->source, spot->line, &length);
  if (!line || spot->column > length || length > MOST)
    return;
  (void)fprintf(text->out, "%5u | ", spot->line);
  for (size_t i = 0; i < length;)
    if (line[i] == '\t')
      (void)fputc(line[i++], text->out);
    else
      i += utf8_put_one(text->out, line + i, length - i);
  (void)fputc('\n', text->out);
  put_caret(text, spot, line, length);
}

// ---- findings --------------------------------------------------------------

static void put_spot(const struct text *text, const struct spot *spot) {
  (void)fputs(paint(text, BOLD), text->out);
  put_text(text, spot->file ? spot->file : "hvcilint");
  if (spot->file && spot->line)
    (void)fprintf(text->out, ":%u", spot->line);
  if (spot->file && spot->line && spot->column)
    (void)fprintf(text->out, ":%u", spot->column);
  (void)fprintf(text->out, ": %s", paint(text, PLAIN));
}

static void put_note(struct text *text, const struct spot *spot,
                     const char *note) {
  put_spot(text, spot);
  (void)fprintf(text->out, "%snote:%s ", paint(text, CYAN), paint(text, PLAIN));
  put_text(text, note);
  (void)fputc('\n', text->out);
  put_source(text, spot);
}

static void put_finding(struct text *text, const struct told *told) {
  bool blocks = told->level == TOLD_ERROR;
  put_spot(text, &told->spot);
  (void)fprintf(text->out, "%s%s:%s ", paint(text, blocks ? RED : MAGENTA),
                blocks ? "error" : "warning", paint(text, PLAIN));
  put_text(text, told->message);
  (void)fprintf(text->out, " [%s]\n", hvci_rule_name(told->rule));
  put_source(text, &told->spot);
  if (told->why)
    put_note(text, &told->spot, told->why);
  for (size_t i = 0; i < told->note_count; i++)
    put_note(text,
             told->notes[i].spot.file ? &told->notes[i].spot : &told->spot,
             told->notes[i].text);
}

// ---- what is beside the findings -------------------------------------------

static void put_failures(const struct text *text) {
  const struct report *report = &text->outcome->gate->report;
  for (size_t i = 0; i < report->failure_count; i++) {
    const struct told_failure *failure = &report->failures[i];
    (void)fprintf(text->out, "%s%s", paint(text, BOLD), paint(text, PLAIN));
    put_text(text, failure->source);
    (void)fprintf(text->out, ": %serror:%s not analysed (%s%s",
                  paint(text, RED), paint(text, PLAIN), failure->status,
                  failure->configuration[0] ? ", " : "");
    put_text(text, failure->configuration);
    (void)fputc(')', text->out);
    if (failure->error[0]) {
      (void)fputs(": ", text->out);
      put_text(text, failure->error);
    }
    (void)fputc('\n', text->out);
  }
  for (size_t i = 0; i < text->outcome->unread_count; i++) {
    put_text(text, text->outcome->unread[i]);
    (void)fputs(": note: changed, but no unit reads it\n", text->out);
  }
}

static void put_suppression(const struct text *text,
                            const struct told_suppression *one) {
  char *names = gate_suppressed_names(one);
  put_spot(text, &one->spot);
  (void)fprintf(text->out, "%s of %s",
                gate_is_stale(one) ? "stale suppression" : "suppression",
                names);
  if (one->rejected)
    (void)fprintf(text->out, ", which %s", one->rejected);
  (void)fputs(": ", text->out);
  put_text(text, one->reason[0] ? one->reason : "no reason given");
  if (one->author || one->until)
    (void)fputs(" (", text->out);
  if (one->author)
    put_text(text, one->author);
  if (one->until)
    (void)fprintf(text->out, "%suntil %04u-%02u-%02u", one->author ? ", " : "",
                  one->until / 10000, one->until / 100 % 100, one->until % 100);
  (void)fputs(one->author || one->until ? ")\n" : "\n", text->out);
  free(names);
}

static void put_fixed(const struct text *text) {
  const struct baseline *baseline = text->outcome->baseline;
  for (size_t i = 0; baseline && i < baseline->count; i++) {
    const struct baseline_entry *entry = &baseline->entries[i];
    if (entry->found)
      continue;
    put_text(text, entry->now);
    (void)fputs(": fixed: ", text->out);
    put_text(text, entry->message);
    (void)fprintf(text->out, " [%s]\n", entry->rule);
  }
}

static void put_summary(const struct text *text) {
  const struct outcome *outcome = text->outcome;
  const struct decision *decision = &outcome->decision;
  size_t failed = outcome->gate->failure_count;
  (void)fprintf(text->out, "%zu blocking, %zu warning", decision->blocking,
                decision->warning);
  if (outcome->baseline)
    (void)fprintf(text->out, ", %zu known, %zu fixed", decision->known,
                  baseline_fixed(outcome->baseline));
  if (decision->elsewhere)
    (void)fprintf(text->out, ", %zu elsewhere", decision->elsewhere);
  (void)fprintf(text->out, ", %zu suppressed; %zu unit%s", decision->hidden,
                outcome->gate->unit_count,
                outcome->gate->unit_count == 1 ? "" : "s");
  if (failed)
    (void)fprintf(text->out, ", %zu not analysed", failed);
  (void)fputc('\n', text->out);
}

bool output_text(const struct outcome *outcome, FILE *out) {
  const struct gate *gate = outcome->gate;
  struct text text = {.outcome = outcome, .out = out, .source = {.gate = gate}};
  for (size_t i = 0; i < gate->report.count; i++)
    if (decide_is_shown(&gate->report.findings[i]))
      put_finding(&text, &gate->report.findings[i]);
  put_failures(&text);
  for (size_t i = 0; i < gate->suppression_count; i++)
    if (gate->suppressions[i]->hides > 0 ||
        gate_is_stale(gate->suppressions[i]))
      put_suppression(&text, gate->suppressions[i]);
  put_fixed(&text);
  put_summary(&text);
  source_free(&text.source);
  return !ferror(out);
}
