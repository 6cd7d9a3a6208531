// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * zsh.c - the script that completes words in zsh: a function for each verb,
 * which hands the verb's table to _arguments.
 */
#include "words.h"

#include "gate/outputs.h"
#include "verbs.h"

#include "hvci/catalogue.h"

#include <string.h>

// Within '...', and within [...] of _arguments and _values.
static void put_text(FILE *out, const char *text) {
  for (; *text; text++)
    if (*text == '\'')
      (void)fputs("'\\''", out);
    else if (strchr("[]:\\", *text))
      (void)fprintf(out, "\\%c", *text);
    else
      (void)fputc(*text, out);
}

// ":name:action" of a value, or of operands.
static void put_action(FILE *out, const char *description) {
  static const char *const actions[] = {[WORD_UNKNOWN] = " ",
                                        [WORD_FILE] = "_files",
                                        [WORD_FOLDER] = "_files -/",
                                        [WORD_COMMAND] = "_command_names -e",
                                        [WORD_RULE] = "_hvcilint_rules",
                                        [WORD_RULES] = "_hvcilint_rules -s ,",
                                        [WORD_FORM] = "_hvcilint_outputs"};
  enum word_kind kind = word_kind_of(description);
  (void)fputc(':', out);
  put_text(out, description);
  (void)fputc(':', out);
  if (kind != WORD_LIST) {
    (void)fputs(actions[kind], out);
    return;
  }
  (void)fputc('(', out);
  for (; *description; description++)
    (void)fputc(*description == '|' ? ' ' : *description, out);
  (void)fputc(')', out);
}

static void put_spelling(FILE *out, const struct poptOption *option,
                         const char *spelling) {
  (void)fprintf(out, " \\\n    '*%s[", spelling);
  put_text(out, option->descrip);
  (void)fputc(']', out);
  if (option->argDescrip)
    put_action(out, option->argDescrip);
  (void)fputc('\'', out);
}

static void put_option(const struct poptOption *option, void *payload) {
  char spelling[128];
  (void)snprintf(spelling, sizeof spelling, "--%s%s", option->longName,
                 option->argDescrip ? "=" : "");
  put_spelling(payload, option, spelling);
  // A value may follow it at once.
  (void)snprintf(spelling, sizeof spelling, "-%c%s", option->shortName,
                 option->argDescrip ? "+" : "");
  if (option->shortName)
    put_spelling(payload, option, spelling);
}

static void put_verb(FILE *out, const struct verb *verb) {
  (void)fprintf(out, "_hvcilint_%s() {\n  _arguments -s", verb->name);
  options_each(verb->options, put_option, out);
  options_each(verb_help_options, put_option, out);
  if (verb->operands) {
    (void)fputs(" \\\n    '*", out);
    put_action(out, verb->operands);
    (void)fputc('\'', out);
  }
  (void)fputs("\n}\n\n", out);
}

// A word and what it means, for _values.
static void put_meaning(FILE *out, const char *word, const char *meaning) {
  (void)fprintf(out, " \\\n    '%s[", word);
  put_text(out, meaning);
  (void)fputs("]'", out);
}

static void put_helpers(FILE *out) {
  (void)fputs(
      "#compdef hvcilint -P hvcilint-[0-9]*\n"
      "# zsh completion for hvcilint, made from its tables of options.\n"
      "\n_hvcilint_rules() {\n  _values \"$@\" rule",
      out);
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    put_meaning(out, hvci_rule_name((enum hvci_rule)rule),
                hvci_rule_summary((enum hvci_rule)rule));
  (void)fputs("\n}\n\n_hvcilint_outputs() {\n  if compset -P '*='; then\n"
              "    _files\n  else\n    compadd -S = --",
              out);
  for (size_t i = 0; outputs_form(i); i++)
    (void)fprintf(out, " %s", outputs_form(i));
  (void)fputs("\n  fi\n}\n\n_hvcilint_verbs() {\n  _values command", out);
  for (size_t i = 0; all_verbs[i]; i++)
    put_meaning(out, all_verbs[i]->name, all_verbs[i]->summary);
  (void)fputs("\n}\n\n", out);
}

static const char head[] = "_hvcilint() {\n"
                           "  local context state state_descr line\n"
                           "  typeset -A opt_args\n"
                           "  _arguments -C -s";

static const char tail[] =
    " \\\n"
    "    '1:COMMAND:_hvcilint_verbs' '*::ARGUMENT:->rest' && return\n"
    "  [[ $state == rest ]] && (( $+functions[_hvcilint_$words[1]] )) &&\n"
    "    _hvcilint_$words[1]\n"
    "}\n"
    "\n"
    "# Found in fpath it is the function itself; read by `source` it is not.\n"
    "if [[ $funcstack[1] == _hvcilint ]]; then\n"
    "  _hvcilint \"$@\"\n"
    "else\n"
    "  compdef _hvcilint hvcilint -P 'hvcilint-[0-9]*'\n"
    "fi\n";

void write_zsh_completion(FILE *out) {
  put_helpers(out);
  for (size_t i = 0; all_verbs[i]; i++)
    put_verb(out, all_verbs[i]);
  (void)fputs(head, out);
  options_each(verb_help_options, put_option, out);
  (void)fputs(tail, out);
}
