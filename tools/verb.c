// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * verb.c - reads the arguments of a verb by its table, and shows its help.
 */
#include "verb.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Beyond the keys of any table.
enum { KEY_HELP = 0x10000, KEY_USAGE, KEY_VERSION };

const struct poptOption verb_help_options[] = {
    {"help", '?', POPT_ARG_NONE, NULL, KEY_HELP, "show this help", NULL},
    {"usage", '\0', POPT_ARG_NONE, NULL, KEY_USAGE, "show the options alone",
     NULL},
    {"version", 'V', POPT_ARG_NONE, NULL, KEY_VERSION,
     "show the versions of hvcilint and of its LLVM", NULL},
    OPTIONS_END};

static const struct poptOption no_options[] = {OPTIONS_END};

void verb_error(const struct verb *verb, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  (void)fprintf(stderr, "hvcilint%s%s: ", verb->name[0] ? " " : "", verb->name);
  (void)vfprintf(stderr, format, arguments);
  (void)fputc('\n', stderr);
  va_end(arguments);
}

void options_each(const struct poptOption *table,
                  void (*each)(const struct poptOption *option, void *payload),
                  void *payload) {
  for (; table && (table->longName || table->arg); table++)
    if ((table->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE)
      options_each(table->arg, each, payload);
    else
      each(table, payload);
}

// ---- what is wrong ---------------------------------------------------------

struct names {
  char text[4096];
};

static void list_name(const struct poptOption *option, void *payload) {
  struct names *names = payload;
  size_t length = strlen(names->text);
  (void)snprintf(names->text + length, sizeof names->text - length, "%s--%s",
                 length ? ", " : "", option->longName);
}

// An option as it was given, without its value.
static void say_wrong(const struct verb *verb, poptContext context,
                      const struct poptOption *options, int error) {
  const char *given = poptBadOption(context, POPT_BADOPTION_NOALIAS);
  int length = (int)strcspn(given, "=");
  struct names names = {.text = ""};
  switch (error) {
  case POPT_ERROR_BADOPT:
    options_each(options, list_name, &names);
    verb_error(verb, "unknown option '%.*s'; allowed are %s", length, given,
               names.text);
    return;
  case POPT_ERROR_NOARG:
    verb_error(verb, "option '%.*s' needs a value: %.*s=...", length, given,
               length, given);
    return;
  case POPT_ERROR_UNWANTEDARG:
    verb_error(verb, "option '%.*s' takes no value", length, given);
    return;
  default:
    verb_error(verb, "'%s': %s", given, poptStrerror(error));
  }
}

// ---- what is asked for -----------------------------------------------------

static void show_help(const struct verb *verb, poptContext context) {
  poptPrintHelp(context, stdout, 0);
  (void)printf("\n%s\n", verb->about);
  if (verb->details)
    (void)printf("\n%s\n", verb->details);
}

// False: the option is no request for text.
static bool show(const struct verb *verb, poptContext context, int key) {
  switch (key) {
  case KEY_HELP:
    show_help(verb, context);
    return true;
  case KEY_USAGE:
    poptPrintUsage(context, stdout, 0);
    return true;
  case KEY_VERSION:
    (void)printf("hvcilint %s\nLLVM %s\n", HVCI_VERSION, HVCI_LLVM_VERSION);
    return true;
  default:
    return false;
  }
}

int verb_shown(void) {
  if (fflush(stdout) == 0)
    return EXIT_CLEAN;
  say_error("cannot write: %s", strerror(errno));
  return EXIT_TROUBLE;
}

void texts_add(struct texts *texts, const char *text) {
  if (texts->count == texts->size) {
    texts->size = texts->size ? 2 * texts->size : 16;
    texts->items =
        need(realloc(texts->items, texts->size * sizeof *texts->items));
  }
  texts->items[texts->count++] = text;
}

// ---- reading ---------------------------------------------------------------

// Readers return the exit status if that is all.
enum { VERB_READ = -1 };

static int read_options(const struct verb *verb, poptContext context,
                        const struct poptOption *options,
                        struct arguments *arguments, take_argument take,
                        void *payload) {
  int key;
  while ((key = poptGetNextOpt(context)) > 0) {
    char *value = poptGetOptArg(context);
    if (value)
      keep_text(arguments, value);
    if (show(verb, context, key))
      return verb_shown();
    if (!take(payload, key, value))
      return EXIT_USAGE;
  }
  if (key == -1)
    return VERB_READ;
  say_wrong(verb, context, options, key);
  return EXIT_USAGE;
}

static int read_operands(const struct verb *verb, poptContext context,
                         struct arguments *arguments, take_argument take,
                         void *payload) {
  const char *operand = poptGetArg(context);
  if (!operand && verb->missing) {
    verb_error(verb, "%s; usage: hvcilint%s%s [OPTION...] %s", verb->missing,
               verb->name[0] ? " " : "", verb->name, verb->operands);
    return EXIT_USAGE;
  }
  for (; operand; operand = poptGetArg(context)) {
    if (!verb->operands) {
      verb_error(verb, "'%s': only options are allowed", operand);
      return EXIT_USAGE;
    }
    char *copy = need(strdup(operand)); // popt's own goes with its context
    keep_text(arguments, copy);
    if (!take(payload, KEY_OPERAND, copy))
      return EXIT_USAGE;
  }
  return VERB_READ;
}

static int read_words(const struct verb *verb, struct arguments *arguments,
                      take_argument take, void *payload) {
  const struct poptOption options[] = {
      OPTION_TABLE(verb->options ? verb->options : no_options,
                   verb->options ? "Options:" : NULL),
      OPTION_TABLE(verb_help_options, "Help:"), OPTIONS_END};
  char name[64], operands[128]; // which popt shows in the usage
  (void)snprintf(name, sizeof name, "hvcilint%s%s", verb->name[0] ? " " : "",
                 verb->name);
  (void)snprintf(operands, sizeof operands, "[OPTION...] %s",
                 verb->operands ? verb->operands : "");
  char *first = arguments->words[0];
  arguments->words[0] = name;
  poptContext context = need(poptGetContext(
      NULL, (int)arguments->count, (const char **)arguments->words, options,
      verb->stops ? POPT_CONTEXT_POSIXMEHARDER : 0));
  poptSetOtherOptionHelp(context, operands);
  int status = read_options(verb, context, options, arguments, take, payload);
  if (status == VERB_READ)
    status = read_operands(verb, context, arguments, take, payload);
  poptFreeContext(context);
  arguments->words[0] = first;
  return status;
}

int verb_run(const struct verb *verb, int argc, char **argv, take_argument take,
             int (*act)(void *payload), void *payload) {
  struct arguments arguments;
  int status = EXIT_USAGE;
  if (!verb->expands)
    take_arguments(&arguments, argc, argv);
  if (!verb->expands || expand_arguments(&arguments, argc, argv))
    status = read_words(verb, &arguments, take, payload);
  if (status == VERB_READ)
    status = act(payload);
  free_arguments(&arguments);
  return status;
}
