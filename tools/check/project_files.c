// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * project_files.c - the sources of Visual Studio's projects, as compile
 * commands.
 */
#include "project_files.h"

#include "cl_options.h"
#include "command.h"
#include "kit_options.h"
#include "message.h"
#include "msbuild.h"
#include "overlay.h"
#include "paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
  const struct project_options *options;
  struct database *out;
  struct words *folders;
  size_t size; // of out->entries
  struct words said;
  bool solution;
};

// ---- commands --------------------------------------------------------------

static struct entry *new_entry(struct reader *to) {
  if (to->out->count == to->size) {
    to->size = to->size ? 2 * to->size : 64;
    to->out->entries =
        need(realloc(to->out->entries, to->size * sizeof(struct entry)));
  }
  struct entry *entry = &to->out->entries[to->out->count++];
  *entry = (struct entry){.windows = false};
  return entry;
}

static void add_command(struct reader *to, struct project *project,
                        const struct item *item) {
  struct entry *entry = new_entry(to);
  struct words *words = &entry->words;
  entry->directory = need(strdup(project->folder));
  entry->file = need(strdup(item->path));
  words_add(words, "clang-cl");
  kit_options(words, project);
  cl_options(words, to->folders, &project->build, item, project->folder);
  kit_folders(words, to->folders, project);
  words_add(words, "-Xclang");
  words_add(words, "-ivfsoverlay");
  words_add(words, "-Xclang");
  words_add(words, to->options->overlay);
  overlay_options(words);
  cl_trace_functions(&entry->functions, item, project->folder);
  if (!words_contain(to->folders, project->folder))
    words_add(to->folders, project->folder);
}

static bool is_excluded(const struct item *item) {
  const char *value = properties_value(&item->metadata, "ExcludedFromBuild");
  return strcasecmp(value + strspn(value, " \t\r\n"), "true") == 0;
}

// ---- projects --------------------------------------------------------------

// The spelling of "Release|x64" in the project; NULL: it has none such.
static const char *find_configuration(const struct msbuild *build,
                                      const char *wanted) {
  for (size_t i = 0; i < build->configurations.count; i++)
    if (strcasecmp(build->configurations.items[i], wanted) == 0)
      return build->configurations.items[i];
  return NULL;
}

static bool check_configuration(struct project *project, const char *wanted) {
  const struct msbuild *build = &project->build;
  if (build->configurations.count == 0 || find_configuration(build, wanted))
    return true;
  char *list = need(strdup(""));
  for (size_t i = 0; i < build->configurations.count && i < 16; i++) {
    char *more =
        text_of("%s%s%s", list, i ? ", " : "", build->configurations.items[i]);
    free(list);
    list = more;
  }
  char *clean = printable(list, strlen(list));
  say_error("%s: it has no configuration %s, but %s", build->project, wanted,
            clean);
  free(clean);
  free(list);
  return false;
}

static void find_kit(struct project *project, const struct words *roots) {
  struct properties *properties = &project->build.properties;
  const char *version =
      properties_value(properties, "WindowsTargetPlatformVersion");
  const char *major = properties_value(properties, "KMDF_VERSION_MAJOR");
  const char *minor = properties_value(properties, "KMDF_VERSION_MINOR");
  const char *user = properties_value(properties, "UMDF_VERSION_MINOR");
  char *kmdf = *minor ? text_of("%s.%s", *major ? major : "1", minor) : NULL;
  char *umdf = *user ? text_of("2.%s", user) : NULL;
  kit_free(&project->kit);
  kit_find(&project->kit, roots, version, kmdf, umdf);
  free(kmdf);
  free(umdf);
}

static const char *first(const struct words *words) {
  return words->count ? words->items[0] : NULL;
}

