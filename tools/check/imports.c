// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * imports.c - the files that a project imports.
 *
 * Source: "MSBuild Import element" and "Customize your build by folder",
 * Microsoft Learn.
 */
#include "msbuild.h"

#include "command.h"
#include "files.h"
#include "lookup.h"
#include "paths.h"

#include <stdlib.h>
#include <string.h>

static char *attribute(const xmlNode *node, const char *name) {
  return (char *)xmlGetNoNsProp(node, (const xmlChar *)name);
}

void msbuild_enter(struct msbuild *build, const char *file) {
  const char *name = path_name(file, false), *dot = strrchr(name, '.');
  char *folder = copy_part(file, (size_t)(name - file));
  char *stem = copy_part(name, dot ? (size_t)(dot - name) : strlen(name));
  properties_set(&build->properties, "MSBuildThisFile", name);
  properties_set(&build->properties, "MSBuildThisFileName", stem);
  properties_set(&build->properties, "MSBuildThisFileFullPath", file);
  properties_set(&build->properties, "MSBuildThisFileDirectory", folder);
  free(stem);
  free(folder);
}

// Each file counts once, where it is met first.
static xmlDoc *import_file(struct msbuild *build, const struct place *place,
                           const char *path) {
  for (size_t i = 0; i < build->document_count; i++)
    if (strcmp((const char *)build->documents[i]->URL, path) == 0) {
      place_note(place, "%s is imported already", path);
      return NULL;
    }
  return document_read(build, path);
}

// What Visual Studio has, which is known here without its files.
static bool is_of_visual_studio(const char *raw) {
  static const char *const starts[] = {
      "$(VCTargetsPath",    "$(UserRootDir)",    "$(MSBuildExtensionsPath",
      "$(MSBuildToolsPath", "$(WDKContentRoot)", "$(VCInstallDir"};
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (strncasecmp(raw, starts[i], strlen(starts[i])) == 0)
      return true;
  return false;
}

// Directory.Build.props and its like, which Visual Studio's files import.
static xmlDoc *import_above(struct msbuild *build, const char *name) {
  char *folder = need(strdup(build->project)), *found = NULL;
  for (char *slash; !found && (slash = strrchr(folder, '/'));) {
    *slash = '\0';
    char *path = text_of("%s/%s", folder, name);
    found = lookup_file(path);
    free(path);
  }
  bool seen = false;
  for (size_t i = 0; found && i < build->document_count; i++)
    seen = seen || strcmp((const char *)build->documents[i]->URL, found) == 0;
  xmlDoc *document = found && !seen ? document_read(build, found) : NULL;
  free(found);
  free(folder);
  return document;
}

static void set_default(struct msbuild *build, const char *name,
                        const char *value) {
  if (!*properties_value(&build->properties, name))
    properties_set(&build->properties, name, value);
}

static xmlDoc *import_visual_studio(struct msbuild *build, const char *raw) {
  const char *name = path_name(raw, true);
  if (strcasecmp(name, "Microsoft.Cpp.targets") == 0)
    return import_above(build, "Directory.Build.targets");
  if (strcasecmp(name, "Microsoft.Cpp.Default.props") != 0)
    return NULL;
  const struct properties *properties = &build->properties;
  bool x86 = strcasecmp(properties_value(properties, "Platform"), "Win32") == 0;
  char *folder = text_of("%s%s%s\\", x86 ? "" : "$(Platform)", x86 ? "" : "\\",
                         properties_value(properties, "Configuration"));
  struct place place = {.build = build, .file = build->project, .element = ""};
  char *inner = expand(&place, folder, NULL, NULL);
  char *outer =
      text_of("%s%s", properties_value(properties, "SolutionDir"), inner);
  set_default(build, "IntDir", inner);
  set_default(build, "OutDir", outer);
  set_default(build, "OutputPath", outer);
  set_default(build, "TargetName", properties_value(properties, "ProjectName"));
  free(outer);
  free(inner);
  free(folder);
  return import_above(build, "Directory.Build.props");
}

void msbuild_import(struct msbuild *build, xmlNode *node) {
  struct place place = place_of(build, node);
  char *raw = attribute(node, "Project");
  char *sdk = attribute(node, "Sdk");
  if (sdk || !raw) {
    place_note(&place, sdk ? "SDKs are not followed" : "it has no Project");
  } else if (is_of_visual_studio(raw)) {
    node->_private = import_visual_studio(build, raw);
  } else {
    char *folder = need(strdup(place.file));
    folder[path_name(folder, false) - folder] = '\0';
    char *path = expand(&place, raw, NULL, NULL);
    char *file = local_file(folder, path), *found = lookup_file(file);
    struct file_facts facts;
    if (found && file_look(found, &facts) && !facts.folder)
      node->_private = import_file(build, &place, found);
    else if (!build->failed)
      place_note(&place, "there is no %s", *path ? file : raw);
    free(found);
    free(file);
    free(path);
    free(folder);
  }
  xmlFree(sdk);
  xmlFree(raw);
}
