// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * document.c - project files as XML, and what is said of them.
 *
 * A project comes from whoever sent it: no network, no document type, and so
 * no entities, and limits on all that grows.
 */
#include "msbuild.h"

#include "command.h"
#include "files.h"
#include "lookup.h"
#include "message.h"
#include "paths.h"

#include <errno.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 16 << 20, MOST_DOCUMENTS = 256, MOST_NOTES = 200 };

struct place place_of(struct msbuild *build, const xmlNode *node) {
  return (struct place){.build = build,
                        .file = (const char *)node->doc->URL,
                        .element = (const char *)node->name,
                        .line = xmlGetLineNo(node)};
}

// As seen from the folder of the project.
static char *shown(const struct msbuild *build, const char *file) {
  size_t length = strlen(file), folder = 0;
  if (build->project)
    folder = (size_t)(path_name(build->project, false) - build->project);
  bool below = folder && strncmp(file, build->project, folder) == 0;
  return printable(file + (below ? folder : 0), length - (below ? folder : 0));
}

static char *message_of(const struct place *place, const char *kind,
                        const char *format, va_list arguments) {
  char *text, *file = shown(place->build, place->file);
  if (vasprintf(&text, format, arguments) < 0)
    need(NULL);
  char *clean = printable(text, strlen(text));
  char *line = place->line ? text_of(":%ld", place->line) : need(strdup(""));
  char *message = text_of("%s%s: %s%s%s%s", file, line, kind, place->element,
                          *place->element ? ": " : "", clean);
  free(line);
  free(clean);
  free(text);
  free(file);
  return message;
}

void place_note(const struct place *place, const char *format, ...) {
  struct words *said = place->build->said;
  va_list arguments;
  va_start(arguments, format);
  char *message = message_of(place, "note: ", format, arguments);
  va_end(arguments);
  if (!words_contain(said, message) && said->count < MOST_NOTES) {
    words_add(said, message);
    (void)puts(said->count < MOST_NOTES ? message
                                        : "note: there is more of this kind");
  }
  free(message);
}

void place_refuse(const struct place *place, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *message = message_of(place, "", format, arguments);
  va_end(arguments);
  if (!place->build->failed)
    say_error("%s", message);
  place->build->failed = true;
  free(message);
}

static xmlDoc *refuse(struct msbuild *build, const char *path,
                      const char *what) {
  char *clean = printable(what, strlen(what));
  if (!build->failed)
    say_error("%s: %s", path, clean);
  build->failed = true;
  free(clean);
  return NULL;
}

// No entity without one; a parser that knows of none expands none.
bool has_document_type(const char *bytes, size_t length) {
  static const char start[] = "<!DOCTYPE";
  for (size_t i = 0; i + sizeof start - 1 <= length; i++)
    if (memcmp(bytes + i, start, sizeof start - 1) == 0)
      return true;
  return false;
}

static void stay_silent(void *context, const char *format, ...) {
  (void)context;
  (void)format;
}

static xmlDoc *parse(struct msbuild *build, const char *path, const char *bytes,
                     size_t length) {
  xmlParserCtxt *parser = need(xmlNewParserCtxt());
  xmlDoc *document =
      xmlCtxtReadMemory(parser, bytes, (int)length, path, NULL,
                        XML_PARSE_NONET | XML_PARSE_NOERROR |
                            XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
  const xmlError *error = xmlCtxtGetLastError(parser);
  if (!document) {
    char *text = text_of("line %d: %s", error ? error->line : 0,
                         error && error->message ? error->message : "no XML");
    text[strcspn(text, "\n")] = '\0';
    (void)refuse(build, path, text);
    free(text);
  }
  xmlFreeParserCtxt(parser);
  return document;
}

xmlDoc *document_read(struct msbuild *build, const char *path) {
  size_t length = 0;
  struct file_facts facts;
  if (build->document_count >= MOST_DOCUMENTS)
    return refuse(build, path, "too many imports");
  if (file_look(path, &facts) && facts.size > MOST_BYTES)
    return refuse(build, path, "it is too large for a project");
  char *bytes = read_file(path, &length);
  if (!bytes)
    return refuse(build, path, strerror(errno));
  xmlDoc *document = NULL;
  if (length > MOST_BYTES)
    (void)refuse(build, path, "it is too large for a project");
  else if (has_document_type(bytes, length))
    (void)refuse(build, path, "it has a document type, as no project has");
  else
    document = parse(build, path, bytes, length);
  free(bytes);
  xmlSetGenericErrorFunc(NULL, stay_silent);
  if (!document)
    return NULL;
  const xmlNode *root = xmlDocGetRootElement(document);
  if (document->intSubset || !root ||
      strcmp((const char *)root->name, "Project") != 0) {
    xmlFreeDoc(document);
    return refuse(build, path, "it is no project of MSBuild");
  }
  build->documents =
      need(realloc(build->documents,
                   (build->document_count + 1) * sizeof *build->documents));
  build->documents[build->document_count++] = document;
  return document;
}

char *local_file(const char *folder, const char *path) {
  char *slashed = need(strdup(path));
  path_use_slashes(slashed);
  char *joined = path_join(folder, slashed);
  char *found = lookup_file(joined), *clean = NULL;
  free(slashed);
  // Without "..", where that can be told.
  if (found) {
    clean = path_clean(found);
    free(joined);
    free(found);
    return clean;
  }
  return joined;
}
