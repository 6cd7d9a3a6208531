// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * baseline.c - the findings that a project already knows.
 */
#include "baseline.h"

#include "fingerprint.h"

#include "../command.h"
#include "../platform.h"
#include "../whole_file.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT "hvcilint-baseline"
enum { VERSION = 1 };

// ---- reading ---------------------------------------------------------------

static bool refuse(char *error, size_t size, const char *why) {
  (void)snprintf(error, size, "%s", why);
  return false;
}

static bool read_entry(struct baseline_entry *out, json_t *object, char *error,
                       size_t size) {
  const char *file, *rule, *scope, *key, *message;
  json_int_t ordinal;
  json_error_t why;
  if (json_unpack_ex(object, &why, JSON_STRICT, "{s:s,s:s,s:s,s:s,s:I,s:s}",
                     "file", &file, "rule", &rule, "scope", &scope, "key", &key,
                     "ordinal", &ordinal, "message", &message) != 0)
    return refuse(error, size, why.text);
  if (ordinal < 0)
    return refuse(error, size, "an ordinal is less than 0");
  *out = (struct baseline_entry){.file = need(strdup(file)),
                                 .rule = need(strdup(rule)),
                                 .scope = need(strdup(scope)),
                                 .key = need(strdup(key)),
                                 .message = need(strdup(message)),
                                 .ordinal = (size_t)ordinal};
  out->now = out->file;
  return true;
}

static int compare_entries(const void *left, const void *right) {
  const struct baseline_entry *a = left, *b = right;
  int order = strcmp(a->now, b->now);
  if (order == 0)
    order = strcmp(a->key, b->key);
  return order ? order : (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
}

static bool read_root(struct baseline *out, json_t *root, char *error,
                      size_t size) {
  const char *format, *commit;
  int version;
  json_t *findings;
  json_error_t why;
  if (json_unpack_ex(root, &why, 0, "{s:s,s:i}", "format", &format, "version",
                     &version) != 0 ||
      strcmp(format, FORMAT) != 0)
    return refuse(error, size, "not a baseline of hvcilint");
  if (version != VERSION)
    return refuse(error, size, "a baseline of another version of hvcilint");
  if (json_unpack_ex(root, &why, JSON_STRICT, "{s:s,s:i,s:s,s:o}", "format",
                     &format, "version", &version, "commit", &commit,
                     "findings", &findings) != 0)
    return refuse(error, size, why.text);
  if (!json_is_array(findings))
    return refuse(error, size, "findings is not an array");
  out->commit = need(strdup(commit));
  out->entries =
      need(calloc(json_array_size(findings) + 1, sizeof *out->entries));
  for (size_t i = 0; i < json_array_size(findings); i++, out->count++)
    if (!read_entry(&out->entries[i], json_array_get(findings, i), error, size))
      return false;
  qsort(out->entries, out->count, sizeof *out->entries, compare_entries);
  return true;
}

bool baseline_read(struct baseline *out, const char *path, char *error,
                   size_t error_size) {
  size_t length;
  json_error_t why;
  *out = (struct baseline){.commit = NULL};
  char *bytes = read_file(path, &length);
  if (!bytes)
    return refuse(error, error_size, strerror(errno));
  json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &why);
  free(bytes);
  bool good = root ? read_root(out, root, error, error_size)
                   : refuse(error, error_size, "not a baseline of hvcilint");
  json_decref(root);
  return good;
}

size_t baseline_fixed(const struct baseline *baseline) {
  size_t count = 0;
  for (size_t i = 0; i < baseline->count; i++)
    count += !baseline->entries[i].found;
  return count;
}

void baseline_free(struct baseline *baseline) {
  for (size_t i = 0; i < baseline->count; i++) {
    struct baseline_entry *entry = &baseline->entries[i];
    free(entry->file);
    free(entry->rule);
    free(entry->scope);
    free(entry->key);
    free(entry->message);
    free(entry->renamed);
  }
  free(baseline->entries);
  free(baseline->commit);
}

