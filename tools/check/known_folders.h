// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * known_folders.h - folders whose real paths are known: thousands of units name
 * the same few, and each would be asked for part by part.
 */
#ifndef HVCI_CHECK_KNOWN_FOLDERS_H
#define HVCI_CHECK_KNOWN_FOLDERS_H

/* Zeroed is empty. Folders that change meanwhile stay as they were. */
struct known_folders {
  void *tree;
};

/* The folder's real path, which stays as long as `known`; NULL: there is no
   such folder. */
const char *known_real(struct known_folders *known, const char *path);
/* As path_clean() has it. The caller frees it. */
char *known_clean(struct known_folders *known, const char *path);
void known_folders_free(struct known_folders *known);

#endif