// Folders of the kit by the names that projects call them.
static void name_folders(struct msbuild *build, const struct kit *kit) {
  const struct {
    const char *name, *path;
  } rows[] = {{"DDK_INC_PATH", first(&kit->km)},
              {"KM_IncludePath", first(&kit->km)},
              {"CRT_INC_PATH", kit->crt},
              {"SDK_INC_PATH", first(&kit->shared)},
              {"KIT_SHARED_IncludePath", first(&kit->shared)},
              {"UM_IncludePath", first(&kit->um)},
              {"KMDF_VER_PATH", kit->kmdf_version},
              {"UMDF_VER_PATH", kit->umdf_version},
              {"LatestTargetPlatformVersion", kit->version},
              {"LatestWdkPlatformVersion", kit->version}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (rows[i].path && *rows[i].path)
      properties_set(&build->properties, rows[i].name, rows[i].path);
  if (kit->kmdf) {
    char *above =
        copy_part(kit->kmdf, (size_t)(path_name(kit->kmdf, false) - kit->kmdf));
    properties_set(&build->properties, "KMDF_INC_PATH", above);
    free(above);
  }
}

// What kind of code it is, and whether it is for us.
static bool judge_toolset(struct project *project, bool solution) {
  const struct properties *properties = &project->build.properties;
  const char *toolset = properties_value(properties, "PlatformToolset");
  const char *type = properties_value(properties, "DriverType");
  const char *kind = properties_value(properties, "ConfigurationType");
  bool unsaid = !*toolset; // perhaps by an import that is not here
  project->kernel = text_find(toolset, "KernelModeDriver") ||
                    (unsaid && (strcasecmp(type, "KMDF") == 0 ||
                                strcasecmp(type, "WDM") == 0 ||
                                strcasecmp(kind, "Driver") == 0));
  project->user = text_find(toolset, "UserModeDriver") ||
                  (unsaid && strcasecmp(type, "UMDF") == 0);
  if (project->kernel || project->user || project->build.count == 0)
    return true;
  char *path =
      printable(project->build.project, strlen(project->build.project));
  (void)printf("%s: note: no driver (PlatformToolset '%s')%s\n", path, toolset,
               solution ? "; left out" : "; its code is taken for user mode");
  free(path);
  return !solution;
}

static void set_configuration(struct msbuild *build, const char *name) {
  const char *bar = strchr(name, '|');
  char *configuration =
      copy_part(name, bar ? (size_t)(bar - name) : strlen(name));
  const char *platform = bar ? bar + 1 : "x64";
  bool narrow =
      strcasecmp(platform, "Win32") == 0 || strcasecmp(platform, "ARM") == 0;
  const struct {
    const char *name, *value;
  } rows[] = {{"Configuration", configuration},
              {"ConfigurationName", configuration},
              {"Platform", platform},
              {"PlatformName", platform},
              {"PlatformTarget", narrow ? "x86" : platform},
              {"DDKPlatform", narrow ? "x86" : platform},
              {"PlatformArchitecture", narrow ? "32" : "64"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    properties_set(&build->properties, rows[i].name, rows[i].value);
  properties_set(&build->given, "Configuration", configuration);
  properties_set(&build->given, "Platform", platform);
  free(configuration);
}

static void begin(struct project *project, const struct reader *to,
                  const char *path, const char *configuration) {
  struct msbuild *build = &project->build;
  const struct properties *given = &to->options->given;
  msbuild_begin(build, path, to->solution ? to->options->file : NULL);
  set_configuration(build, configuration);
  name_folders(build, &project->kit);
  for (size_t i = 0; i < given->count; i++) {
    properties_set(&build->properties, given->items[i].name,
                   given->items[i].value);
    properties_set(&build->given, given->items[i].name, given->items[i].value);
  }
}

static void tell_kit(const struct project *project) {
  const char *wanted = properties_value(&project->build.properties,
                                        "WindowsTargetPlatformVersion");
  const char *found = project->kit.version;
  if (*found && strncmp(wanted, "10.0.", 5) == 0 && strcmp(wanted, found) != 0)
    (void)printf("%s: note: the kit has no %s; %s is used\n",
                 path_name(project->build.project, false), wanted, found);
}

static bool read_project(struct reader *to, const char *path,
                         const char *configuration) {
  struct project project = {.kernel = false};
  project.folder = copy_part(path, (size_t)(path_name(path, false) - path));
  project.folder[strlen(project.folder) - 1] = '\0';
  // Properties name folders of the kit, and say which version it is to be.
  kit_find(&project.kit, &to->options->kits, NULL, NULL, NULL);
  project.build.said = &to->said;
  begin(&project, to, path, configuration);
  bool good = msbuild_evaluate(&project.build) &&
              check_configuration(&project, configuration);
  if (good && !kit_knows_platform(&project)) {
    say_error("%s: the platform %s is not known", path,
              properties_value(&project.build.properties, "Platform"));
    good = false;
  }
  if (good && judge_toolset(&project, to->solution)) {
    find_kit(&project, &to->options->kits);
    tell_kit(&project);
    for (size_t i = 0; i < project.build.count; i++)
      if (!is_excluded(&project.build.items[i]))
        add_command(to, &project, &project.build.items[i]);
  }
  msbuild_free(&project.build);
  kit_free(&project.kit);
  free(project.folder);
  return good;
}

bool projects_read(struct database *out, struct words *folders,
                   const struct project_options *options) {
  struct words projects = {.items = NULL};
  struct reader to = {.options = options, .out = out, .folders = folders};
  char *configuration =
      text_of("%s|%s", options->configuration, options->platform);
  const char *dot = strrchr(path_name(options->file, false), '.');
  *out = (struct database){.entries = NULL};
  to.solution = dot && strncasecmp(dot, ".sln", 4) == 0;
  bool good = true;
  if (to.solution) {
    good = solution_read(&projects, options->file, configuration);
  } else {
    words_add(&projects, options->file);
    words_add(&projects, configuration);
  }
  for (size_t i = 0; good && i + 1 < projects.count; i += 2)
    good = read_project(&to, projects.items[i], projects.items[i + 1]);
  if (good && out->count == 0) {
    say_error("%s: no source to analyse for %s", options->file, configuration);
    good = false;
  }
  free(configuration);
  words_free(&projects);
  words_free(&to.said);
  return good;
}
