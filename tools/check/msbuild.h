// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * msbuild.h - evaluates a project of MSBuild as far as its C and C++ sources
 * need: properties first, then defaults of items, then the items, each in the
 * order of the files, as MSBuild does.
 */
#ifndef HVCI_CHECK_MSBUILD_H
#define HVCI_CHECK_MSBUILD_H

#include "properties.h"
#include "words.h"

#include <libxml/tree.h>

/* A source, with all that its project says of it. */
struct item {
  char *path; /* absolute, of this machine */
  char *spelling;
  struct properties metadata;
};

struct msbuild {
  struct properties properties;
  struct properties given;       /* by the user: a project cannot change them */
  struct properties definitions; /* of ClCompile */
  struct item *items;
  size_t count, size;
  struct words configurations; /* "Release|x64" */
  struct words traits;         /* types of items that there are */
  struct words *said;          /* notes, each once; borrowed */
  char *project;               /* its absolute path */
  xmlDoc **documents;          /* the project and its imports */
  size_t document_count;
  bool failed; /* it cannot be read, and that was said */
};

/* Something in a project file. */
struct place {
  struct msbuild *build;
  const char *file;
  const char *element; /* its name */
  long line;
};
struct place place_of(struct msbuild *build, const xmlNode *node);

/* "FILE:LINE: note: ELEMENT: ...", once each. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void place_note(const struct place *place, const char *format, ...);
/* "FILE:LINE: ELEMENT: ...", an error that ends the run. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void place_refuse(const struct place *place, const char *format, ...);

/* The text with its properties, and, if `metadata` is there, its metadata, in
   place; %(Filename) and the like are those of `item` (NULL: none). The caller
   frees it. */
char *expand(const struct place *place, const char *text,
             const struct properties *metadata, const struct item *item);
/* The parts of a list, between semicolons, without blanks around. */
void split_list(struct words *out, const char *text);
/* In place: %3B and the like become what they stand for. */
void unescape(char *text);

/* Whether the condition is true; what is not understood is noted, and false.
   NULL is true. */
bool condition_holds(const struct place *place, const char *condition,
                     const struct properties *metadata,
                     const struct item *item);

/* The absolute path, for Windows' way of writing it, below the folder; as it is
   spelled here, if it is there. The caller frees it. */
char *local_file(const char *folder, const char *path);

/* Whether XML has a document type, at least in ASCII. */
bool has_document_type(const char *bytes, size_t length);

/* Reads a document; NULL: it is none, which was said. */
xmlDoc *document_read(struct msbuild *build, const char *path);

/* The document that the element imports goes to its _private, or NULL. */
void msbuild_import(struct msbuild *build, xmlNode *node);
/* Sets the properties that name the file which is read. */
void msbuild_enter(struct msbuild *build, const char *file);

/* Sets the properties that MSBuild and Visual Studio do before a project is
   read. `solution` is its path, or NULL. */
void msbuild_begin(struct msbuild *build, const char *project,
                   const char *solution);
/* Evaluates the project of build->project. False: that was said. */
bool msbuild_evaluate(struct msbuild *build);
void msbuild_free(struct msbuild *build);

#endif
