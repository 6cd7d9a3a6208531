// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * check.h - runs the plugin over every unit of a driver.
 */
#ifndef HVCI_CHECK_CHECK_H
#define HVCI_CHECK_CHECK_H

#include "paths.h"
#include "properties.h"
#include "words.h"

/* What the user chose. Text is borrowed; NULL: not said. */
struct check_options {
  const char *database; /* folder of compile_commands.json, or the file */
  const char *project;  /* or: a .vcxproj or .sln */
  const char *output, *root, *config, *configuration, *platform;
  const char *compiler, *plugin;
  struct path_maps maps;
  struct words launcher;
  struct words before, after;   /* options around those of each command */
  struct words allowed;         /* sources that may fail */
  struct words kits;            /* roots of the kit, for a project */
  struct properties properties; /* that the user gives a project */
  unsigned jobs, seconds;
};

/* Runs it. An exit status: clean, usage, or refused if a unit that is not
   allowed to could not be analysed. */
int check_run(const struct check_options *options);

#endif
