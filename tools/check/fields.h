// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * fields.h - files of our own between check and its compiles: lists of strings,
 * each with a NUL behind it, the last one "end", so that a part is no whole.
 */
#ifndef HVCI_CHECK_FIELDS_H
#define HVCI_CHECK_FIELDS_H

#include "results.h"
#include "words.h"

#include <stdint.h>

/* The strings as one run of bytes, which the caller frees. */
char *fields_print(const struct words *fields, size_t *length);
/* Reads the file, written by fields_print(). False: it cannot be read or is not
   whole; then *out is empty. */
bool fields_read(struct words *out, const char *path);

/* One compile, as check orders it. */
struct job {
  char *source, *directory; /* absolute */
  bool cl;                  /* in clang-cl's manner */
  char *config;             /* the configuration that counts, or empty */
  struct words words;       /* the compiler's options */
  struct words systems;     /* folders of system headers */
  struct words functions;   /* that trace, besides those that headers name;
                               "@PATH": a file that names such */
};
void job_print(const struct job *job, struct words *out);
/* False: it is no job. */
bool job_parse(struct job *out, const struct words *fields);
void job_free(struct job *job);

/* How all compiles are run. */
struct settings {
  unsigned seconds; /* that a compile may take; 0: any */
  char *compiler, *plugin;
  char *root, *config; /* of the project; no configuration: empty */
  char *target;        /* clang-cl's own, where it was asked for; or empty */
  struct words launcher;
};
void settings_print(const struct settings *settings, struct words *out);
bool settings_parse(struct settings *out, const struct words *fields);
void settings_free(struct settings *settings);

/* How one compile went. */
struct outcome {
  char *signature; /* of the job, and of what ran it */
  enum results_status status;
  uint64_t record_size; /* bytes */
  char *error;
  struct words dropped; /* options that the compiler did not know */
  struct words stubs;   /* headers that were stubbed */
  struct words dependencies;
};
void outcome_print(const struct outcome *outcome, struct words *out);
bool outcome_parse(struct outcome *out, const struct words *fields);
void outcome_free(struct outcome *outcome);

/* The hash of the bytes, going on from another; 0 to begin with. */
uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t length);

#endif
