// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * schema.h - the keys of .hvcilint.yaml, and the words that they take.
 */
#ifndef HVCI_CONFIG_SCHEMA_H
#define HVCI_CONFIG_SCHEMA_H

#include "names.h"

#define HVCI_KEY(id, name, takes) KEY_##id,
enum key {
#include "schema.def"
  KEY_COUNT
};

#define HVCI_SINK_KEY(id, name, takes) SINK_KEY_##id,
enum sink_key {
#include "schema.def"
  SINK_KEY_COUNT
};

#define HVCI_GATE_KEY(id, name, takes) GATE_KEY_##id,
enum gate_key {
#include "schema.def"
  GATE_KEY_COUNT
};

#define HVCI_PATH_KEY(id, name, takes) PATH_KEY_##id,
enum path_key {
#include "schema.def"
  PATH_KEY_COUNT
};

enum severity { SEVERITY_OFF, SEVERITY_WARNING, SEVERITY_ERROR };

struct key_info {
  const char *name;
  const char *takes;
};

/* By the enumerations above. */
extern const struct key_info hvci_key_table[KEY_COUNT];
extern const struct key_info hvci_sink_key_table[SINK_KEY_COUNT];
extern const struct key_info hvci_gate_key_table[GATE_KEY_COUNT];
extern const struct key_info hvci_path_key_table[PATH_KEY_COUNT];
extern const struct hvci_names hvci_key_names;
extern const struct hvci_names hvci_sink_key_names;
extern const struct hvci_names hvci_gate_key_names;
extern const struct hvci_names hvci_path_key_names;

extern const struct hvci_names hvci_rule_names;     /* enum hvci_rule */
extern const struct hvci_names hvci_severity_names; /* enum severity */
extern const struct hvci_names hvci_kind_names;     /* enum hvci_kind */
extern const struct hvci_names hvci_verdict_names;  /* enum hvci_gate_verdict */
extern const struct hvci_names hvci_need_names;     /* optional, required */

#endif
