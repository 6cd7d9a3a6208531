// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * line_hash.c - by what GitHub's code scanning knows a line again.
 */
#include "line_hash.h"

#include "../command.h"
#include "../utf8.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 100, BASE = 37, END_OF_FILE = 65535, REPLACEMENT = 0xFFFD };

struct hasher {
  uint32_t window[BLOCK];
  uint32_t lines[BLOCK]; // that begin at the window's character; or 0
  uint64_t hash, first;
  size_t index;
  uint32_t line, wanted;
  bool at_start, after_return;
  uint64_t *hashes; // of the lines so far
  size_t count, size;
};

static void give(struct hasher *hasher) {
  if (hasher->lines[hasher->index] == 0)
    return;
  if (hasher->count == hasher->size) {
    hasher->size = 2 * hasher->size + 256;
    hasher->hashes =
        need(realloc(hasher->hashes, hasher->size * sizeof(uint64_t)));
  }
  hasher->hashes[hasher->count++] = hasher->hash;
  hasher->lines[hasher->index] = 0;
}

static void roll(struct hasher *hasher, uint32_t unit) {
  uint64_t leaves = hasher->window[hasher->index];
  hasher->window[hasher->index] = unit;
  hasher->hash = BASE * hasher->hash + unit - hasher->first * leaves;
  hasher->index = (hasher->index + 1) % BLOCK;
}

static void take(struct hasher *hasher, uint32_t unit) {
  bool follows = hasher->after_return && unit == '\n';
  hasher->after_return = unit == '\r';
  if (unit == ' ' || unit == '\t' || follows)
    return;
  if (unit == '\r')
    unit = '\n';
  give(hasher);
  if (hasher->at_start)
    hasher->lines[hasher->index] = ++hasher->line;
  hasher->at_start = unit == '\n';
  roll(hasher, unit);
}

static void take_text(struct hasher *hasher, const char *text, size_t length) {
  // Decoders drop a byte order mark.
  size_t at = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  while (at < length && hasher->count < hasher->wanted) {
    uint32_t value;
    at += utf8_decode(text + at, length - at, &value);
    if (value == UTF8_INVALID)
      value = REPLACEMENT;  // as decoders have it
    if (value >= 0x10000) { // two units of UTF-16
      take(hasher, 0xD800 + ((value - 0x10000) >> 10));
      take(hasher, 0xDC00 + ((value - 0x10000) & 0x3FF));
    } else {
      take(hasher, value);
    }
  }
  take(hasher, END_OF_FILE);
  for (int i = 0; i < BLOCK; i++) {
    give(hasher);
    roll(hasher, 0);
  }
}

void line_hash(char out[LINE_HASH_BYTES], const char *text, size_t length,
               uint32_t line) {
  struct hasher hasher = {.first = 1, .wanted = line, .at_start = true};
  size_t same = 0;
  for (int i = 0; i < BLOCK; i++)
    hasher.first *= BASE;
  take_text(&hasher, text, length);
  out[0] = '\0';
  if (line >= 1 && line <= hasher.count) {
    uint64_t hash = hasher.hashes[line - 1];
    for (size_t i = 0; i < line; i++)
      same += hasher.hashes[i] == hash;
    (void)snprintf(out, LINE_HASH_BYTES, "%" PRIx64 ":%zu", hash, same);
  }
  free(hasher.hashes);
}
