// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * linker_options.c - reads response files of a linker.
 */
#include "linker_options.h"

#include "../command.h"
#include "../files.h"
#include "../platform.h"

#include "hvci/linker.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NESTED = 16, MOST_FILES = 1024, SHOWN_BYTES = 100 };

// A file that is being read, by the one that names it.
struct source {
  struct linker_options *options;
  const struct source *from; // NULL: the user named it
  unsigned depth;            // 1: the user named it
  const char *path;
  struct file_facts is;
  const char *text;
  size_t offset; // up to which lines are counted
  uint32_t line;
  size_t line_start;
  bool good;
};

// ---- faults ----------------------------------------------------------------

static uint32_t column_of(const struct source *source, size_t offset) {
  return (uint32_t)(offset - source->line_start) + 1;
}

// Moves on to a word: they come in order.
static void count_lines(struct source *source, size_t offset) {
  for (; source->offset < offset; source->offset++)
    if (source->text[source->offset] == '\n') {
      source->line++;
      source->line_start = source->offset + 1;
    }
}

// What is wrong with the word, in one line even if it holds several.
static void say_fault(struct source *source,
                      const struct hvci_linker_option *option,
                      const char *format, ...) {
  char text[512];
  int shown = 0;
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  while (shown < SHOWN_BYTES && (unsigned char)option->text[shown] >= ' ')
    shown++;
  say_error("%s:%u:%u: '%s%.*s'%s", source->path, source->line,
            column_of(source, option->offset),
            option->word == HVCI_WORD_RESPONSE ? "@" : "", shown, option->text,
            text);
  source->good = false;
}

// ---- text ------------------------------------------------------------------

static bool is_utf16(const char *bytes, size_t length) {
  return length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 ||
                         memcmp(bytes, "\xFE\xFF", 2) == 0);
}

// The text in UTF-8, which replaces the bytes. False: it is no UTF-16.
static bool convert(char **bytes, size_t *length) {
  char *text = utf8_of_utf16(*bytes, *length, length);
  if (!text)
    return false;
  free(*bytes);
  *bytes = text;
  return true;
}

// ---- claims ----------------------------------------------------------------

static char *copy(const char *text) { return need(strdup(text)); }

static void add_claim(struct source *source,
                      const struct hvci_linker_option *option) {
  struct linker_options *options = source->options;
  if (options->count == options->size) {
    options->size = options->size ? 2 * options->size : 64;
    options->claims =
        need(realloc(options->claims, options->size * sizeof *options->claims));
    options->places =
        need(realloc(options->places, options->size * sizeof *options->places));
  }
  options->places[options->count] =
      (struct hvci_place){.file = source->path,
                          .line = source->line,
                          .column = column_of(source, option->offset)};
  struct hvci_claim *claim = &options->claims[options->count++];
  *claim = option->claim;
  claim->section = copy(claim->section);
  claim->subject = copy(claim->subject);
  claim->into = copy(claim->into);
  claim->range.begin = claim->range.end = options->count;
}

// ---- files -----------------------------------------------------------------

static bool read_source(struct source *source);

static bool is_open(const struct source *source, const struct file_facts *is) {
  for (; source; source = source->from)
    if (source->is.device == is->device && source->is.number == is->number)
      return true;
  return false;
}

static void follow(struct source *source,
                   const struct hvci_linker_option *option) {
  struct source next = {.options = source->options,
                        .from = source,
                        .depth = source->depth + 1,
                        .path = option->text};
  if (source->options->crowded)
    return;
  if (!file_look(next.path, &next.is)) {
    say_fault(source, option, ": %s", strerror(errno));
  } else if (is_open(source, &next.is)) {
    say_fault(source, option,
              " is being read already: response files may not name each other "
              "in a circle");
  } else if (next.depth > MOST_NESTED) {
    say_fault(source, option,
              " is nested too deep: %d response files are allowed",
              MOST_NESTED);
  } else if (source->options->file_count == MOST_FILES) {
    say_fault(source, option, " is one too many: %d response files are allowed",
              MOST_FILES);
    source->options->crowded = true;
  } else if (!read_source(&next)) {
    source->good = false;
  }
}

static bool take(const struct hvci_linker_option *option, void *payload) {
  struct source *source = payload;
  count_lines(source, option->offset);
  switch (option->word) {
  case HVCI_WORD_CLAIM:
    add_claim(source, option);
    break;
  case HVCI_WORD_WRONG:
    say_fault(source, option, " is malformed; allowed is %s", option->wrong);
    break;
  case HVCI_WORD_RESPONSE:
    follow(source, option);
    break;
  case HVCI_WORD_OTHER:
    break;
  }
  return true;
}

static const char *keep_name(struct linker_options *options, const char *path) {
  options->files = need(realloc(options->files, (options->file_count + 1) *
                                                    sizeof *options->files));
  return options->files[options->file_count++] = copy(path);
}

// `source` has its path and who names it.
static bool read_source(struct source *source) {
  static const char mark[] = {'\xEF', '\xBB', '\xBF'};
  size_t length;
  source->path = keep_name(source->options, source->path);
  char *text = read_file(source->path, &length);
  if (!text) {
    say_error("%s: %s", source->path, strerror(errno));
    return false;
  }
  source->good = true;
  if (is_utf16(text, length) && !convert(&text, &length)) {
    say_error("%s: not UTF-16, as its byte order mark says", source->path);
    source->good = false;
    length = 0;
  }
  source->text = text;
  source->line = 1;
  // The mark is in no column.
  if (length >= sizeof mark && memcmp(text, mark, sizeof mark) == 0)
    source->line_start = sizeof mark;
  if (hvci_linker_read(text, length, false, take, source) != HVCI_OK)
    need(NULL);
  free(text);
  return source->good;
}

bool linker_options_read(struct linker_options *options, const char *path) {
  struct source source = {.options = options, .depth = 1, .path = path};
  if (file_look(path, &source.is))
    return read_source(&source);
  say_error("%s: %s", path, strerror(errno));
  return false;
}

void linker_options_free(struct linker_options *options) {
  for (size_t i = 0; i < options->count; i++) {
    free((char *)options->claims[i].section);
    free((char *)options->claims[i].subject);
    free((char *)options->claims[i].into);
  }
  for (size_t i = 0; i < options->file_count; i++)
    free(options->files[i]);
  free(options->claims);
  free(options->places);
  free(options->files);
}
