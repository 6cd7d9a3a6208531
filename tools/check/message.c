// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * message.c - what a compiler says, read.
 */
#include "message.h"

#include "command.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 500 };

// How many bytes at the start are one printable character; 0: none are.
static size_t character(const unsigned char *text, size_t left) {
  size_t length = text[0] < 0x80                      ? 1
                  : text[0] >= 0xC2 && text[0] < 0xE0 ? 2
                  : text[0] >= 0xE0 && text[0] < 0xF0 ? 3
                  : text[0] >= 0xF0 && text[0] < 0xF5 ? 4
                                                      : 0;
  if (length == 1)
    return text[0] >= ' ' && text[0] != 0x7F;
  if (length == 0 || length > left)
    return 0;
  for (size_t i = 1; i < length; i++)
    if ((text[i] & 0xC0) != 0x80)
      return 0;
  bool overlong = (text[0] == 0xE0 && text[1] < 0xA0) ||
                  (text[0] == 0xF0 && text[1] < 0x90);
  bool surrogate = text[0] == 0xED && text[1] >= 0xA0;
  bool too_high = text[0] == 0xF4 && text[1] >= 0x90;
  bool control = text[0] == 0xC2 && text[1] < 0xA0;
  return overlong || surrogate || too_high || control ? 0 : length;
}

char *printable(const char *text, size_t length) {
  char *out = need(malloc(length + 1)), *end = out;
  for (size_t i = 0; i < length;) {
    size_t bytes = character((const unsigned char *)text + i, length - i);
    if (bytes)
      memcpy(end, text + i, bytes);
    else
      *end = '?';
    end += bytes ? bytes : 1;
    i += bytes ? bytes : 1;
  }
  *end = '\0';
  return out;
}

static char *take_line(const char *line) {
  size_t length = strcspn(line, "\n");
  if (length && line[length - 1] == '\r')
    length--;
  return printable(line, length < MOST_SHOWN ? length : MOST_SHOWN);
}

char *first_error(const char *text) {
  const char *found = strstr(text, "error: ");
  if (!found)
    found = text + strspn(text, "\r\n");
  while (found > text && found[-1] != '\n')
    found--;
  return take_line(found);
}

void unknown_options(struct words *out, const char *text) {
  static const char start[] = "unknown argument ignored in clang-cl: '";
  while ((text = strstr(text, start))) {
    text += sizeof start - 1;
    size_t length = strcspn(text, "'\n");
    char *option = printable(text, length);
    if (strcmp(option, "-frewrite-includes") != 0 &&
        !words_contain(out, option))
      words_add(out, option);
    free(option);
    text += length;
  }
}

char *missing_header(const char *error) {
  const char *end = strstr(error, "' file not found");
  const char *start = end;
  while (start && start > error && start[-1] != '\'')
    start--;
  return start && start > error ? copy_part(start, (size_t)(end - start))
                                : NULL;
}
