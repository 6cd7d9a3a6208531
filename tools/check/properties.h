// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * properties.h - names with values, as MSBuild has them: letter case does not
 * count in names.
 */
#ifndef HVCI_CHECK_PROPERTIES_H
#define HVCI_CHECK_PROPERTIES_H

#include <stddef.h>

struct property {
  char *name, *value;
};

/* Zeroed is empty. */
struct properties {
  struct property *items;
  size_t count, size;
};

/* The value of the name, `length` bytes long; NULL: there is none. */
const char *properties_get(const struct properties *properties,
                           const char *name, size_t length);
/* The same of a whole name, or "". */
const char *properties_value(const struct properties *properties,
                             const char *name);
/* Copies both. */
void properties_set(struct properties *properties, const char *name,
                    const char *value);
void properties_copy(struct properties *out, const struct properties *from);
void properties_free(struct properties *properties); /* leaves it empty */

/* Where the part is in the text, in letters of any case; NULL: nowhere. */
const char *text_find(const char *text, const char *part);

#endif
