// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * lookup.h - files whose names differ in case from how they are asked for, as
 * Windows allows.
 */
#ifndef HVCI_CHECK_LOOKUP_H
#define HVCI_CHECK_LOOKUP_H

/* The file or folder of that absolute path, as it is spelled here: by its exact
   name or else by one that differs in case alone. The caller frees it; NULL:
   there is none. */
char *lookup_file(const char *path);

#endif
