// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * kit_options.c - what the kit adds to the options of a project.
 *
 * Source: the command lines that the WDK's build prints, and "Building a
 * driver", Microsoft Learn.
 */
#include "kit_options.h"

#include "command.h"
#include "flags.h"

#include <stdlib.h>
#include <string.h>

// ---- definitions -----------------------------------------------------------

enum { WINDOWS_10 = 0x0A00 };

static const struct platform {
  const char *name, *target, *definitions;
} platforms[] = {
    {"x64", "--target=x86_64-pc-windows-msvc", "_WIN64;_AMD64_;AMD64"},
    {"Win32", "--target=i686-pc-windows-msvc", "_X86_=1;i386=1;STD_CALL"},
    {"x86", "--target=i686-pc-windows-msvc", "_X86_=1;i386=1;STD_CALL"},
    {"ARM64", "--target=aarch64-pc-windows-msvc",
     "_WIN64;_ARM64_;ARM64;_USE_DECLSPECS_FOR_SAL=1;STD_CALL"},
    {"ARM", "--target=thumbv7-pc-windows-msvc",
     "_ARM_;ARM;_USE_DECLSPECS_FOR_SAL=1;STD_CALL"}};

static const struct platform *find_platform(const struct project *project) {
  const char *name = properties_value(&project->build.properties, "Platform");
  for (size_t i = 0; i < sizeof platforms / sizeof *platforms; i++)
    if (strcasecmp(platforms[i].name, name) == 0)
      return &platforms[i];
  return NULL;
}

static void define_all(struct words *out, const char *list) {
  struct words parts = {.items = NULL};
  split_list(&parts, list);
  for (size_t i = 0; i < parts.count; i++)
    words_take(out, text_of("-D%s", parts.items[i]));
  words_free(&parts);
}

// The oldest Windows that the driver is for, as _WIN32_WINNT has it.
static unsigned long windows_version(const char *target) {
  static const struct {
    const char *name;
    unsigned long version;
  } rows[] = {{"Windows7", 0x0601},
              {"Vista", 0x0600},
              {"WindowsV6.3", 0x0603},
              {"Windows8.1", 0x0603},
              {"Windows8", 0x0602}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (strcasecmp(target, rows[i].name) == 0)
      return rows[i].version;
  return WINDOWS_10;
}

// The oldest Windows as _WIN32_WINNT has it, and as NTDDI_VERSION does: for
// Windows 10 and later that is the newest release that the kit knows.
static void define_windows(struct words *out, const struct project *project) {
  const struct properties *properties = &project->build.properties;
  const char *exact = properties_value(properties, "_NT_TARGET_VERSION");
  unsigned long number = strtoul(exact, NULL, 0), release;
  if (!number)
    number = windows_version(properties_value(properties, "TargetVersion"));
  if (number > 0xFFFF) {
    release = number;
    number >>= 16;
  } else {
    release = number == WINDOWS_10 ? project->kit.newest_windows : number << 16;
  }
  words_take(out, text_of("-D_WIN32_WINNT=0x%04lX", number));
  words_take(out, text_of("-DWINVER=0x%04lX", number));
  if (release)
    words_take(out, text_of("-DNTDDI_VERSION=0x%08lX", release));
}

static void define_framework(struct words *out, const char *name,
                             const char *version) {
  const char *dot = version ? strchr(version, '.') : NULL;
  if (!dot)
    return;
  words_take(out, text_of("-D%s_VERSION_MAJOR=%.*s", name, (int)(dot - version),
                          version));
  words_take(out, text_of("-D%s_VERSION_MINOR=%s", name, dot + 1));
}

static void add_definitions(struct words *out, const struct project *project) {
  const struct properties *properties = &project->build.properties;
  const char *type = properties_value(properties, "DriverType");
  const char *debug = properties_value(properties, "UseDebugLibraries");
  const char *configuration = properties_value(properties, "Configuration");
  bool checked = *debug ? strcasecmp(debug, "true") == 0
                        : text_find(configuration, "debug") != NULL;
  define_all(out, "DEPRECATE_DDK_FUNCTIONS=1;MSC_NOOPT;WINNT=1");
  define_windows(out, project);
  words_add(out, checked ? "-DDBG=1" : "-DNDEBUG");
  if (strcasecmp(type, "KMDF") == 0)
    define_framework(out, "KMDF", project->kit.kmdf_version);
  if (strcasecmp(type, "UMDF") == 0 || project->user)
    define_framework(out, "UMDF", project->kit.umdf_version);
  if (project->kernel) {
    words_add(out, "-kernel");
    words_add(out, "-D_KERNEL_MODE=1");
  }
}

// ---- folders of headers ----------------------------------------------------

static void add_system(struct words *out, struct words *folders,
                       const char *folder) {
  if (!folder)
    return;
  char *option = text_of("-imsvc%s", folder);
  if (!words_contain(out, option))
    words_add(out, option);
  free(option);
  if (!words_contain(folders, folder))
    words_add(folders, folder);
}

static void add_systems(struct words *out, struct words *folders,
                        const struct words *kit) {
  for (size_t i = 0; i < kit->count; i++)
    add_system(out, folders, kit->items[i]);
}

// The project's own part of IncludePath comes before the kit's folders, which
// come in the kit's order.
void kit_folders(struct words *out, struct words *folders,
                 const struct project *project) {
  const struct properties *properties = &project->build.properties;
  const struct kit *kit = &project->kit;
  const char *type = properties_value(properties, "DriverType");
  struct words parts = {.items = NULL};
  split_list(&parts, properties_value(properties, "IncludePath"));
  split_list(&parts, properties_value(properties, "ExternalIncludePath"));
  for (size_t i = 0; i < parts.count; i++) {
    char *folder = local_file(project->folder, parts.items[i]);
    add_system(out, folders, folder);
    free(folder);
  }
  words_free(&parts);
  if (project->kernel) {
    add_system(out, folders, kit->crt);
    add_systems(out, folders, &kit->km);
    add_systems(out, folders, &kit->shared);
    add_systems(out, folders,
                &kit->um); // winmeta.h and the like are there alone
  } else {
    add_systems(out, folders, &kit->ucrt);
    add_systems(out, folders, &kit->um);
    add_systems(out, folders, &kit->shared);
    add_systems(out, folders, &kit->winrt);
  }
  if (strcasecmp(type, "UMDF") == 0 || project->user)
    add_system(out, folders, kit->umdf);
  else if (strcasecmp(type, "WDM") != 0)
    add_system(out, folders, kit->kmdf);
}

// ---- both ------------------------------------------------------------------

bool kit_knows_platform(const struct project *project) {
  return find_platform(project) != NULL;
}

void kit_options(struct words *out, const struct project *project) {
  const struct platform *platform = find_platform(project);
  words_add(out, platform->target);
  define_all(out, platform->definitions);
  add_definitions(out, project);
  compile_forgive(out);
  if ((project->kernel || project->user) && project->kit.warning)
    words_take(out, text_of("-FI%s", project->kit.warning));
}
