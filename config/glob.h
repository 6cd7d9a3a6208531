// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * glob.h - patterns of paths: *, ?, [...] within a folder, ** across folders.
 */
#ifndef HVCI_CONFIG_GLOB_H
#define HVCI_CONFIG_GLOB_H

#include <stdbool.h>
#include <stddef.h>

struct hvci_glob;

/*
 * A pattern that is not absolute starts in `folder`, and may leave it by
 * leading
 * `../`. Upper and lower case are the same. NULL if the pattern is malformed or
 * memory ran out: then `error` (error_size bytes, ends in NUL) says why.
 */
struct hvci_glob *hvci_glob_new(const char *pattern, const char *folder,
                                char *error, size_t error_size);
void hvci_glob_free(struct hvci_glob *glob);

/* Whether the pattern matches the absolute path or a folder that it lies in. */
bool hvci_glob_matches(const struct hvci_glob *glob, const char *path);

#endif
