// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * msbuild.c - evaluates a project of MSBuild as far as its sources need.
 *
 * Source: "How MSBuild builds projects" and "MSBuild project file schema
 * reference", Microsoft Learn.
 */
#include "msbuild.h"

#include "command.h"
#include "glob_files.h"
#include "paths.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ITEMS = 100000, MOST_DEPTH = 64 };

enum pass { PROPERTIES, DEFINITIONS, ITEMS };

static void walk(struct msbuild *build, xmlNode *parent, enum pass pass,
                 unsigned depth);

static bool is(const xmlNode *node, const char *name) {
  return node->type == XML_ELEMENT_NODE &&
         strcmp((const char *)node->name, name) == 0;
}

static char *attribute(const xmlNode *node, const char *name) {
  return (char *)xmlGetNoNsProp(node, (const xmlChar *)name);
}

static bool holds(struct msbuild *build, const xmlNode *node,
                  const struct properties *metadata, const struct item *item) {
  struct place place = place_of(build, node);
  char *condition = attribute(node, "Condition");
  bool result = condition_holds(&place, condition, metadata, item);
  xmlFree(condition);
  return result && !build->failed;
}

// Its text, expanded; the caller frees it.
static char *content(struct msbuild *build, const xmlNode *node,
                     const struct properties *metadata,
                     const struct item *item) {
  struct place place = place_of(build, node);
  xmlChar *raw = xmlNodeGetContent(node);
  char *text = expand(&place, raw ? (const char *)raw : "", metadata, item);
  xmlFree(raw);
  return text;
}

// An attribute, expanded; the caller frees it. "" if it is not there.
static char *expanded_attribute(struct msbuild *build, const xmlNode *node,
                                const char *name) {
  struct place place = place_of(build, node);
  char *raw = attribute(node, name);
  char *text = expand(&place, raw ? raw : "", NULL, NULL);
  xmlFree(raw);
  return text;
}

// ---- properties ------------------------------------------------------------

static void take_properties(struct msbuild *build, const xmlNode *group) {
  for (xmlNode *node = group->children; node && !build->failed;
       node = node->next) {
    const char *name = (const char *)node->name;
    if (node->type != XML_ELEMENT_NODE ||
        properties_get(&build->given, name, strlen(name)) ||
        !holds(build, node, NULL, NULL))
      continue;
    char *value = content(build, node, NULL, NULL);
    properties_set(&build->properties, name, value);
    free(value);
  }
}

// ---- files -----------------------------------------------------------------

static void walk_document(struct msbuild *build, const xmlDoc *document,
                          enum pass pass, unsigned depth) {
  xmlNode *root = xmlDocGetRootElement(document);
  char *outer = need(
      strdup(properties_value(&build->properties, "MSBuildThisFileFullPath")));
  msbuild_enter(build, (const char *)document->URL);
  walk(build, root, pass, depth + 1);
  if (*outer)
    msbuild_enter(build, outer);
  free(outer);
}

// ---- items -----------------------------------------------------------------

static void item_free(struct item *item) {
  free(item->path);
  free(item->spelling);
  properties_free(&item->metadata);
}

static void take_metadata(struct msbuild *build, const xmlNode *node,
                          struct properties *metadata,
                          const struct item *item) {
  static const char *const words[] = {"Include",       "Exclude",   "Remove",
                                      "Update",        "Condition", "Label",
                                      "KeepDuplicates"};
  struct place place = place_of(build, node);
  for (xmlAttr *each = node->properties; each; each = each->next) {
    bool known = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
      known = known || strcmp((const char *)each->name, words[i]) == 0;
    if (known)
      continue;
    char *raw = attribute(node, (const char *)each->name);
    char *value = expand(&place, raw, metadata, item);
    properties_set(metadata, (const char *)each->name, value);
    free(value);
    xmlFree(raw);
  }
  for (xmlNode *child = node->children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE &&
        holds(build, child, metadata, item)) {
      char *value = content(build, child, metadata, item);
      properties_set(metadata, (const char *)child->name, value);
      free(value);
    }
}

