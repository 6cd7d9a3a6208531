// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * results.c - reads and writes results.json.
 */
#include "results.h"

#include "command.h"
#include "platform.h"
#include "whole_file.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const statuses[] = {
    [RESULTS_OK] = "ok",           [RESULTS_FAILED] = "failed",
    [RESULTS_TIMEOUT] = "timeout", [RESULTS_MISSING] = "missing",
    [RESULTS_CRASHED] = "crashed",
};
enum { STATUS_COUNT = sizeof statuses / sizeof *statuses };

const char *results_status_name(enum results_status status) {
  return statuses[status];
}

// ---- strings: those that are no UTF-8 are {"bytes": "<hexadecimal>"} --------

static json_t *from_bytes(const char *text) {
  size_t length = strlen(text);
  char *hex = need(malloc(2 * length + 1));
  for (size_t i = 0; i < length; i++)
    (void)snprintf(hex + 2 * i, 3, "%02x", (unsigned char)text[i]);
  hex[2 * length] = '\0';
  json_t *object = need(json_pack("{s:s}", "bytes", hex));
  free(hex);
  return object;
}

static json_t *from_text(const char *text) {
  json_t *string = json_string(text);
  return string ? string : from_bytes(text);
}

static int nibble(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                : -1;
}

// NULL: no pairs of digits, or one that is a NUL.
static char *to_bytes(const char *hex) {
  size_t length = hex ? strlen(hex) : 1;
  if (length % 2)
    return NULL;
  char *text = need(calloc(length / 2 + 1, 1));
  for (size_t i = 0; i < length; i += 2) {
    int value = nibble(hex[i]) < 0 || nibble(hex[i + 1]) < 0
                    ? 0
                    : 16 * nibble(hex[i]) + nibble(hex[i + 1]);
    if (value == 0) {
      free(text);
      return NULL;
    }
    text[i / 2] = (char)value;
  }
  return text;
}

// NULL: it is no string.
static char *to_text(const json_t *value) {
  if (json_is_string(value))
    return need(strdup(json_string_value(value)));
  return to_bytes(json_string_value(json_object_get(value, "bytes")));
}

// ---- writing ---------------------------------------------------------------

// Most text is its own JSON: asking a library for each costs more than all
// else.
static bool is_plain(const char *text) {
  for (; *text; text++)
    if ((unsigned char)*text < ' ' || (unsigned char)*text > '~' ||
        *text == '"' || *text == '\\')
      return false;
  return true;
}

static void put_text(FILE *out, const char *text) {
  if (is_plain(text)) {
    (void)fprintf(out, "\"%s\"", text);
    return;
  }
  json_t *value = from_text(text);
  (void)json_dumpf(value, out, JSON_ENCODE_ANY | JSON_COMPACT);
  json_decref(value);
}

static void put_pair(FILE *out, const char *indent, const char *key,
                     const char *text) {
  (void)fprintf(out, "%s\"%s\": ", indent, key);
  put_text(out, text);
  (void)fputs(",\n", out);
}

static void put_list(FILE *out, const char *key, char *const *texts,
                     size_t count) {
  (void)fprintf(out, "   \"%s\": [", key);
  for (size_t i = 0; i < count; i++) {
    (void)fputs(i ? ",\n    " : "\n    ", out);
    put_text(out, texts[i]);
  }
  (void)fputs(count ? "\n   ]" : "]", out);
}

static void put_unit(FILE *out, const struct results_unit *unit) {
  (void)fputs("  {\n", out);
  put_pair(out, "   ", "source", unit->source);
  put_pair(out, "   ", "directory", unit->directory);
  put_pair(out, "   ", "configuration", unit->configuration);
  put_pair(out, "   ", "record", unit->record);
  put_pair(out, "   ", "status", statuses[unit->status]);
  put_pair(out, "   ", "error", unit->error);
  (void)fprintf(out, "   \"allowed\": %s,\n", unit->allowed ? "true" : "false");
  put_list(out, "stubs", unit->stubs, unit->stub_count);
  (void)fputs(",\n", out);
  put_list(out, "dependencies", unit->dependencies, unit->dependency_count);
  (void)fputs("\n  }", out);
}

static int compare_units(const void *left, const void *right) {
  const struct results_unit *a = left, *b = right;
  int order = strcmp(a->source, b->source);
  if (order == 0)
    order = strcmp(a->configuration, b->configuration);
  return order ? order : strcmp(a->record, b->record);
}

static char *print(const struct results *results, size_t *length) {
  struct memory_stream memory;
  FILE *out = memory_open(&memory);
  (void)fputs("{\n", out);
  put_pair(out, " ", "hvcilint", results->version);
  put_pair(out, " ", "llvm", results->llvm);
  put_pair(out, " ", "root", results->root);
  (void)fputs(" \"units\": [", out);
  for (size_t i = 0; i < results->unit_count; i++) {
    (void)fputs(i ? ",\n" : "\n", out);
    put_unit(out, &results->units[i]);
  }
  (void)fputs(results->unit_count ? "\n ]\n}\n" : "]\n}\n", out);
  return memory_close(&memory, length);
}

