// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * config.c - what a configuration answers, and where it lies.
 */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void hvci_config_free(struct hvci_config *config) {
  if (!config)
    return;
  for (size_t i = 0; i < config->sink_count; i++)
    free((void *)config->sinks[i].callee);
  for (size_t i = 0; i < config->exclude_count; i++)
    hvci_glob_free(config->excludes[i]);
  for (size_t i = 0; i < config->path_count; i++)
    hvci_glob_free(config->paths[i].path);
  free(config->paths);
  free(config->sinks);
  free(config->excludes);
  free(config);
}

void hvci_config_apply(const struct hvci_config *config,
                       struct hvci_options *options) {
  options->off |= config->off & ~(options->only | options->error);
  options->error |= config->error;
  if (options->min_build == 0)
    options->min_build = config->min_build;
  options->sinks = config->sinks;
  options->sink_count = config->sink_count;
}

bool hvci_config_excludes(const struct hvci_config *config, const char *path) {
  for (size_t i = 0; i < config->exclude_count; i++)
    if (hvci_glob_matches(config->excludes[i], path))
      return true;
  return false;
}

// False: the policy says nothing of the rule.
static bool ask_policy(const struct hvci_policy *policy, enum hvci_rule rule,
                       bool *warns) {
  if (policy->named >> rule & 1)
    *warns = policy->warn >> rule & 1;
  else if (policy->has_fallback)
    *warns = policy->fallback == HVCI_GATE_WARN;
  else
    return false;
  return true;
}

bool hvci_config_blocks(const struct hvci_config *config, enum hvci_rule rule,
                        bool certain, const char *path) {
  bool warns = false;
  if (!config)
    return true;
  if (!certain && config->possible_warns)
    return false;
  for (size_t i = config->path_count; i-- > 0;)
    if (hvci_glob_matches(config->paths[i].path, path) &&
        ask_policy(&config->paths[i], rule, &warns))
      return !warns;
  return !ask_policy(&config->gate, rule, &warns) || !warns;
}

bool hvci_config_wants_reason(const struct hvci_config *config) {
  return config && config->wants_reason;
}

bool hvci_config_find(char *out, size_t size, const char *folder,
                      hvci_config_exists_fn exists, void *payload) {
  size_t length = strlen(folder);
  for (;;) {
    while (length > 0 &&
           (folder[length - 1] == '/' || folder[length - 1] == '\\'))
      length--;
    int written =
        snprintf(out, size, "%.*s/%s", (int)length, folder, HVCI_CONFIG_NAME);
    if (written < 0 || (size_t)written >= size)
      return false;
    if (exists(out, payload))
      return true;
    if (length == 0)
      return false;
    while (length > 0 && folder[length - 1] != '/' &&
           folder[length - 1] != '\\')
      length--;
    if (length == 0)
      return false;
  }
}
