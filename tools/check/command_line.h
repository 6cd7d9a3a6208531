// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * command_line.h - command lines cut into words.
 */
#ifndef HVCI_CHECK_COMMAND_LINE_H
#define HVCI_CHECK_COMMAND_LINE_H

#include "words.h"

/* How a command line is cut. */
enum quoting {
  QUOTING_GNU,    /* as a POSIX shell does, but nothing is expanded */
  QUOTING_WINDOWS /* as the C runtime of Windows does */
};

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

#endif
