// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * read.c - a record from bytes that may come from anyone.
 *
 * Nothing is believed: each number is held against its bounds, each object
 * against the keys that it may have. The first fault refuses the record.
 */
#include "reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "{\"format\":\"" RECORD_FORMAT "\",\"version\":"

static bool read_unit(struct reader *reader, json_t *object) {
  struct hvci_record *record = reader->record;
  json_t *file, *target, *opt_out = NULL, *os, *width;
  const char *opt_in;
  unsigned state;
  json_int_t number;
  if (!hvci_unpack(reader, object, "the unit", "{s:o,s:o,s:s,s?o,s:o,s:o}",
                   "file", &file, "target", &target, "opt_in", &opt_in,
                   "opt_out", &opt_out, "os", &os, "pointer_width", &width) ||
      !hvci_read_string(reader, file, "a file", &record->file) ||
      !hvci_read_string(reader, target, "a target", &record->target) ||
      !hvci_read_word(reader, opt_in, hvci_opt_in_names, "opt-in", &state) ||
      !hvci_read_range(reader, opt_out, &record->opt_out) ||
      !hvci_read_integer(reader, os, "a system", 0, UINT32_MAX, &number))
    return false;
  record->unit.opt_in = (enum hvci_opt_in)state;
  record->unit.os = (uint32_t)number;
  if (!hvci_read_integer(reader, width, "a pointer's width", 1, 128, &number))
    return false;
  record->unit.pointer_width = (unsigned)number;
  return true;
}

static bool read_root(struct reader *reader, json_t *root) {
  const char *format;
  int version;
  json_t *producer, *unit, *files, *scopes, *suppressions, *places, *findings;
  json_t *claims, *functions;
  return hvci_unpack(reader, root, "the record",
                     "{s:s,s:i,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "format",
                     &format, "version", &version, "producer", &producer,
                     "unit", &unit, "files", &files, "scopes", &scopes,
                     "suppressions", &suppressions, "places", &places,
                     "findings", &findings, "claims", &claims, "functions",
                     &functions) &&
         hvci_read_string(reader, producer, "a producer",
                          &reader->record->producer) &&
         hvci_read_files(reader, files) &&
         hvci_read_suppressions(reader, suppressions) &&
         hvci_read_places(reader, scopes, places) && read_unit(reader, unit) &&
         hvci_read_functions(reader, functions) &&
         hvci_read_findings(reader, findings) &&
         hvci_read_claims(reader, claims);
}

// What the first bytes say, whatever the version made of the rest.
static bool check_version(struct reader *reader, const char *bytes,
                          size_t length) {
  size_t prefix = sizeof PREFIX - 1, digits = 0;
  unsigned long long version = 0;
  if (memcmp(bytes, PREFIX, length < prefix ? length : prefix) != 0)
    return hvci_refuse(reader, "not a record of hvcilint");
  while (prefix + digits < length && digits < 9 &&
         bytes[prefix + digits] >= '0' && bytes[prefix + digits] <= '9')
    version = 10 * version + (unsigned)(bytes[prefix + digits++] - '0');
  if (prefix + digits >= length)
    return hvci_refuse(reader, "truncated record");
  if (digits == 0)
    return hvci_refuse(reader, "not a record of hvcilint");
  if (version != HVCI_RECORD_VERSION)
    return hvci_refuse(reader, "%s record version %llu; this hvcilint reads %d",
                       version > HVCI_RECORD_VERSION ? "newer" : "older",
                       version, HVCI_RECORD_VERSION);
  return true;
}

static bool read_all(struct reader *reader, const char *bytes, size_t length) {
  json_error_t error;
  if (!check_version(reader, bytes, length))
    return false;
  json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
  if (!root && (size_t)error.position >= length)
    return hvci_refuse(reader, "truncated record");
  if (!root)
    return hvci_refuse(reader, "damaged record: no JSON at byte %d",
                       error.position);
  bool good = read_root(reader, root);
  json_decref(root);
  return good;
}

struct hvci_record *hvci_record_read(const char *bytes, size_t length,
                                     uint64_t first_place, char *error,
                                     size_t error_size) {
  struct storage *storage = calloc(1, sizeof *storage);
  error[0] = '\0';
  if (!storage) {
    (void)snprintf(error, error_size, "memory ran out");
    return NULL;
  }
  struct reader reader = {.storage = storage,
                          .record = &storage->record,
                          .error = error,
                          .error_size = error_size};
  storage->record.first_place = first_place;
  if (read_all(&reader, bytes, length))
    return &storage->record;
  hvci_record_free(&storage->record);
  return NULL;
}

void hvci_record_free(struct hvci_record *record) {
  struct storage *storage = (struct storage *)record;
  if (!storage)
    return;
  for (struct chunk *chunk = storage->chunks, *next; chunk; chunk = next) {
    next = chunk->next;
    free(chunk);
  }
  free(storage);
}
