// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * events.h - .hvcilint.yaml as libyaml's events, and what is wrong with them.
 *
 * Functions that return bool return false once something is wrong; the reader's
 * error then says what and where. Each value is current when the function for
 * it is called, and its end when that returns.
 */
#ifndef HVCI_CONFIG_EVENTS_H
#define HVCI_CONFIG_EVENTS_H

#include "hvci/config.h"

#include "schema.h"

#include <yaml.h>

struct reader {
  yaml_parser_t yaml;
  yaml_event_t event; /* the current one */
  const char *text;
  size_t length;
  const char *folder; /* where globs start */
  struct hvci_config *config;
  struct hvci_config_error *error;
};

/* Always false, for the caller to return. `offset` is in bytes of the text. */
__attribute__((format(printf, 3, 4))) bool
hvci_config_fail(struct reader *r, size_t offset, const char *format, ...);
bool hvci_config_fail_memory(struct reader *r);
/* The current value is not what the key takes. */
bool hvci_config_fail_value(struct reader *r, const struct key_info *key);
/* The current scalar is none of the names. */
bool hvci_config_fail_name(struct reader *r, const struct hvci_names *names);

/* Where the current event begins. */
size_t hvci_config_here(const struct reader *r);
/* What the current event begins, for a message. */
void hvci_config_describe(const struct reader *r, char *out, size_t size);

/* Moves to the next event. What YAML offers beyond plain values is refused. */
bool hvci_config_next(struct reader *r);

/* The current scalar, or NULL if it is something else or empty. */
const char *hvci_config_scalar(const struct reader *r);

typedef bool (*read_entry_fn)(struct reader *r, size_t index, void *payload);
typedef bool (*read_item_fn)(struct reader *r, const struct key_info *key);

/* A mapping of some of the names, each once. */
bool hvci_read_mapping(struct reader *r, const struct hvci_names *names,
                       read_entry_fn entry, void *payload);
bool hvci_read_list(struct reader *r, const struct key_info *key,
                    read_item_fn item);
/* A scalar that is one of the names: its index. */
bool hvci_read_name(struct reader *r, const struct key_info *key,
                    const struct hvci_names *names, int *out);

/* Room for one more element behind the `count` there are, or NULL. */
void *hvci_config_grow(void *array, size_t count, size_t size);

#endif
