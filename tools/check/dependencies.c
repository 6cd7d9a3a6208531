// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * dependencies.c - the files that a compile read.
 */
#include "dependencies.h"

#include "command.h"
#include "paths.h"

#include <stdlib.h>
#include <string.h>

#define UNTRACKABLE "a-name-that-ninja-cannot-read"

static void add(struct words *out, const char *name, const char *directory,
                struct known_folders *known) {
  char *path = path_join(directory, name);
  words_take(out, known_clean(known, path));
  free(path);
}

// As clang writes them: blanks and # behind a backslash, $ twice.
void dependencies_of_make(struct words *out, const char *text,
                          const char *directory, struct known_folders *known) {
  const char *in = strstr(text, ": ");
  char *name = need(malloc(strlen(text) + 1));
  for (in = in ? in + 1 : text + strlen(text); *in;) {
    while (*in == ' ' || *in == '\n' || (*in == '\\' && in[1] == '\n'))
      in += *in == '\\' ? 2 : 1;
    char *end = name;
    for (; *in && *in != ' ' && *in != '\n'; in++) {
      if (*in == '\\' && (in[1] == ' ' || in[1] == '#'))
        in++;
      else if (*in == '\\' && in[1] == '\n')
        break;
      else if (*in == '$' && in[1] == '$')
        in++;
      *end++ = *in;
    }
    *end = '\0';
    if (end > name)
      add(out, name, directory, known);
  }
  free(name);
}

void dependencies_of_notes(struct words *out, char *text, const char *directory,
                           struct known_folders *known) {
  static const char start[] = "Note: including file:";
  char *kept = text;
  for (char *line = text; *line;) {
    size_t length = strcspn(line, "\n");
    char *next = line + length + (line[length] == '\n');
    if (strncmp(line, start, sizeof start - 1) == 0) {
      line[length] = '\0';
      if (length && line[length - 1] == '\r')
        line[length - 1] = '\0';
      line += sizeof start - 1;
      add(out, line + strspn(line, " "), directory, known);
    } else {
      memmove(kept, line, (size_t)(next - line));
      kept += next - line;
    }
    line = next;
  }
  *kept = '\0';
}

// Ninja reads these as they are, beside blanks and # that are escaped.
static bool is_readable(const char *name) {
  for (const unsigned char *c = (const unsigned char *)name; *c; c++)
    if (*c < ' ' || *c == 0x7F || strchr("|<>;*`^\\$", *c))
      return false;
  return true;
}

// Returns the end.
static char *put(char *out, const char *text) {
  size_t length = strlen(text);
  memcpy(out, text, length + 1);
  return out + length;
}

char *dependencies_print(const char *target, const struct words *files) {
  size_t size = strlen(target) + 4 + sizeof UNTRACKABLE;
  for (size_t i = 0; i < files->count; i++)
    size += 2 * strlen(files->items[i]) + sizeof UNTRACKABLE + 4;
  char *text = need(malloc(size)), *out = put(put(text, target), ":");
  for (size_t i = 0; i < files->count; i++) {
    const char *name = files->items[i];
    out = put(out, " \\\n ");
    if (!is_readable(name)) {
      out = put(out, UNTRACKABLE);
      continue;
    }
    for (; *name; name++) {
      if (*name == ' ' || *name == '#')
        *out++ = '\\';
      *out++ = *name;
    }
  }
  (void)strcpy(out, "\n");
  return text;
}