// The files that an attribute names, with their spelling in the project.
static void find_files(struct msbuild *build, const xmlNode *node,
                       const char *name, struct words *paths,
                       struct words *spellings) {
  struct words parts = {.items = NULL};
  char *text = expanded_attribute(build, node, name);
  char *folder = need(strdup(build->project));
  folder[path_name(folder, false) - folder - 1] = '\0';
  split_list(&parts, text);
  for (size_t i = 0; i < parts.count; i++) {
    char *part = parts.items[i];
    if (strncmp(part, "@(", 2) == 0) {
      struct place place = place_of(build, node);
      place_note(&place, "the list %s is not followed", part);
      continue;
    }
    size_t before = paths->count;
    unescape(part);
    if (!glob_files(paths, folder, part)) {
      struct place place = place_of(build, node);
      place_refuse(&place, "%s names too many files or folders", part);
    }
    for (size_t p = before; p < paths->count; p++)
      words_add(spellings, part);
  }
  free(folder);
  free(text);
  words_free(&parts);
}

static void include(struct msbuild *build, const xmlNode *node) {
  struct words paths = {.items = NULL}, spellings = {.items = NULL};
  struct words excluded = {.items = NULL}, unused = {.items = NULL};
  find_files(build, node, "Include", &paths, &spellings);
  find_files(build, node, "Exclude", &excluded, &unused);
  for (size_t i = 0; i < paths.count && !build->failed; i++) {
    if (words_contain(&excluded, paths.items[i]))
      continue;
    if (build->count >= MOST_ITEMS) {
      struct place place = place_of(build, node);
      place_refuse(&place, "more than %d sources", MOST_ITEMS);
      break;
    }
    if (build->count == build->size) {
      build->size = build->size ? 2 * build->size : 64;
      build->items =
          need(realloc(build->items, build->size * sizeof *build->items));
    }
    struct item *item = &build->items[build->count++];
    *item = (struct item){.path = need(strdup(paths.items[i])),
                          .spelling = need(strdup(spellings.items[i]))};
    properties_copy(&item->metadata, &build->definitions);
    take_metadata(build, node, &item->metadata, item);
  }
  words_free(&paths);
  words_free(&spellings);
  words_free(&excluded);
  words_free(&unused);
}

// Remove and Update: of those that are there.
static void change(struct msbuild *build, const xmlNode *node, bool remove) {
  struct words paths = {.items = NULL}, spellings = {.items = NULL};
  size_t kept = 0;
  find_files(build, node, remove ? "Remove" : "Update", &paths, &spellings);
  for (size_t i = 0; i < build->count; i++) {
    struct item *item = &build->items[i];
    bool meant = words_contain(&paths, item->path);
    if (meant && remove) {
      item_free(item);
      continue;
    }
    if (meant)
      take_metadata(build, node, &item->metadata, item);
    build->items[kept++] = *item;
  }
  build->count = kept;
  words_free(&paths);
  words_free(&spellings);
}

static void take_items(struct msbuild *build, const xmlNode *group) {
  for (xmlNode *node = group->children; node && !build->failed;
       node = node->next) {
    if (node->type != XML_ELEMENT_NODE || !holds(build, node, NULL, NULL))
      continue;
    const char *name = (const char *)node->name;
    char *text = expanded_attribute(build, node, "Include");
    if (is(node, "ProjectConfiguration"))
      split_list(&build->configurations, text);
    else if (!words_contain(&build->traits, name))
      words_add(&build->traits, name);
    free(text);
    if (!is(node, "ClCompile"))
      continue;
    if (xmlHasProp(node, (const xmlChar *)"Include"))
      include(build, node);
    if (xmlHasProp(node, (const xmlChar *)"Remove"))
      change(build, node, true);
    if (xmlHasProp(node, (const xmlChar *)"Update"))
      change(build, node, false);
  }
}

static void take_definitions(struct msbuild *build, const xmlNode *group) {
  for (xmlNode *node = group->children; node && !build->failed;
       node = node->next)
    if (is(node, "ClCompile") && holds(build, node, &build->definitions, NULL))
      take_metadata(build, node, &build->definitions, NULL);
}

