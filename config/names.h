// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * names.h - the names that may stand in one place, and the nearest of them.
 */
#ifndef HVCI_CONFIG_NAMES_H
#define HVCI_CONFIG_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#define HVCI_NAME_BYTES 40

struct hvci_names {
  const char *what; /* "key", "rule": in the singular */
  size_t count;
  /* Writes the name of that index, ends in NUL. */
  void (*get)(size_t index, char out[HVCI_NAME_BYTES]);
};

/* The index of that very name, or -1. */
int hvci_names_find(const struct hvci_names *names, const char *text);

/* The index of the name that was probably meant, or -1. */
int hvci_names_nearest(const struct hvci_names *names, const char *text);

#endif
