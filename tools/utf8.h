// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * utf8.h - bytes of any kind as characters.
 */
#ifndef HVCI_TOOLS_UTF8_H
#define HVCI_TOOLS_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { UTF8_INVALID = 0x110000 };

/* The character at the start of the text, of which `left` bytes, 1 or more, are
   there, and how many of them it takes. A byte that begins none is one of its
   own, UTF8_INVALID. */
size_t utf8_decode(const char *text, size_t left, uint32_t *out);

/* Whether readers do not see the character as it is: a control, one that
   changes the direction of the text, or one without a shape. */
bool utf8_is_unseen(uint32_t character);

/* How many bytes the character at the start of the text takes, and in `seen`
   whether readers see it as it is. A byte that begins none is unseen. */
size_t utf8_length(const char *text, size_t left, bool *seen);

/* Writes the character at the start of a text for people, "?" if they would not
   see it as it is. How many bytes of the text it takes. */
size_t utf8_put_one(FILE *out, const char *text, size_t left);

/* The same of a whole text: line breaks and tabs are "?" too. */
void utf8_put(FILE *out, const char *text);

#endif
