// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * plugins.c - what is installed beside the command: plugins and pages.
 */
#include "plugins.h"

#include "file_uri.h"
#include "files.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool plugin_prefix(char *path, size_t size) {
  char *prefix = program_path();
  bool good = prefix && path_go_up(prefix) && path_go_up(prefix); // bin
  if (good)
    good = (size_t)snprintf(path, size, "%s", prefix) < size;
  free(prefix);
  return good;
}

// `built`: its folder in a build tree.
static bool find(char *path, size_t size, unsigned release, const char *built,
                 const char *name) {
  char prefix[PATH_MAX];
  if (!plugin_prefix(prefix, sizeof prefix))
    return false;
  (void)snprintf(path, size, "%s/lib/hvcilint/%u/%s", prefix, release, name);
  if (file_exists(path))
    return true;
  (void)snprintf(path, size, "%s/%s/%s", prefix, built, name);
  return release == HVCI_LLVM && file_exists(path);
}

bool plugin_find(char *path, size_t size, unsigned release) {
  return find(path, size, release, "lib", "hvcilint" HVCI_MODULE_SUFFIX);
}

bool own_plugin_find(char *path, size_t size) {
  return plugin_find(path, size, HVCI_LLVM);
}

bool reader_find(char *path, size_t size) {
  return find(path, size, HVCI_LLVM, "lib",
              "hvcilint-image" HVCI_MODULE_SUFFIX);
}

bool unit_program_find(char *path, size_t size) {
  return find(path, size, HVCI_LLVM, "bin",
              "hvcilint-unit" HVCI_PROGRAM_SUFFIX);
}

size_t plugin_releases(unsigned *releases, size_t size) {
  enum { OLDEST = 10, NEWEST = 99 };
  char path[PATH_MAX + 64];
  size_t count = 0;
  for (unsigned release = NEWEST; release >= OLDEST && count < size; release--)
    if (plugin_find(path, sizeof path, release))
      releases[count++] = release;
  return count;
}

bool page_path(char *path, size_t size, const char *page) {
  char prefix[PATH_MAX];
  if (!plugin_prefix(prefix, sizeof prefix))
    return false;
  (void)snprintf(path, size, "%s/share/doc/hvcilint/docs/%s", prefix, page);
  return file_exists(path);
}

char *page_uri(const char *page) {
  char path[2 * PATH_MAX];
  return page_path(path, sizeof path, page) ? file_uri(path) : NULL;
}
