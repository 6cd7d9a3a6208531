// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * plan.c - what is to be compiled.
 */
#include "plan.h"

#include "command.h"
#include "hvci/config.h"
#include "files.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OF_A_NAME = 60 };

void plan_add(struct plan *plan, struct compile *compile,
              struct known_folders *known, const char *configuration) {
  if (plan->count == plan->size) {
    plan->size = plan->size ? 2 * plan->size : 64;
    plan->units = need(realloc(plan->units, plan->size * sizeof *plan->units));
  }
  struct unit *unit = &plan->units[plan->count++];
  const char *directory = known_real(known, compile->directory);
  char *source = known_clean(known, compile->source);
  free(compile->source);
  compile->source = source;
  if (directory) {
    free(compile->directory);
    compile->directory = need(strdup(directory));
  }
  *unit = (struct unit){.job = {.source = compile->source,
                                .directory = compile->directory,
                                .cl = compile->cl,
                                .config = need(strdup("")),
                                .words = compile->words,
                                .systems = compile->systems,
                                .functions = compile->functions},
                        .dropped = compile->dropped,
                        .configuration = need(strdup(configuration))};
  *compile = (struct compile){.cl = false};
}

static void unit_free(struct unit *unit) {
  job_free(&unit->job);
  words_free(&unit->dropped);
  free(unit->configuration);
  free(unit->name);
  free(unit->signature);
}

void plan_free(struct plan *plan) {
  for (size_t i = 0; i < plan->count; i++)
    unit_free(&plan->units[i]);
  free(plan->units);
  free(plan->root);
  free(plan->compiler);
  free(plan->plugin);
  free(plan->config);
}

// ---- the root --------------------------------------------------------------

static bool has_repository(const char *folder) {
  char *path = text_of("%s/.git", folder);
  bool found = file_exists(path);
  free(path);
  return found;
}

// The repository that holds all sources, or else the folder that does.
static char *find_root(const struct plan *plan) {
  if (plan->count == 0)
    return current_folder();
  char *common = need(strdup(plan->units[0].job.source));
  (void)path_go_up(common);
  for (size_t i = 1; i < plan->count; i++)
    while (!path_is_below(plan->units[i].job.source, common) &&
           path_go_up(common))
      ;
  char *folder = need(strdup(common));
  while (!has_repository(folder))
    if (!path_go_up(folder)) {
      free(folder);
      return common;
    }
  free(common);
  return folder;
}

// ---- configurations --------------------------------------------------------

// The last folder that was looked into: neighbours follow each other.
struct search {
  char *folder, *found;
  struct words checked; // those that can be read
  bool good;
};

static bool exists(const char *path, void *payload) {
  struct file_facts facts;
  (void)payload;
  return file_look(path, &facts) && !facts.folder;
}

// Said once, not by each unit.
static void check_config(struct search *search, const char *path) {
  struct hvci_config_error error;
  size_t length;
  if (!*path || words_contain(&search->checked, path))
    return;
  words_add(&search->checked, path);
  char *text = read_file(path, &length);
  char *folder = need(strdup(path));
  (void)path_go_up(folder);
  struct hvci_config *config =
      text ? hvci_config_parse(text, length, folder, &error) : NULL;
  if (!text)
    say_error("%s: %s", path, strerror(errno));
  else if (!config)
    say_error("%s:%u:%u: %s", path, error.line, error.column, error.text);
  search->good = search->good && config;
  hvci_config_free(config);
  free(folder);
  free(text);
}

static const char *find_config(struct search *search, const char *source) {
  char *folder = need(strdup(source)), found[PATH_MAX];
  (void)path_go_up(folder);
  if (search->folder && strcmp(search->folder, folder) == 0) {
    free(folder);
    return search->found;
  }
  free(search->folder);
  free(search->found);
  search->folder = folder;
  bool any = hvci_config_find(found, sizeof found, folder, exists, NULL);
  search->found = need(strdup(any ? found : ""));
  check_config(search, search->found);
  return search->found;
}

static bool find_configs(struct plan *plan) {
  struct search search = {.good = true};
  check_config(&search, plan->config);
  for (size_t i = 0; i < plan->count; i++) {
    struct job *job = &plan->units[i].job;
    const char *config =
        *plan->config ? plan->config : find_config(&search, job->source);
    free(job->config);
    job->config = need(strdup(config));
  }
  free(search.folder);
  free(search.found);
  words_free(&search.checked);
  return search.good;
}

