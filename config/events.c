// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * events.c - libyaml's events, and what is wrong with them.
 */
#include "events.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Lines and columns as editors and compilers count them.
static void locate(struct reader *r, size_t offset) {
  r->error->line = 1;
  size_t start = 0;
  for (size_t i = 0; i < offset && i < r->length; i++) {
    bool in_pair =
        r->text[i] == '\r' && i + 1 < r->length && r->text[i + 1] == '\n';
    if ((r->text[i] == '\n' || r->text[i] == '\r') && !in_pair) {
      r->error->line++;
      start = i + 1;
    }
  }
  r->error->column = offset > start ? (unsigned)(offset - start + 1) : 1;
}

bool hvci_config_fail(struct reader *r, size_t offset, const char *format,
                      ...) {
  va_list arguments;
  locate(r, offset);
  va_start(arguments, format);
  (void)vsnprintf(r->error->text, sizeof r->error->text, format, arguments);
  va_end(arguments);
  for (char *at = r->error->text; *at; at++)
    if ((unsigned char)*at < ' ' || *at == '\x7F')
      *at = '?';
  return false;
}

// libyaml counts characters.
static size_t offset_of(const struct reader *r, const yaml_mark_t *mark) {
  size_t offset = 0;
  for (size_t i = 0; i < mark->index && offset < r->length; i++) {
    offset++;
    while (offset < r->length && ((unsigned char)r->text[offset] >> 6) == 2)
      offset++;
  }
  return offset;
}

size_t hvci_config_here(const struct reader *r) {
  return offset_of(r, &r->event.start_mark);
}

bool hvci_config_fail_memory(struct reader *r) {
  return hvci_config_fail(r, 0, "out of memory");
}

static bool fail_yaml(struct reader *r) {
  const yaml_parser_t *yaml = &r->yaml;
  if (yaml->error == YAML_MEMORY_ERROR)
    return hvci_config_fail_memory(r);
  if (yaml->error == YAML_READER_ERROR)
    return hvci_config_fail(r, yaml->problem_offset, "not UTF-8 text: %s",
                            yaml->problem);
  size_t offset = offset_of(r, &yaml->problem_mark);
  if (offset < r->length && r->text[offset] == '\t')
    return hvci_config_fail(r, offset, "a tab cannot stand here; use spaces");
  return hvci_config_fail(r, offset, "not YAML: %s%s%s", yaml->problem,
                          yaml->context ? " " : "",
                          yaml->context ? yaml->context : "");
}

void hvci_config_describe(const struct reader *r, char *out, size_t size) {
  const char *value = r->event.type == YAML_SCALAR_EVENT
                          ? (const char *)r->event.data.scalar.value
                          : NULL;
  if (value && *value)
    (void)snprintf(out, size, "'%.60s'", value);
  else if (value)
    (void)snprintf(out, size, "nothing");
  else if (r->event.type == YAML_SEQUENCE_START_EVENT)
    (void)snprintf(out, size, "a list");
  else
    (void)snprintf(out, size, "a mapping");
}

bool hvci_config_fail_value(struct reader *r, const struct key_info *key) {
  char found[80];
  hvci_config_describe(r, found, sizeof found);
  return hvci_config_fail(r, hvci_config_here(r), "'%s' takes %s, not %s",
                          key->name, key->takes, found);
}

bool hvci_config_fail_name(struct reader *r, const struct hvci_names *names) {
  const char *value = (const char *)r->event.data.scalar.value;
  char name[HVCI_NAME_BYTES], all[512] = "";
  int nearest = hvci_names_nearest(names, value);
  if (nearest >= 0) {
    names->get((size_t)nearest, name);
    return hvci_config_fail(r, hvci_config_here(r),
                            "unknown %s '%.60s'; did you mean '%s'?",
                            names->what, value, name);
  }
  for (size_t i = 0, length = 0; i < names->count && length < sizeof all; i++) {
    names->get(i, name);
    length += (size_t)snprintf(all + length, sizeof all - length, "%s%s",
                               i ? ", " : "", name);
  }
  return hvci_config_fail(r, hvci_config_here(r),
                          "unknown %s '%.60s'; valid are %s", names->what,
                          value, all);
}

// ---- events ----------------------------------------------------------------

// What YAML offers beyond the schema's plain values.
static bool refuse_extras(struct reader *r) {
  const yaml_char_t *anchor = NULL, *tag = NULL;
  switch (r->event.type) {
  case YAML_ALIAS_EVENT:
    anchor = r->event.data.alias.anchor;
    break;
  case YAML_SCALAR_EVENT:
    anchor = r->event.data.scalar.anchor;
    tag = r->event.data.scalar.tag;
    if (memchr(r->event.data.scalar.value, 0, r->event.data.scalar.length))
      return hvci_config_fail(r, hvci_config_here(r),
                              "a value cannot hold a NUL character");
    break;
  case YAML_SEQUENCE_START_EVENT:
    anchor = r->event.data.sequence_start.anchor;
    tag = r->event.data.sequence_start.tag;
    break;
  case YAML_MAPPING_START_EVENT:
    anchor = r->event.data.mapping_start.anchor;
    tag = r->event.data.mapping_start.tag;
    break;
  default:
    break;
  }
  if (anchor)
    return hvci_config_fail(r, hvci_config_here(r),
                            "anchors and aliases are not supported");
  if (tag)
    return hvci_config_fail(r, hvci_config_here(r), "tags are not supported");
  return true;
}

bool hvci_config_next(struct reader *r) {
  yaml_event_delete(&r->event);
  return yaml_parser_parse(&r->yaml, &r->event) ? refuse_extras(r)
                                                : fail_yaml(r);
}

const char *hvci_config_scalar(const struct reader *r) {
  if (r->event.type != YAML_SCALAR_EVENT || r->event.data.scalar.length == 0)
    return NULL;
  return (const char *)r->event.data.scalar.value;
}

bool hvci_read_mapping(struct reader *r, const struct hvci_names *names,
                       read_entry_fn entry, void *payload) {
  uint64_t seen = 0;
  for (;;) {
    if (!hvci_config_next(r))
      return false;
    if (r->event.type == YAML_MAPPING_END_EVENT)
      return true;
    if (!hvci_config_scalar(r))
      return hvci_config_fail(r, hvci_config_here(r), "a %s must be a name",
                              names->what);
    int index = hvci_names_find(names, hvci_config_scalar(r));
    if (index < 0)
      return hvci_config_fail_name(r, names);
    if (seen >> index & 1)
      return hvci_config_fail(r, hvci_config_here(r), "'%s' stands here twice",
                              hvci_config_scalar(r));
    seen |= UINT64_C(1) << index;
    if (!hvci_config_next(r) || !entry(r, (size_t)index, payload))
      return false;
  }
}

bool hvci_read_list(struct reader *r, const struct key_info *key,
                    read_item_fn item) {
  if (r->event.type != YAML_SEQUENCE_START_EVENT)
    return hvci_config_fail_value(r, key);
  for (;;) {
    if (!hvci_config_next(r))
      return false;
    if (r->event.type == YAML_SEQUENCE_END_EVENT)
      return true;
    if (!item(r, key))
      return false;
  }
}

bool hvci_read_name(struct reader *r, const struct key_info *key,
                    const struct hvci_names *names, int *out) {
  if (!hvci_config_scalar(r))
    return hvci_config_fail_value(r, key);
  *out = hvci_names_find(names, hvci_config_scalar(r));
  return *out >= 0 || hvci_config_fail_name(r, names);
}

void *hvci_config_grow(void *array, size_t count, size_t size) {
  return realloc(array, (count + 1) * size);
}
