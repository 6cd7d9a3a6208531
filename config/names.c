// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * names.c - exact and approximate look-up of names.
 */
#include "names.h"

#include <string.h>

int hvci_names_find(const struct hvci_names *names, const char *text) {
  char name[HVCI_NAME_BYTES];
  for (size_t i = 0; i < names->count; i++) {
    names->get(i, name);
    if (strcmp(name, text) == 0)
      return (int)i;
  }
  return -1;
}

// POOL_TYPE is pool-type.
static char folded(char c) {
  if (c == '_' || c == ' ')
    return '-';
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

// How many insertions, deletions and substitutions lie between the two, which
// are shorter than HVCI_NAME_BYTES.
static size_t distance(const char *a, const char *b) {
  size_t row[HVCI_NAME_BYTES];
  size_t length = strlen(b);
  for (size_t j = 0; j <= length; j++)
    row[j] = j;
  for (size_t i = 1; a[i - 1]; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= length; j++) {
      size_t changed = diagonal + (folded(a[i - 1]) != folded(b[j - 1]));
      diagonal = row[j];
      row[j] = least(changed, least(row[j], row[j - 1]) + 1);
    }
  }
  return row[length];
}

int hvci_names_nearest(const struct hvci_names *names, const char *text) {
  char name[HVCI_NAME_BYTES];
  size_t best = HVCI_NAME_BYTES;
  int nearest = -1;
  if (strlen(text) >= HVCI_NAME_BYTES)
    return -1;
  for (size_t i = 0; i < names->count; i++) {
    names->get(i, name);
    size_t away = distance(text, name);
    if (away < best && 2 * away <= strlen(name)) {
      best = away;
      nearest = (int)i;
    }
  }
  return nearest;
}
