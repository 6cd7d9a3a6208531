// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * reader.c - what all parts of a record are read with.
 */
#include "reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool hvci_refuse(struct reader *reader, const char *format, ...) {
  va_list arguments;
  if (reader->error[0])
    return false;
  va_start(arguments, format);
  (void)vsnprintf(reader->error, reader->error_size, format, arguments);
  va_end(arguments);
  return false;
}

// The next one has twice the bytes of the last: most records are small, and a
// gate holds thousands of them.
static bool add_chunk(struct storage *storage, size_t bytes) {
  enum { FIRST = 1 << 12, MOST = 1 << 16 };
  size_t room = storage->room ? 2 * storage->room : FIRST;
  room = room > MOST ? MOST : room;
  room = room < bytes ? bytes : room;
  struct chunk *chunk = calloc(1, sizeof *chunk + room);
  if (!chunk)
    return false;
  chunk->next = storage->chunks;
  storage->chunks = chunk;
  storage->free = chunk->bytes;
  storage->room = room;
  storage->left = room;
  return true;
}

void *hvci_allocate(struct reader *reader, size_t count, size_t size) {
  struct storage *storage = reader->storage;
  size_t align = alignof(max_align_t);
  size_t bytes = (count * size + align) / align * align;
  if (count > SIZE_MAX / 2 / size) {
    hvci_refuse(reader, "memory ran out");
    return NULL;
  }
  if (bytes > storage->left && !add_chunk(storage, bytes)) {
    hvci_refuse(reader, "memory ran out");
    return NULL;
  }
  void *result = storage->free;
  storage->free += bytes;
  storage->left -= bytes;
  return result;
}

bool hvci_read_integer(struct reader *reader, const json_t *value,
                       const char *what, json_int_t least, json_int_t most,
                       json_int_t *out) {
  *out = 0;
  if (!json_is_integer(value))
    return hvci_refuse(reader, "damaged record: %s is not an integer", what);
  *out = json_integer_value(value);
  if (*out < least || *out > most)
    return hvci_refuse(reader,
                       "damaged record: %s is %lld, which is out of bounds",
                       what, (long long)*out);
  return true;
}

bool hvci_read_bits(struct reader *reader, const json_t *value,
                    const char *what, uint64_t *out) {
  if (!json_is_integer(value))
    return hvci_refuse(reader, "damaged record: %s is not an integer", what);
  *out = (uint64_t)json_integer_value(value);
  return true;
}

static bool read_bytes(struct reader *reader, const json_t *object,
                       const char *what, const char **out) {
  const char *digits = json_string_value(json_object_get(object, KEY_BYTES));
  size_t length = digits ? strlen(digits) : 1;
  if (length % 2 != 0 || json_object_size(object) != 1)
    return hvci_refuse(reader, "damaged record: %s is not a text", what);
  char *text = hvci_allocate(reader, length / 2 + 1, 1);
  for (size_t i = 0; text && i < length / 2; i++) {
    unsigned byte = 0;
    if (strspn(digits + 2 * i, "0123456789abcdef") < 2 ||
        sscanf(digits + 2 * i, "%2x", &byte) != 1 || byte == 0)
      return hvci_refuse(reader, "damaged record: %s is not a text", what);
    text[i] = (char)byte;
  }
  *out = text;
  return text != NULL;
}

// Each string is copied: the JSON is gone before the record is.
bool hvci_read_string(struct reader *reader, const json_t *value,
                      const char *what, const char **out) {
  if (json_is_object(value))
    return read_bytes(reader, value, what, out);
  if (!json_is_string(value))
    return hvci_refuse(reader, "damaged record: %s is not a text", what);
  size_t length = json_string_length(value);
  char *text = hvci_allocate(reader, length + 1, 1);
  if (!text)
    return false;
  memcpy(text, json_string_value(value), length + 1);
  *out = text;
  return true;
}

bool hvci_read_array(struct reader *reader, const json_t *value,
                     const char *what, size_t least, size_t most) {
  if (!json_is_array(value) || json_array_size(value) < least ||
      json_array_size(value) > most)
    return hvci_refuse(
        reader, "damaged record: %s is not an array as it should be", what);
  return true;
}

bool hvci_unpack(struct reader *reader, json_t *object, const char *what,
                 const char *format, ...) {
  json_error_t error;
  va_list arguments;
  va_start(arguments, format);
  int status = json_vunpack_ex(object, &error, JSON_STRICT, format, arguments);
  va_end(arguments);
  return status == 0 ||
         hvci_refuse(reader, "damaged record: %s: %s", what, error.text);
}

bool hvci_read_word(struct reader *reader, const char *word,
                    const char *const *words, const char *what, unsigned *out) {
  *out = 0;
  for (unsigned i = 0; words[i]; i++)
    if (strcmp(words[i], word) == 0) {
      *out = i;
      return true;
    }
  return hvci_refuse(reader, "damaged record: unknown %s '%.60s'", what, word);
}

bool hvci_read_rule(struct reader *reader, const json_t *value,
                    enum hvci_rule *out) {
  *out = HVCI_RULE_COUNT;
  const char *name = json_string_value(value);
  if (!name)
    return hvci_refuse(reader, "damaged record: a rule is not a text");
  *out = hvci_rule_find(name, strlen(name));
  return *out != HVCI_RULE_COUNT ||
         hvci_refuse(reader, "this hvcilint does not know the rule '%.60s'",
                     name);
}

void *hvci_read_each(struct reader *reader, const json_t *array,
                     const char *what, size_t most, size_t size,
                     hvci_read_fn read, const void *context, size_t *count) {
  if (!hvci_read_array(reader, array, what, 0, most))
    return NULL;
  size_t length = json_array_size(array);
  char *items = hvci_allocate(reader, length, size);
  for (size_t i = 0; items && i < length; i++)
    if (!read(reader, json_array_get(array, i), items + i * size, context))
      return NULL;
  *count = length;
  return items;
}

bool hvci_read_number(struct reader *reader, const json_t *value,
                      const char *what, uint32_t *out) {
  json_int_t number;
  if (!hvci_read_integer(reader, value, what, 0, UINT32_MAX, &number))
    return false;
  *out = (uint32_t)number;
  return true;
}
