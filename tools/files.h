/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * files.h - files and folders, alike on every system. Paths have slashes, also
 * those of Windows. What fails sets errno. Returned text is the caller's to
 * free.
 */
#ifndef HVCI_TOOLS_FILES_H
#define HVCI_TOOLS_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What can be told of a file without reading it. */
struct file_facts {
  uint64_t size;
  int64_t time;            /* of its last change, in nanoseconds */
  uint64_t device, number; /* the same two for the same file */
  bool folder;
  bool plain; /* no folder, pipe or device */
};

/* False: it is not there. */
bool file_look(const char *path, struct file_facts *out);
/* Whether it is the same file, and unchanged. */
bool file_is_same(const struct file_facts *a, const struct file_facts *b);
bool file_exists(const char *path);
bool folder_exists(const char *path);
/* Sets a file's time, and never to a later one. */
bool file_set_time(const char *path, int64_t time);
bool file_remove(const char *path);
/* Takes the place of what is there. */
bool file_rename(const char *from, const char *to);

/* Makes the folder if it is not there. */
bool folder_make(const char *path);
/* Makes it the current one. */
bool folder_enter(const char *path);
/* Calls `each` with the name of each file in the folder. */
void folder_list(const char *path,
                 void (*each)(const char *name, void *payload), void *payload);

/* The path of this program; NULL: it is unknown. */
char *program_path(void);
/* The real path of a file; NULL: there is none. */
char *path_real(const char *path);
/* The path with its folder as it really is: without links, "." and "..". The
   same path if there is no such folder. */
char *path_clean(const char *path);
char *current_folder(void);
/* Cuts the last part and its slash; false: there is none. The root stays. */
bool path_go_up(char *path);

#endif
