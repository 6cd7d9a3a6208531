// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * kit.c - where the headers of the Windows Driver Kit are.
 *
 * Layouts: Include/<version>/km and Include/wdf/kmdf/<version> of an installed
 * kit; c/Include/... of its NuGet packages; km and shared alone.
 */
#include "kit.h"

#include "command.h"
#include "files.h"
#include "lookup.h"
#include "paths.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DEPTH = 8 };

// A folder that counts, by its name and a header that it holds: one of these.
struct part {
  const char *name;
  const char *headers[5];
  size_t offset; // of its member in struct kit
};

#define MEMBER(NAME) offsetof(struct kit, NAME)
static const struct part parts[] = {
    {"km", {"wdm.h", "ntddk.h"}, MEMBER(km)},
    {"shared",
     {"ntdef.h", "warning.h", "wmistr.h", "acpiioct.h", "usb.h"},
     MEMBER(shared)},
    {"um", {"windows.h", "winmeta.h"}, MEMBER(um)},
    {"ucrt", {"stdlib.h"}, MEMBER(ucrt)},
    {"winrt", {"windows.foundation.h"}, MEMBER(winrt)}};
enum { PART_COUNT = sizeof parts / sizeof *parts };

struct search {
  struct kit *kit;
  const char *folder, *version, *kmdf, *umdf;
  unsigned depth;
  char *found[PART_COUNT]; // versions, as of these parts
};

// Numbers between dots, each counted as one.
static int compare_versions(const char *left, const char *right) {
  while (*left && *right) {
    char *left_end, *right_end;
    unsigned long a = strtoul(left, &left_end, 10);
    unsigned long b = strtoul(right, &right_end, 10);
    if (a != b)
      return a < b ? -1 : 1;
    left = left_end + (*left_end == '.');
    right = right_end + (*right_end == '.');
    if (left_end == left || right_end == right)
      break;
  }
  return (*left != '\0') - (*right != '\0');
}

static bool is_version(const char *name) {
  return isdigit((unsigned char)name[0]) &&
         !name[strspn(name, "0123456789.")] && strchr(name, '.');
}

// Whether a version is nearer to what is wanted than the one that is there.
static bool is_better(const char *version, const char *old,
                      const char *wanted) {
  if (!old)
    return true;
  bool wanted_old = wanted && strcmp(old, wanted) == 0;
  bool wanted_new = wanted && strcmp(version, wanted) == 0;
  if (wanted_old || wanted_new)
    return wanted_new && !wanted_old;
  return compare_versions(version, old) > 0;
}

static bool holds(const char *folder, const char *header) {
  char *path = text_of("%s/%s", folder, header), *found = lookup_file(path);
  bool there = found != NULL;
  free(found);
  free(path);
  return there;
}

static void replace(char **text, const char *with) {
  free(*text);
  *text = need(strdup(with));
}

// The version in a folder's path, or "".
static char *version_of(const char *path) {
  for (const char *end = path + strlen(path); end > path;) {
    const char *begin = end;
    while (begin > path && begin[-1] != '/')
      begin--;
    char *name = copy_part(begin, (size_t)(end - begin));
    if (is_version(name))
      return name;
    free(name);
    end = begin > path ? begin - 1 : path;
  }
  return need(strdup(""));
}

static bool is_part(const struct part *part, const char *name,
                    const char *path) {
  bool found = false;
  for (int i = 0; strcasecmp(name, part->name) == 0 && !found && i < 5; i++)
    found = part->headers[i] && holds(path, part->headers[i]);
  return found;
}

static void take_part(struct search *search, size_t which, const char *path) {
  struct words *member =
      (struct words *)(void *)((char *)search->kit + parts[which].offset);
  char *version = version_of(search->folder);
  char **found = &search->found[which];
  if (is_better(version, *found, search->version)) {
    words_free(member);
    replace(found, version);
    if (which == 0)
      replace(&search->kit->version, version);
  }
  if (strcmp(version, *found) == 0)
    words_add(member, path);
  free(version);
}

// wdf/kmdf/1.33 and wdf/umdf/2.33.
static void take_framework(struct search *search, const char *name,
                           const char *path) {
  struct kit *kit = search->kit;
  bool kernel = strcasecmp(path_name(search->folder, false), "kmdf") == 0;
  char **folder = kernel ? &kit->kmdf : &kit->umdf;
  char **version = kernel ? &kit->kmdf_version : &kit->umdf_version;
  if (!holds(path, "wdf.h") ||
      !is_better(name, *version, kernel ? search->kmdf : search->umdf))
    return;
  replace(folder, path);
  replace(version, name);
}

