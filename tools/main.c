// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * main.c - the command hvcilint: chooses what is to be done.
 */
#include "command.h"

#include <argp.h>
#include <stdio.h>
#include <string.h>

static const struct {
  const char *name;
  int (*run)(int argc, char **argv);
} commands[] = {
    {"link", link_main},
    {"image", image_main},
};

// glibc finds it by its name.
__attribute__((visibility("default"))) const char *argp_program_version =
    "hvcilint " HVCI_VERSION;

static const char doc[] =
    "Finds what memory integrity (HVCI) refuses in a Windows driver."
    "\v"
    "Commands:\n"
    "  link    judge a driver by the records of its units\n"
    "  image   judge objects, libraries and linked images\n\n"
    "'hvcilint COMMAND --help' says more of each.";

struct choice {
  int (*run)(int argc, char **argv);
  int first; // the command's index among the arguments
};

static error_t parse(int key, char *argument, struct argp_state *state) {
  struct choice *choice = state->input;
  if (key == ARGP_KEY_NO_ARGS)
    argp_error(state, "a command is missing");
  if (key != ARGP_KEY_ARG)
    return ARGP_ERR_UNKNOWN;
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
    if (strcmp(argument, commands[i].name) == 0)
      choice->run = commands[i].run;
  if (!choice->run)
    argp_error(state, "unknown command '%s'", argument);
  choice->first = state->next - 1;
  state->next = state->argc; // the rest is the command's
  return 0;
}

int main(int argc, char **argv) {
  static const struct argp argp = {
      .parser = parse, .args_doc = "COMMAND [ARGUMENT...]", .doc = doc};
  struct choice choice = {.run = NULL};
  argp_err_exit_status = EXIT_USAGE;
  if (argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &choice) != 0)
    return EXIT_USAGE;
  return choice.run(argc - choice.first, argv + choice.first);
}
