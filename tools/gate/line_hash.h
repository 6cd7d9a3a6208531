// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * line_hash.h - by what GitHub's code scanning knows a line again.
 *
 * Its upload action computes `primaryLocationLineHash` for each result that has
 * none, and warns where one differs: a rolling hash of base 37 over 100
 * characters from the line on, without spaces and tabs, line ends as LF; and
 * behind a colon how often the file had it up to there.
 */
#ifndef HVCI_GATE_LINE_HASH_H
#define HVCI_GATE_LINE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { LINE_HASH_BYTES = 40 };

/* The hash of a line, from 1, of the text, which ends in NUL in `out`; "" if
   there is no such line. */
void line_hash(char out[LINE_HASH_BYTES], const char *text, size_t length,
               uint32_t line);

#endif
