// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * changes.c - what git knows of the project, by libgit2.
 *
 * Nothing of the repository runs: libgit2 knows no hooks and no filters of a
 * configuration. So it need not belong to the user either, which it does not in
 * most containers.
 */
#include "changes.h"

#include "../command.h"
#include "../files.h"

#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct changes {
  git_repository *repository;
  char *prefix; // of the project in the repository: "" or "drivers/"
  char head[GIT_OID_HEXSZ + 1];
  struct changed_file *files; // by name
  size_t count, size;
  // The file that was asked for last, and who wrote its lines; or NULL. Who
  // asks goes on in one file, and git reads all its history.
  char *blamed;
  git_blame *blame;
};

// ---- the repository --------------------------------------------------------

static void read_head(struct changes *changes) {
  git_oid id;
  if (git_reference_name_to_id(&id, changes->repository, "HEAD") == 0)
    (void)git_oid_tostr(changes->head, sizeof changes->head, &id);
}

// How the project's folder is called in the repository.
static char *prefix_of(git_repository *repository, const char *root) {
  const char *top = git_repository_workdir(repository);
  char *real = path_real(root), *prefix = NULL;
  size_t length = top ? strlen(top) : 0;
  if (real && top && strncmp(real, top, length) == 0) {
    if (asprintf(&prefix, "%s/", real + length) < 0)
      need(NULL);
  } else if (real && top && strlen(real) + 1 == length &&
             strncmp(real, top, length - 1) == 0) {
    prefix = need(strdup(""));
  }
  free(real);
  return prefix;
}

static void forget_blame(struct changes *changes) {
  git_blame_free(changes->blame);
  free(changes->blamed);
  changes->blame = NULL;
  changes->blamed = NULL;
}

struct changes *changes_open(const char *root) {
  (void)git_libgit2_init();
  (void)git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  struct changes *changes = need(calloc(1, sizeof *changes));
  if (git_repository_open_ext(&changes->repository, root, 0, NULL) == 0)
    changes->prefix = prefix_of(changes->repository, root);
  if (changes->prefix) {
    read_head(changes);
    return changes;
  }
  changes_close(changes);
  return NULL;
}

void changes_close(struct changes *changes) {
  if (!changes)
    return;
  for (size_t i = 0; i < changes->count; i++) {
    free(changes->files[i].file);
    free(changes->files[i].was);
    free(changes->files[i].lines);
  }
  free(changes->files);
  forget_blame(changes);
  free(changes->prefix);
  git_repository_free(changes->repository);
  free(changes);
  (void)git_libgit2_shutdown();
}

const char *changes_head(const struct changes *changes) {
  return changes->head;
}

// ---- differences -----------------------------------------------------------

// A file's name by the project's root, or NULL if it is not below it.
static const char *below(const struct changes *changes, const char *path) {
  size_t length = strlen(changes->prefix);
  return strncmp(path, changes->prefix, length) == 0 ? path + length : NULL;
}

static int take_file(const git_diff_delta *delta, float progress,
                     void *payload) {
  struct changes *changes = payload;
  const char *now = below(changes, delta->new_file.path);
  const char *was = below(changes, delta->old_file.path);
  (void)progress;
  if (!now || delta->status == GIT_DELTA_DELETED)
    return 0;
  if (changes->count == changes->size) {
    changes->size = 2 * changes->size + 16;
    changes->files =
        need(realloc(changes->files, changes->size * sizeof *changes->files));
  }
  changes->files[changes->count++] = (struct changed_file){
      .file = need(strdup(now)), .was = need(strdup(was ? was : now))};
  return 0;
}

// Hunks follow their file.
static int take_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk,
                     void *payload) {
  struct changes *changes = payload;
  if (!below(changes, delta->new_file.path) ||
      delta->status == GIT_DELTA_DELETED)
    return 0;
  struct changed_file *file = &changes->files[changes->count - 1];
  if (file->count == file->size) {
    file->size = 2 * file->size + 8;
    file->lines = need(realloc(file->lines, file->size * sizeof *file->lines));
  }
  uint32_t first = (uint32_t)hunk->new_start;
  bool gap = hunk->new_lines == 0;
  file->lines[file->count++] = (struct changed_lines){
      .first = first,
      .last = gap ? first + 1 : first + (uint32_t)hunk->new_lines - 1,
      .gap = gap};
  return 0;
}

static int compare_files(const void *left, const void *right) {
  const struct changed_file *a = left, *b = right;
  return strcmp(a->file, b->file);
}

