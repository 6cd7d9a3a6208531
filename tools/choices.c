// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * choices.c - the arguments that all commands which judge understand.
 */
#include "choices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Beyond the commands' own.
enum {
  KEY_ONLY = 0x1000,
  KEY_OFF,
  KEY_ERROR,
  KEY_MIN_OS,
  KEY_CONFIG,
  KEY_CERTAIN_ONLY,
  KEY_SARIF
};

const struct poptOption choices_options[] = {
    OPTION_VALUE("only", KEY_ONLY, "RULES", "run these rules alone"),
    OPTION_VALUE("off", KEY_OFF, "RULES", "do not run these rules"),
    OPTION_VALUE("error", KEY_ERROR, "RULES",
                 "show findings of these rules as errors"),
    OPTION_VALUE("min-os", KEY_MIN_OS, "RELEASE",
                 "the oldest Windows that loads the driver, such as 1703"),
    OPTION_VALUE(
        "config", KEY_CONFIG, "FILE",
        "read this configuration instead of the nearest .hvcilint.yaml"),
    OPTION_FLAG("certain-only", KEY_CERTAIN_ONLY,
                "show only what is certain, not what is possible"),
    OPTION_VALUE("sarif", KEY_SARIF, "FILE",
                 "write the findings to this file as SARIF 2.1.0; - writes "
                 "them to the standard output in place of the text"),
    OPTIONS_END};

void choices_init(struct choices *out) {
  *out = (struct choices){.sarif = NULL};
  hvci_options_init(&out->options);
}

bool choices_replace_text(const struct choices *choices) {
  return choices->sarif && strcmp(choices->sarif, "-") == 0;
}

static const char *name_of(int key) {
  const struct poptOption *option = choices_options;
  while (option->val != key)
    option++;
  return option->longName;
}

// The options have the same names under every host.
static bool apply(struct choices *choices, const struct verb *verb, int key,
                  const char *value) {
  char error[1024];
  char *text;
  if (asprintf(&text, "%s%s%s", name_of(key), value ? "=" : "",
               value ? value : "") < 0)
    need(NULL);
  bool good = hvci_options_apply(&choices->options, text, error,
                                 sizeof error) == HVCI_OK;
  if (!good)
    verb_error(verb, "%s", error);
  if (key == KEY_CONFIG)
    choices->options.config = value; // which stays, other than the text
  free(text);
  return good;
}

bool choices_take(struct choices *choices, const struct verb *verb, int key,
                  const char *value) {
  if (key != KEY_SARIF)
    return apply(choices, verb, key, value);
  if (!value[0])
    verb_error(verb, "'--sarif' needs the name of a file, or -");
  choices->sarif = value;
  return value[0];
}
