// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * words.h - lists of words.
 */
#ifndef HVCI_CHECK_WORDS_H
#define HVCI_CHECK_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Owns its words. Zeroed is empty. Behind the last one is NULL. */
struct words {
  char **items;
  size_t count, size;
};

void words_add(struct words *words, const char *word);
/* Takes the word, which free() will free. */
void words_take(struct words *words, char *word);
/* Adds those of `more`. */
void words_append(struct words *words, const struct words *more);
bool words_contain(const struct words *words, const char *word);
void words_sort(struct words *words); /* each once */
void words_free(struct words *words); /* leaves it empty */

/* "format..." as memory that the caller frees. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
char *text_of(const char *format, ...);

#endif
