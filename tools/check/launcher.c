// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * launcher.c - what ccache and icecream have to know of a compile.
 *
 * ccache compares preprocessed sources unless it is told otherwise: comments,
 * and so suppressions, would be no part of that. By what the files that were
 * read hold, they are.
 */
#include "launcher.h"

#include "command.h"
#include "paths.h"
#include "platform.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

static void set(const char *name, const char *value) {
  if (!getenv(name) && uv_os_setenv(name, value) != 0)
    need(NULL);
}

// Adds to a list of files.
static void add_file(const char *name, const char *path) {
  const char *old = getenv(name);
  char *value = old && *old ? text_of("%s%c%s", old, path_separator, path)
                            : text_of("%s", path);
  if (uv_os_setenv(name, value) != 0)
    need(NULL);
  free(value);
}

void launcher_prepare(const struct settings *settings, const struct job *job) {
  if (settings->launcher.count == 0)
    return;
  const char *launcher = path_name(settings->launcher.items[0], false);
  bool has_config = job->config[0] != '\0';
  if (strcmp(launcher, "ccache") == 0) {
    set("CCACHE_DEPEND", "1");
    set("CCACHE_COMPILERTYPE", job->cl ? "clang-cl" : "clang");
    set("CCACHE_BASEDIR", settings->root);
    set("CCACHE_NOHASHDIR", "1");
    if (has_config)
      add_file("CCACHE_EXTRAFILES", job->config);
  } else if (strcmp(launcher, "icecc") == 0) {
    if (has_config)
      add_file("ICECC_EXTRAFILES", job->config);
  }
}
