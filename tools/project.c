// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * project.c - the project's configuration for a command.
 */
#include "project.h"

#include "command.h"
#include "files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool exists(const char *path, void *payload) {
  (void)payload;
  return file_exists(path);
}

// The absolute path of the file, which the caller frees; NULL if there is none.
// False: the one that was named is missing.
static bool find(const struct hvci_options *options, char **path) {
  if (options->config) {
    *path = path_real(options->config);
    if (!*path)
      say_error("%s: %s", options->config, strerror(errno));
    return *path;
  }
  char *folder = current_folder();
  size_t room = strlen(folder) + sizeof "/.hvcilint.yaml";
  *path = need(malloc(room));
  if (!hvci_config_find(*path, room, folder, exists, NULL)) {
    free(*path);
    *path = NULL;
  }
  free(folder);
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
  char *path = NULL;
  *config = NULL;
  if (!find(options, &path))
    return false;
  if (!path)
    return true;
  *config = parse(path);
  free(path);
  if (!*config)
    return false;
  hvci_config_apply(*config, options);
  return true;
}
