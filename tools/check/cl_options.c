// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * cl_options.c - what a project says of a source, as options of clang-cl.
 */
#include "cl_options.h"

#include "command.h"
#include "command_line.h"
#include "paths.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum kind { LIST, PATHS, CHOICE, NOTHING };

static const struct row {
  enum kind kind;
  const char *name, *value, *option;
} rows[] = {
#define HVCI_LIST(NAME, OPTION) {LIST, NAME, NULL, OPTION},
#define HVCI_PATHS(NAME, OPTION) {PATHS, NAME, NULL, OPTION},
#define HVCI_CHOICE(NAME, VALUE, OPTION) {CHOICE, NAME, VALUE, OPTION},
#define HVCI_NOTHING(NAME) {NOTHING, NAME, NULL, NULL},
#include "cl_metadata.def"
};

struct target {
  struct words *out, *folders;
  const char *folder;
};

static void add_part(const struct target *to, const struct row *row,
                     char *part) {
  unescape(part);
  // What is inherited was put in already; left over, it means nothing.
  if (strncmp(part, "%(", 2) == 0)
    return;
  if (row->kind == LIST) {
    words_take(to->out, text_of("%s%s", row->option, part));
    return;
  }
  size_t length = strlen(part);
  bool quoted = length > 1 && part[0] == '"' && part[length - 1] == '"';
  if (quoted)
    part[length - 1] = '\0';
  char *path = local_file(to->folder, part + quoted);
  words_take(to->out, text_of("%s%s", row->option, path));
  if (!words_contain(to->folders, path))
    words_add(to->folders, path);
  free(path);
}

static void add_list(const struct target *to, const struct row *row,
                     const char *value) {
  struct words parts = {.items = NULL};
  split_list(&parts, value);
  for (size_t i = 0; i < parts.count; i++)
    add_part(to, row, parts.items[i]);
  words_free(&parts);
}

static char *trimmed(const char *text) {
  size_t length;
  text += strspn(text, " \t\r\n");
  for (length = strlen(text);
       length && isspace((unsigned char)text[length - 1]);)
    length--;
  return copy_part(text, length);
}

static void add_metadata(const struct target *to, struct msbuild *build,
                         const struct property *property) {
  struct place place = {
      .build = build, .file = build->project, .element = property->name};
  const struct row *known = NULL, *found = NULL;
  char *value = trimmed(property->value);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    if (strcasecmp(property->name, rows[i].name) != 0)
      continue;
    known = &rows[i];
    if (known->kind != CHOICE || strcasecmp(value, known->value) == 0)
      found = known;
  }
  if (found && (found->kind == LIST || found->kind == PATHS))
    add_list(to, found, value);
  else if (found && found->kind == CHOICE && *found->option)
    words_add(to->out, found->option);
  else if (known && !found && *value)
    place_note(&place, "the value '%s' is not understood", value);
  else if (!known)
    place_note(&place, "the metadata of ClCompile is not understood");
  free(value);
}

// A forced header is one beside the project, or is looked for as all are.
static void add_forced(const struct target *to, const char *value) {
  struct words parts = {.items = NULL};
  split_list(&parts, value);
  for (size_t i = 0; i < parts.count; i++) {
    unescape(parts.items[i]);
    path_use_slashes(parts.items[i]);
    words_take(to->out, text_of("-FI%s", parts.items[i]));
  }
  words_free(&parts);
}

static void add_additional(const struct target *to, const char *value) {
  struct words words = {.items = NULL};
  char *text = need(strdup(value));
  for (char *c = text; *c; c++)
    if (*c == '\n' || *c == '\r')
      *c = ' ';
  words_split(&words, text, strlen(text), QUOTING_WINDOWS);
  for (size_t i = 0; i < words.count; i++)
    if (strncmp(words.items[i], "%(", 2) != 0)
      words_add(to->out, words.items[i]);
  words_free(&words);
  free(text);
}

void cl_options(struct words *out, struct words *folders, struct msbuild *build,
                const struct item *item, const char *folder) {
  const struct target to = {.out = out, .folders = folders, .folder = folder};
  for (size_t i = 0; i < item->metadata.count; i++)
    add_metadata(&to, build, &item->metadata.items[i]);
  add_forced(&to, properties_value(&item->metadata, "ForcedIncludeFiles"));
  add_additional(&to, properties_value(&item->metadata, "AdditionalOptions"));
}

// ---- WPP -------------------------------------------------------------------

static void add_function(struct words *out, const char *text) {
  size_t length = 0;
  while (isalnum((unsigned char)text[length]) || text[length] == '_')
    length++;
  if (length && !isdigit((unsigned char)text[0]))
    words_take(out, copy_part(text, length));
}

void cl_trace_functions(struct words *out, const struct item *item,
                        const char *folder) {
  static const char *const files[] = {"WppScanConfigurationData",
                                      "ScanConfigurationData"};
  const struct properties *metadata = &item->metadata;
  struct words functions = {.items = NULL};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    char *file = trimmed(properties_value(metadata, files[i]));
    char *path = *file ? local_file(folder, file) : NULL;
    if (path)
      words_take(out, text_of("@%s", path));
    free(path);
    free(file);
  }
  split_list(&functions, properties_value(metadata, "WppTraceFunction"));
  for (size_t i = 0; i < functions.count; i++)
    add_function(out, functions.items[i]);
  const char *more = properties_value(metadata, "WppAdditionalOptions");
  while ((more = strstr(more, "-func:"))) {
    more += 6;
    add_function(out, more);
  }
  words_free(&functions);
}
