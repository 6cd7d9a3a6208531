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
#include "process.h"
#include "shipping.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

static void put(const char *name, const char *value) {
  if (uv_os_setenv(name, value) != 0)
    need(NULL);
}

static void set(const char *name, const char *value) {
  if (!getenv(name))
    put(name, value);
}

// Adds to a list of files.
static void add_file(const char *name, const char *path) {
  const char *old = getenv(name);
  char *value = old && *old ? text_of("%s%c%s", old, path_separator, path)
                            : text_of("%s", path);
  put(name, value);
  free(value);
}

static bool is(const struct settings *settings, const char *name) {
  const struct words *launcher = &settings->launcher;
  return launcher->count > 0 &&
         strcmp(path_name(launcher->items[0], false), name) == 0;
}

bool launcher_ships(const struct settings *settings) {
  return is(settings, "icecc");
}

// "disable" does without its daemon, too.
void launcher_keep(const struct settings *settings) {
  const char *old = getenv("ICECC");
  if (launcher_ships(settings) && (!old || strcmp(old, "disable") != 0))
    put("ICECC", "no");
}

// What a target consists of, so that it is one word of its option.
static bool is_target(const char *text) {
  return text[0] != '-' && strchr(text, '-') &&
         text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
                           "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")] == '\0';
}

bool launcher_needs_target(const struct settings *settings) {
  return launcher_ships(settings) || is(settings, "ccache");
}

// Of the machine, or of the compiler's configuration file.
char *launcher_target(const struct settings *settings) {
  char *words[] = {settings->compiler, "--driver-mode=cl",
                   "/clang:-print-effective-triple", NULL};
  struct process_result result;
  if (!launcher_needs_target(settings))
    return need(strdup(""));
  process_run(&result, words, settings->root, settings->seconds);
  bool good = result.end == PROCESS_EXITED && result.code == 0 && result.output;
  char *target = copy_part(good ? result.output : "",
                           good ? strcspn(result.output, "\r\n") : 0);
  process_result_free(&result);
  if (!is_target(target))
    target[0] = '\0';
  return target;
}

static void prepare_ccache(const struct settings *settings,
                           const struct job *job) {
  set("CCACHE_DEPEND", "1");
  set("CCACHE_COMPILERTYPE", job->cl ? "clang-cl" : "clang");
  set("CCACHE_BASEDIR", settings->root);
  set("CCACHE_NOHASHDIR", "1");
  if (job->config[0])
    add_file("CCACHE_EXTRAFILES", job->config);
  // Icecream behind ccache: what it sends would lack macros.
  put("ICECC", "disable");
}

// What is sent is to have its macros, and with them those of the options.
static void prepare_icecream(const struct job *job) {
  struct words files = {.items = NULL};
  put("ICECC_REMOTE_CPP", "1");
  shipping_files(job, &files);
  for (size_t i = 0; i < files.count; i++)
    add_file("ICECC_EXTRAFILES", files.items[i]);
  words_free(&files);
}

void launcher_prepare(const struct settings *settings, const struct job *job) {
  if (is(settings, "ccache"))
    prepare_ccache(settings, job);
  if (!launcher_ships(settings))
    return;
  prepare_icecream(job);
  if (!shipping_is_safe(job))
    launcher_keep(settings);
}
