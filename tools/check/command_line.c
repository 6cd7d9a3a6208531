// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * command_line.c - command lines cut into words.
 */
#include "command_line.h"

#include "command.h"
#include "paths.h"
#include "platform.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NESTED = 16 };

// ---- cutting ---------------------------------------------------------------

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
}

// One word from `in` into `out`; returns where it ends.
static const char *cut_gnu(const char *in, const char *end, char **out) {
  char quote = '\0';
  for (; in < end && (quote || !is_blank(*in)); in++) {
    bool escapes = *in == '\\' && quote != '\'' && in + 1 < end &&
                   (!quote || strchr("\"\\$`\n", in[1]));
    if (escapes && *++in == '\n')
      continue; // the line goes on
    if (escapes)
      *(*out)++ = *in;
    else if (*in == quote)
      quote = '\0';
    else if (!quote && (*in == '"' || *in == '\''))
      quote = *in;
    else
      *(*out)++ = *in;
  }
  return in;
}

// Backslashes count by two before a quote, and an odd one keeps the quote.
static const char *cut_windows(const char *in, const char *end, char **out) {
  bool quoted = false;
  while (in < end && (quoted || !is_blank(*in))) {
    size_t slashes = 0;
    for (; in < end && *in == '\\'; in++)
      slashes++;
    bool at_quote = in < end && *in == '"';
    size_t kept = at_quote ? slashes / 2 : slashes;
    memset(*out, '\\', kept);
    *out += kept;
    if (at_quote && slashes % 2 == 0 && quoted && in + 1 < end &&
        in[1] == '"') {
      *(*out)++ = *in++; // two inside a quoted part are one
      in++;
    } else if (at_quote && slashes % 2 == 0) {
      quoted = !quoted;
      in++;
    } else if (at_quote || (slashes == 0 && in < end)) {
      *(*out)++ = *in++;
    }
  }
  return in;
}

void words_split(struct words *words, const char *text, size_t length,
                 enum quoting quoting) {
  const char *in = text, *end = text + length;
  char *word = need(malloc(length + 1));
  for (;;) {
    while (in < end && is_blank(*in))
      in++;
    if (in == end)
      break;
    char *out = word;
    in = quoting == QUOTING_GNU ? cut_gnu(in, end, &out)
                                : cut_windows(in, end, &out);
    *out = '\0';
    words_add(words, word);
  }
  free(word);
}

// ---- response files --------------------------------------------------------

// In UTF-8 and without a byte order mark; `bytes` is taken.
static char *decode(char *bytes, size_t *length) {
  if (*length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
    memset(bytes, ' ', 3);
  if (*length < 2 ||
      (memcmp(bytes, "\xFF\xFE", 2) != 0 && memcmp(bytes, "\xFE\xFF", 2) != 0))
    return bytes;
  char *text = utf8_of_utf16(bytes, *length, length);
  if (!text)
    *length = 0; // the mark is wrong
  free(bytes);
  return text ? text : need(strdup(""));
}

static bool expand(struct words *words, const struct words *in,
                   const char *folder, enum quoting quoting, int depth) {
  if (depth > MOST_NESTED)
    return false;
  for (size_t i = 0; i < in->count; i++) {
    const char *word = in->items[i];
    char *path = word[0] == '@' ? path_join(folder, word + 1) : NULL;
    if (path && quoting == QUOTING_WINDOWS)
      path_use_slashes(path);
    size_t length;
    char *text = path ? read_file(path, &length) : NULL;
    free(path);
    if (!text) {
      words_add(words, word);
      continue;
    }
    struct words more = {.items = NULL};
    text = decode(text, &length);
    words_split(&more, text, length, quoting);
    bool good = expand(words, &more, folder, quoting, depth + 1);
    words_free(&more);
    free(text);
    if (!good)
      return false;
  }
  return true;
}

bool words_expand(struct words *words, const struct words *in,
                  const char *folder, enum quoting quoting) {
  return expand(words, in, folder, quoting, 1);
}
