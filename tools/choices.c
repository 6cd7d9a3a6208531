// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * choices.c - the arguments that all commands which judge understand.
 */
#include "choices.h"

#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Long forms alone: beyond the characters, and beyond the commands' own.
enum {
  KEY_ONLY = 0x1000,
  KEY_OFF,
  KEY_ERROR,
  KEY_MIN_OS,
  KEY_CONFIG,
  KEY_CERTAIN_ONLY,
  KEY_SARIF
};

static const struct argp_option arguments[] = {
    {.name = "only",
     .key = KEY_ONLY,
     .arg = "RULES",
     .doc = "run these rules alone"},
    {.name = "off",
     .key = KEY_OFF,
     .arg = "RULES",
     .doc = "do not run these rules"},
    {.name = "error",
     .key = KEY_ERROR,
     .arg = "RULES",
     .doc = "show findings of these rules as errors"},
    {.name = "min-os",
     .key = KEY_MIN_OS,
     .arg = "RELEASE",
     .doc = "the oldest Windows that loads the driver, such as 1703"},
    {.name = "config",
     .key = KEY_CONFIG,
     .arg = "FILE",
     .doc = "read this configuration instead of the nearest .hvcilint.yaml"},
    {.name = "certain-only",
     .key = KEY_CERTAIN_ONLY,
     .doc = "show only what is certain, not what is possible"},
    {.name = "sarif",
     .key = KEY_SARIF,
     .arg = "FILE",
     .doc = "write the findings to this file as SARIF 2.1.0; - writes them to "
            "the standard output in place of the text"},
    {.name = NULL},
};

void choices_init(struct choices *out) {
  *out = (struct choices){.sarif = NULL};
  hvci_options_init(&out->options);
}

bool choices_replace_text(const struct choices *choices) {
  return choices->sarif && strcmp(choices->sarif, "-") == 0;
}

static const struct argp_option *argument_of(int key) {
  const struct argp_option *argument = arguments;
  while (argument->name && argument->key != key)
    argument++;
  return argument->name ? argument : NULL;
}

// The options have the same names under every host.
static void apply_option(struct choices *choices,
                         const struct argp_option *argument, const char *value,
                         struct argp_state *state) {
  char error[1024];
  char *text;
  if (asprintf(&text, "%s%s%s", argument->name, value ? "=" : "",
               value ? value : "") < 0)
    need(NULL);
  if (hvci_options_apply(&choices->options, text, error, sizeof error) !=
      HVCI_OK)
    argp_error(state, "%s", error);
  if (argument->key == KEY_CONFIG)
    choices->options.config = value; // which stays, other than the text
  free(text);
}

static error_t parse(int key, char *value, struct argp_state *state) {
  const struct argp_option *argument = argument_of(key);
  struct choices *choices = state->input;
  if (!argument)
    return ARGP_ERR_UNKNOWN;
  if (key != KEY_SARIF) {
    apply_option(choices, argument, value, state);
  } else {
    if (!value[0])
      argp_error(state, "'--sarif' needs the name of a file, or -");
    choices->sarif = value;
  }
  return 0;
}

const struct argp choices_argp = {.options = arguments, .parser = parse};
