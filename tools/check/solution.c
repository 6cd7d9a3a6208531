// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * solution.c - which projects a solution of Visual Studio builds.
 *
 * Source: "Solution (.sln) file", Microsoft Learn.
 */
#include "project_files.h"

#include "command.h"
#include "message.h"
#include "msbuild.h"
#include "paths.h"

#include <errno.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct solution {
  struct words paths, ids; // of projects: pairs
  struct words mapped;     // pairs of id and "Release|x64"
  struct words built;      // ids
  char *folder;
  const char *configuration;
};

// The quoted text, and where it ends; the caller frees it. NULL: none is left.
static char *quoted(const char **at) {
  const char *begin = strchr(*at, '"');
  const char *end = begin ? strchr(begin + 1, '"') : NULL;
  if (!end)
    return NULL;
  *at = end + 1;
  return copy_part(begin + 1, (size_t)(end - begin - 1));
}

static bool is_project(const char *path) {
  size_t length = strlen(path);
  return length > 8 && strcasecmp(path + length - 8, ".vcxproj") == 0;
}

static void add_project(struct solution *solution, const char *path,
                        const char *id) {
  words_take(&solution->paths, local_file(solution->folder, path));
  words_add(&solution->ids, id);
}

// Project("{KIND}") = "name", "path", "{ID}"
static void take_project(struct solution *solution, const char *line) {
  char *words[4] = {NULL};
  for (int i = 0; i < 4; i++)
    words[i] = quoted(&line);
  if (words[3] && is_project(words[2]))
    add_project(solution, words[2], words[3]);
  for (int i = 0; i < 4; i++)
    free(words[i]);
}

// {ID}.Release|x64.ActiveCfg = Release|x64
static void take_mapping(struct solution *solution, const char *line) {
  size_t id = strcspn(line, "}") + 1;
  size_t wanted = strlen(solution->configuration);
  const char *rest = line + id;
  const char *equals = strchr(line, '=');
  if (!equals || equals < rest || *rest++ != '.' ||
      strncasecmp(rest, solution->configuration, wanted) != 0)
    return;
  rest += wanted;
  const char *value = equals + 1 + strspn(equals + 1, " ");
  char *name = copy_part(line, id);
  if (strncmp(rest, ".ActiveCfg", 10) == 0) {
    words_add(&solution->mapped, name);
    words_take(&solution->mapped, copy_part(value, strcspn(value, "\r\n")));
  } else if (strncmp(rest, ".Build.0", 8) == 0) {
    words_add(&solution->built, name);
  }
  free(name);
}

static void read_lines(struct solution *solution, char *text) {
  for (char *line = text; *line;) {
    char *end = line + strcspn(line, "\n");
    char *next = *end ? end + 1 : end;
    *end = '\0';
    line += strspn(line, " \t\xEF\xBB\xBF");
    if (strncmp(line, "Project(", 8) == 0)
      take_project(solution, line);
    else if (*line == '{')
      take_mapping(solution, line);
    line = next;
  }
}

// .slnx, the newer form: <Project Path="..."/> at any depth.
static void read_elements(struct solution *solution, const xmlNode *node) {
  for (; node; node = node->next) {
    xmlChar *path = node->type == XML_ELEMENT_NODE
                        ? xmlGetNoNsProp(node, (const xmlChar *)"Path")
                        : NULL;
    if (path && strcmp((const char *)node->name, "Project") == 0 &&
        is_project((const char *)path))
      add_project(solution, (const char *)path, "");
    xmlFree(path);
    if (node->type == XML_ELEMENT_NODE)
      read_elements(solution, node->children);
  }
}

static bool read_xml(struct solution *solution, const char *path,
                     const char *text, size_t length) {
  bool good = length < (1 << 24) && !has_document_type(text, length);
  xmlDoc *document = good ? xmlReadMemory(text, (int)length, path, NULL,
                                          XML_PARSE_NONET | XML_PARSE_NOERROR |
                                              XML_PARSE_NOWARNING)
                          : NULL;
  if (document)
    read_elements(solution, xmlDocGetRootElement(document));
  else
    say_error("%s: it is no solution", path);
  xmlFreeDoc(document);
  return document != NULL;
}

static const char *mapped(const struct solution *solution, const char *id) {
  for (size_t i = 0; i + 1 < solution->mapped.count; i += 2)
    if (strcasecmp(solution->mapped.items[i], id) == 0)
      return solution->mapped.items[i + 1];
  return NULL;
}

static void choose(const struct solution *solution, struct words *out) {
  bool any = solution->mapped.count > 0;
  for (size_t i = 0; i < solution->paths.count; i++) {
    const char *id = solution->ids.items[i];
    const char *own = mapped(solution, id);
    if (any && !words_contain(&solution->built, id)) {
      char *shown =
          printable(solution->paths.items[i], strlen(solution->paths.items[i]));
      (void)printf("%s: note: the solution does not build it for %s\n", shown,
                   solution->configuration);
      free(shown);
      continue;
    }
    words_add(out, solution->paths.items[i]);
    words_add(out, own ? own : solution->configuration);
  }
}

bool solution_read(struct words *out, const char *path,
                   const char *configuration) {
  size_t length;
  char *text = read_file(path, &length);
  struct solution solution = {.configuration = configuration};
  solution.folder = copy_part(path, (size_t)(path_name(path, false) - path));
  bool good = text != NULL;
  bool newer = path[strlen(path) - 1] == 'x';
  if (!text)
    say_error("%s: %s", path, strerror(errno));
  else if (newer)
    good = read_xml(&solution, path, text, length);
  else
    read_lines(&solution, text);
  if (good && solution.paths.count == 0) {
    say_error("%s: no project of C or C++ in it", path);
    good = false;
  }
  if (good)
    choose(&solution, out);
  if (good && out->count == 0) {
    say_error("%s: it builds nothing for %s", path, configuration);
    good = false;
  }
  words_free(&solution.paths);
  words_free(&solution.ids);
  words_free(&solution.mapped);
  words_free(&solution.built);
  free(solution.folder);
  free(text);
  return good;
}
