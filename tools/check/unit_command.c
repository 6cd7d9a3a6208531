// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * unit_command.c - how a unit is compiled to its record.
 */
#include "unit_command.h"

#include "command.h"
#include "launcher.h"
#include "paths.h"
#include "shipping.h"
#include "whole_file.h"

#include <stdlib.h>
#include <string.h>

enum {
  MOST_BYTES_OF_A_COMMAND = 100000 // a word may have 131072 on Linux
};

static size_t bytes_of(const struct words *words) {
  size_t bytes = 0;
  for (size_t i = 0; i < words->count; i++)
    bytes += strlen(words->items[i]) + 1;
  return bytes;
}

static char *quote_all(const struct words *words) {
  char *text = need(malloc(3 * bytes_of(words) + 2)), *out = text;
  for (size_t i = 0; i < words->count; i++) {
    *out++ = '"';
    for (const char *in = words->items[i]; *in; in++) {
      if (*in == '"' || *in == '\\')
        *out++ = '\\';
      *out++ = *in;
    }
    *out++ = '"';
    *out++ = '\n';
  }
  *out = '\0';
  return text;
}

// Long command lines go into a file.
static bool add_options(const struct unit_command *from,
                        struct words *command) {
  const struct words *words = &from->job->words;
  if (bytes_of(words) < MOST_BYTES_OF_A_COMMAND) {
    words_append(command, words);
    return true;
  }
  launcher_keep(from->settings); // it would not send what is in the file
  char *text = quote_all(words);
  bool good = write_whole_file(from->response, text, strlen(text));
  free(text);
  words_add(command, "--rsp-quoting=posix");
  words_take(command, text_of("@%s", from->response));
  return good;
}

static void add_all(struct words *command, const char *const *words) {
  for (; *words; words++)
    words_add(command, *words);
}

// Relative, as clang-cl takes a slash for an option.
static void add_source(const struct job *job, struct words *command) {
  if (!job->cl) {
    words_add(command, job->source);
    return;
  }
  char *source = path_relative(job->directory, job->source);
  words_take(command, source[0] == '-' || source[0] == '@'
                          ? text_of("./%s", source)
                          : need(strdup(source)));
  free(source);
}

// Behind all other folders: a header that is there is never hidden. Relative,
// so that it is the same in another clone.
static void add_stubs(const struct unit_command *from, struct words *command) {
  words_add(command, "-Xclang");
  words_add(command, "-idirafter");
  words_add(command, "-Xclang");
  words_take(command, path_relative(from->job->directory, from->stubs));
}

// The nearest one, to which the plugin comes by itself, is nowhere near
// elsewhere.
static void add_config(const struct unit_command *from, struct words *command) {
  const char *config = launcher_ships(from->settings) ? from->job->config
                                                      : from->settings->config;
  if (!config[0])
    return;
  words_add(command, "-Xclang");
  words_add(command, "-plugin-arg-hvcilint");
  words_add(command, "-Xclang");
  words_take(command, text_of("config=%s", config));
}

bool unit_command(const struct unit_command *from, struct words *command) {
  const struct settings *settings = from->settings;
  const char *const plugin[] = {"-Xclang",        "-load",    "-Xclang",
                                settings->plugin, "-Xclang",  "-plugin",
                                "-Xclang",        "hvcilint", NULL};
  const char *const cl[] = {"--driver-mode=cl", "-nologo", NULL};
  const char *const rewrite[] = {"-Xclang", "-frewrite-includes", NULL};
  // Of messages only the first line of an error is shown.
  const char *const fixed[] = {"-fno-crash-diagnostics",
                               "-fno-color-diagnostics", "-Xclang",
                               "-fno-caret-diagnostics", NULL};
  bool lacks_target =
      launcher_needs_target(settings) && !shipping_has_target(from->job);
  if (!lacks_target || settings->target[0])
    words_append(command, &settings->launcher);
  words_add(command, settings->compiler);
  if (from->job->cl)
    add_all(command, cl);
  if (lacks_target && settings->target[0])
    words_take(command, text_of("--target=%s", settings->target));
  bool good = add_options(from, command);
  if (from->stubs)
    add_stubs(from, command);
  add_all(command, fixed);
  add_all(command, plugin);
  if (launcher_ships(settings)) // clang-cl has no option of its own for that
    add_all(command, rewrite);
  add_config(from, command);
  if (from->job->cl) {
    words_add(command, "-showIncludes");
    words_add(command, "-c");
    words_take(command, text_of("-o%s", from->record));
  } else {
    const char *const output[] = {"-MD", "-MT",         "unit",
                                  "-MF", from->depfile, "-c",
                                  "-o",  from->record,  NULL};
    add_all(command, output);
  }
  add_source(from->job, command);
  return good;
}
