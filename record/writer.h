// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * writer.h - what all parts of a record are written with.
 *
 * Failure is kept in the writer and looked at once, at the end. A json_t * that
 * is returned is the caller's, NULL after a failure; one that is given to
 * hvci_set() or hvci_append() is theirs, NULL included.
 */
#ifndef HVCI_RECORD_WRITER_H
#define HVCI_RECORD_WRITER_H

#include "format.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct writer {
  const struct hvci_record_source *source;
  bool failed;
  json_t *files, *file_numbers;   /* each name, and its index */
  json_t *places, *place_numbers; /* each place, and its number by its range */
  json_t *scopes, *scope_numbers; /* likewise, by its own text */
  json_t *functions;
  /* By function of the program: its number in the record + 1, or 0. */
  size_t *numbers;
  /* By number: the function of the program. */
  size_t *chosen;
  size_t chosen_count;
};

void hvci_set(struct writer *writer, json_t *object, const char *key,
              json_t *value);
void hvci_append(struct writer *writer, json_t *array, json_t *value);

json_t *hvci_integer(uint64_t value);
/* Bytes that are no UTF-8 are written in hexadecimal, under a key. */
json_t *hvci_string(struct writer *writer, const char *text);

/* These leave the key out of the object if there is nothing to say: NULL,
   false, an empty array, no place. */
void hvci_set_string(struct writer *writer, json_t *object, const char *key,
                     const char *text);
void hvci_set_flag(struct writer *writer, json_t *object, const char *key,
                   bool flag);
void hvci_set_array(struct writer *writer, json_t *object, const char *key,
                    json_t *array);
void hvci_set_place(struct writer *writer, json_t *object, const char *key,
                    struct hvci_range range);
void hvci_set_suppressed(struct writer *writer, json_t *object, uint32_t rules,
                         uint32_t warnings);

json_t *hvci_numbers_of(struct writer *writer, const uint32_t *numbers,
                        size_t count);
size_t hvci_file_number(struct writer *writer, const char *file);
/* The number of the place of a range: 1 .., or 0 for none. */
size_t hvci_place_number(struct writer *writer, struct hvci_range range);

/* Whether the linker of records asks for the site. */
bool hvci_is_pending(const struct writer *writer, size_t function, size_t site);

/* Parts of the record. */
void hvci_write_functions(struct writer *writer);
json_t *hvci_findings_of(struct writer *writer);
json_t *hvci_suppressions_of(struct writer *writer);
json_t *hvci_claims_of(struct writer *writer);

#endif
