// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * clangd.c - hvcilint clangd: clangd, with the plugin in it.
 *
 * Clangd takes no plugins, so the system's loader is told to load ours into it.
 * What clangd then publishes passes through this program: see diagnostics.h.
 */
#include "diagnostics.h"
#include "pump.h"
#include "run.h"

#include "../platform.h"
#include "../plugins.h"
#include "../verbs.h"

#include <jansson.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

// Only named here: all other options are clangd's, which are not ours to read.
static const struct poptOption clangd_options[] = {
    OPTION_VALUE("clangd", 1, "PATH",
                 "run this clangd, not the first in PATH that there is a "
                 "plugin for"),
    OPTIONS_END};

enum { EXIT_NO_CLANGD = 127, NO_RELEASE = 0, MAX_RELEASES = 16 };

// What is to run.
struct choice {
  char program[PATH_MAX]; // empty: none was found
  unsigned release;       // NO_RELEASE if it does not say
  char plugin[PATH_MAX];  // empty if there is none that it can load
};

static bool is_option(const char *argument, const char *name,
                      const char **value) {
  size_t length = strlen(name);
  if (strncmp(argument, name, length) != 0 || argument[length] != '=')
    return false;
  *value = argument + length + 1;
  return true;
}

// The release of LLVM that the program says it is of. False: it does not run.
static bool ask_release(const char *program, unsigned *release) {
  char *arguments[] = {(char *)program, "--version", NULL};
  static const char mark[] = "clangd version ";
  char text[4096];
  if (run_for_text(arguments, NULL, text, sizeof text) != 0)
    return false;
  const char *found = strstr(text, mark);
  *release =
      found ? (unsigned)strtoul(found + sizeof mark - 1, NULL, 10) : NO_RELEASE;
  return true;
}

static bool can_run(const char *path) {
  uv_fs_t request;
  int status = uv_fs_access(NULL, &request, path, 1 /* to execute */, NULL);
  uv_fs_req_cleanup(&request);
  return status == 0;
}

// This program may be installed under clangd's name.
static bool is_self(const char *path) {
  char own[PATH_MAX];
  size_t size = sizeof own;
  uv_fs_t request;
  bool same = uv_fs_realpath(NULL, &request, path, NULL) == 0 &&
              uv_exepath(own, &size) == 0 && strcmp(own, request.ptr) == 0;
  uv_fs_req_cleanup(&request);
  return same;
}

// Looks for the program in the folders of PATH.
static bool search(char *out, size_t size, const char *name) {
  const char *folder = getenv("PATH");
  const char separators[] = {path_separator, '\0'};
  while (folder && *folder) {
    size_t length = strcspn(folder, separators);
    (void)snprintf(out, size, "%.*s/%s" HVCI_PROGRAM_SUFFIX, (int)length,
                   folder, name);
    if (length && can_run(out) && !is_self(out))
      return true;
    folder += length + (folder[length] != '\0');
  }
  out[0] = '\0';
  return false;
}

// The environment with the plugin in what the loader loads first. The caller
// frees it by free_environment().
static char **environment_with(const char *plugin) {
  static const char name[] = "LD_PRELOAD";
  const char *old = getenv(name);
  uv_env_item_t *items = NULL;
  int count = 0;
  if (uv_os_environ(&items, &count) != 0)
    (void)need(NULL);
  char **result = need(calloc((size_t)count + 2, sizeof *result));
  size_t used = 0;
  for (int i = 0; i <= count; i++) {
    bool last = i == count;
    if (!last && strcmp(items[i].name, name) == 0)
      continue;
    const char *key = last ? name : items[i].name;
    const char *value = last ? plugin : items[i].value;
    const char *more = last && old && *old ? old : NULL;
    size_t size = strlen(key) + strlen(value) + (more ? strlen(more) : 0) + 3;
    result[used] = need(malloc(size));
    // What was there comes first, such as a sanitizer's library.
    (void)snprintf(result[used++], size, "%s=%s%s%s", key, more ? more : "",
                   more ? ":" : "", value);
  }
  uv_os_free_environ(items, count);
  return result;
}

static void free_environment(char **environment) {
  for (size_t i = 0; environment && environment[i]; i++)
    free(environment[i]);
  free(environment);
}

// The loader takes a list: it would take such a path for several.
static bool is_listable(const char *path) { return !strpbrk(path, ": "); }

// Whether the program runs with the plugin in it. One that is a script, or has
// LLVM's libraries in itself, does not.
static bool can_load(const char *program, const char *plugin) {
  char *arguments[] = {(char *)program, "--version", NULL};
  char text[16];
  char **environment = environment_with(plugin);
  int status = run_for_text(arguments, environment, text, sizeof text);
  free_environment(environment);
  return status == 0;
}

// Looks at one that is called so. True: there is a plugin that fits to it.
static bool consider(struct choice *choice, const char *program) {
  unsigned release;
  char plugin[PATH_MAX];
  if (!ask_release(program, &release))
    return false;
  bool fits = plugin_find(plugin, sizeof plugin, release);
  if (choice->program[0] && !fits)
    return false; // the first one found stands
  (void)snprintf(choice->program, sizeof choice->program, "%s", program);
  choice->release = release;
  if (fits)
    (void)snprintf(choice->plugin, sizeof choice->plugin, "%s", plugin);
  return fits;
}

