// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * expand.c - $(Property) and %(Metadata) in a project's text.
 *
 * Source: "MSBuild properties", "Property functions" and "MSBuild well-known
 * item metadata", Microsoft Learn.
 */
#include "msbuild.h"

#include "command.h"
#include "functions.h"
#include "lookup.h"
#include "paths.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A few lines of $(A)$(A) would fill the memory.
enum { MOST_BYTES = 1 << 20, MOST_NESTED = 16 };

struct buffer {
  char *text;
  size_t length, size;
};

static void put(struct buffer *out, const char *text, size_t length) {
  if (out->length + length + 1 > out->size) {
    out->size = 2 * (out->length + length + 1);
    out->text = need(realloc(out->text, out->size));
  }
  memcpy(out->text + out->length, text, length);
  out->length += length;
  out->text[out->length] = '\0';
}

struct expansion {
  const struct place *place;
  const struct properties *metadata;
  const struct item *item;
  unsigned depth;
  struct buffer out;
};

static void expand_into(struct expansion *to, const char *text, size_t length);

static size_t name_length(const char *text, size_t most) {
  size_t length = 0;
  while (length < most && (isalnum((unsigned char)text[length]) ||
                           text[length] == '_' || text[length] == '-'))
    length++;
  return length;
}

// The parenthesis that closes what begins at text[0]; NULL: none does.
static const char *closing(const char *text, const char *end) {
  unsigned open = 0;
  for (; text < end; text++) {
    open += *text == '(';
    if (*text == ')' && --open == 0)
      return text;
  }
  return NULL;
}

// ---- functions -------------------------------------------------------------

// Where the argument that begins there ends: at a comma that is not quoted.
static const char *argument_end(const char *begin, const char *end) {
  const char *stop = begin;
  unsigned open = 0;
  if (begin < end && (*begin == '\'' || *begin == '"')) {
    const char *quote = memchr(begin + 1, *begin, (size_t)(end - begin - 1));
    stop = quote ? quote : begin;
  }
  for (; stop < end && (open || *stop != ','); stop++) {
    open += *stop == '(';
    open -= open && *stop == ')';
  }
  return stop;
}

// An argument: expanded, without quotes; the caller frees it.
static char *take_argument(struct expansion *to, const char **at,
                           const char *end) {
  const char *begin = *at + strspn(*at, " ");
  const char *stop = argument_end(begin, end);
  *at = stop + (stop < end);
  while (stop > begin && stop[-1] == ' ')
    stop--;
  if (stop - begin >= 2 && (*begin == '\'' || *begin == '"') &&
      stop[-1] == *begin) {
    begin++;
    stop--;
  }
  struct expansion inner = {.place = to->place, .depth = to->depth + 1};
  put(&inner.out, "", 0);
  expand_into(&inner, begin, (size_t)(stop - begin));
  return inner.out.text;
}

// What is between parentheses. False: they do not close.
static bool list_arguments(struct expansion *to, struct words *out,
                           const char **at, const char *end) {
  const char *close = closing(*at, end);
  if (!close)
    return false;
  const char *text = *at + 1;
  text += strspn(text, " ");
  while (text < close)
    words_take(out, take_argument(to, &text, close));
  *at = close + 1;
  return true;
}

static bool go_up(char *folder) {
  char *slash = strrchr(folder, '/');
  if (!slash || slash == folder)
    return false;
  *slash = '\0';
  return true;
}

// GetPathOfFileAbove(file, folder), or GetDirectoryNameOfFileAbove(folder,
// file): the nearest such file or its folder, or "".
static char *file_above(const struct place *place,
                        const struct words *arguments, bool file_first) {
  const char *words[2] = {"", ""};
  for (size_t i = 0; i < 2 && i < arguments->count; i++)
    words[i] = arguments->items[i];
  const char *file = words[file_first ? 0 : 1];
  const char *start = words[file_first ? 1 : 0];
  char *above = need(strdup(place->file));
  (void)go_up(above);
  char *folder = *start ? local_file(above, start) : need(strdup(above));
  char *found = NULL;
  while (!found) {
    char *path = local_file(folder, file);
    found = lookup_file(path);
    free(path);
    if (!found && !go_up(folder))
      break;
  }
  if (found && !file_first)
    (void)go_up(found);
  free(folder);
  free(above);
  return found ? found : need(strdup(""));
}

static bool begins(const char *text, size_t length, const char *start) {
  return length >= strlen(start) &&
         strncasecmp(text, start, strlen(start)) == 0;
}

// .Method(arguments) and more of them, up to `end`. False: something of it is
// not understood.
static bool apply_methods(struct expansion *to, char **value, const char *text,
                          const char *end) {
  bool good = true;
  while (good && text < end) {
    struct words arguments = {.items = NULL};
    size_t length =
        *text == '.' ? name_length(text + 1, (size_t)(end - text - 1)) : 0;
    char *name = copy_part(text + 1, length);
    text += 1 + length;
    good = length && (text == end || *text != '(' ||
                      list_arguments(to, &arguments, &text, end));
    char *result = good ? call_method(name, *value, &arguments) : NULL;
    good = result != NULL;
    if (good) {
      free(*value);
      *value = result;
    }
    free(name);
    words_free(&arguments);
  }
  return good;
}

static char *call_function(const struct place *place, const char *name,
                           const struct words *arguments) {
  if (strcasecmp(name, "[MSBuild]::GetPathOfFileAbove") == 0)
    return file_above(place, arguments, true);
  if (strcasecmp(name, "[MSBuild]::GetDirectoryNameOfFileAbove") == 0)
    return file_above(place, arguments, false);
  char *folder = need(strdup(place->build->project));
  (void)go_up(folder);
  char *result = call_static(name, folder, arguments);
  free(folder);
  return result;
}

