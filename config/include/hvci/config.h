// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * config.h - .hvcilint.yaml: what a project tells every host.
 *
 * The file may add sinks, set the severity of rules and exclude paths; its keys
 * are in schema.def. Paths are absolute, without `.` and `..`, in UTF-8; / and
 * \ are the same in them.
 */
#ifndef HVCI_CONFIG_H
#define HVCI_CONFIG_H

#include "hvci/options.h"

#ifdef __cplusplus
extern "C" {
#endif

#define HVCI_CONFIG_NAME ".hvcilint.yaml"

/* A longer text is refused. */
#define HVCI_CONFIG_MAX_BYTES (1u << 18)

/* What is wrong with a text, and where. */
struct hvci_config_error {
  unsigned line;   /* from 1 */
  unsigned column; /* bytes, from 1 */
  char text[1024]; /* one line, and what would be right */
};

/* Owns all that it was told. */
struct hvci_config;

/*
 * Reads the text of a file, `length` bytes, no NUL needed. `folder` is where
 * the file lies: the globs start there. NULL if something is wrong with the
 * text, or memory ran out; then *error says what. The result is freed by
 * hvci_config_free().
 */
struct hvci_config *hvci_config_parse(const char *text, size_t length,
                                      const char *folder,
                                      struct hvci_config_error *error);

/* NULL is allowed. */
void hvci_config_free(struct hvci_config *config);

/*
 * Puts the configuration behind the arguments that the options already hold:
 * an argument wins over the file. The options borrow the configuration's sinks.
 */
void hvci_config_apply(const struct hvci_config *config,
                       struct hvci_options *options);

/* Whether findings in the file are unwanted. */
bool hvci_config_excludes(const struct hvci_config *config, const char *path);

/*
 * Whether a finding of the rule in the file blocks a change: as the last path
 * that matches and speaks of it says, else as the file says for all, else it
 * does. NULL is no configuration.
 */
bool hvci_config_blocks(const struct hvci_config *config, enum hvci_rule rule,
                        bool certain, const char *path);

/* Whether a suppression has to give a reason. */
bool hvci_config_wants_reason(const struct hvci_config *config);

/* Whether there is a file of that path. */
typedef bool (*hvci_config_exists_fn)(const char *path, void *payload);

/*
 * Finds the configuration for the sources in `folder`: there, or in the nearest
 * folder above it. Its path goes into out (size bytes, ends in NUL). False if
 * there is none, or if a path would not fit.
 */
bool hvci_config_find(char *out, size_t size, const char *folder,
                      hvci_config_exists_fn exists, void *payload);

#ifdef __cplusplus
}
#endif

#endif
