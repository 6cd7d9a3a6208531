// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * fields.c - files of our own between check and its compiles.
 */
#include "fields.h"

#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t length) {
  hash ^= 0xCBF29CE484222325u; // FNV-1a
  for (size_t i = 0; i < length; i++)
    hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001B3u;
  return hash;
}

char *fields_print(const struct words *fields, size_t *length) {
  *length = sizeof "end";
  for (size_t i = 0; i < fields->count; i++)
    *length += strlen(fields->items[i]) + 1;
  char *bytes = need(malloc(*length)), *out = bytes;
  for (size_t i = 0; i < fields->count; i++) {
    size_t size = strlen(fields->items[i]) + 1;
    memcpy(out, fields->items[i], size);
    out += size;
  }
  memcpy(out, "end", sizeof "end");
  return bytes;
}

bool fields_read(struct words *out, const char *path) {
  size_t length;
  char *bytes = read_file(path, &length);
  *out = (struct words){.items = NULL};
  bool whole = bytes && length >= sizeof "end" &&
               memcmp(bytes + length - sizeof "end", "end", sizeof "end") == 0;
  const char *end = whole ? bytes + length - sizeof "end" : bytes;
  for (const char *in = bytes; in && in < end; in += strlen(in) + 1)
    words_add(out, in);
  free(bytes);
  return whole;
}

// ---- lists within lists: a count, then as many -----------------------------

static void print_list(const struct words *list, struct words *out) {
  words_take(out, text_of("%zu", list->count));
  words_append(out, list);
}

struct cursor {
  const struct words *fields;
  size_t at;
  bool good;
};

static const char *next(struct cursor *in) {
  in->good = in->good && in->at < in->fields->count;
  return in->good ? in->fields->items[in->at++] : "";
}

static char *next_copy(struct cursor *in) { return need(strdup(next(in))); }

static uint64_t next_number(struct cursor *in) {
  char *end;
  const char *text = next(in);
  unsigned long long value = strtoull(text, &end, 10);
  in->good = in->good && *text && !*end;
  return value;
}

static void next_list(struct cursor *in, struct words *out) {
  for (uint64_t count = next_number(in); in->good && count; count--)
    words_add(out, next(in));
}

static void expect(struct cursor *in, const char *text) {
  in->good = strcmp(next(in), text) == 0 && in->good;
}

static bool is_done(const struct cursor *in) {
  return in->good && in->at == in->fields->count;
}

// ---- jobs ------------------------------------------------------------------

#define JOB "hvcilint job 2"

void job_print(const struct job *job, struct words *out) {
  words_add(out, JOB);
  words_add(out, job->source);
  words_add(out, job->directory);
  words_add(out, job->cl ? "1" : "0");
  words_add(out, job->config);
  print_list(&job->words, out);
  print_list(&job->systems, out);
  print_list(&job->functions, out);
}

bool job_parse(struct job *out, const struct words *fields) {
  struct cursor in = {.fields = fields, .good = true};
  *out = (struct job){.cl = false};
  expect(&in, JOB);
  out->source = next_copy(&in);
  out->directory = next_copy(&in);
  out->cl = next_number(&in) != 0;
  out->config = next_copy(&in);
  next_list(&in, &out->words);
  next_list(&in, &out->systems);
  next_list(&in, &out->functions);
  return is_done(&in);
}

void job_free(struct job *job) {
  free(job->source);
  free(job->directory);
  free(job->config);
  words_free(&job->words);
  words_free(&job->systems);
  words_free(&job->functions);
}

// ---- settings --------------------------------------------------------------

#define SETTINGS "hvcilint settings 2"

void settings_print(const struct settings *settings, struct words *out) {
  words_add(out, SETTINGS);
  words_take(out, text_of("%u", settings->seconds));
  words_add(out, settings->compiler);
  words_add(out, settings->plugin);
  words_add(out, settings->root);
  words_add(out, settings->config);
  words_add(out, settings->target);
  print_list(&settings->launcher, out);
}

bool settings_parse(struct settings *out, const struct words *fields) {
  struct cursor in = {.fields = fields, .good = true};
  *out = (struct settings){.seconds = 0};
  expect(&in, SETTINGS);
  out->seconds = (unsigned)next_number(&in);
  out->compiler = next_copy(&in);
  out->plugin = next_copy(&in);
  out->root = next_copy(&in);
  out->config = next_copy(&in);
  out->target = next_copy(&in);
  next_list(&in, &out->launcher);
  return is_done(&in);
}

void settings_free(struct settings *settings) {
  free(settings->compiler);
  free(settings->plugin);
  free(settings->root);
  free(settings->config);
  free(settings->target);
  words_free(&settings->launcher);
}

// ---- outcomes --------------------------------------------------------------

#define OUTCOME "hvcilint outcome 2"

void outcome_print(const struct outcome *outcome, struct words *out) {
  words_add(out, OUTCOME);
  words_add(out, outcome->signature);
  words_take(out, text_of("%d", (int)outcome->status));
  words_take(out, text_of("%llu", (unsigned long long)outcome->record_size));
  words_add(out, outcome->error);
  print_list(&outcome->dropped, out);
  print_list(&outcome->stubs, out);
  print_list(&outcome->dependencies, out);
}

bool outcome_parse(struct outcome *out, const struct words *fields) {
  struct cursor in = {.fields = fields, .good = true};
  *out = (struct outcome){.status = RESULTS_OK};
  expect(&in, OUTCOME);
  out->signature = next_copy(&in);
  uint64_t status = next_number(&in);
  in.good = in.good && status <= RESULTS_CRASHED;
  out->status = in.good ? (enum results_status)status : RESULTS_CRASHED;
  out->record_size = next_number(&in);
  out->error = next_copy(&in);
  next_list(&in, &out->dropped);
  next_list(&in, &out->stubs);
  next_list(&in, &out->dependencies);
  return is_done(&in);
}

void outcome_free(struct outcome *outcome) {
  free(outcome->signature);
  free(outcome->error);
  words_free(&outcome->dropped);
  words_free(&outcome->stubs);
  words_free(&outcome->dependencies);
}
