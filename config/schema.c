// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * schema.c - the tables of keys, and of the words that they take.
 */
#include "schema.h"

#include "hvci/catalogue.h"
#include "hvci/options.h"

#include <stdio.h>

#define HVCI_KEY(id, name, takes) {name, takes},
const struct key_info hvci_key_table[] = {
#include "schema.def"
};

#define HVCI_SINK_KEY(id, name, takes) {name, takes},
const struct key_info hvci_sink_key_table[] = {
#include "schema.def"
};

#define HVCI_GATE_KEY(id, name, takes) {name, takes},
const struct key_info hvci_gate_key_table[] = {
#include "schema.def"
};

#define HVCI_PATH_KEY(id, name, takes) {name, takes},
const struct key_info hvci_path_key_table[] = {
#include "schema.def"
};

static void copy(char out[HVCI_NAME_BYTES], const char *name) {
  (void)snprintf(out, HVCI_NAME_BYTES, "%s", name);
}

static void key(size_t index, char out[HVCI_NAME_BYTES]) {
  copy(out, hvci_key_table[index].name);
}

static void sink_key(size_t index, char out[HVCI_NAME_BYTES]) {
  copy(out, hvci_sink_key_table[index].name);
}

static void gate_key(size_t index, char out[HVCI_NAME_BYTES]) {
  copy(out, hvci_gate_key_table[index].name);
}

static void path_key(size_t index, char out[HVCI_NAME_BYTES]) {
  copy(out, hvci_path_key_table[index].name);
}

static void rule(size_t index, char out[HVCI_NAME_BYTES]) {
  copy(out, hvci_rule_name((enum hvci_rule)index));
}

static void severity(size_t index, char out[HVCI_NAME_BYTES]) {
  static const char *const words[] = {"off", "warning", "error"};
  copy(out, words[index]);
}

// POOL_TYPE is written pool-type, as all names in the file are.
static void kind(size_t index, char out[HVCI_NAME_BYTES]) {
  static const char *const ids[] = {
#define HVCI_KIND(id, rule, mask, want, equal, warning, name) #id,
#include "kinds.def"
  };
  copy(out, ids[index]);
  for (char *at = out; *at; at++)
    if (*at == '_')
      *at = '-';
    else if (*at >= 'A' && *at <= 'Z')
      *at = (char)(*at - 'A' + 'a');
}

static void verdict(size_t index, char out[HVCI_NAME_BYTES]) {
  static const char *const words[] = {"block", "warn"};
  copy(out, words[index]);
}

static void need(size_t index, char out[HVCI_NAME_BYTES]) {
  static const char *const words[] = {"optional", "required"};
  copy(out, words[index]);
}

const struct hvci_names hvci_key_names = {"key", KEY_COUNT, key};
const struct hvci_names hvci_sink_key_names = {"key", SINK_KEY_COUNT, sink_key};
const struct hvci_names hvci_gate_key_names = {"key", GATE_KEY_COUNT, gate_key};
const struct hvci_names hvci_path_key_names = {"key", PATH_KEY_COUNT, path_key};
const struct hvci_names hvci_rule_names = {"rule", HVCI_RULE_COUNT, rule};
const struct hvci_names hvci_severity_names = {"severity", 3, severity};
const struct hvci_names hvci_kind_names = {"kind", HVCI_KIND_COUNT, kind};
const struct hvci_names hvci_verdict_names = {"verdict", 2, verdict};
const struct hvci_names hvci_need_names = {"word", 2, need};
