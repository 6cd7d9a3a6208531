// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * command.h - what the commands of hvcilint have in common.
 */
#ifndef HVCI_TOOLS_COMMAND_H
#define HVCI_TOOLS_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

/* The exit status of each command. */
enum exit_status {
  EXIT_CLEAN = 0,    /* no findings */
  EXIT_FINDINGS = 1, /* there are findings */
  EXIT_USAGE = 2,    /* wrong arguments; an image that cannot be read */
  EXIT_REFUSED = 3,  /* a record that cannot be read */
  EXIT_TROUBLE = 4   /* memory ran out, or the output cannot be written */
};

/* "hvcilint: error: ..." on stderr, in one line. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void say_error(const char *format, ...);

/* Ends the program when memory ran out. */
void *need(void *memory);

/* A copy of a part of a text, which the caller frees. */
char *copy_part(const char *text, size_t length);

/* The bytes of a file, which the caller frees, with a NUL behind them; NULL if
   it cannot be read: then errno says why. */
char *read_file(const char *path, size_t *length);

/* The words of a command line, as many as `count`, behind which is NULL. */
struct arguments {
  char **words;
  size_t count, size;
  char **texts; /* that words and values point into */
  size_t text_count, text_size;
};

/* The words of argv as they are; argv must outlive them. */
void take_arguments(struct arguments *out, int argc, char **argv);

/* Fills *out with the arguments, each @file replaced by the words that it
   holds, as GCC reads them. False: such a file cannot be read, and that was
   said. It is to be freed either way. */
bool expand_arguments(struct arguments *out, int argc, char **argv);
void free_arguments(struct arguments *arguments);

/* From now on the text is freed with the arguments. */
void keep_text(struct arguments *arguments, char *text);

#endif
