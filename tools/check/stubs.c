// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * stubs.c - stands in for trace headers (.tmh).
 *
 * WPP reads a source, and from comments in its headers which functions trace;
 * the header that it makes defines these as macros. The same comments tell us
 * their names. What traces is nothing that a rule asks for.
 *
 * Source: "WPP Software Tracing", "Can I customize DoTraceMessage?", and
 * "WPP Preprocessor", Microsoft Learn.
 */
#include "stubs.h"

#include "command.h"
#include "files.h"
#include "lookup.h"
#include "paths.h"
#include "platform.h"
#include "whole_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 2000, MOST_FUNCTIONS = 4000, MOST_STUBS = 200 };

static const char head[] =
    "// Written by hvcilint check: stands in for a header that WPP makes.\n"
    "#ifndef HVCILINT_WPP_STUB\n"
    "#define HVCILINT_WPP_STUB\n"
    "#ifdef WPP_CONTROL_GUIDS\n"
    "#define WPP_DEFINE_CONTROL_GUID(name, guid, ...) __VA_ARGS__\n"
    "#define WPP_DEFINE_BIT(name) WPP_BIT_##name,\n"
    "enum hvcilint_wpp_bits { WPP_CONTROL_GUIDS hvcilint_wpp_last_bit };\n"
    "#undef WPP_DEFINE_CONTROL_GUID\n"
    "#undef WPP_DEFINE_BIT\n"
    "#endif\n"
    "struct hvcilint_wpp_control {\n"
    "  unsigned long long Logger, RegHandle;\n"
    "  unsigned char Level;\n"
    "  unsigned long Flags[1];\n"
    "};\n"
    "extern struct hvcilint_wpp_control hvcilint_wpp_control;\n"
    "#ifndef WPP_CONTROL\n"
    "#define WPP_CONTROL(...) hvcilint_wpp_control\n"
    "#endif\n"
    "#ifndef WPP_LEVEL_ENABLED\n"
    "#define WPP_LEVEL_ENABLED(...) 0\n"
    "#endif\n"
    "#ifndef WPP_FLAG_ENABLED\n"
    "#define WPP_FLAG_ENABLED(...) 0\n"
    "#endif\n";

static const char *const always[] = {"WPP_INIT_TRACING",  "WPP_CLEANUP",
                                     "WPP_SYSTEMCONTROL", "WPP_SYSTEMCONTROL2",
                                     "DoTraceMessage",    "TraceEvents"};

bool stubs_is_trace_header(const char *name) {
  size_t length = strlen(name);
  return length > 4 && strcasecmp(name + length - 4, ".tmh") == 0;
}

// ---- what a source includes ------------------------------------------------

struct scan {
  const struct job *job;
  struct words folders;   // where headers are looked for
  struct words files;     // that are read, in the order in which they are met
  struct words names;     // of trace headers
  struct words functions; // that trace
};

// Folders of the project: those of the kit hold no trace functions.
static void find_folders(struct words *out, const struct job *job) {
  static const char *const options[] = {"-I", "-iquote", "-isystem"};
  for (size_t i = 0; i < job->words.count; i++)
    for (size_t o = 0; o < sizeof options / sizeof *options; o++) {
      const char *word = job->words.items[i];
      size_t length = strlen(options[o]);
      if (strncmp(word, options[o], length) != 0)
        continue;
      const char *path = word[length] ? word + length : job->words.items[i + 1];
      if (path)
        words_take(out, path_join(job->directory, path));
    }
}

static char *folder_of(const char *path) {
  return copy_part(path, (size_t)(path_name(path, false) - path));
}

// Where the header is that a file includes; NULL: it is not found.
static char *find_header(const struct scan *scan, const char *by,
                         const char *name) {
  char *own = folder_of(by), *path = path_join(own, name);
  char *found = lookup_file(path);
  free(path);
  free(own);
  for (size_t i = 0; !found && i < scan->folders.count; i++) {
    path = path_join(scan->folders.items[i], name);
    found = lookup_file(path);
    free(path);
  }
  return found;
}

// A name that stays below the folder of stubs.
static bool is_harmless(const char *name) {
  if (!*name || path_is_absolute(name) || strchr(name, ':'))
    return false;
  for (const char *part = name; *part; part += strcspn(part, "/")) {
    part += strspn(part, "/");
    if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || !part[2]))
      return false;
  }
  return true;
}

static void take_name(struct scan *scan, const char *name) {
  if (is_harmless(name) && scan->names.count < MOST_STUBS &&
      !words_contain(&scan->names, name))
    words_add(&scan->names, name);
}

