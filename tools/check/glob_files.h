// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * glob_files.h - the wildcards of MSBuild.
 */
#ifndef HVCI_CHECK_GLOB_FILES_H
#define HVCI_CHECK_GLOB_FILES_H

#include "words.h"

/* Adds the absolute paths of the files that the pattern names below the folder:
   `*` and `?` within a name, `**` for folders of any depth. Without these: the
   file, whether it is there or not. Links that lead back
   are not followed. False: there are more than are looked for, and some may be
   missing. */
bool glob_files(struct words *out, const char *folder, const char *pattern);

#endif
