// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * paths.h - paths as compile databases write them. Returned text is the
 * caller's to free.
 */
#ifndef HVCI_CHECK_PATHS_H
#define HVCI_CHECK_PATHS_H

#include "words.h"

/* Folders of another machine, and where they are on this one: pairs of words.
 */
struct path_maps {
  struct words from, to;
};

/* "FROM=TO". False: it is not of that form. */
bool path_map_add(struct path_maps *maps, const char *text);

/* Whether it begins with a drive or two backslashes. */
bool path_is_windows(const char *path);
/* Also if it is a Windows path. */
bool path_is_absolute(const char *path);
/* Each backslash becomes a slash. */
void path_use_slashes(char *path);
/* `path` below `folder`, or `path` itself if it is absolute; "." and empty
   parts go, ".." stays, as a link may stand before it. */
char *path_join(const char *folder, const char *path);
/* The part behind the last slash, of either kind if `windows`. */
const char *path_name(const char *path, bool windows);
/* Where that of a database is on this machine: with slashes if it comes from
   Windows, and by the first map that fits (then letter case does not count). */
char *path_localise(const struct path_maps *maps, const char *path,
                    bool windows);
/* `path` as seen from `folder`; both absolute, without "." and "..". */
char *path_relative(const char *folder, const char *path);
/* Whether `path` is `folder` or below it. */
bool path_is_below(const char *path, const char *folder);

#endif
