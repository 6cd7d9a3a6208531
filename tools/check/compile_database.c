// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * compile_database.c - reads compile_commands.json.
 *
 * Source: "JSON Compilation Database Format Specification", clang.llvm.org.
 */
#include "compile_database.h"

#include "command.h"
#include "command_line.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct place {
  const char *path;
  char *folder;  // of the database, absolute: relative directories begin there
  size_t number; // of the entry, from 1
};

static bool refuse(const struct place *place, const char *what) {
  say_error("%s: entry %zu: %s", place->path, place->number, what);
  return false;
}

static const char *text_at(const json_t *object, const char *key) {
  return json_string_value(json_object_get(object, key));
}

static bool read_list(struct words *words, const json_t *list) {
  size_t i;
  json_t *word;
  json_array_foreach(list, i, word) {
    if (!json_is_string(word))
      return false;
    words_add(words, json_string_value(word));
  }
  return true;
}

// Windows paths come with the words that Windows cuts.
static bool is_of_windows(const char *directory, const char *command) {
  return path_is_windows(directory) || (command && path_is_windows(command));
}

static bool read_entry(struct entry *out, const struct place *place,
                       const json_t *object, const struct path_maps *maps) {
  const char *directory = text_at(object, "directory");
  const char *file = text_at(object, "file");
  const char *command = text_at(object, "command");
  const json_t *list = json_object_get(object, "arguments");
  if (!directory || !file)
    return refuse(place, "'directory' or 'file' is no string or missing");
  struct words words = {.items = NULL};
  out->directory = path_join(place->folder, directory);
  out->file = need(strdup(file));
  out->windows = is_of_windows(directory, command);
  enum quoting quoting = out->windows ? QUOTING_WINDOWS : QUOTING_GNU;
  bool good = true;
  if (json_is_array(list))
    good = read_list(&words, list) ||
           refuse(place, "'arguments' holds what is no string");
  else if (command)
    words_split(&words, command, strlen(command), quoting);
  char *folder = path_localise(maps, out->directory, out->windows);
  good = good && (words_expand(&out->words, &words, folder, quoting) ||
                  refuse(place, "response files are nested too deep"));
  free(folder);
  words_free(&words);
  return good && (out->words.count > 0 || refuse(place, "no command"));
}

bool database_read(struct database *out, const char *path,
                   const struct path_maps *maps) {
  size_t length;
  json_error_t fault;
  *out = (struct database){.entries = NULL};
  char *bytes = read_file(path, &length);
  if (!bytes) {
    say_error("%s: %s", path, strerror(errno));
    return false;
  }
  json_t *root = json_loadb(bytes, length, 0, &fault);
  free(bytes);
  bool good = json_is_array(root);
  if (!root)
    say_error("%s:%d:%d: %s", path, fault.line, fault.column, fault.text);
  else if (!good)
    say_error("%s: not a compile database: no list", path);
  size_t size = good ? json_array_size(root) : 0;
  char *folder = need(strdup(path));
  folder[path_name(folder, false) - folder] = '\0';
  out->entries = need(calloc(size + 1, sizeof *out->entries));
  for (size_t i = 0; good && i < size; i++) {
    const struct place place = {
        .path = path, .folder = folder, .number = i + 1};
    good = read_entry(&out->entries[out->count++], &place,
                      json_array_get(root, i), maps);
  }
  json_decref(root);
  free(folder);
  return good;
}

void database_free(struct database *database) {
  for (size_t i = 0; i < database->count; i++) {
    free(database->entries[i].directory);
    free(database->entries[i].file);
    words_free(&database->entries[i].words);
    words_free(&database->entries[i].functions);
  }
  free(database->entries);
  *database = (struct database){.entries = NULL};
}
