// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * explain.c - hvcilint explain: shows the page of a rule.
 */
#include "command.h"
#include "pages.h"
#include "verbs.h"

#include "hvci/catalogue.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct poptOption explain_options[] = {OPTIONS_END};

struct explain {
  bool asked[HVCI_RULE_COUNT];
  bool any;
};

static void say_unknown(const char *name) {
  char all[1024] = "";
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++) {
    size_t length = strlen(all);
    (void)snprintf(all + length, sizeof all - length, "%s%s",
                   length ? ", " : "", hvci_rule_name((enum hvci_rule)rule));
  }
  verb_error(&explain_verb, "unknown rule '%.60s'; rules are %s", name, all);
}

// The prefix may be left out.
static bool take_word(void *payload, int key, const char *value) {
  static const char prefix[] = "hvci-";
  struct explain *explain = payload;
  char name[128];
  if (key != KEY_OPERAND)
    return false;
  bool whole = strncmp(value, prefix, sizeof prefix - 1) == 0;
  int length = snprintf(name, sizeof name, "%s%s", whole ? "" : prefix, value);
  enum hvci_rule rule = length < (int)sizeof name
                            ? hvci_rule_find(name, (size_t)length)
                            : HVCI_RULE_COUNT;
  if (rule == HVCI_RULE_COUNT) {
    say_unknown(value);
    return false;
  }
  explain->asked[rule] = explain->any = true;
  return true;
}

static int show_page(enum hvci_rule rule) {
  char *text = page_of_rule(rule);
  if (!text) {
    say_error("the page of %s cannot be read: %s", hvci_rule_name(rule),
              strerror(errno));
    return EXIT_TROUBLE;
  }
  (void)fputs(text, stdout);
  free(text);
  return EXIT_CLEAN;
}

static void list_rules(void) {
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    (void)printf("%-32s %s\n", hvci_rule_name((enum hvci_rule)rule),
                 hvci_rule_summary((enum hvci_rule)rule));
}

static int show(void *payload) {
  const struct explain *explain = payload;
  int status = EXIT_CLEAN;
  if (!explain->any)
    list_rules();
  for (int rule = 0; rule < HVCI_RULE_COUNT && status == EXIT_CLEAN; rule++)
    if (explain->asked[rule])
      status = show_page((enum hvci_rule)rule);
  return status == EXIT_CLEAN ? verb_shown() : status;
}

static int explain_run(int argc, char **argv) {
  struct explain explain = {.any = false};
  return verb_run(&explain_verb, argc, argv, take_word, show, &explain);
}

const struct verb explain_verb = {
    .name = "explain",
    .summary = "show what a rule finds, and how to fix it",
    .operands = "[RULE...]",
    .about =
        "Shows the pages of the rules: what each flags, why memory integrity "
        "refuses\nit, bad and good code, and the fix. Without a RULE, lists "
        "them all. The hvci-\nof a name may be left out.",
    .details = "Exit status: 0 it was shown; 2 wrong arguments; 4 a page is "
               "missing, or the\noutput cannot be written.",
    .options = explain_options,
    .run = explain_run};
