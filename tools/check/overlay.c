// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * overlay.c - headers by names that differ in case.
 *
 * Source: llvm/Support/VirtualFileSystem.h, RedirectingFileSystem. A folder's
 * files that are not listed are found as they are spelled.
 */
#include "overlay.h"

#include "command.h"
#include "files.h"
#include "whole_file.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 100000, MOST_DEPTH = 12 };

/*
 * cl.exe expands a macro's arguments before it joins them, where the standard
 * has it otherwise. With a macro that the command line brings, both do.
 */
static const struct mend {
  const char *file, *from, *to;
} mends[] = {{"ndis.h", "0x ## major", "HVCILINT_HEX(major)"},
             {"ndis.h", "0x ## minor", "HVCILINT_HEX(minor)"}};

void overlay_options(struct words *out) {
  words_add(out, "-DHVCILINT_HEX(x)=0x##x");
}

struct tree {
  const char *mended; // folder of mended headers
  json_t *contents;
  const char *folder;
  unsigned depth;
  size_t *seen;
};

static bool is_header(const char *name) {
  static const char *const extensions[] = {
      ".h",   ".hh",  ".hpp", ".hxx", ".inc", ".inl", ".ipp", ".def",
      ".tmh", ".ver", ".c",   ".cpp", ".cc",  ".cxx", ".mc",  ".x"};
  const char *dot = strrchr(name, '.');
  for (size_t i = 0; dot && i < sizeof extensions / sizeof *extensions; i++)
    if (strcasecmp(dot, extensions[i]) == 0)
      return true;
  return false;
}

static json_t *list_folder(const struct tree *above, const char *folder);

static char *replaced(const char *text, const char *from, const char *to) {
  const char *at = strstr(text, from);
  return at ? text_of("%.*s%s%s", (int)(at - text), text, to, at + strlen(from))
            : need(strdup(text));
}

// Where the header is to be read: a mended copy, if it needs mending.
static char *mend(const struct tree *tree, const char *name, const char *path) {
  size_t length;
  char *text = NULL, *copy = NULL;
  bool changed = false;
  for (size_t i = 0; i < sizeof mends / sizeof *mends; i++) {
    if (strcasecmp(name, mends[i].file) != 0)
      continue;
    text = text ? text : read_file(path, &length);
    if (!text || !strstr(text, mends[i].from))
      continue;
    char *better = replaced(text, mends[i].from, mends[i].to);
    free(text);
    text = better;
    changed = true;
  }
  if (changed && folder_make(tree->mended)) {
    copy = text_of("%s/%s", tree->mended, name);
    if (!update_whole_file(copy, text, strlen(text))) {
      free(copy);
      copy = NULL;
    }
  }
  free(text);
  return copy ? copy : need(strdup(path));
}

// Names that are no UTF-8 cannot be written; they are found as spelled.
static void visit(const char *name, void *payload) {
  const struct tree *tree = payload;
  struct file_facts facts;
  if (name[0] == '.' || ++*tree->seen > MOST_FILES)
    return;
  char *path = text_of("%s/%s", tree->folder, name);
  json_t *entry = NULL;
  if (is_header(name)) {
    char *contents = mend(tree, name, path);
    entry = json_pack("{s:s, s:s, s:s}", "name", name, "type", "file",
                      "external-contents", contents);
    free(contents);
  } else if (tree->depth < MOST_DEPTH && !strchr(name, '.') &&
             file_look(path, &facts) && facts.folder) {
    json_t *contents = list_folder(tree, path);
    if (json_array_size(contents) > 0)
      entry = json_pack("{s:s, s:s, s:O}", "name", name, "type", "directory",
                        "contents", contents);
    json_decref(contents);
  }
  if (entry)
    (void)json_array_append_new(tree->contents, entry);
  free(path);
}

static json_t *list_folder(const struct tree *above, const char *folder) {
  struct tree tree = *above;
  tree.contents = need(json_array());
  tree.folder = folder;
  tree.depth++;
  folder_list(folder, visit, &tree);
  return tree.contents;
}

static bool is_within(const char *path, const struct words *folders,
                      size_t but) {
  for (size_t i = 0; i < folders->count; i++) {
    size_t length = strlen(folders->items[i]);
    if (i != but && strncmp(path, folders->items[i], length) == 0 &&
        path[length] == '/')
      return true;
  }
  return false;
}

bool overlay_write(const char *path, const char *mended,
                   const struct words *folders) {
  size_t seen = 0;
  const struct tree top_tree = {.mended = mended, .seen = &seen};
  json_t *roots = need(json_array());
  for (size_t i = 0; i < folders->count; i++) {
    if (is_within(folders->items[i], folders, i))
      continue; // listed with that
    json_t *contents = list_folder(&top_tree, folders->items[i]);
    json_t *root = json_pack("{s:s, s:s, s:o}", "name", folders->items[i],
                             "type", "directory", "contents", contents);
    if (root)
      (void)json_array_append_new(roots, root);
  }
  json_t *top = need(json_pack("{s:i, s:s, s:o}", "version", 0,
                               "case-sensitive", "false", "roots", roots));
  char *text = need(json_dumps(top, JSON_COMPACT));
  bool good = update_whole_file(path, text, strlen(text));
  int error = errno;
  free(text);
  json_decref(top);
  errno = error;
  return good;
}
