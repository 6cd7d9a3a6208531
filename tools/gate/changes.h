// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * changes.h - what git knows of the project: what changed since a revision,
 * what was renamed, and who wrote a line.
 */
#ifndef HVCI_GATE_CHANGES_H
#define HVCI_GATE_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A project's repository, and its changes once they are asked for. */
struct changes;

/* Lines of a file as it is now. */
struct changed_lines {
  uint32_t first, last;
  bool gap; /* lines are gone between these two */
};

struct changed_file {
  char *file;                  /* by the project's root, as it is now */
  char *was;                   /* as it was; equal if it was not renamed */
  struct changed_lines *lines; /* in order */
  size_t count, size;
};

/* Opens the repository that the folder `root` lies in; NULL if there is none.
   Closed by changes_close(), which takes NULL. */
struct changes *changes_open(const char *root);
void changes_close(struct changes *changes);

/*
 * Finds what is different from the revision, or from where HEAD left its line:
 * commits, and what is not committed, new files too. NULL, or what is wrong,
 * which the caller frees.
 */
char *changes_since(struct changes *changes, const char *revision);

/* The file's changes, or NULL if it has none. */
const struct changed_file *changes_of(const struct changes *changes,
                                      const char *file);

/* Whether a line from first to last changed, or vanished among them. */
bool changes_touch(const struct changes *changes, const char *file,
                   uint32_t first, uint32_t last);

/* All that changed and is still there. */
const struct changed_file *changes_files(const struct changes *changes,
                                         size_t *count);

/* The commit that is checked out, in hexadecimal; "" if there is none. */
const char *changes_head(const struct changes *changes);

/* Who wrote the line, which the caller frees; NULL if git does not know. */
char *changes_author(struct changes *changes, const char *file, uint32_t line);

#endif