static int compare_trees(struct changes *changes, git_tree *tree) {
  git_diff_options options;
  git_diff_find_options renames;
  git_diff *diff = NULL;
  (void)git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  (void)git_diff_find_options_init(&renames, GIT_DIFF_FIND_OPTIONS_VERSION);
  options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS |
                  GIT_DIFF_SHOW_UNTRACKED_CONTENT;
  options.context_lines = 0;
  options.interhunk_lines = 0;
  renames.flags = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_FOR_UNTRACKED;
  int status = git_diff_tree_to_workdir_with_index(&diff, changes->repository,
                                                   tree, &options);
  if (status == 0)
    status = git_diff_find_similar(diff, &renames);
  if (status == 0)
    status = git_diff_foreach(diff, take_file, NULL, take_hunk, NULL, changes);
  git_diff_free(diff);
  if (changes->count > 0)
    qsort(changes->files, changes->count, sizeof *changes->files,
          compare_files);
  return status;
}

// The commit of the revision, or the last one that HEAD has in common with it.
static int find_base(struct changes *changes, const char *revision,
                     git_commit **out) {
  git_object *object = NULL, *commit = NULL;
  git_oid head, base;
  int status = git_revparse_single(&object, changes->repository, revision);
  if (status == 0)
    status = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
  if (status == 0)
    status = git_reference_name_to_id(&head, changes->repository, "HEAD");
  if (status == 0)
    status = git_merge_base(&base, changes->repository, &head,
                            git_object_id(commit));
  if (status == 0)
    status = git_commit_lookup(out, changes->repository, &base);
  git_object_free(commit);
  git_object_free(object);
  return status;
}

char *changes_since(struct changes *changes, const char *revision) {
  git_commit *base = NULL;
  git_tree *tree = NULL;
  char *error = NULL;
  int status = find_base(changes, revision, &base);
  if (status == 0)
    status = git_commit_tree(&tree, base);
  if (status == 0)
    status = compare_trees(changes, tree);
  if (status != 0) {
    const git_error *last = git_error_last();
    error = need(strdup(last ? last->message : "git cannot tell"));
  }
  git_tree_free(tree);
  git_commit_free(base);
  return error;
}

// ---- questions -------------------------------------------------------------

const struct changed_file *changes_of(const struct changes *changes,
                                      const char *file) {
  struct changed_file key = {.file = (char *)file};
  return changes->count && file ? bsearch(&key, changes->files, changes->count,
                                          sizeof *changes->files, compare_files)
                                : NULL;
}

bool changes_touch(const struct changes *changes, const char *file,
                   uint32_t first, uint32_t last) {
  const struct changed_file *changed = changes_of(changes, file);
  for (size_t i = 0; changed && i < changed->count; i++)
    if (changed->lines[i].first <= last && changed->lines[i].last >= first)
      return true;
  return false;
}

const struct changed_file *changes_files(const struct changes *changes,
                                         size_t *count) {
  *count = changes->count;
  return changes->files;
}

// ---- blame -----------------------------------------------------------------

static char *author_of(git_blame *blame, uint32_t line) {
  const git_blame_hunk *hunk = git_blame_get_hunk_byline(blame, line);
  char *author = NULL;
  if (!hunk)
    return NULL;
  if (git_oid_is_zero(&hunk->final_commit_id))
    return need(strdup("not committed"));
  if (hunk->final_signature &&
      asprintf(&author, "%s <%s>", hunk->final_signature->name,
               hunk->final_signature->email) < 0)
    need(NULL);
  return author;
}

static bool is_tracked(const struct changes *changes, const char *name) {
  git_index *index = NULL;
  bool known = git_repository_index(&index, changes->repository) == 0 &&
               git_index_get_bypath(index, name, 0) != NULL;
  git_index_free(index);
  return known;
}

// Of the file as it is now; NULL if git does not know it.
static git_blame *blame_of(const struct changes *changes, const char *file) {
  git_blame_options options;
  git_blame *committed = NULL, *now = NULL;
  char *path = NULL, *name = NULL;
  size_t length = 0;
  (void)git_blame_options_init(&options, GIT_BLAME_OPTIONS_VERSION);
  if (asprintf(&name, "%s%s", changes->prefix, file) < 0 ||
      asprintf(&path, "%s%s", git_repository_workdir(changes->repository),
               name) < 0)
    need(NULL);
  char *bytes = read_file(path, &length);
  if (bytes && is_tracked(changes, name) &&
      git_blame_file(&committed, changes->repository, name, &options) == 0 &&
      git_blame_buffer(&now, committed, bytes, length) != 0)
    now = NULL;
  git_blame_free(committed);
  free(bytes);
  free(path);
  free(name);
  return now;
}

char *changes_author(struct changes *changes, const char *file, uint32_t line) {
  if (file[0] == '/')
    return NULL;
  if (!changes->blamed || strcmp(changes->blamed, file) != 0) {
    forget_blame(changes);
    changes->blamed = need(strdup(file));
    changes->blame = blame_of(changes, file);
  }
  return changes->blame ? author_of(changes->blame, line) : NULL;
}
