// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * message.c - what a compiler says, read.
 */
#include "message.h"

#include "command.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 500 };

char *printable(const char *text, size_t length) {
  char *out = need(malloc(length + 1)), *end = out;
  for (size_t i = 0; i < length;) {
    bool seen;
    size_t bytes = utf8_length(text + i, length - i, &seen);
    if (seen)
      memcpy(end, text + i, bytes);
    else
      *end = '?';
    end += seen ? bytes : 1;
    i += bytes;
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
