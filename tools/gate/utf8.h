// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * utf8.h - bytes of any kind as characters.
 */
#ifndef HVCI_GATE_UTF8_H
#define HVCI_GATE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_INVALID = 0x110000 };

/* The character at the start of the text, of which `left` bytes, 1 or more, are
   there, and how many of them it takes. A byte that begins none is one of its
   own, UTF8_INVALID. */
size_t utf8_decode(const char *text, size_t left, uint32_t *out);

/* Whether readers do not see the character as it is: a control, one that
   changes the direction of the text, or one without a shape. */
bool utf8_is_unseen(uint32_t character);

#endif
