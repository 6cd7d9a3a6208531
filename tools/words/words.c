// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * words.c - hvcilint completion and hvcilint manual.
 */
#include "words.h"

#include "verbs.h"

#include <string.h>

enum word_kind word_kind_of(const char *description) {
  // The first that is part of it counts.
  static const struct {
    const char *part;
    enum word_kind kind;
  } kinds[] = {{"FORM=FILE", WORD_FORM}, {"NAME=", WORD_UNKNOWN},
               {"FROM=", WORD_UNKNOWN},  {"|", WORD_LIST},
               {"RULES", WORD_RULES},    {"RULE", WORD_RULE},
               {"DIR", WORD_FOLDER},     {"COMMAND", WORD_COMMAND},
               {"FILE", WORD_FILE},      {"PATH", WORD_FILE},
               {"ARGUMENT", WORD_FILE},  {"RECORD", WORD_FILE},
               {"RESULTS", WORD_FILE}};
  for (size_t i = 0; description && i < sizeof kinds / sizeof *kinds; i++)
    if (strstr(description, kinds[i].part))
      return kinds[i].kind;
  return WORD_UNKNOWN;
}

typedef void (*writer)(FILE *out);

static bool take_shell(void *payload, int key, const char *value) {
  writer *write = payload;
  if (key != KEY_OPERAND)
    return false;
  writer chosen = strcmp(value, "bash") == 0  ? write_bash_completion
                  : strcmp(value, "zsh") == 0 ? write_zsh_completion
                                              : NULL;
  if (!chosen)
    verb_error(&completion_verb, "unknown shell '%s'; shells are bash and zsh",
               value);
  else if (*write)
    verb_error(&completion_verb, "'%s': one shell at a time", value);
  if (!chosen || *write)
    return false;
  *write = chosen;
  return true;
}

static int show_script(void *payload) {
  const writer *write = payload;
  (*write)(stdout);
  return verb_shown();
}

static int completion_run(int argc, char **argv) {
  writer write = NULL;
  return verb_run(&completion_verb, argc, argv, take_shell, show_script,
                  (void *)&write);
}

const struct verb completion_verb = {
    .name = "completion",
    .summary = "write the script that completes words in a shell",
    .operands = "bash|zsh",
    .missing = "no shell",
    .about = "Writes the script by which bash or zsh completes the words of "
             "this command:\ncommands, options, and values such as rules, "
             "forms and files. Where hvcilint\nis installed for all, both "
             "shells find theirs by themselves; else:\n\n"
             "  bash: source <(hvcilint completion bash)\n"
             "  zsh:  source <(hvcilint completion zsh)",
    .details = "Exit status: 0 it was written; 2 wrong arguments; 4 it could "
               "not be written.",
    .run = completion_run};

static int show_manual(void *payload) {
  (void)payload;
  write_manual(stdout);
  return verb_shown();
}

static int manual_run(int argc, char **argv) {
  return verb_run(&manual_verb, argc, argv, NULL, show_manual, NULL);
}

const struct verb manual_verb = {
    .name = "manual",
    .summary = "write the page for man(1)",
    .about = "Writes the manual page, as man(1) reads it. Where hvcilint is "
             "installed for all,\n'man hvcilint' shows it; else: 'hvcilint "
             "manual | man -l -'.",
    .details = "Exit status: 0 it was written; 2 wrong arguments; 4 it could "
               "not be written.",
    .run = manual_run};
