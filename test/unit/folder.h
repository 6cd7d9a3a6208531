// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * folder.h - a folder of a test's own.
 */
#ifndef HVCI_TEST_FOLDER_H
#define HVCI_TEST_FOLDER_H

#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDER_SIZE = 64 };

/* Makes it and writes its path. False: it cannot be made. */
static inline bool folder_make(char path[FOLDER_SIZE]) {
  strcpy(path, "/tmp/hvci-unit-XXXXXX");
  return mkdtemp(path) != NULL;
}

static inline int folder_remove_one(const char *path, const struct stat *facts,
                                    int kind, struct FTW *walk) {
  (void)facts, (void)kind, (void)walk;
  return remove(path);
}

/* With all that is in it. False: something is left. */
static inline bool folder_remove(const char *path) {
  return nftw(path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0;
}

#endif
