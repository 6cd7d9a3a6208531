// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * check_main.c - hvcilint check: its command line.
 */
#include "check.h"
#include "command_line.h"
#include "verbs.h"

#include <stdlib.h>
#include <string.h>

enum {
  KEY_BUILD = 0x100,
  KEY_OUTPUT,
  KEY_JOBS,
  KEY_TIMEOUT,
  KEY_LAUNCHER,
  KEY_ALLOW,
  KEY_CONFIGURATION,
  KEY_MAP,
  KEY_ROOT,
  KEY_CONFIG,
  KEY_CLANG,
  KEY_PLUGIN,
  KEY_PROJECT,
  KEY_PLATFORM,
  KEY_WDK,
  KEY_PROPERTY,
  KEY_EXTRA,
  KEY_EXTRA_BEFORE
};

static const struct poptOption check_table[] = {
    {"build", 'p', POPT_ARG_STRING, NULL, KEY_BUILD,
     "folder of compile_commands.json, or that file", "DIR"},
    OPTION_VALUE("vcxproj", KEY_PROJECT, "FILE",
                 "or: a project or solution of Visual Studio (.vcxproj, .sln)"),
    OPTION_VALUE("platform", KEY_PLATFORM, "NAME",
                 "of a project: x64 (default), ARM64, Win32"),
    OPTION_VALUE("wdk", KEY_WDK, "DIR",
                 "where the kit's headers are, for a project; may be given "
                 "more than once"),
    OPTION_VALUE("property", KEY_PROPERTY, "NAME=VALUE",
                 "a property that a project does not set by itself; may be "
                 "given more than once"),
    OPTION_VALUE("output", KEY_OUTPUT, "DIR",
                 "folder for all that is written (default: hvcilint in that "
                 "folder)"),
    {"jobs", 'j', POPT_ARG_STRING, NULL, KEY_JOBS,
     "compile so many units at a time", "N"},
    OPTION_VALUE("timeout", KEY_TIMEOUT, "SECONDS",
                 "end a compile that takes longer (default: never)"),
    OPTION_VALUE("launcher", KEY_LAUNCHER, "COMMAND",
                 "put this before each compile, such as ccache or icecc"),
    OPTION_VALUE("extra-arg", KEY_EXTRA, "ARG",
                 "an option for each compile, behind its own; may be given "
                 "more than once"),
    OPTION_VALUE("extra-arg-before", KEY_EXTRA_BEFORE, "ARG",
                 "the same, before its own"),
    OPTION_VALUE("allow-failed", KEY_ALLOW, "FILE",
                 "this source may fail; the end of its path is enough; may be "
                 "given more than once"),
    OPTION_VALUE("configuration", KEY_CONFIGURATION, "NAME",
                 "a name for what is built, such as Release-x64; of a project: "
                 "what to build (default: Release)"),
    OPTION_VALUE("map", KEY_MAP, "FROM=TO",
                 "a folder of the machine that made the database, and where it "
                 "is here; may be given more than once"),
    OPTION_VALUE("root", KEY_ROOT, "DIR",
                 "the project's folder (default: the repository of the "
                 "sources)"),
    OPTION_VALUE("config", KEY_CONFIG, "FILE",
                 "read this configuration instead of the nearest "
                 ".hvcilint.yaml"),
    OPTION_VALUE("clang", KEY_CLANG, "FILE", "the Clang to compile with"),
    OPTION_VALUE("plugin", KEY_PLUGIN, "FILE", "the plugin to load into it"),
    OPTIONS_END};

static bool take_number(unsigned *out, const char *text, const char *what) {
  char *end;
  unsigned long value = strtoul(text, &end, 10);
  bool good = text[0] >= '0' && text[0] <= '9' && !*end && value >= 1 &&
              value <= 1000000;
  *out = (unsigned)value;
  if (!good)
    verb_error(&check_verb, "'%s': %s is a number from 1 to 1000000", text,
               what);
  return good;
}

