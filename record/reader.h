// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * reader.h - what all parts of a record are read with.
 *
 * Functions that return bool return false once the record is refused; the
 * first reason stands in the reader's `error`. `what` names the value in that
 * reason. What is read lies in the record's storage and is freed with it.
 */
#ifndef HVCI_RECORD_READER_H
#define HVCI_RECORD_READER_H

#include "format.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chunk {
  struct chunk *next;
  alignas(max_align_t) char bytes[];
};

/* The record and what it is made of: freed together. */
struct storage {
  struct hvci_record record; /* first: hvci_record_free() casts */
  struct chunk *chunks;
  size_t room; /* bytes of the newest chunk */
  size_t left; /* those at its end that are free */
  char *free;
};

struct scope {
  const char *name;
  uint32_t first, last; /* lines */
};

struct reader {
  struct storage *storage;
  struct hvci_record *record; /* the storage's */
  const char **files;
  size_t file_count;
  struct scope *scopes;
  size_t scope_count;
  char *error; /* "": nothing was refused yet */
  size_t error_size;
};

/* Keeps what was said first. Always false, for the caller to return. */
bool hvci_refuse(struct reader *reader, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/* `count` zeroed items of `size` bytes; NULL if memory ran out. */
void *hvci_allocate(struct reader *reader, size_t count, size_t size);

/* ---- simple values ------------------------------------------------------ */

/* From `least` to `most`. */
bool hvci_read_integer(struct reader *reader, const json_t *value,
                       const char *what, json_int_t least, json_int_t most,
                       json_int_t *out);
/* All of 32 bits. */
bool hvci_read_number(struct reader *reader, const json_t *value,
                      const char *what, uint32_t *out);
/* All of 64 bits, written as the signed number of the same bits. */
bool hvci_read_bits(struct reader *reader, const json_t *value,
                    const char *what, uint64_t *out);
bool hvci_read_string(struct reader *reader, const json_t *value,
                      const char *what, const char **out);
/* The index in `words`, which NULL ends. */
bool hvci_read_word(struct reader *reader, const char *word,
                    const char *const *words, const char *what, unsigned *out);
bool hvci_read_rule(struct reader *reader, const json_t *value,
                    enum hvci_rule *out);

/* Whether it is an array of `least` to `most` items. */
bool hvci_read_array(struct reader *reader, const json_t *value,
                     const char *what, size_t least, size_t most);

/* The object's members, as by json_unpack(), and no others. */
bool hvci_unpack(struct reader *reader, json_t *object, const char *what,
                 const char *format, ...);

/* Reads an item into zeroed memory; `context` is hvci_read_each()'s. */
typedef bool (*hvci_read_fn)(struct reader *reader, json_t *value, void *out,
                             const void *context);

/* The items of an array of at most that many, `size` bytes each; NULL if it is
   refused. */
void *hvci_read_each(struct reader *reader, const json_t *array,
                     const char *what, size_t most, size_t size,
                     hvci_read_fn read, const void *context, size_t *count);

/* ---- parts of the record, in the order in which they are read ----------- */

bool hvci_read_files(struct reader *reader, const json_t *files);
bool hvci_read_suppressions(struct reader *reader, const json_t *list);
bool hvci_read_places(struct reader *reader, const json_t *scopes,
                      const json_t *places);
bool hvci_read_functions(struct reader *reader, const json_t *functions);
bool hvci_read_findings(struct reader *reader, const json_t *findings);
bool hvci_read_claims(struct reader *reader, const json_t *claims);

/* The name of the file of that number. */
bool hvci_read_file_number(struct reader *reader, const json_t *value,
                           const char **out);
/* A place's number, or NULL for none. */
bool hvci_read_range(struct reader *reader, const json_t *value,
                     struct hvci_range *out);
/* The numbers of suppressions that apply, or NULL for none. */
bool hvci_read_by(struct reader *reader, const json_t *by, const uint32_t **out,
                  size_t *count);

#endif