// Folders above those that count.
static bool leads_on(const char *name) {
  static const char *const names[] = {
      "include", "inc",  "c",    "packages",     "src", "publicinc",
      "wdf",     "kmdf", "umdf", "windows kits", "10"};
  static const char *const starts[] = {"microsoft.windows.wdk",
                                       "microsoft.windows.sdk.cpp"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcasecmp(name, names[i]) == 0)
      return true;
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (strncasecmp(name, starts[i], strlen(starts[i])) == 0)
      return true;
  return is_version(name);
}

static void visit(const char *name, void *payload) {
  struct search *search = payload;
  char *path = text_of("%s/%s", search->folder, name);
  const char *above = path_name(search->folder, false);
  bool frameworks =
      strcasecmp(above, "kmdf") == 0 || strcasecmp(above, "umdf") == 0;
  for (size_t i = 0; i < PART_COUNT; i++)
    if (is_part(&parts[i], name, path))
      take_part(search, i, path);
  if (frameworks && is_version(name)) {
    take_framework(search, name, path);
  } else if (leads_on(name) && search->depth < MOST_DEPTH) {
    const char *folder = search->folder;
    search->folder = path;
    search->depth++;
    folder_list(path, visit, search);
    search->depth--;
    search->folder = folder;
  }
  free(path);
}

// ---- what its headers say --------------------------------------------------

// What a macro is defined as, up to the end of the file; NULL: it is not.
static const char *definition(const char *text, const char *name) {
  static const char directive[] = "#define ";
  while ((text = strstr(text, directive))) {
    text += sizeof directive - 1;
    text += strspn(text, " \t");
    size_t length = strcspn(text, " \t\r\n(");
    if (length == strlen(name) && strncmp(text, name, length) == 0)
      return text + length + strspn(text + length, " \t");
  }
  return NULL;
}

// The header of that name in the first folder that has it; NULL: none has.
static char *shared_header(const struct kit *kit, const char *name) {
  char *found = NULL;
  for (size_t i = 0; !found && i < kit->shared.count; i++) {
    char *path = text_of("%s/%s", kit->shared.items[i], name);
    found = lookup_file(path);
    free(path);
  }
  return found;
}

static unsigned long newest_windows(const struct kit *kit) {
  size_t length;
  char *header = shared_header(kit, "sdkddkver.h");
  char *text = header ? read_file(header, &length) : NULL;
  const char *name = text ? definition(text, "WDK_NTDDI_VERSION") : NULL;
  char *of =
      name ? copy_part(name, strcspn(name, " \t\r\n/")) : need(strdup(""));
  const char *value = *of ? definition(text, of) : NULL;
  unsigned long number = strtoul(value ? value : of, NULL, 0);
  free(of);
  free(text);
  free(header);
  return number;
}

// ---- the kit ---------------------------------------------------------------

void kit_find(struct kit *out, const struct words *roots, const char *version,
              const char *kmdf, const char *umdf) {
  *out = (struct kit){.version = need(strdup(""))};
  struct search search = {
      .kit = out, .version = version, .kmdf = kmdf, .umdf = umdf};
  for (size_t i = 0; i < roots->count; i++) {
    search.folder = roots->items[i];
    folder_list(search.folder, visit, &search);
  }
  char *crt = out->km.count ? text_of("%s/crt", out->km.items[0]) : NULL;
  out->crt = crt ? lookup_file(crt) : NULL;
  out->warning = shared_header(out, "warning.h");
  out->newest_windows = newest_windows(out);
  free(crt);
  for (size_t i = 0; i < PART_COUNT; i++)
    free(search.found[i]);
}

void kit_free(struct kit *kit) {
  words_free(&kit->km);
  words_free(&kit->shared);
  words_free(&kit->um);
  words_free(&kit->ucrt);
  words_free(&kit->winrt);
  free(kit->crt);
  free(kit->kmdf);
  free(kit->umdf);
  free(kit->kmdf_version);
  free(kit->umdf_version);
  free(kit->version);
  free(kit->warning);
}
