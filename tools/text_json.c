// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * text_json.c - text of any bytes as a string of JSON.
 */
#include "text_json.h"

#include "command.h"

#include <stdlib.h>
#include <string.h>

// How many bytes at the start of the text are one character; 0: none are.
static size_t character_length(const char *text, size_t left) {
  for (size_t length = 1; length <= 4 && length <= left; length++) {
    json_t *character = json_stringn(text, length);
    if (character) {
      json_decref(character);
      return length;
    }
  }
  return 0;
}

static json_t *mended_string(const char *text) {
  static const char replacement[] = "\xEF\xBF\xBD";
  size_t left = strlen(text);
  char *out = need(malloc(3 * left + 1)), *end = out;
  while (left) {
    size_t length = character_length(text, left);
    size_t taken = length ? length : 1;
    size_t written = length ? length : 3;
    memcpy(end, length ? text : replacement, written);
    end += written;
    text += taken;
    left -= taken;
  }
  json_t *string = need(json_stringn(out, (size_t)(end - out)));
  free(out);
  return string;
}

json_t *text_json(const char *text) {
  json_t *plain = json_string(text);
  return plain ? plain : mended_string(text);
}
