// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * words.h - lists of words, and command lines cut into them.
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

/* How a command line is cut. */
enum quoting {
  QUOTING_GNU,    /* as a POSIX shell does, but nothing is expanded */
  QUOTING_WINDOWS /* as the C runtime of Windows does */
};

void words_add(struct words *words, const char *word);
/* Takes the word, which free() will free. */
void words_take(struct words *words, char *word);
/* Adds those of `more`. */
void words_append(struct words *words, const struct words *more);
bool words_contain(const struct words *words, const char *word);
void words_sort(struct words *words); /* each once */
void words_free(struct words *words); /* leaves it empty */

/* Adds the words of the command line, `length` bytes with a NUL behind. */
void words_split(struct words *words, const char *text, size_t length,
                 enum quoting quoting);

/*
 * Adds the words, each @file replaced by the words in that file, looked for
 * from `folder`: UTF-8, or UTF-16 with a byte order mark. A file that cannot be
 * read stays a word, as compilers have it. False: files are nested more than 16
 * deep.
 */
bool words_expand(struct words *words, const struct words *in,
                  const char *folder, enum quoting quoting);

/* "format..." as memory that the caller frees. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
char *text_of(const char *format, ...);

#endif