// ---- names and signatures --------------------------------------------------

static uint64_t hash_text(uint64_t hash, const char *text) {
  return hash_bytes(hash, text, strlen(text) + 1);
}

static uint64_t hash_file(uint64_t hash, const char *path) {
  struct file_facts facts = {.size = 0};
  if (*path)
    (void)file_look(path, &facts);
  hash = hash_text(hash, path);
  hash = hash_bytes(hash, (const char *)&facts.size, sizeof facts.size);
  return hash_bytes(hash, (const char *)&facts.time, sizeof facts.time);
}

// The same in another clone: of what lies below the root, the rest counts.
static const char *from_root(const struct plan *plan, const char *path) {
  return path_is_below(path, plan->root) ? path + strlen(plan->root) : path;
}

static uint64_t hash_identity(const struct plan *plan,
                              const struct unit *unit) {
  uint64_t hash = hash_text(0, from_root(plan, unit->job.source));
  hash = hash_text(hash, from_root(plan, unit->job.directory));
  return hash_text(hash, unit->configuration);
}

static uint64_t hash_job(const struct unit *unit) {
  size_t length;
  struct words fields = {.items = NULL};
  job_print(&unit->job, &fields);
  char *bytes = fields_print(&fields, &length);
  uint64_t hash = hash_bytes(0, bytes, length);
  free(bytes);
  words_free(&fields);
  return hash;
}

static char *name_of(const struct unit *unit, uint64_t hash) {
  char name[MOST_OF_A_NAME + 1];
  const char *source = path_name(unit->job.source, false);
  size_t length = 0;
  for (; source[length] && length < MOST_OF_A_NAME; length++)
    name[length] = isalnum((unsigned char)source[length]) ||
                           source[length] == '.' || source[length] == '_'
                       ? source[length]
                       : '-';
  name[length] = '\0';
  return text_of("%s-%016llx", name, (unsigned long long)hash);
}

struct numbered {
  uint64_t identity, job;
  size_t index;
};

static int compare(const void *left, const void *right) {
  const struct numbered *a = left, *b = right;
  if (a->identity != b->identity)
    return a->identity < b->identity ? -1 : 1;
  return (a->index > b->index) - (a->index < b->index);
}

static bool is_new(const struct numbered *all, size_t at) {
  for (size_t i = at; i-- > 0 && all[i].identity == all[at].identity;)
    if (all[i].job == all[at].job)
      return false;
  return true;
}

static void sign(const struct plan *plan, struct unit *unit, uint64_t job,
                 uint64_t tools) {
  uint64_t hash = hash_file(job, unit->job.config);
  hash = hash_text(hash, plan->config);
  hash = hash_bytes(hash, (const char *)&tools, sizeof tools);
  unit->signature = text_of("%016llx", (unsigned long long)hash);
}

// One source may be compiled more than once: those after the first are counted.
static void name_all(struct plan *plan) {
  struct numbered *all = need(calloc(plan->count + 1, sizeof *all));
  uint64_t tools = hash_file(
      hash_file(hash_text(0, HVCI_VERSION), plan->compiler), plan->plugin);
  for (size_t i = 0; i < plan->count; i++)
    all[i] = (struct numbered){.identity = hash_identity(plan, &plan->units[i]),
                               .job = hash_job(&plan->units[i]),
                               .index = i};
  qsort(all, plan->count, sizeof *all, compare);
  uint64_t repeated = 0;
  for (size_t i = 0; i < plan->count; i++) {
    struct unit *unit = &plan->units[all[i].index];
    repeated = i && all[i - 1].identity == all[i].identity ? repeated + 1 : 0;
    if (!is_new(all, i))
      continue;
    unit->name = name_of(unit, all[i].identity + repeated);
    sign(plan, unit, all[i].job, tools);
  }
  free(all);
}

static void leave_out_unnamed(struct plan *plan) {
  size_t kept = 0;
  for (size_t i = 0; i < plan->count; i++)
    if (plan->units[i].name)
      plan->units[kept++] = plan->units[i];
    else
      unit_free(&plan->units[i]);
  plan->count = kept;
}

bool plan_finish(struct plan *plan) {
  if (!plan->root)
    plan->root = find_root(plan);
  bool good = find_configs(plan);
  name_all(plan);
  leave_out_unnamed(plan);
  return good;
}
