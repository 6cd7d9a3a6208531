/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * plugins.h - what is installed beside the command: plugins and pages.
 *
 * Installed below some prefix they are lib/hvcilint/<LLVM release>/hvcilint.so
 * and share/doc/hvcilint/docs. In a build tree there is the one of
 * lib/hvcilint.so, and the pages are those of the sources. The reader of images
 * and the program of hvcilint check lie beside the plugin; in a build tree that
 * program is in bin.
 */
#ifndef HVCI_TOOLS_PLUGINS_H
#define HVCI_TOOLS_PLUGINS_H

#include <stdbool.h>
#include <stddef.h>

/* The plugin for that release of LLVM: its path in `path`; false if it is not
   there. */
bool plugin_find(char *path, size_t size, unsigned release);

/* The one for our own release; likewise. */
bool own_plugin_find(char *path, size_t size);

/* The releases that there are plugins for, the newest first: at most `size`,
   and how many. */
size_t plugin_releases(unsigned *releases, size_t size);

/* The reader of images of our own release; likewise. */
bool reader_find(char *path, size_t size);

/* The program that hvcilint check has ninja start, of our own release;
   likewise. */
bool unit_program_find(char *path, size_t size);

/* The folder that the command is installed below, without a slash at the end.
 */
bool plugin_prefix(char *path, size_t size);

/* The path of a page, which is named relative to docs/; false if it is not
   there. */
bool page_path(char *path, size_t size, const char *page);

/* The URI of a page, which is named relative to docs/ and the caller frees;
   NULL if it is not there. */
char *page_uri(const char *page);

#endif
