// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * read.c - .hvcilint.yaml, read event by event.
 *
 * Each value is read by the function for its place in the schema: what is
 * nested deeper than the schema is refused where it begins.
 */
#include "read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_severity(struct reader *r, size_t index, void *payload) {
  const struct key_info rule = {hvci_rule_name((enum hvci_rule)index),
                                "a severity"};
  int severity = SEVERITY_WARNING;
  (void)payload;
  if (!hvci_read_name(r, &rule, &hvci_severity_names, &severity))
    return false;
  if (severity == SEVERITY_OFF)
    r->config->off |= UINT32_C(1) << index;
  if (severity == SEVERITY_ERROR)
    r->config->error |= UINT32_C(1) << index;
  return true;
}

static bool read_exclude(struct reader *r, const struct key_info *key) {
  struct hvci_config *config = r->config;
  char why[128];
  const char *pattern = hvci_config_scalar(r);
  if (!pattern)
    return hvci_config_fail_value(r, key);
  struct hvci_glob **grown =
      hvci_config_grow(config->excludes, config->exclude_count, sizeof *grown);
  if (!grown)
    return hvci_config_fail_memory(r);
  config->excludes = grown;
  struct hvci_glob *glob = hvci_glob_new(pattern, r->folder, why, sizeof why);
  if (!glob)
    return hvci_config_fail(r, hvci_config_here(r), "'%.60s' is no glob: %s",
                            pattern, why);
  config->excludes[config->exclude_count++] = glob;
  return true;
}

static void name_release(size_t index, char out[HVCI_NAME_BYTES]) {
  (void)snprintf(out, HVCI_NAME_BYTES, "%s", hvci_os_name(index));
}

static bool read_min_os(struct reader *r, const struct key_info *key) {
  struct hvci_names releases = {"release", 0, name_release};
  if (!hvci_config_scalar(r))
    return hvci_config_fail_value(r, key);
  r->config->min_build = hvci_os_build(hvci_config_scalar(r));
  if (r->config->min_build)
    return true;
  while (hvci_os_name(releases.count))
    releases.count++;
  return hvci_config_fail_name(r, &releases);
}

static bool read_key(struct reader *r, size_t index, void *payload) {
  const struct key_info *key = &hvci_key_table[index];
  (void)payload;
  switch ((enum key)index) {
  case KEY_SINKS:
    return hvci_read_list(r, key, hvci_read_sink);
  case KEY_RULES:
    if (r->event.type != YAML_MAPPING_START_EVENT)
      return hvci_config_fail_value(r, key);
    return hvci_read_mapping(r, &hvci_rule_names, read_severity, NULL);
  case KEY_EXCLUDE:
    return hvci_read_list(r, key, read_exclude);
  case KEY_MIN_OS:
    return read_min_os(r, key);
  case KEY_GATE:
    if (r->event.type != YAML_MAPPING_START_EVENT)
      return hvci_config_fail_value(r, key);
    return hvci_read_mapping(r, &hvci_gate_key_names, hvci_read_gate_entry,
                             NULL);
  case KEY_COUNT:
    break;
  }
  return true;
}

// ---- the file --------------------------------------------------------------

// A document that is empty configures nothing.
static bool read_document(struct reader *r) {
  char found[80];
  if (!hvci_config_next(r))
    return false;
  if (r->event.type == YAML_MAPPING_START_EVENT)
    return hvci_read_mapping(r, &hvci_key_names, read_key, NULL);
  if (r->event.type == YAML_SCALAR_EVENT && !hvci_config_scalar(r))
    return true;
  hvci_config_describe(r, found, sizeof found);
  return hvci_config_fail(r, hvci_config_here(r),
                          "the file must be a mapping, not %s", found);
}

static bool read_stream(struct reader *r) {
  // The stream's start, and what follows.
  if (!hvci_config_next(r) || !hvci_config_next(r))
    return false;
  if (r->event.type == YAML_STREAM_END_EVENT)
    return true;
  // The document, its end, and what follows.
  if (!read_document(r) || !hvci_config_next(r) || !hvci_config_next(r))
    return false;
  return r->event.type == YAML_STREAM_END_EVENT ||
         hvci_config_fail(r, hvci_config_here(r),
                          "a second document is not allowed");
}

static bool read_text(struct reader *r) {
  static const char mark[] = "\xEF\xBB\xBF";
  size_t skipped = 0;
  if (r->length > HVCI_CONFIG_MAX_BYTES)
    return hvci_config_fail(r, 0, "the file is longer than %u bytes",
                            HVCI_CONFIG_MAX_BYTES);
  if (r->length >= 3 && memcmp(r->text, mark, 3) == 0)
    skipped = 3;
  r->text += skipped;
  r->length -= skipped;
  if (!yaml_parser_initialize(&r->yaml))
    return hvci_config_fail_memory(r);
  yaml_parser_set_encoding(&r->yaml, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&r->yaml, (const unsigned char *)r->text,
                               r->length);
  bool read = read_stream(r);
  yaml_event_delete(&r->event);
  yaml_parser_delete(&r->yaml);
  return read;
}

struct hvci_config *hvci_config_parse(const char *text, size_t length,
                                      const char *folder,
                                      struct hvci_config_error *error) {
  struct reader r = {.text = text,
                     .length = length,
                     .folder = folder,
                     .config = calloc(1, sizeof *r.config),
                     .error = error};
  if (r.config ? read_text(&r) : hvci_config_fail_memory(&r))
    return r.config;
  hvci_config_free(r.config);
  return NULL;
}
