// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * functions.c - what MSBuild's functions make of texts.
 */
#include "functions.h"

#include "command.h"
#include "paths.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20 };

// ---- of a text -------------------------------------------------------------

static char *answer(bool yes) { return need(strdup(yes ? "True" : "False")); }

static char *map_letters(const char *text, int (*letter)(int)) {
  char *result = need(strdup(text));
  for (char *c = result; *c; c++)
    *c = (char)letter((unsigned char)*c);
  return result;
}

static char *lower(const char *text, char *const *arguments, size_t count) {
  (void)arguments;
  (void)count;
  return map_letters(text, tolower);
}

static char *upper(const char *text, char *const *arguments, size_t count) {
  (void)arguments;
  (void)count;
  return map_letters(text, toupper);
}

static char *same(const char *text, char *const *arguments, size_t count) {
  (void)arguments;
  (void)count;
  return need(strdup(text));
}

// Each argument is a letter that goes; without any, blanks go.
static char *trim_ends(const char *text, char *const *arguments, size_t count,
                       bool start, bool end) {
  const char *letters = count ? arguments[0] : " \t\r\n", *stop;
  text += start ? strspn(text, letters) : 0;
  stop = text + strlen(text);
  while (end && *letters && stop > text && strchr(letters, stop[-1]))
    stop--;
  return copy_part(text, (size_t)(stop - text));
}

static char *trim(const char *text, char *const *arguments, size_t count) {
  return trim_ends(text, arguments, count, true, true);
}

static char *trim_start(const char *text, char *const *arguments,
                        size_t count) {
  return trim_ends(text, arguments, count, true, false);
}

static char *trim_end(const char *text, char *const *arguments, size_t count) {
  return trim_ends(text, arguments, count, false, true);
}

static char *contains(const char *text, char *const *arguments, size_t count) {
  (void)count;
  return answer(strstr(text, arguments[0]) != NULL);
}

static char *starts_with(const char *text, char *const *arguments,
                         size_t count) {
  (void)count;
  return answer(strncmp(text, arguments[0], strlen(arguments[0])) == 0);
}

static char *ends_with(const char *text, char *const *arguments, size_t count) {
  size_t all = strlen(text), part = strlen(arguments[0]);
  (void)count;
  return answer(part <= all && strcmp(text + all - part, arguments[0]) == 0);
}

static char *length(const char *text, char *const *arguments, size_t count) {
  (void)arguments;
  (void)count;
  return text_of("%zu", strlen(text));
}

static char *index_of(const char *text, char *const *arguments, size_t count) {
  const char *found = strstr(text, arguments[0]);
  (void)count;
  return found ? text_of("%zu", (size_t)(found - text)) : need(strdup("-1"));
}

// False: no number up to `most`.
static bool take_number(const char *text, size_t most, size_t *number) {
  char *end;
  unsigned long long value = strtoull(text, &end, 10);
  *number = (size_t)value;
  return isdigit((unsigned char)*text) && !*end && value <= most;
}

static char *substring(const char *text, char *const *arguments, size_t count) {
  size_t begin, all = strlen(text), taken;
  if (!take_number(arguments[0], all, &begin))
    return NULL;
  taken = all - begin;
  if (count == 2 && !take_number(arguments[1], all - begin, &taken))
    return NULL;
  return copy_part(text + begin, taken);
}

static char *replace(const char *text, char *const *arguments, size_t count) {
  size_t old = strlen(arguments[0]), new = strlen(arguments[1]), found = 0;
  (void)count;
  if (!old)
    return NULL;
  for (const char *at = text; (at = strstr(at, arguments[0])); at += old)
    found++;
  if (new > old && found > MOST_BYTES / (new - old))
    return NULL;
  char *result = need(malloc(strlen(text) + found * new + 1)), *out = result;
  while (*text) {
    bool here = strncmp(text, arguments[0], old) == 0;
    memcpy(out, here ? arguments[1] : text, here ? new : 1);
    out += here ? new : 1;
    text += here ? old : 1;
  }
  *out = '\0';
  return result;
}

static const struct method {
  const char *name;
  size_t fewest, most; // arguments
  char *(*call)(const char *text, char *const *arguments, size_t count);
} methods[] = {
    {"ToLower", 0, 0, lower},        {"ToLowerInvariant", 0, 0, lower},
    {"ToUpper", 0, 0, upper},        {"ToUpperInvariant", 0, 0, upper},
    {"ToString", 0, 0, same},        {"Trim", 0, 1, trim},
    {"TrimStart", 0, 1, trim_start}, {"TrimEnd", 0, 1, trim_end},
    {"Contains", 1, 1, contains},    {"StartsWith", 1, 1, starts_with},
    {"EndsWith", 1, 1, ends_with},   {"IndexOf", 1, 1, index_of},
    {"Length", 0, 0, length},        {"Replace", 2, 2, replace},
    {"Substring", 1, 2, substring}};

char *call_method(const char *name, const char *text,
                  const struct words *arguments) {
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
    if (strcmp(methods[i].name, name) == 0)
      return arguments->count < methods[i].fewest ||
                     arguments->count > methods[i].most
                 ? NULL
                 : methods[i].call(text, arguments->items, arguments->count);
  return NULL;
}

// ---- of none ---------------------------------------------------------------

static bool ends_in_slash(const char *path) {
  size_t size = strlen(path);
  return size && (path[size - 1] == '/' || path[size - 1] == '\\');
}

static char *below(const char *folder, const char *path) {
  return path_is_absolute(path) || !*folder
             ? need(strdup(path))
             : text_of("%s%s%s", folder, ends_in_slash(folder) ? "" : "\\",
                       path);
}

// All of them, one below the other; the last that is absolute counts.
static char *combine(const char *folder, const struct words *parts) {
  char *path = need(strdup(folder));
  for (size_t i = 0; i < parts->count; i++) {
    char *longer = below(path, parts->items[i]);
    free(path);
    path = longer;
  }
  return path;
}

static char *with_slash(char *path) {
  char *result =
      text_of("%s%s", path, !*path || ends_in_slash(path) ? "" : "\\");
  free(path);
  return result;
}

char *call_static(const char *name, const char *folder,
                  const struct words *arguments) {
  if (!arguments->count)
    return NULL;
  if (strcmp(name, "[System.IO.Path]::Combine") == 0)
    return combine("", arguments);
  if (strcmp(name, "[MSBuild]::NormalizePath") == 0)
    return combine(folder, arguments);
  if (strcmp(name, "[MSBuild]::NormalizeDirectory") == 0)
    return with_slash(combine(folder, arguments));
  if (arguments->count > 1)
    return NULL;
  if (strcmp(name, "[System.IO.Path]::GetFullPath") == 0)
    return combine(folder, arguments);
  if (strcmp(name, "[MSBuild]::EnsureTrailingSlash") == 0)
    return with_slash(need(strdup(arguments->items[0])));
  if (strcmp(name, "[System.String]::Copy") == 0)
    return need(strdup(arguments->items[0]));
  return NULL;
}
