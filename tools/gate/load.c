// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * load.c - results of one or many machines, read and put in order.
 */
#include "gate.h"

#include "../command.h"
#include "../files.h"
#include "../link/join.h"
#include "../names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

// ---- names -----------------------------------------------------------------

const char *gate_name(struct gate *gate, const char *name) {
  return names_keep(&gate->names, name);
}

// Takes . and .. and doubled separators out of an absolute path, in place.
static void clean(char *path) {
  char *out = path;
  for (char *in = path; *in;) {
    while (*in == '/')
      in++;
    size_t length = strcspn(in, "/");
    bool is_up = length == 2 && in[0] == '.' && in[1] == '.';
    if (is_up) {
      while (out > path && *--out != '/')
        ;
    } else if (length > 0 && !(length == 1 && in[0] == '.')) {
      *out++ = '/';
      memmove(out, in, length);
      out += length;
    }
    in += length;
  }
  if (out == path)
    *out++ = '/';
  *out = '\0';
}

static char *absolute(const char *folder, const char *name) {
  char *path;
  if (asprintf(&path, "%s/%s", name[0] == '/' ? "" : folder, name) < 0)
    need(NULL);
  if (path[0] == '/')
    clean(path);
  return path;
}

// What is behind the root, or NULL if the path is not below it.
static const char *below(const char *path, const char *root) {
  size_t length = strlen(root);
  while (length > 0 && root[length - 1] == '/')
    length--;
  return strncmp(path, root, length) == 0 && path[length] == '/'
             ? path + length + 1
             : NULL;
}

static const char *name_below(struct gate *gate, const char *root,
                              const char *folder, const char *name) {
  char *path = absolute(folder, name);
  const char *rest = below(path, root);
  const char *known = gate_name(gate, rest ? rest : path);
  free(path);
  return known;
}

const char *gate_file(struct gate *gate, const struct gate_unit *unit,
                      const char *name) {
  return name_below(gate, unit->root, unit->from->directory, name);
}

char *gate_path(const struct gate *gate, const char *file) {
  return absolute(gate->root, file);
}

// ---- results ---------------------------------------------------------------

// The file itself, or the one in the folder.
static char *file_of(const char *path) {
  char *file;
  if (asprintf(&file, "%s%s", path,
               folder_exists(path) ? "/results.json" : "") < 0)
    need(NULL);
  return file;
}

static void add_failure(struct gate *gate, const struct gate_unit *unit,
                        const char *status, const char *error) {
  gate->failures[gate->failure_count++] =
      (struct told_failure){.source = unit->source,
                            .configuration = unit->from->configuration,
                            .status = status,
                            .error = gate_name(gate, error)};
}

// A record that cannot be believed is as good as none.
static void load_record(struct gate *gate, struct gate_unit *unit,
                        const char *folder, uint64_t *next_place) {
  char error[256];
  char *path;
  if (unit->from->status != RESULTS_OK) {
    if (!unit->from->allowed)
      add_failure(gate, unit, results_status_name(unit->from->status),
                  unit->from->error);
    return;
  }
  if (asprintf(&path, "%s/%s", folder, unit->from->record) < 0)
    need(NULL);
  unit->bytes = read_file(path, &unit->length);
  if (!unit->bytes)
    (void)snprintf(error, sizeof error, "%s", strerror(errno));
  else
    unit->record = hvci_record_read(unit->bytes, unit->length, *next_place,
                                    error, sizeof error);
  if (unit->record)
    *next_place += unit->record->place_count;
  else
    add_failure(gate, unit, "unreadable", error);
  free(path);
}

static void load_units(struct gate *gate, const struct results *results,
                       const char *file, uint64_t *next_place) {
  char *folder = need(strdup(file));
  char *slash = strrchr(folder, '/');
  if (slash)
    *slash = '\0';
  for (size_t i = 0; i < results->unit_count; i++) {
    struct gate_unit *unit = &gate->units[gate->unit_count++];
    *unit =
        (struct gate_unit){.from = &results->units[i], .root = results->root};
    unit->source = gate_file(gate, unit, unit->from->source);
    load_record(gate, unit, slash ? folder : ".", next_place);
  }
  free(folder);
}

// In an order that does not depend on how the results were given.
static int compare_units(const void *left, const void *right) {
  const struct gate_unit *a = left, *b = right;
  int order = strcmp(a->from->configuration, b->from->configuration);
  if (order == 0)
    order = strcmp(a->record ? a->record->target : "",
                   b->record ? b->record->target : "");
  if (order == 0)
    order = strcmp(a->source, b->source);
  if (order == 0)
    order = (a->length > b->length) - (a->length < b->length);
  return order || !a->bytes ? order : memcmp(a->bytes, b->bytes, a->length);
}

static int compare_failures(const void *left, const void *right) {
  const struct told_failure *a = left, *b = right;
  int order = strcmp(a->source, b->source);
  if (order == 0)
    order = strcmp(a->configuration, b->configuration);
  return order ? order : strcmp(a->error, b->error);
}

static bool read_all(struct gate *gate, const char *const *paths, size_t count,
                     char **files) {
  bool good = true;
  char error[256];
  for (size_t i = 0; i < count; i++) {
    files[i] = file_of(paths[i]);
    bool read = results_read(&gate->results[i], files[i], error, sizeof error);
    if (!read)
      say_error("%s: %s", files[i], error);
    good &= read;
  }
  return good;
}

bool gate_load(struct gate *gate, const char *const *paths, size_t count) {
  char **files = need(calloc(count, sizeof *files));
  gate->results = need(calloc(count, sizeof *gate->results));
  gate->result_count = count;
  bool good = read_all(gate, paths, count, files);
  size_t units = 0;
  for (size_t i = 0; good && i < count; i++)
    units += gate->results[i].unit_count;
  gate->units = need(calloc(units + 1, sizeof *gate->units));
  gate->failures = need(calloc(units + 1, sizeof *gate->failures));
  uint64_t next_place = gate->linker.count + 1;
  for (size_t i = 0; good && i < count; i++)
    load_units(gate, &gate->results[i], files[i], &next_place);
  for (size_t i = 0; i < count; i++)
    free(files[i]);
  free(files);
  qsort(gate->units, gate->unit_count, sizeof *gate->units, compare_units);
  qsort(gate->failures, gate->failure_count, sizeof *gate->failures,
        compare_failures);
  gate->report.failures = gate->failures;
  gate->report.failure_count = gate->failure_count;
  gate->report.incomplete = gate->failure_count > 0;
  return good;
}

void gate_free(struct gate *gate) {
  report_free(&gate->report);
  for (size_t i = 0; i < gate->suppression_count; i++) {
    free(gate->suppressions[i]->author);
    free(gate->suppressions[i]);
  }
  free(gate->suppressions);
  for (size_t i = 0; i < gate->unit_count; i++) {
    hvci_record_free(gate->units[i].record);
    free(gate->units[i].bytes);
  }
  free(gate->units);
  free(gate->failures);
  for (size_t i = 0; i < gate->result_count; i++)
    results_free(&gate->results[i]);
  free(gate->results);
  free(gate->root);
  names_free(gate->names);
  linker_options_free(&gate->linker);
  hvci_config_free(gate->config);
}
