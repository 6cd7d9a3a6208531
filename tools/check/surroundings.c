// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * surroundings.c - what MSBuild and Visual Studio know before they read a
 * project.
 *
 * Source: "MSBuild reserved and well-known properties" and "Common macros for
 * MSBuild commands and properties", Microsoft Learn.
 */
#include "msbuild.h"

#include "command.h"
#include "files.h"
#include "paths.h"

#include <stdlib.h>
#include <string.h>

struct search {
  const char *folder, *project; // whose name the solution has to have in it
  char *found;
};

static bool mentions(const char *path, const char *name) {
  size_t length;
  char *text = read_file(path, &length);
  bool found = text && text_find(text, name);
  free(text);
  return found;
}

static void visit(const char *name, void *payload) {
  struct search *search = payload;
  const char *dot = strrchr(name, '.');
  if (!dot || (strcasecmp(dot, ".sln") != 0 && strcasecmp(dot, ".slnx") != 0))
    return;
  char *path = text_of("%s/%s", search->folder, name);
  bool earlier = !search->found || strcmp(path, search->found) < 0;
  if (earlier && mentions(path, search->project)) {
    free(search->found);
    search->found = need(strdup(path));
  }
  free(path);
}

// The nearest above that names the project; NULL: none does.
static char *find_solution(const char *project) {
  char *folder = need(strdup(project));
  struct search search = {.folder = folder,
                          .project = path_name(project, false)};
  for (char *slash; !search.found && (slash = strrchr(folder, '/'));) {
    *slash = '\0';
    if (*folder)
      folder_list(folder, visit, &search);
  }
  free(folder);
  return search.found;
}

static void set(struct msbuild *build, const char *name, char *value) {
  properties_set(&build->properties, name, value);
  free(value);
}

// "PREFIXDir", "PREFIXPath", ... of a file.
static void set_names(struct msbuild *build, const char *prefix,
                      const char *path) {
  const char *name = path_name(path, false), *dot = strrchr(name, '.');
  int folder = (int)(name - path);
  int stem = dot ? (int)(dot - name) : (int)strlen(name);
  const struct {
    const char *end;
    char *value;
  } rows[] = {{"Dir", text_of("%.*s", folder, path)},
              {"Path", text_of("%s", path)},
              {"FileName", text_of("%s", name)},
              {"Name", text_of("%.*s", stem, name)},
              {"Ext", text_of("%s", dot ? dot : "")}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char *full = text_of("%s%s", prefix, rows[i].end);
    set(build, full, rows[i].value);
    free(full);
  }
}

void msbuild_begin(struct msbuild *build, const char *project,
                   const char *solution) {
  const char *name = path_name(project, false), *dot = strrchr(name, '.');
  int stem = dot ? (int)(dot - name) : (int)strlen(name);
  char *found = solution ? need(strdup(solution)) : find_solution(project);
  build->project = need(strdup(project));
  set_names(build, "Project", project);
  set_names(build, "Solution", found ? found : project);
  set(build, "MSBuildProjectFullPath", text_of("%s", project));
  set(build, "MSBuildProjectFile", text_of("%s", name));
  set(build, "MSBuildProjectName", text_of("%.*s", stem, name));
  set(build, "MSBuildProjectExtension", text_of("%s", dot ? dot : ""));
  set(build, "MSBuildProjectDirectory",
      text_of("%.*s", (int)(name - project - 1), project));
  set(build, "MSBuildToolsVersion", text_of("Current"));
  set(build, "MSBuildAssemblyVersion", text_of("17.0"));
  set(build, "VisualStudioVersion", text_of("17.0"));
  set(build, "OS", text_of("Windows_NT"));
  free(found);
}
