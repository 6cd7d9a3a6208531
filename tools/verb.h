// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * verb.h - a verb of the command hvcilint, and how its arguments are read.
 *
 * A verb is one file: a table of options, a function that takes what was given,
 * a function that runs, and the struct verb that names them. The command knows
 * it by one row in main.c. `hvcilint VERB --help` and what is said of wrong
 * arguments come from the table; docs/adding-a-verb.md has an example.
 */
#ifndef HVCI_TOOLS_VERB_H
#define HVCI_TOOLS_VERB_H

#include "command.h"

#include <popt.h>

/* Rows of a table of options, which OPTIONS_END ends. `key` is above 0 and not
   that of another option of the verb: those of options that verbs share begin
   at 0x1000. */
#define OPTION_FLAG(name, key, help)                                           \
  {name, '\0', POPT_ARG_NONE, NULL, key, help, NULL}
#define OPTION_VALUE(name, key, value, help)                                   \
  {name, '\0', POPT_ARG_STRING, NULL, key, help, value}
#define OPTION_TABLE(table, title)                                             \
  {NULL, '\0', POPT_ARG_INCLUDE_TABLE, (void *)(table), 0, title, NULL}
#define OPTIONS_END POPT_TABLEEND

struct verb {
  const char *name;
  const char *summary;  /* in one line, for `hvcilint --help` */
  const char *operands; /* behind the options in the usage, or NULL: none are
                           taken */
  const char *missing;  /* what is said when none is given, such as "no files";
                           NULL: none is needed */
  const char *about;    /* what it does: lines of up to 79 characters */
  const char *details;  /* what is said below the options, likewise, or NULL */
  const struct poptOption *options;
  bool stops;                        /* options end where the operands begin */
  bool expands;                      /* @FILE stands for the words in FILE */
  int (*run)(int argc, char **argv); /* argv[0] is the verb; returns an enum
                                        exit_status */
};

enum { KEY_OPERAND = 0 };

/* Takes an option, by its key, or an operand, by KEY_OPERAND. `value` is NULL
   if the option has none; it stays as long as verb_run() runs. False: it is
   wrong, and verb_error() said so. */
typedef bool (*take_argument)(void *payload, int key, const char *value);

/*
 * What a verb's own run() does: hands what argv says to `take`, options in
 * their order and then operands in theirs, and then calls `act`, whose exit
 * status it returns. After --help, or when something is wrong and that was
 * said, it returns the status without. argv[0] is skipped. `take` may be NULL
 * for a verb with neither options nor operands.
 */
int verb_run(const struct verb *verb, int argc, char **argv, take_argument take,
             int (*act)(void *payload), void *payload);

/* Texts that others own, such as operands, in their order. Zeroed is empty; its
   items are the caller's to free. */
struct texts {
  const char **items;
  size_t count, size;
};

void texts_add(struct texts *texts, const char *text);

/* Calls `each` with the options of a table and of those in it, in their order;
   NULL is a table without any. Each has a long name; a value it takes is its
   argDescrip, which names the kind, such as FILE or a|b. */
void options_each(const struct poptOption *table,
                  void (*each)(const struct poptOption *option, void *payload),
                  void *payload);

/* The options that every verb has. */
extern const struct poptOption verb_help_options[];

/* The exit status of a verb that has shown all it had to: EXIT_CLEAN, or
   EXIT_TROUBLE if the standard output did not take it, which is said. */
int verb_shown(void);

/* "hvcilint VERB: ..." on stderr, in one line. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void verb_error(const struct verb *verb, const char *format, ...);

#endif
