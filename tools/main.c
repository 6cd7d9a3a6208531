// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * main.c - the command hvcilint: chooses what is to be done.
 */
#include "verbs.h"

#include <stdio.h>
#include <string.h>

const struct verb *const all_verbs[] = {
    &check_verb,  &link_verb,    &image_verb,      &gate_verb,   &baseline_verb,
    &clangd_verb, &explain_verb, &completion_verb, &manual_verb, NULL,
};
enum { VERBS = sizeof all_verbs / sizeof *all_verbs - 1 };

struct choice {
  const struct verb *verb;
  size_t words; // from the command's name on
  int argc;
  char **argv;
};

static void list(char *out, size_t size, const char *before) {
  size_t length = (size_t)snprintf(out, size, "%s", before);
  for (size_t i = 0; i < VERBS && length < size; i++)
    length += (size_t)snprintf(out + length, size - length, "%s%s",
                               i ? ", " : "", all_verbs[i]->name);
}

static void describe(char *out, size_t size) {
  size_t length = (size_t)snprintf(
      out, size,
      "Finds what memory integrity (HVCI) refuses in a Windows driver.\n\n"
      "Commands:");
  for (size_t i = 0; i < VERBS && length < size; i++)
    length += (size_t)snprintf(out + length, size - length, "\n  %-10s %s",
                               all_verbs[i]->name, all_verbs[i]->summary);
}

static bool take_word(void *payload, int key, const char *value) {
  static const struct verb command = {.name = ""};
  struct choice *choice = payload;
  char text[512];
  if (key != KEY_OPERAND)
    return false;
  if (choice->words++ > 0)
    return true; // the command's own
  for (size_t i = 0; i < VERBS; i++)
    if (strcmp(value, all_verbs[i]->name) == 0)
      choice->verb = all_verbs[i];
  list(text, sizeof text, "commands are ");
  if (!choice->verb)
    verb_error(&command, "unknown command '%s'; %s", value, text);
  return choice->verb;
}

static int run_chosen(void *payload) {
  const struct choice *choice = payload;
  int first = choice->argc - (int)choice->words;
  return choice->verb->run(choice->argc - first, choice->argv + first);
}

static int run(int argc, char **argv) {
  char about[1024], missing[512];
  describe(about, sizeof about);
  list(missing, sizeof missing, "a command is missing: ");
  const struct verb command = {
      .name = "",
      .operands = "COMMAND [ARGUMENT...]",
      .missing = missing,
      .about = about,
      .details = "'hvcilint COMMAND --help' says more of each.",
      .stops = true};
  struct choice choice = {.argc = argc, .argv = argv};
  return verb_run(&command, argc, argv, take_word, run_chosen, &choice);
}

// Whether the command was called by a name that editors can take for clangd's.
static bool is_clangd(const char *path) {
  const char *slash = strrchr(path, '/');
  return strcmp(slash ? slash + 1 : path, "hvcilint-clangd") == 0;
}

int main(int argc, char **argv) {
  if (argc > 0 && is_clangd(argv[0]))
    return clangd_verb.run(argc, argv);
  return run(argc, argv);
}