// `clangd` itself, or else one that Debian calls after its release.
static void choose(struct choice *choice) {
  unsigned releases[MAX_RELEASES];
  char name[32], path[PATH_MAX];
  size_t count = plugin_releases(releases, MAX_RELEASES);
  if (search(path, sizeof path, "clangd") && consider(choice, path))
    return;
  for (size_t i = 0; i < count; i++) {
    (void)snprintf(name, sizeof name, "clangd-%u", releases[i]);
    if (search(path, sizeof path, name) && consider(choice, path))
      return;
  }
}

static void choose_named(struct choice *choice, const char *program) {
  char path[PATH_MAX];
  if (strchr(program, '/'))
    (void)consider(choice, program);
  else if (search(path, sizeof path, program))
    (void)consider(choice, path);
}

// Why there is no plugin for the program, in one line.
static void say_missing(const struct choice *choice, char *out, size_t size) {
  unsigned releases[MAX_RELEASES];
  size_t count = plugin_releases(releases, MAX_RELEASES);
  size_t length = (size_t)snprintf(
      out, size, "no findings of hvcilint: '%s' is of LLVM %u, and ",
      choice->program, choice->release);
  if (choice->release == NO_RELEASE)
    length = (size_t)snprintf(
        out, size,
        "no findings of hvcilint: '%s' does not say its release, and ",
        choice->program);
  (void)snprintf(out + length, size - length,
                 count ? "there are plugins only for LLVM"
                       : "there is no plugin at all");
  for (size_t i = 0; i < count; i++) {
    length = strlen(out);
    (void)snprintf(out + length, size - length, "%s %u", i ? "," : "",
                   releases[i]);
  }
}

// The message that shows the text in an editor; the caller frees it.
static char *notice_of(const char *text) {
  enum { WARNING = 2 };
  json_t *message = json_pack("{s:s, s:s, s:{s:i, s:s}}", "jsonrpc", "2.0",
                              "method", "window/showMessage", "params", "type",
                              WARNING, "message", text);
  char *result = need(json_dumps(need(message), JSON_COMPACT));
  json_decref(message);
  return result;
}

// Keeps the plugin only if it works: else why it does not, the caller's to
// free.
static char *check_plugin(struct choice *choice) {
  enum { SIZE = 3 * PATH_MAX };
  if (choice->plugin[0] && is_listable(choice->plugin) &&
      can_load(choice->program, choice->plugin))
    return NULL;
  char *why = need(malloc(SIZE));
  if (choice->plugin[0] && !is_listable(choice->plugin))
    (void)snprintf(
        why, SIZE,
        "no findings of hvcilint: '%s' has a space or a colon in its "
        "path; install it elsewhere",
        choice->plugin);
  else if (choice->plugin[0])
    (void)snprintf(why, SIZE, "no findings of hvcilint: '%s' cannot load '%s'",
                   choice->program, choice->plugin);
  else
    say_missing(choice, why, SIZE);
  choice->plugin[0] = '\0';
  return why;
}

static int run(struct choice *choice, char **arguments) {
  struct pump_job job = {.arguments = arguments,
                         .to_server = diagnostics_to_server,
                         .to_editor = diagnostics_to_editor};
  char *why = check_plugin(choice), *notice = NULL;
  arguments[0] = choice->program;
  if (why) {
    say_error("%s", why);
    job.notice = notice = notice_of(why);
  } else {
    job.environment = environment_with(choice->plugin);
  }
  int status = pump(&job);
  free_environment(job.environment);
  free(notice);
  free(why);
  return status < 0 ? EXIT_NO_CLANGD : status;
}

// Clangd's own help follows.
static void show_help(void) {
  const struct poptOption *option = &clangd_options[0];
  (void)printf("Usage: hvcilint clangd [--%s=%s] %s\n%s\n\n"
               "      --%s=%s  %s\n"
               "      --help         say this, and what clangd says\n\n%s\n\n",
               option->longName, option->argDescrip, clangd_verb.operands,
               clangd_verb.about, option->longName, option->argDescrip,
               option->descrip, clangd_verb.details);
  (void)fflush(stdout);
}

static int clangd_main(int argc, char **argv) {
  struct choice choice = {.release = NO_RELEASE};
  const char *named = NULL;
  char **arguments = need(calloc((size_t)argc + 1, sizeof *arguments));
  size_t count = 1;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--help") == 0)
      show_help();
    if (!is_option(argv[i], "--clangd", &named))
      arguments[count++] = argv[i];
  }
  if (named)
    choose_named(&choice, named);
  else
    choose(&choice);
  int status = EXIT_NO_CLANGD;
  if (choice.program[0])
    status = run(&choice, arguments);
  else
    say_error("no clangd found%s%s", named ? ": " : " in PATH",
              named ? named : "");
  free(arguments);
  return status;
}

const struct verb clangd_verb = {
    .name = "clangd",
    .summary = "run clangd with the rules in it, for an editor",
    .operands = "[ARGUMENT OF CLANGD...]",
    .about = "Runs clangd with the rules of hvcilint in it, for an editor that "
             "names this\nas its clangd.",
    .details = "All other arguments are clangd's. Settings come from "
               ".hvcilint.yaml. If there\nis no plugin for the clangd found, "
               "it says so and runs clangd alone.\n"
               "Exit status: that of clangd; 127 if it cannot be started.",
    .options = clangd_options,
    .run = clangd_main};
