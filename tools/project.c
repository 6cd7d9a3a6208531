// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * project.c - the project's configuration for a command.
 */
#include "project.h"

#include "command.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool exists(const char *path, void *payload) {
  (void)payload;
  return access(path, F_OK) == 0;
}

// The absolute path of the file, PATH_MAX bytes; empty if there is none.
static bool find(const struct hvci_options *options, char *path) {
  char folder[PATH_MAX];
  path[0] = '\0';
  if (options->config) {
    if (realpath(options->config, path))
      return true;
    say_error("%s: %s", options->config, strerror(errno));
    return false;
  }
  if (getcwd(folder, sizeof folder) &&
      !hvci_config_find(path, PATH_MAX, folder, exists, NULL))
    path[0] = '\0';
  return true;
}

static struct hvci_config *parse(const char *path) {
  struct hvci_config_error error;
  size_t length;
  char *text = read_file(path, &length);
  if (!text) {
    say_error("%s: %s", path, strerror(errno));
    return NULL;
  }
  char *folder = need(strdup(path));
  *strrchr(folder, '/') = '\0';
  struct hvci_config *config = hvci_config_parse(text, length, folder, &error);
  if (!config)
    say_error("%s:%u:%u: %s", path, error.line, error.column, error.text);
  free(folder);
  free(text);
  return config;
}

bool project_read(struct hvci_options *options, struct hvci_config **config) {
  char path[PATH_MAX];
  *config = NULL;
  if (!find(options, path))
    return false;
  if (!path[0])
    return true;
  *config = parse(path);
  if (!*config)
    return false;
  hvci_config_apply(*config, options);
  return true;
}
