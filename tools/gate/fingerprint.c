// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * fingerprint.c - by what a finding is known again.
 */
#include "fingerprint.h"

#include "../command.h"

#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *hash(const char *text) {
  git_oid id;
  char *out = need(calloc(GIT_OID_HEXSZ + 1, 1));
  if (git_odb_hash(&id, text, strlen(text), GIT_OBJECT_BLOB) != 0)
    need(NULL);
  (void)git_oid_tostr(out, GIT_OID_HEXSZ + 1, &id);
  return out;
}

// A place in a file that is no source has its message alone.
static char *key_of(const struct told *told) {
  const char *scope = told->spot.scope ? told->spot.scope : "";
  const char *words = told->words ? told->words : "";
  char *text;
  if (asprintf(&text, "%s\n%s\n%s", hvci_rule_name(told->rule), scope,
               scope[0] || words[0] ? words : told->message) < 0)
    need(NULL);
  char *key = hash(text);
  free(text);
  return key;
}

char *fingerprint_of(const char *key, const char *file, size_t ordinal) {
  char *text;
  if (asprintf(&text, "%s\n%s\n%zu", key, file, ordinal) < 0)
    need(NULL);
  char *out = hash(text);
  free(text);
  return out;
}

static const char *file_of(const struct told *told) {
  return told->spot.file ? told->spot.file : "";
}

static int compare(const void *left, const void *right) {
  const struct told *a = *(struct told *const *)left;
  const struct told *b = *(struct told *const *)right;
  int order = strcmp(file_of(a), file_of(b));
  if (order == 0)
    order = strcmp(a->key, b->key);
  if (order == 0)
    order = (a->spot.line > b->spot.line) - (a->spot.line < b->spot.line);
  return order ? order
               : (a->spot.column > b->spot.column) -
                     (a->spot.column < b->spot.column);
}

static bool same_group(const struct told *a, const struct told *b) {
  return strcmp(file_of(a), file_of(b)) == 0 && strcmp(a->key, b->key) == 0;
}

void fingerprint_all(struct report *report) {
  struct told **order = need(calloc(report->count + 1, sizeof *order));
  for (size_t i = 0; i < report->count; i++) {
    order[i] = &report->findings[i];
    order[i]->key = key_of(order[i]);
  }
  qsort(order, report->count, sizeof *order, compare);
  for (size_t i = 0; i < report->count; i++) {
    struct told *told = order[i], *last = i ? order[i - 1] : NULL;
    if (last && same_group(last, told))
      told->ordinal = last->ordinal + (compare(&last, &told) != 0);
    told->fingerprint = fingerprint_of(told->key, file_of(told), told->ordinal);
  }
  free(order);
}
