// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * words.c - lists of words.
 */
#include "words.h"

#include "command.h"
#include "platform.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *text_of(const char *format, ...) {
  char *text;
  va_list arguments;
  va_start(arguments, format);
  int length = vasprintf(&text, format, arguments);
  va_end(arguments);
  if (length < 0)
    need(NULL);
  return text;
}

void words_take(struct words *words, char *word) {
  if (words->count + 1 >= words->size) {
    words->size = words->size ? 2 * words->size : 16;
    words->items =
        need(realloc(words->items, words->size * sizeof *words->items));
  }
  words->items[words->count++] = word;
  words->items[words->count] = NULL;
}

void words_add(struct words *words, const char *word) {
  words_take(words, need(strdup(word)));
}

void words_append(struct words *words, const struct words *more) {
  for (size_t i = 0; i < more->count; i++)
    words_add(words, more->items[i]);
}

bool words_contain(const struct words *words, const char *word) {
  for (size_t i = 0; i < words->count; i++)
    if (strcmp(words->items[i], word) == 0)
      return true;
  return false;
}

static int compare(const void *left, const void *right) {
  return strcmp(*(char *const *)left, *(char *const *)right);
}

void words_sort(struct words *words) {
  size_t kept = 0;
  if (words->count == 0)
    return;
  qsort(words->items, words->count, sizeof *words->items, compare);
  for (size_t i = 0; i < words->count; i++)
    if (kept && strcmp(words->items[kept - 1], words->items[i]) == 0)
      free(words->items[i]);
    else
      words->items[kept++] = words->items[i];
  words->count = kept;
  words->items[kept] = NULL;
}

void words_free(struct words *words) {
  for (size_t i = 0; i < words->count; i++)
    free(words->items[i]);
  free(words->items);
  *words = (struct words){.items = NULL};
}