// ---- matching --------------------------------------------------------------

static void rename_entries(struct baseline *baseline,
                           const struct changes *changes) {
  size_t count;
  const struct changed_file *files = changes_files(changes, &count);
  for (size_t f = 0; f < count; f++) {
    if (strcmp(files[f].file, files[f].was) == 0)
      continue;
    for (size_t i = 0; i < baseline->count; i++)
      if (strcmp(baseline->entries[i].file, files[f].was) == 0) {
        free(baseline->entries[i].renamed);
        baseline->entries[i].renamed = need(strdup(files[f].file));
        baseline->entries[i].now = baseline->entries[i].renamed;
      }
  }
  qsort(baseline->entries, baseline->count, sizeof *baseline->entries,
        compare_entries);
}

char *baseline_follow(struct baseline *baseline, const char *root) {
  if (!baseline->commit[0] || baseline->count == 0)
    return NULL;
  struct changes *changes = changes_open(root);
  if (!changes)
    return need(strdup("there is no repository"));
  char *error = changes_since(changes, baseline->commit);
  if (!error)
    rename_entries(baseline, changes);
  changes_close(changes);
  return error;
}

void baseline_match(struct baseline *baseline, struct report *report) {
  for (size_t i = 0; i < report->count; i++) {
    struct told *told = &report->findings[i];
    struct baseline_entry key = {.now = told->spot.file ? told->spot.file : "",
                                 .key = told->key,
                                 .ordinal = told->ordinal};
    struct baseline_entry *found =
        baseline->count ? bsearch(&key, baseline->entries, baseline->count,
                                  sizeof *baseline->entries, compare_entries)
                        : NULL;
    told->state = found ? TOLD_KNOWN : TOLD_NEW;
    if (!found)
      continue;
    found->found = true;
    free(told->fingerprint);
    told->fingerprint = fingerprint_of(told->key, found->file, told->ordinal);
  }
}

// ---- writing ---------------------------------------------------------------

static json_t *text(const char *bytes) {
  json_t *string = json_string(bytes ? bytes : "");
  return string ? string : need(json_string("?"));
}

static json_t *entry_of(const struct told *told) {
  return need(
      json_pack("{s:o,s:s,s:o,s:s,s:I,s:o}", "file", text(told->spot.file),
                "rule", hvci_rule_name(told->rule), "scope",
                text(told->spot.scope), "key", told->key, "ordinal",
                (json_int_t)told->ordinal, "message", text(told->message)));
}

static bool is_twin(const struct report *report, size_t index) {
  const struct told *told = &report->findings[index];
  for (size_t i = index; i-- > 0;) {
    const struct told *other = &report->findings[i];
    if (other->spot.file != told->spot.file ||
        other->spot.line != told->spot.line)
      return false;
    if (!other->hidden && strcmp(other->key, told->key) == 0 &&
        other->ordinal == told->ordinal)
      return true;
  }
  return false;
}

bool baseline_write(const struct report *report, const char *commit,
                    bool known_only, const char *path) {
  struct memory_stream memory;
  FILE *out = memory_open(&memory);
  const char *comma = "";
  (void)fprintf(out,
                "{\"format\":\"" FORMAT "\",\n\"version\":%d,\n"
                "\"commit\":\"%s\",\n\"findings\":[",
                VERSION, commit);
  for (size_t i = 0; i < report->count; i++) {
    const struct told *told = &report->findings[i];
    if (told->hidden || (known_only && told->state != TOLD_KNOWN) ||
        is_twin(report, i))
      continue;
    json_t *entry = entry_of(told);
    (void)fprintf(out, "%s\n", comma);
    (void)json_dumpf(entry, out, JSON_COMPACT);
    json_decref(entry);
    comma = ",";
  }
  (void)fputs("\n]}\n", out);
  size_t length;
  char *bytes = memory_close(&memory, &length);
  bool good = write_whole_file(path, bytes, length);
  int error = errno;
  free(bytes);
  errno = error;
  return good;
}
