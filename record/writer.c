// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * writer.c - what all parts of a record are written with, its files and places.
 */
#include "writer.h"

#include "hvci/suppress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *check(struct writer *writer, json_t *value) {
  if (!value)
    writer->failed = true;
  return value;
}

void hvci_set(struct writer *writer, json_t *object, const char *key,
              json_t *value) {
  if (json_object_set_new(object, key, check(writer, value)) != 0)
    writer->failed = true;
}

void hvci_append(struct writer *writer, json_t *array, json_t *value) {
  if (json_array_append_new(array, check(writer, value)) != 0)
    writer->failed = true;
}

json_t *hvci_integer(uint64_t value) { return json_integer((json_int_t)value); }

json_t *hvci_string(struct writer *writer, const char *text) {
  json_t *plain = json_string(text);
  if (plain)
    return plain;
  size_t length = strlen(text);
  char *digits = malloc(2 * length + 1);
  if (!digits) {
    writer->failed = true;
    return NULL;
  }
  for (size_t i = 0; i < length; i++)
    snprintf(digits + 2 * i, 3, "%02x", (unsigned char)text[i]);
  json_t *object = json_pack("{s:s}", KEY_BYTES, digits);
  free(digits);
  return object;
}

void hvci_set_string(struct writer *writer, json_t *object, const char *key,
                     const char *text) {
  if (text)
    hvci_set(writer, object, key, hvci_string(writer, text));
}

void hvci_set_flag(struct writer *writer, json_t *object, const char *key,
                   bool flag) {
  if (flag)
    hvci_set(writer, object, key, json_true());
}

// ---- places ----------------------------------------------------------------

size_t hvci_file_number(struct writer *writer, const char *file) {
  char key[32];
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  for (const char *c = file; *c; c++)
    hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
  // The names themselves may be no keys: they need not be UTF-8.
  for (unsigned again = 0;; again++) {
    snprintf(key, sizeof key, "%016llx.%u", (unsigned long long)hash, again);
    json_t *known = json_object_get(writer->file_numbers, key);
    json_t *name = hvci_string(writer, file);
    if (!name)
      return 0;
    if (!known) {
      size_t number = json_array_size(writer->files);
      hvci_append(writer, writer->files, name);
      hvci_set(writer, writer->file_numbers, key, hvci_integer(number));
      return number;
    }
    size_t number = (size_t)json_integer_value(known);
    bool same = json_equal(json_array_get(writer->files, number), name);
    json_decref(name);
    if (same)
      return number;
  }
}

static json_t *rule_names(struct writer *writer, uint32_t rules) {
  json_t *names = json_array();
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    if (rules >> rule & 1)
      hvci_append(writer, names,
                  json_string(hvci_rule_name((enum hvci_rule)rule)));
  return names;
}

static json_t *warning_numbers(struct writer *writer, uint32_t warnings) {
  json_t *numbers = json_array();
  for (; warnings; warnings &= warnings - 1)
    hvci_append(writer, numbers,
                hvci_integer(hvci_warning_number(warnings & (~warnings + 1))));
  return numbers;
}

void hvci_set_array(struct writer *writer, json_t *object, const char *key,
                    json_t *array) {
  if (json_array_size(array) > 0)
    hvci_set(writer, object, key, array);
  else
    json_decref(array);
}

json_t *hvci_numbers_of(struct writer *writer, const uint32_t *numbers,
                        size_t count) {
  json_t *array = json_array();
  for (size_t i = 0; i < count; i++)
    hvci_append(writer, array, hvci_integer(numbers[i]));
  return array;
}

// A scope and its lines are told once.
static json_t *scope_number(struct writer *writer,
                            const struct hvci_place *place) {
  json_t *entry = json_array();
  hvci_append(writer, entry, hvci_string(writer, place->scope));
  hvci_append(writer, entry, hvci_integer(place->scope_first));
  hvci_append(writer, entry, hvci_integer(place->scope_last));
  char *key = json_dumps(entry, JSON_COMPACT);
  if (!key) {
    json_decref(entry);
    return check(writer, NULL);
  }
  json_t *known = json_incref(json_object_get(writer->scope_numbers, key));
  if (known) {
    json_decref(entry);
  } else {
    known = hvci_integer(json_array_size(writer->scopes));
    hvci_append(writer, writer->scopes, entry);
    hvci_set(writer, writer->scope_numbers, key, json_incref(known));
  }
  free(key);
  return known;
}

void hvci_set_suppressed(struct writer *writer, json_t *object, uint32_t rules,
                         uint32_t warnings) {
  hvci_set_array(writer, object, "rules", rule_names(writer, rules));
  hvci_set_array(writer, object, "warnings", warning_numbers(writer, warnings));
}

// What is known of a place beside its file, line and column.
static json_t *around(struct writer *writer, const struct hvci_place *place) {
  json_t *object = json_object();
  if (place->end_line)
    hvci_set(writer, object, "end",
             json_pack("[I,I]", (json_int_t)place->end_line,
                       (json_int_t)place->end_column));
  if (place->scope && place->scope[0])
    hvci_set(writer, object, "scope", scope_number(writer, place));
  if (place->words && place->words[0])
    hvci_set_string(writer, object, "words", place->words);
  hvci_set_suppressed(writer, object, place->rules, place->warnings);
  hvci_set_array(writer, object, "by",
                 hvci_numbers_of(writer, place->by, place->by_count));
  return object;
}

static size_t add_place(struct writer *writer, const struct hvci_place *place) {
  struct hvci_range macro = place->macro;
  json_t *entry = json_array();
  hvci_append(writer, entry,
              hvci_integer(hvci_file_number(writer, place->file)));
  hvci_append(writer, entry, hvci_integer(place->line));
  hvci_append(writer, entry, hvci_integer(place->column));
  json_t *more = around(writer, place);
  hvci_append(writer, writer->places, entry);
  size_t number = json_array_size(writer->places);
  // What the place points to is gone when another is asked for.
  size_t body = hvci_place_number(writer, macro);
  if (body)
    hvci_set(writer, more, "macro", hvci_integer(body));
  if (json_object_size(more) > 0)
    hvci_append(writer, entry, more);
  else
    json_decref(more);
  return number;
}

size_t hvci_place_number(struct writer *writer, struct hvci_range range) {
  const struct hvci_record_source *source = writer->source;
  struct hvci_place place = {.line = 0};
  char key[40];
  if (range.begin == 0 && range.end == 0)
    return 0;
  snprintf(key, sizeof key, "%llx.%llx", (unsigned long long)range.begin,
           (unsigned long long)range.end);
  json_t *known = json_object_get(writer->place_numbers, key);
  if (known)
    return (size_t)json_integer_value(known);

  size_t number = 0;
  if (source->locate(range, &place, source->payload))
    number = add_place(writer, &place);
  hvci_set(writer, writer->place_numbers, key, hvci_integer(number));
  return number;
}

void hvci_set_place(struct writer *writer, json_t *object, const char *key,
                    struct hvci_range range) {
  size_t number = hvci_place_number(writer, range);
  if (number)
    hvci_set(writer, object, key, hvci_integer(number));
}
