// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * properties.c - names with values, as MSBuild has them.
 */
#include "properties.h"

#include "command.h"

#include <stdlib.h>
#include <string.h>

static struct property *find(const struct properties *properties,
                             const char *name, size_t length) {
  for (size_t i = 0; i < properties->count; i++) {
    struct property *property = &properties->items[i];
    if (strncasecmp(property->name, name, length) == 0 &&
        !property->name[length])
      return property;
  }
  return NULL;
}

const char *properties_get(const struct properties *properties,
                           const char *name, size_t length) {
  const struct property *property = find(properties, name, length);
  return property ? property->value : NULL;
}

const char *properties_value(const struct properties *properties,
                             const char *name) {
  const char *value = properties_get(properties, name, strlen(name));
  return value ? value : "";
}

void properties_set(struct properties *properties, const char *name,
                    const char *value) {
  struct property *property = find(properties, name, strlen(name));
  char *copy = need(strdup(value)); // it may be the old value
  if (property) {
    free(property->value);
    property->value = copy;
    return;
  }
  if (properties->count == properties->size) {
    properties->size = properties->size ? 2 * properties->size : 32;
    properties->items = need(realloc(
        properties->items, properties->size * sizeof *properties->items));
  }
  properties->items[properties->count++] =
      (struct property){.name = need(strdup(name)), .value = copy};
}

void properties_copy(struct properties *out, const struct properties *from) {
  *out = (struct properties){.items = NULL};
  for (size_t i = 0; i < from->count; i++)
    properties_set(out, from->items[i].name, from->items[i].value);
}

void properties_free(struct properties *properties) {
  for (size_t i = 0; i < properties->count; i++) {
    free(properties->items[i].name);
    free(properties->items[i].value);
  }
  free(properties->items);
  *properties = (struct properties){.items = NULL};
}

const char *text_find(const char *text, const char *part) {
  size_t length = strlen(part);
  for (; *text; text++)
    if (strncasecmp(text, part, length) == 0)
      return text;
  return length ? NULL : text;
}