static bool take_map(struct check_options *options, const char *text) {
  if (path_map_add(&options->maps, text))
    return true;
  verb_error(&check_verb, "'--map=%s' is not of the form FROM=TO", text);
  return false;
}

static bool take_property(struct check_options *options, const char *text) {
  const char *equals = strchr(text, '=');
  char *name = copy_part(text, equals ? (size_t)(equals - text) : 0);
  bool good = *name != '\0';
  if (good)
    properties_set(&options->properties, name, equals + 1);
  else
    verb_error(&check_verb, "'--property=%s' is not of the form NAME=VALUE",
               text);
  free(name);
  return good;
}

// The text that the key's option fills, or NULL.
static const char **text_for(struct check_options *options, int key) {
  switch (key) {
  case KEY_BUILD:
    return &options->database;
  case KEY_PROJECT:
    return &options->project;
  case KEY_PLATFORM:
    return &options->platform;
  case KEY_OUTPUT:
    return &options->output;
  case KEY_CONFIGURATION:
    return &options->configuration;
  case KEY_ROOT:
    return &options->root;
  case KEY_CONFIG:
    return &options->config;
  case KEY_CLANG:
    return &options->compiler;
  case KEY_PLUGIN:
    return &options->plugin;
  default:
    return NULL;
  }
}

static bool take_word(void *payload, int key, const char *value) {
  struct check_options *options = payload;
  const char **text = text_for(options, key);
  if (text)
    *text = value;
  else if (key == KEY_JOBS)
    return take_number(&options->jobs, value, "--jobs");
  else if (key == KEY_TIMEOUT)
    return take_number(&options->seconds, value, "--timeout");
  else if (key == KEY_LAUNCHER)
    words_split(&options->launcher, value, strlen(value), QUOTING_GNU);
  else if (key == KEY_WDK)
    words_add(&options->kits, value);
  else if (key == KEY_PROPERTY)
    return take_property(options, value);
  else if (key == KEY_EXTRA)
    words_add(&options->after, value);
  else if (key == KEY_EXTRA_BEFORE)
    words_add(&options->before, value);
  else if (key == KEY_ALLOW)
    words_add(&options->allowed, value);
  else
    return take_map(options, value);
  return true;
}

static int check_asked(void *payload) {
  const struct check_options *options = payload;
  if (!options->database != !options->project)
    return check_run(options);
  verb_error(&check_verb, options->project
                              ? "-p and --vcxproj exclude each other"
                              : "no compile database; -p DIR names its "
                                "folder, --vcxproj FILE a project");
  return EXIT_USAGE;
}

static int check_main(int argc, char **argv) {
  struct check_options options = {.database = NULL};
  int status =
      verb_run(&check_verb, argc, argv, take_word, check_asked, &options);
  words_free(&options.launcher);
  words_free(&options.before);
  words_free(&options.after);
  words_free(&options.allowed);
  words_free(&options.kits);
  properties_free(&options.properties);
  words_free(&options.maps.from);
  words_free(&options.maps.to);
  return status;
}

const struct verb check_verb = {
    .name = "check",
    .summary = "analyse all units of a compile database",
    .about = "Runs the plugin over every unit of a compile database, or of a "
             "project of\nVisual Studio, as many at a time as ninja sees fit. "
             "The output folder gets the\nrecord of each unit and "
             "results.json, which says how each went. Units that did\nnot "
             "change since the last run are not compiled again.",
    .details = "Units that could not be analysed are listed with the "
               "compiler's first\n"
               "error.\n\n"
               "Exit status: 0 all units were analysed, or may fail; 2 wrong "
               "arguments,\n"
               "compile database or configuration; 3 a unit could not be "
               "analysed, or\n"
               "the run did not come to its end.",
    .options = check_table,
    .expands = true,
    .run = check_main,
};
