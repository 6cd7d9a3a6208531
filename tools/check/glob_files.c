// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * glob_files.c - the wildcards of MSBuild. Letter case does not count.
 */
#include "glob_files.h"

#include "command.h"
#include "files.h"
#include "msbuild.h"
#include "paths.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FOUND = 100000, MOST_FOLDERS = 20000, MOST_DEPTH = 32 };

static bool matches(const char *pattern, size_t length, const char *name) {
  const char *end = pattern + length, *star = NULL, *mark = NULL;
  while (*name) {
    if (pattern < end && *pattern == '*') {
      star = pattern++;
      mark = name;
    } else if (pattern < end &&
               (*pattern == '?' || tolower((unsigned char)*pattern) ==
                                       tolower((unsigned char)*name))) {
      pattern++;
      name++;
    } else if (star) {
      pattern = star + 1;
      name = ++mark;
    } else {
      return false;
    }
  }
  while (pattern < end && *pattern == '*')
    pattern++;
  return pattern == end;
}

// What all folders share.
struct found {
  struct words files;
  size_t folders;
  bool cut; // there is more
};

struct search {
  struct found *out;
  const char *folder, *pattern;
  unsigned depth;
  struct file_facts facts;    // of the folder
  const struct search *above; // of the folder that it was found in, or NULL
};

static void look_into(const struct search *search);

// Whether a link leads back to where we are.
static bool is_around(const struct search *search,
                      const struct file_facts *facts) {
  for (; search; search = search->above)
    if (search->facts.device == facts->device &&
        search->facts.number == facts->number)
      return true;
  return false;
}

static void descend(const struct search *search, const char *name,
                    const char *pattern) {
  char *path = text_of("%s/%s", search->folder, name);
  struct search below = {.out = search->out,
                         .folder = path,
                         .pattern = pattern,
                         .depth = search->depth + 1,
                         .above = search};
  if (file_look(path, &below.facts) && below.facts.folder &&
      !is_around(search, &below.facts))
    look_into(&below);
  free(path);
}

static void visit(const char *name, void *payload) {
  const struct search *search = payload;
  size_t part = strcspn(search->pattern, "/");
  const char *rest = search->pattern + part + (search->pattern[part] == '/');
  if (part == 2 && strncmp(search->pattern, "**", 2) == 0) {
    if (name[0] != '.')
      descend(search, name, search->pattern);
  } else if (matches(search->pattern, part, name)) {
    if (*rest)
      descend(search, name, rest);
    else if (search->out->files.count < MOST_FOUND)
      words_take(&search->out->files, text_of("%s/%s", search->folder, name));
    else
      search->out->cut = true;
  }
}

static void look_into(const struct search *search) {
  struct search here = *search;
  if (here.depth > MOST_DEPTH || here.out->folders >= MOST_FOLDERS) {
    here.out->cut = true;
    return;
  }
  here.out->folders++;
  folder_list(here.folder, visit, &here);
  if (strncmp(here.pattern, "**/", 3) == 0) { // no folder at all, too
    here.pattern += 3;
    look_into(&here);
  }
}

bool glob_files(struct words *out, const char *folder, const char *pattern) {
  size_t fixed = strcspn(pattern, "*?");
  if (!pattern[fixed]) {
    words_take(out, local_file(folder, pattern));
    return true;
  }
  char *text = need(strdup(pattern));
  path_use_slashes(text);
  while (fixed && text[fixed - 1] != '/')
    fixed--;
  char *start = copy_part(text, fixed);
  char *top = local_file(folder, start);
  struct found found = {.cut = false};
  struct search search = {
      .out = &found, .folder = top, .pattern = text + fixed};
  (void)file_look(top, &search.facts);
  look_into(&search);
  words_sort(&found.files);
  words_append(out, &found.files);
  words_free(&found.files);
  free(top);
  free(start);
  free(text);
  return !found.cut;
}
