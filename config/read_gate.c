// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * read_gate.c - what the gate decides by.
 */
#include "read.h"

static bool read_verdict(struct reader *r, size_t index, void *payload) {
  const struct key_info rule = {hvci_rule_name((enum hvci_rule)index),
                                "block or warn"};
  struct hvci_policy *policy = payload;
  int verdict = HVCI_GATE_BLOCK;
  if (!hvci_read_name(r, &rule, &hvci_verdict_names, &verdict))
    return false;
  policy->named |= UINT32_C(1) << index;
  if (verdict == HVCI_GATE_WARN)
    policy->warn |= UINT32_C(1) << index;
  return true;
}

static bool read_verdicts(struct reader *r, const struct key_info *key,
                          struct hvci_policy *policy) {
  if (r->event.type != YAML_MAPPING_START_EVENT)
    return hvci_config_fail_value(r, key);
  return hvci_read_mapping(r, &hvci_rule_names, read_verdict, policy);
}

static bool read_fallback(struct reader *r, const struct key_info *key,
                          struct hvci_policy *policy) {
  policy->has_fallback = true;
  return hvci_read_name(r, key, &hvci_verdict_names, &policy->fallback);
}

static bool read_path_entry(struct reader *r, size_t index, void *payload) {
  const struct key_info *key = &hvci_path_key_table[index];
  struct hvci_policy *policy = payload;
  char why[128];
  switch ((enum path_key)index) {
  case PATH_KEY_PATH:
    if (!hvci_config_scalar(r))
      return hvci_config_fail_value(r, key);
    policy->path =
        hvci_glob_new(hvci_config_scalar(r), r->folder, why, sizeof why);
    return policy->path ||
           hvci_config_fail(r, hvci_config_here(r), "'%.60s' is no glob: %s",
                            hvci_config_scalar(r), why);
  case PATH_KEY_DEFAULT:
    return read_fallback(r, key, policy);
  case PATH_KEY_RULES:
    return read_verdicts(r, key, policy);
  case PATH_KEY_COUNT:
    break;
  }
  return true;
}

static bool read_path(struct reader *r, const struct key_info *key) {
  struct hvci_config *config = r->config;
  size_t offset = hvci_config_here(r);
  if (r->event.type != YAML_MAPPING_START_EVENT)
    return hvci_config_fail_value(r, key);
  struct hvci_policy *grown =
      hvci_config_grow(config->paths, config->path_count, sizeof *grown);
  if (!grown)
    return hvci_config_fail_memory(r);
  config->paths = grown;
  struct hvci_policy *policy = &config->paths[config->path_count++];
  *policy = (struct hvci_policy){.path = NULL};
  return hvci_read_mapping(r, &hvci_path_key_names, read_path_entry, policy) &&
         (policy->path || hvci_config_fail(r, offset, "a path needs 'path'"));
}

bool hvci_read_gate_entry(struct reader *r, size_t index, void *payload) {
  const struct key_info *key = &hvci_gate_key_table[index];
  struct hvci_config *config = r->config;
  int word = 0;
  (void)payload;
  switch ((enum gate_key)index) {
  case GATE_KEY_DEFAULT:
    return read_fallback(r, key, &config->gate);
  case GATE_KEY_RULES:
    return read_verdicts(r, key, &config->gate);
  case GATE_KEY_PATHS:
    return hvci_read_list(r, key, read_path);
  case GATE_KEY_POSSIBLE:
    if (!hvci_read_name(r, key, &hvci_verdict_names, &word))
      return false;
    config->possible_warns = word == HVCI_GATE_WARN;
    break;
  case GATE_KEY_REASON:
    if (!hvci_read_name(r, key, &hvci_need_names, &word))
      return false;
    config->wants_reason = word == 1;
    break;
  case GATE_KEY_COUNT:
    break;
  }
  return true;
}
