// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * bash.c - the script that completes words in bash.
 *
 * It is what the tables say, as two case commands: the kind of an option's
 * value, and the options and operands of a verb. Bash takes "=" for a word of
 * its own.
 */
#include "words.h"

#include "gate/outputs.h"
#include "verbs.h"

#include "hvci/catalogue.h"

#include <string.h>

static const char head[] =
    "# bash completion for hvcilint, made from its tables of options.\n"
    "\n"
    "_hvcilint_words() {\n"
    "  mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$2\")\n"
    "}\n"
    "\n"
    "# The words of a list are separated by commas.\n"
    "_hvcilint_list() {\n"
    "  local before=''\n"
    "  [[ $2 != *,* ]] || before=${2%,*},\n"
    "  mapfile -t COMPREPLY < <(\n"
    "    compgen -P \"$before\" -W \"$1\" -- \"${2##*,}\")\n"
    "  compopt -o nospace\n"
    "}\n"
    "\n"
    "_hvcilint_files() {\n"
    "  mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$2\")\n"
    "  compopt -o filenames\n"
    "}\n"
    "\n"
    "_hvcilint_value() {\n"
    "  case $1 in\n"
    "  file) _hvcilint_files -f \"$2\" ;;\n"
    "  folder) _hvcilint_files -d \"$2\" ;;\n"
    "  command) mapfile -t COMPREPLY < <(compgen -c -- \"$2\") ;;\n"
    "  rule) _hvcilint_words \"$rules\" \"$2\" ;;\n"
    "  rules) _hvcilint_list \"$rules\" \"$2\" ;;\n"
    "  form)\n"
    "    if [[ $2 == *=* ]]; then\n"
    "      _hvcilint_files -f \"${2#*=}\"\n"
    "    else\n"
    "      mapfile -t COMPREPLY < <(compgen -S = -W \"$forms\" -- \"$2\")\n"
    "      compopt -o nospace\n"
    "    fi\n"
    "    ;;\n"
    "  *\\|*) _hvcilint_words \"${1//|/ }\" \"$2\" ;;\n"
    "  esac\n"
    "}\n"
    "\n"
    "_hvcilint() {\n"
    "  local verb='' option='' value kind='' options='' operands=''\n"
    "  local i=$COMP_CWORD word=${COMP_WORDS[COMP_CWORD]} n\n"
    "  COMPREPLY=()\n"
    "  while ((i > 1)) &&\n"
    "    [[ ${COMP_WORDS[i]} == = || ${COMP_WORDS[i - 1]} == = ]]; do\n"
    "    ((i--))\n"
    "    word=${COMP_WORDS[i]}$word\n"
    "  done\n"
    "  if [[ $word == --*=* ]]; then\n"
    "    option=${word%%=*} value=${word#*=}\n"
    "  else\n"
    "    option=${COMP_WORDS[i - 1]} value=$word\n"
    "  fi\n"
    "  for ((n = 1; n < i; n++)); do\n"
    "    [[ ${COMP_WORDS[n]} == -* ]] || {\n"
    "      verb=${COMP_WORDS[n]}\n"
    "      break\n"
    "    }\n"
    "  done\n";

static const char tail[] =
    "  esac\n"
    "  if [[ $kind ]]; then\n"
    "    _hvcilint_value \"$kind\" \"$value\"\n"
    "  elif [[ $word == -* ]]; then\n"
    "    _hvcilint_words \"$options\" \"$word\"\n"
    "    [[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace\n"
    "  elif [[ $verb ]]; then\n"
    "    _hvcilint_value \"$operands\" \"$word\"\n"
    "  else\n"
    "    _hvcilint_words \"$verbs\" \"$word\"\n"
    "  fi\n"
    "}\n"
    "\n"
    "complete -F _hvcilint hvcilint\n";

// The kind as _hvcilint_value() knows it.
static void put_kind(FILE *out, const char *description) {
  static const char *const names[] = {
      [WORD_UNKNOWN] = "none",  [WORD_FILE] = "file",
      [WORD_FOLDER] = "folder", [WORD_COMMAND] = "command",
      [WORD_RULE] = "rule",     [WORD_RULES] = "rules",
      [WORD_FORM] = "form"};
  enum word_kind kind = word_kind_of(description);
  const char *name = kind == WORD_LIST ? description : names[kind];
  (void)fprintf(out, "'%s'", name ? name : "");
}

struct verb_writer {
  FILE *out;
  const struct verb *verb;
};

static void put_value(const struct poptOption *option, void *payload) {
  struct verb_writer *writer = payload;
  if (!option->argDescrip)
    return;
  (void)fprintf(writer->out, "  '%s --%s'", writer->verb->name,
                option->longName);
  if (option->shortName)
    (void)fprintf(writer->out, " | '%s -%c'", writer->verb->name,
                  option->shortName);
  (void)fputs(") kind=", writer->out);
  put_kind(writer->out, option->argDescrip);
  (void)fputs(" ;;\n", writer->out);
}

static void put_name(const struct poptOption *option, void *payload) {
  (void)fprintf(payload, " --%s%s", option->longName,
                option->argDescrip ? "=" : "");
}

// `pattern` is the verb's name, or '' where none is given yet.
static void put_words(FILE *out, const char *pattern, const struct verb *verb) {
  (void)fprintf(out, "  %s)\n    options='", pattern);
  options_each(verb ? verb->options : NULL, put_name, out);
  options_each(verb_help_options, put_name, out);
  (void)fputs("' operands=", out);
  put_kind(out, verb ? verb->operands : NULL);
  (void)fputs("\n    ;;\n", out);
}

static void put_lists(FILE *out) {
  (void)fputs("  local verbs='", out);
  for (size_t i = 0; all_verbs[i]; i++)
    (void)fprintf(out, "%s ", all_verbs[i]->name);
  (void)fputs("'\n  local forms='", out);
  for (size_t i = 0; outputs_form(i); i++)
    (void)fprintf(out, "%s ", outputs_form(i));
  (void)fputs("'\n  local rules='", out);
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    (void)fprintf(out, "%s ", hvci_rule_name((enum hvci_rule)rule));
  (void)fputs("'\n", out);
}

void write_bash_completion(FILE *out) {
  (void)fputs(head, out);
  put_lists(out);
  (void)fputs("  case \"$verb $option\" in\n", out);
  for (size_t i = 0; all_verbs[i]; i++) {
    struct verb_writer writer = {.out = out, .verb = all_verbs[i]};
    options_each(all_verbs[i]->options, put_value, &writer);
  }
  (void)fputs("  esac\n  case $verb in\n", out);
  put_words(out, "''", NULL);
  for (size_t i = 0; all_verbs[i]; i++)
    put_words(out, all_verbs[i]->name, all_verbs[i]);
  (void)fputs(tail, out);
}
