/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * names.h - strings that many point to, each kept once.
 */
#ifndef HVCI_TOOLS_NAMES_H
#define HVCI_TOOLS_NAMES_H

/* The copy of the string in the tree, which is NULL at first. It stays until
   the tree is freed. */
const char *names_keep(void **tree, const char *name);
void names_free(void *tree);

#endif
