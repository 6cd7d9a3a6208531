// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * read_sinks.c - the sinks of a project.
 */
#include "read.h"

#include <stdlib.h>
#include <string.h>

// A sink as far as it has been read.
struct draft {
  size_t offset;
  size_t name_offset;
  char *name;
  bool is_field;
  int parameter; // or HVCI_NOARG
  int kind;      // or -1
};

static size_t identifier_length(const char *text) {
  size_t length = 0;
  for (;; length++) {
    unsigned char c = (unsigned char)text[length];
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '_' || c == '$' || c >= 0x80;
    if (!letter && !(length > 0 && c >= '0' && c <= '9'))
      return length;
  }
}

// "Left<separator>Right".
static bool is_pair(const char *text, const char *separator) {
  size_t left = identifier_length(text), between = strlen(separator);
  if (left == 0 || strncmp(text + left, separator, between) != 0)
    return false;
  text += left + between;
  size_t right = identifier_length(text);
  return right > 0 && text[right] == '\0';
}

static bool is_identifier(const char *text) {
  size_t length = identifier_length(text);
  return length > 0 && text[length] == '\0';
}

static bool read_sink_name(struct reader *r, struct draft *draft,
                           bool is_field) {
  const char *name = hvci_config_scalar(r);
  if (!name)
    return hvci_config_fail_value(
        r, &hvci_sink_key_table[is_field ? SINK_KEY_FIELD : SINK_KEY_FUNCTION]);
  if (draft->name)
    return hvci_config_fail(r, hvci_config_here(r),
                            "a sink is a function or a field, not both");
  if (is_field && !is_pair(name, "."))
    return hvci_config_fail(r, hvci_config_here(r),
                            "'%.60s' is no field: write Structure.Field", name);
  if (!is_field && !is_identifier(name) && !is_pair(name, "::"))
    return hvci_config_fail(
        r, hvci_config_here(r),
        "'%.60s' is no function: write Function or Class::Method", name);
  draft->name_offset = hvci_config_here(r);
  draft->is_field = is_field;
  draft->name = strdup(name);
  return draft->name || hvci_config_fail_memory(r);
}

static bool read_parameter(struct reader *r, struct draft *draft) {
  const char *digits = hvci_config_scalar(r);
  size_t length = digits ? strspn(digits, "0123456789") : 0;
  if (length == 0 || length > 2 || digits[length] || atoi(digits) > 31)
    return hvci_config_fail_value(r, &hvci_sink_key_table[SINK_KEY_PARAMETER]);
  draft->parameter = atoi(digits);
  return true;
}

static bool read_sink_entry(struct reader *r, size_t index, void *payload) {
  struct draft *draft = payload;
  switch ((enum sink_key)index) {
  case SINK_KEY_FUNCTION:
    return read_sink_name(r, draft, false);
  case SINK_KEY_FIELD:
    return read_sink_name(r, draft, true);
  case SINK_KEY_PARAMETER:
    return read_parameter(r, draft);
  case SINK_KEY_KIND:
    return hvci_read_name(r, &hvci_sink_key_table[index], &hvci_kind_names,
                          &draft->kind);
  case SINK_KEY_COUNT:
    break;
  }
  return true;
}

// The sink as a whole: what is missing, or does not go together.
static bool check_sink(struct reader *r, struct draft *draft) {
  if (!draft->name)
    return hvci_config_fail(r, draft->offset,
                            "a sink needs 'function' or 'field'");
  if (draft->kind < 0)
    return hvci_config_fail(r, draft->offset, "a sink needs 'kind'");
  char kind[HVCI_NAME_BYTES];
  hvci_kind_names.get((size_t)draft->kind, kind);
  const struct hvci_kind_info *info =
      hvci_kind_get((enum hvci_kind)draft->kind);
  if (draft->is_field && draft->parameter != HVCI_NOARG)
    return hvci_config_fail(r, draft->offset, "a field has no 'parameter'");
  if (draft->is_field && info->executable.mask == 0)
    return hvci_config_fail(r, draft->offset, "a field cannot be of kind '%s'",
                            kind);
  if (!draft->is_field && draft->parameter == HVCI_NOARG &&
      info->executable.mask != 0)
    return hvci_config_fail(r, draft->offset,
                            "a function of kind '%s' needs 'parameter'", kind);
  for (size_t i = 0; i < r->config->sink_count; i++)
    if (strcmp(r->config->sinks[i].callee, draft->name) == 0)
      return hvci_config_fail(r, draft->name_offset,
                              "'%.60s' is a sink already", draft->name);
  return true;
}

static bool keep_sink(struct reader *r, const struct draft *draft) {
  struct hvci_config *config = r->config;
  struct hvci_ddi *grown =
      hvci_config_grow(config->sinks, config->sink_count, sizeof *grown);
  if (!grown)
    return hvci_config_fail_memory(r);
  config->sinks = grown;
  config->sinks[config->sink_count++] = (struct hvci_ddi){
      .callee = draft->name,
      .kind = (enum hvci_kind)draft->kind,
      .argument = draft->is_field ? 0 : draft->parameter,
      .condition = HVCI_CONDITION_ALWAYS,
      .condition_argument = HVCI_NOARG,
      .doubt = HVCI_DOUBT_NONE,
  };
  return true;
}

bool hvci_read_sink(struct reader *r, const struct key_info *key) {
  struct draft draft = {
      .offset = hvci_config_here(r), .parameter = HVCI_NOARG, .kind = -1};
  if (r->event.type != YAML_MAPPING_START_EVENT)
    return hvci_config_fail_value(r, key);
  if (hvci_read_mapping(r, &hvci_sink_key_names, read_sink_entry, &draft) &&
      check_sink(r, &draft) && keep_sink(r, &draft))
    return true;
  free(draft.name);
  return false;
}