// ---- the tree --------------------------------------------------------------

// What targets do happens in a build; here it can only be said.
static void tell_target(struct msbuild *build, const xmlNode *target) {
  for (xmlNode *group = target->children; group; group = group->next)
    for (xmlNode *node = is(group, "ItemGroup") ? group->children : NULL; node;
         node = node->next)
      if (is(node, "ClCompile")) {
        struct place place = place_of(build, node);
        place_note(&place, "in a Target, which is not followed");
      }
}

static void choose(struct msbuild *build, xmlNode *node, enum pass pass,
                   unsigned depth) {
  static char chosen; // its address marks a branch
  bool open = pass == PROPERTIES;
  for (xmlNode *branch = node->children; branch; branch = branch->next) {
    bool branches = is(branch, "When") || is(branch, "Otherwise");
    if (open && branches && holds(build, branch, NULL, NULL)) {
      branch->_private = &chosen;
      open = false;
    }
    if (branches && branch->_private)
      walk(build, branch, pass, depth + 1);
  }
}

// A group counts in one pass; its condition does as that pass finds it.
static void take_group(struct msbuild *build, xmlNode *node, enum pass pass) {
  if (is(node, "PropertyGroup")) {
    if (pass == PROPERTIES && holds(build, node, NULL, NULL))
      take_properties(build, node);
  } else if (is(node, "ItemDefinitionGroup")) {
    if (pass == DEFINITIONS && holds(build, node, &build->definitions, NULL))
      take_definitions(build, node);
  } else if (is(node, "ItemGroup")) {
    if (pass == ITEMS && holds(build, node, NULL, NULL))
      take_items(build, node);
  } else if (is(node, "Target")) {
    if (pass == ITEMS)
      tell_target(build, node);
  } else if (!is(node, "UsingTask") && !is(node, "ProjectExtensions")) {
    struct place place = place_of(build, node);
    place_note(&place, "the element is not understood");
  }
}

static void walk(struct msbuild *build, xmlNode *parent, enum pass pass,
                 unsigned depth) {
  if (depth > MOST_DEPTH) {
    struct place place = place_of(build, parent);
    place_refuse(&place, "nested too deep");
    return;
  }
  for (xmlNode *node = parent ? parent->children : NULL; node && !build->failed;
       node = node->next) {
    if (node->type != XML_ELEMENT_NODE)
      continue;
    if (is(node, "ImportGroup")) {
      if (pass != PROPERTIES || holds(build, node, NULL, NULL))
        walk(build, node, pass, depth + 1);
    } else if (is(node, "Choose")) {
      choose(build, node, pass, depth);
    } else if (is(node, "Import")) {
      if (pass == PROPERTIES && holds(build, node, NULL, NULL))
        msbuild_import(build, node);
      if (node->_private)
        walk_document(build, node->_private, pass, depth);
    } else {
      take_group(build, node, pass);
    }
  }
}

bool msbuild_evaluate(struct msbuild *build) {
  xmlDoc *document = document_read(build, build->project);
  const enum pass passes[] = {PROPERTIES, DEFINITIONS, ITEMS};
  if (document && xmlDocGetRootElement(document)) {
    struct place place = place_of(build, xmlDocGetRootElement(document));
    char *sdk = attribute(xmlDocGetRootElement(document), "Sdk");
    if (sdk)
      place_note(&place, "the SDK %s is not followed", sdk);
    xmlFree(sdk);
  }
  for (int i = 0; document && i < 3 && !build->failed; i++)
    walk_document(build, document, passes[i], 0);
  return document && !build->failed;
}

void msbuild_free(struct msbuild *build) {
  for (size_t i = 0; i < build->count; i++)
    item_free(&build->items[i]);
  for (size_t i = 0; i < build->document_count; i++)
    xmlFreeDoc(build->documents[i]);
  free(build->items);
  free(build->documents);
  free(build->project);
  properties_free(&build->properties);
  properties_free(&build->given);
  properties_free(&build->definitions);
  words_free(&build->configurations);
  words_free(&build->traits);
}