static void take_include(struct scan *scan, const char *by, const char *line,
                         const char *end) {
  line += strspn(line, " \t");
  if (strncmp(line, "include", 7) != 0)
    return;
  line += 7 + strspn(line + 7, " \t");
  const char *close = *line == '"' ? "\"" : *line == '<' ? ">" : "";
  size_t length = *close ? strcspn(line + 1, close) : 0;
  if (!length || line + 1 + length >= end)
    return;
  char *name = copy_part(line + 1, length);
  if (scan->job->cl)
    path_use_slashes(name);
  if (stubs_is_trace_header(name)) {
    take_name(scan, name);
  } else if (scan->files.count < MOST_FILES) {
    char *path = find_header(scan, by, name);
    if (path && !words_contain(&scan->files, path))
      words_add(&scan->files, path);
    free(path);
  }
  free(name);
}

// "FUNC Name{LEVEL=1}(FLAGS, MSG, ...);" in a comment.
static void take_function(struct scan *scan, const char *line) {
  line += strspn(line, " \t/*");
  if (strncmp(line, "FUNC", 4) != 0 || !isspace((unsigned char)line[4]))
    return;
  line += 4 + strspn(line + 4, " \t");
  size_t length = 0;
  while (isalnum((unsigned char)line[length]) || line[length] == '_')
    length++;
  bool good = length && !isdigit((unsigned char)line[0]) &&
              scan->functions.count < MOST_FUNCTIONS;
  char *name = copy_part(line, length);
  if (good && !words_contain(&scan->functions, name))
    words_add(&scan->functions, name);
  free(name);
}

static void read_file_of(struct scan *scan, const char *path) {
  size_t length;
  bool inside = false; // of a block for WPP
  char *text = read_file(path, &length);
  for (const char *line = text; line && *line;) {
    const char *end = line + strcspn(line, "\n");
    const char *start = line + strspn(line, " \t");
    if (*start == '#')
      take_include(scan, path, start + 1, end);
    const char *word = start + strspn(start, " \t/*");
    if (strncmp(word, "begin_wpp", 9) == 0)
      inside = true;
    else if (strncmp(word, "end_wpp", 7) == 0)
      inside = false;
    else if (inside)
      take_function(scan, start);
    line = *end ? end + 1 : end;
  }
  free(text);
}

// ---- stubs -----------------------------------------------------------------

static char *print_stub(const struct scan *scan, size_t *length) {
  struct memory_stream memory;
  FILE *out = memory_open(&memory);
  (void)fputs(head, out);
  for (size_t i = 0; i < sizeof always / sizeof *always; i++)
    (void)fprintf(out, "#ifndef %s\n#define %s(...) ((void)0)\n#endif\n",
                  always[i], always[i]);
  for (size_t i = 0; i < scan->functions.count; i++)
    (void)fprintf(out, "#undef %s\n#define %s(...) ((void)0)\n",
                  scan->functions.items[i], scan->functions.items[i]);
  (void)fputs("#endif\n", out);
  return memory_close(&memory, length);
}

static void make_folders_of(const char *top, const char *name) {
  char *path = text_of("%s/%s", top, name);
  for (char *c = path + strlen(top); (c = strchr(c, '/')); *c++ = '/') {
    *c = '\0';
    (void)folder_make(path); // what cannot be made, writing tells
  }
  free(path);
}

static bool write_stubs(const struct scan *scan, const char *folder,
                        struct words *names) {
  size_t length;
  bool any = false;
  char *text = print_stub(scan, &length);
  for (size_t i = 0; i < scan->names.count; i++) {
    char *path = text_of("%s/%s", folder, scan->names.items[i]);
    make_folders_of(folder, scan->names.items[i]);
    if (!words_contain(names, scan->names.items[i]) &&
        update_whole_file(path, text, length)) {
      words_add(names, scan->names.items[i]);
      any = true;
    }
    free(path);
  }
  free(text);
  return any;
}

static bool mentions_one(const char *path) {
  size_t length;
  char *text = read_file(path, &length);
  const char *dot = text ? strchr(text, '.') : NULL;
  while (dot && strncasecmp(dot, ".tmh", 4) != 0)
    dot = strchr(dot + 1, '.');
  bool found = dot;
  free(text);
  return found;
}

bool stubs_write(const struct job *job, const char *folder, const char *more,
                 struct words *names) {
  struct scan scan = {.job = job};
  if (!more && !mentions_one(job->source))
    return false;
  find_folders(&scan.folders, job);
  words_add(&scan.files, job->source);
  for (size_t i = 0; i < job->functions.count; i++) {
    const char *name = job->functions.items[i];
    words_add(*name == '@' ? &scan.files : &scan.functions,
              name + (*name == '@'));
  }
  for (size_t i = 0; i < scan.files.count; i++)
    read_file_of(&scan, scan.files.items[i]);
  if (more)
    take_name(&scan, more);
  bool any = scan.names.count > 0 && write_stubs(&scan, folder, names);
  words_free(&scan.folders);
  words_free(&scan.files);
  words_free(&scan.names);
  words_free(&scan.functions);
  return any;
}

bool stubs_is_there(const struct job *job, const char *name) {
  struct scan scan = {.job = job};
  find_folders(&scan.folders, job);
  char *path = find_header(&scan, job->source, name);
  bool found = path != NULL;
  free(path);
  words_free(&scan.folders);
  return found;
}
