// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * generated.c - headers that only a build makes.
 *
 * Source: "Message Compiler (MC.exe)", "Compiling a Driver's MOF File" and
 * "MIDL compiler", Microsoft Learn.
 */
#include "generated.h"

#include "command.h"
#include "message.h"
#include "paths.h"
#include "files.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 50000, MOST_DEPTH = 24 };

static const struct {
  const char *extension, *program;
} makers[] = {{".mc", "mc.exe"},
              {".man", "mc.exe"},
              {".mof", "mofcomp.exe with wmimofck.exe"},
              {".idl", "midl.exe"}};
enum { MAKER_COUNT = sizeof makers / sizeof *makers };

// Which program reads such a file; NULL: none.
static const char *maker_of(const char *name) {
  const char *dot = strrchr(name, '.');
  for (size_t i = 0; dot && i < MAKER_COUNT; i++)
    if (strcasecmp(dot, makers[i].extension) == 0)
      return makers[i].program;
  return NULL;
}

struct walk {
  struct generated *generated;
  const char *folder;
  unsigned depth;
  size_t *seen;
};

static void visit(const char *name, void *payload) {
  const struct walk *walk = payload;
  struct file_facts facts;
  if (name[0] == '.' || ++*walk->seen > MOST_FILES)
    return;
  char *path = text_of("%s/%s", walk->folder, name);
  if (maker_of(name)) {
    words_add(&walk->generated->sources, path);
  } else if (walk->depth < MOST_DEPTH && file_look(path, &facts) &&
             facts.folder) {
    struct walk below = *walk;
    below.folder = path;
    below.depth++;
    folder_list(path, visit, &below);
  }
  free(path);
}

// A driver has few such sources: one walk finds them all.
static void find_sources(struct generated *generated, const char *root) {
  size_t seen = 0;
  struct walk walk = {.generated = generated, .folder = root, .seen = &seen};
  if (!generated->known)
    folder_list(root, visit, &walk);
  generated->known = true;
  words_sort(&generated->sources);
}

static bool has_stem(const char *path, const char *header) {
  const char *name = path_name(path, false);
  const char *wanted = path_name(header, true);
  size_t length = strlen(name) - strlen(strrchr(name, '.'));
  return strncasecmp(name, wanted, length) == 0 && wanted[length] == '.';
}

// Of those with the same name, one in a folder of builds or tests lies deeper.
static size_t depth(const char *path) {
  size_t slashes = 0;
  for (; *path; path++)
    slashes += *path == '/';
  return slashes;
}

char *generated_explain(struct generated *generated, const char *root,
                        const char *error) {
  char *header = missing_header(error);
  const char *source = NULL;
  if (header)
    find_sources(generated, root);
  for (size_t i = 0; header && i < generated->sources.count; i++) {
    const char *path = generated->sources.items[i];
    if (has_stem(path, header) && (!source || depth(path) < depth(source)))
      source = path;
  }
  free(header);
  if (!source)
    return need(strdup(error));
  const char *shown = source;
  if (path_is_below(source, root))
    shown += strlen(root) + (root[1] != '\0');
  return text_of("%s; %s makes it from %s: run the build first", error,
                 maker_of(source), shown);
}

void generated_free(struct generated *generated) {
  words_free(&generated->sources);
}