bool results_write(struct results *results, const char *path) {
  if (results->unit_count)
    qsort(results->units, results->unit_count, sizeof *results->units,
          compare_units);
  size_t length;
  char *text = print(results, &length);
  bool good = update_whole_file(path, text, length);
  int error = errno;
  free(text);
  errno = error;
  return good;
}

// ---- reading ---------------------------------------------------------------

struct reader {
  char *error;
  size_t error_size;
};

static bool refuse(struct reader *reader, const char *key) {
  (void)snprintf(reader->error, reader->error_size,
                 "not the results of hvcilint check: '%s' is wrong or missing",
                 key);
  return false;
}

static bool read_text(struct reader *reader, char **out, const json_t *object,
                      const char *key) {
  *out = to_text(json_object_get(object, key));
  return *out || refuse(reader, key);
}

static bool read_list(struct reader *reader, char ***out, size_t *count,
                      const json_t *object, const char *key) {
  const json_t *list = json_object_get(object, key);
  if (!json_is_array(list))
    return refuse(reader, key);
  size_t size = json_array_size(list);
  *out = need(calloc(size + 1, sizeof **out));
  for (; *count < size; ++*count)
    if (!((*out)[*count] = to_text(json_array_get(list, *count))))
      return refuse(reader, key);
  return true;
}

static bool read_status(struct reader *reader, enum results_status *out,
                        const json_t *unit) {
  const char *name = json_string_value(json_object_get(unit, "status"));
  for (int i = 0; name && i < STATUS_COUNT; i++)
    if (strcmp(name, statuses[i]) == 0) {
      *out = (enum results_status)i;
      return true;
    }
  return refuse(reader, "status");
}

static bool read_unit(struct reader *reader, struct results_unit *out,
                      const json_t *unit) {
  const json_t *allowed = json_object_get(unit, "allowed");
  out->allowed = json_is_true(allowed);
  return read_text(reader, &out->source, unit, "source") &&
         read_text(reader, &out->directory, unit, "directory") &&
         read_text(reader, &out->configuration, unit, "configuration") &&
         read_text(reader, &out->record, unit, "record") &&
         read_status(reader, &out->status, unit) &&
         read_text(reader, &out->error, unit, "error") &&
         (json_is_boolean(allowed) || refuse(reader, "allowed")) &&
         read_list(reader, &out->stubs, &out->stub_count, unit, "stubs") &&
         read_list(reader, &out->dependencies, &out->dependency_count, unit,
                   "dependencies");
}

static bool read_results(struct reader *reader, struct results *out,
                         const json_t *root) {
  const json_t *units = json_object_get(root, "units");
  if (!read_text(reader, &out->version, root, "hvcilint") ||
      !read_text(reader, &out->llvm, root, "llvm") ||
      !read_text(reader, &out->root, root, "root"))
    return false;
  if (!json_is_array(units))
    return refuse(reader, "units");
  size_t size = json_array_size(units);
  out->units = need(calloc(size + 1, sizeof *out->units));
  while (out->unit_count < size) {
    size_t i = out->unit_count++;
    if (!read_unit(reader, &out->units[i], json_array_get(units, i)))
      return false;
  }
  return true;
}

bool results_read(struct results *out, const char *path, char *error,
                  size_t error_size) {
  struct reader reader = {.error = error, .error_size = error_size};
  size_t length;
  json_error_t fault;
  *out = (struct results){.units = NULL};
  char *bytes = read_file(path, &length);
  if (!bytes) {
    (void)snprintf(error, error_size, "%s", strerror(errno));
    return false;
  }
  json_t *root = json_loadb(bytes, length, 0, &fault);
  free(bytes);
  if (!root)
    (void)snprintf(error, error_size, "%d:%d: %s", fault.line, fault.column,
                   fault.text);
  bool good = root && read_results(&reader, out, root);
  json_decref(root);
  return good;
}

// ---- freeing ---------------------------------------------------------------

static void free_list(char **texts, size_t count) {
  for (size_t i = 0; i < count; i++)
    free(texts[i]);
  free(texts);
}

void results_free(struct results *results) {
  for (size_t i = 0; i < results->unit_count; i++) {
    struct results_unit *unit = &results->units[i];
    free(unit->source);
    free(unit->directory);
    free(unit->configuration);
    free(unit->record);
    free(unit->error);
    free_list(unit->stubs, unit->stub_count);
    free_list(unit->dependencies, unit->dependency_count);
  }
  free(results->units);
  free(results->version);
  free(results->llvm);
  free(results->root);
  *results = (struct results){.units = NULL};
}