// [Class]::Function(arguments), and methods of what it gives.
static bool apply_static(struct expansion *to, const char *text,
                         const char *end) {
  const char *open = memchr(text, '(', (size_t)(end - text));
  struct words arguments = {.items = NULL};
  char *value = NULL;
  if (*text != '[' || !open)
    return false;
  char *name = copy_part(text, (size_t)(open - text));
  bool good = list_arguments(to, &arguments, &open, end) &&
              (value = call_function(to->place, name, &arguments)) &&
              apply_methods(to, &value, open, end);
  if (good)
    put(&to->out, value, strlen(value));
  free(name);
  free(value);
  words_free(&arguments);
  return good;
}

// Name.Method(arguments), and more of them.
static bool apply_to_property(struct expansion *to, const char *value,
                              const char *text, const char *end) {
  char *result = need(strdup(value));
  bool good = apply_methods(to, &result, text, end);
  if (good)
    put(&to->out, result, strlen(result));
  free(result);
  return good;
}

// What stands between $( and ).
static void expand_property(struct expansion *to, const char *text,
                            size_t length) {
  static const char machine[] = "[System.Runtime.InteropServices."
                                "RuntimeInformation]::OSArchitecture";
  while (length && *text == ' ') {
    text++;
    length--;
  }
  while (length && text[length - 1] == ' ')
    length--;
  const struct properties *properties = &to->place->build->properties;
  size_t name = name_length(text, length);
  const char *value = properties_get(properties, text, name);
  if (name == length && name) {
    if (value)
      put(&to->out, value, strlen(value));
  } else if (begins(text, length, machine)) {
    put(&to->out, "X64", 3);
  } else if (name ? !apply_to_property(to, value ? value : "", text + name,
                                       text + length)
                  : !length || !apply_static(to, text, text + length)) {
    place_note(to->place, "the function $(%.*s) is not understood; empty",
               (int)length, text);
  }
}

// ---- metadata --------------------------------------------------------------

// What every item has by its path.
static bool put_well_known(struct expansion *to, const char *name,
                           size_t length) {
  const struct item *item = to->item;
  if (!item)
    return false;
  const char *file = path_name(item->path, false);
  const char *dot = strrchr(file, '.');
  size_t stem = dot ? (size_t)(dot - file) : strlen(file);
  const char *spelled = path_name(item->spelling, true);
  if (begins("Filename", length, "Filename") && length == 8 &&
      strncasecmp(name, "Filename", 8) == 0)
    put(&to->out, file, stem);
  else if (length == 9 && strncasecmp(name, "Extension", 9) == 0)
    put(&to->out, file + stem, strlen(file + stem));
  else if (length == 8 && strncasecmp(name, "FullPath", 8) == 0)
    put(&to->out, item->path, strlen(item->path));
  else if (length == 8 && strncasecmp(name, "Identity", 8) == 0)
    put(&to->out, item->spelling, strlen(item->spelling));
  else if (length == 11 && strncasecmp(name, "RelativeDir", 11) == 0)
    put(&to->out, item->spelling, (size_t)(spelled - item->spelling));
  else
    return false;
  return true;
}

// Between %( and ): Name or ClCompile.Name.
static void expand_metadata(struct expansion *to, const char *text,
                            size_t length) {
  static const char own[] = "ClCompile.";
  if (begins(text, length, own)) {
    text += sizeof own - 1;
    length -= sizeof own - 1;
  }
  const char *value = properties_get(to->metadata, text, length);
  if (value)
    put(&to->out, value, strlen(value));
  else if (!put_well_known(to, text, length) && memchr(text, '.', length))
    place_note(to->place, "%%(%.*s) is not understood; empty", (int)length,
               text);
}

// ---- text ------------------------------------------------------------------

static void expand_into(struct expansion *to, const char *text, size_t length) {
  const char *end = text + length;
  while (text < end && !to->place->build->failed) {
    bool property = *text == '$', metadata = *text == '%' && to->metadata;
    const char *close =
        (property || metadata) && end - text > 2 && text[1] == '('
            ? closing(text + 1, end)
            : NULL;
    if (!close) {
      put(&to->out, text++, 1);
      continue;
    }
    size_t inner = (size_t)(close - text - 2);
    if (to->depth > MOST_NESTED)
      place_refuse(to->place, "properties are nested too deep");
    else if (property)
      expand_property(to, text + 2, inner);
    else
      expand_metadata(to, text + 2, inner);
    if (to->out.length > MOST_BYTES)
      place_refuse(to->place, "a value of more than %d bytes", MOST_BYTES);
    text = close + 1;
  }
}

char *expand(const struct place *place, const char *text,
             const struct properties *metadata, const struct item *item) {
  struct expansion to = {.place = place, .metadata = metadata, .item = item};
  put(&to.out, "", 0);
  expand_into(&to, text, strlen(text));
  return to.out.text;
}

void split_list(struct words *out, const char *text) {
  while (*text) {
    const char *end = text + strcspn(text, ";"), *stop = end;
    while (isspace((unsigned char)*text) && text < end)
      text++;
    while (stop > text && isspace((unsigned char)stop[-1]))
      stop--;
    if (stop > text)
      words_take(out, copy_part(text, (size_t)(stop - text)));
    text = end + (*end == ';');
  }
}

static int digit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  c = (char)tolower((unsigned char)c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void unescape(char *text) {
  char *out = text;
  while (*text) {
    int high = *text == '%' ? digit(text[1]) : -1;
    int low = high >= 0 ? digit(text[2]) : -1;
    if (low >= 0 && high + low > 0) {
      *out++ = (char)(high * 16 + low);
      text += 3;
    } else {
      *out++ = *text++;
    }
  }
  *out = '\0';
}
