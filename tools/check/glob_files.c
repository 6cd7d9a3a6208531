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

enum { MOST_FOUND = 100000, MOST_DEPTH = 32 };

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

struct search {
  struct words *out;
  const char *folder, *pattern;
  unsigned depth;
};

static void look_into(const struct search *search);

static void descend(const struct search *search, const char *name,
                    const char *pattern) {
  char *path = text_of("%s/%s", search->folder, name);
  struct file_facts facts;
  if (file_look(path, &facts) && facts.folder) {
    const struct search below = {.out = search->out,
                                 .folder = path,
                                 .pattern = pattern,
                                 .depth = search->depth + 1};
    look_into(&below);
  }
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
    else if (search->out->count < MOST_FOUND)
      words_take(search->out, text_of("%s/%s", search->folder, name));
  }
}

static void look_into(const struct search *search) {
  struct search here = *search;
  if (here.depth > MOST_DEPTH)
    return;
  folder_list(here.folder, visit, &here);
  if (strncmp(here.pattern, "**/", 3) == 0) { // no folder at all, too
    here.pattern += 3;
    look_into(&here);
  }
}

void glob_files(struct words *out, const char *folder, const char *pattern) {
  size_t fixed = strcspn(pattern, "*?");
  if (!pattern[fixed]) {
    words_take(out, local_file(folder, pattern));
    return;
  }
  char *text = need(strdup(pattern));
  path_use_slashes(text);
  while (fixed && text[fixed - 1] != '/')
    fixed--;
  char *start = copy_part(text, fixed);
  char *top = local_file(folder, start);
  struct words found = {.items = NULL};
  const struct search search = {
      .out = &found, .folder = top, .pattern = text + fixed};
  look_into(&search);
  words_sort(&found);
  words_append(out, &found);
  words_free(&found);
  free(top);
  free(start);
  free(text);
}
