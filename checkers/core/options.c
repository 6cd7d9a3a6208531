// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * options.c - the arguments of every host, read in one place.
 */
#include "hvci/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum apply {
  ONLY,
  OFF,
  ERROR,
  MIN_OS,
  CONFIG,
  UNUSED,
  UNKNOWN,
  CERTAIN_ONLY,
  RECORD
};

struct option {
  const char *name;
  enum apply apply;
  const char *value; // NULL for a switch
  const char *help;
};

static const struct option option_table[] = {
#define HVCI_OPTION(name, apply, value, help) {name, apply, value, help},
#include "options.def"
};

#define OPTION_COUNT (sizeof option_table / sizeof *option_table)

// A text of limited size that grows at its end.
struct text {
  char *bytes;
  size_t size;
  size_t length;
};

static void append(struct text *text, const char *format, ...) {
  va_list arguments;
  if (text->length >= text->size)
    return;
  va_start(arguments, format);
  int n = vsnprintf(text->bytes + text->length, text->size - text->length,
                    format, arguments);
  va_end(arguments);
  text->length += n > 0 ? (size_t)n : 0;
}

static void append_rules(struct text *text) {
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    append(text, "%s%s", rule ? ", " : "",
           hvci_rule_name((enum hvci_rule)rule));
}

static void append_releases(struct text *text) {
  for (size_t i = 0; hvci_os_name(i); i++)
    append(text, "%s, ", hvci_os_name(i));
  append(text, "or a build such as 10.0.15063");
}

static void append_option(struct text *text, const struct option *option) {
  append(text, "%s", option->name);
  if (option->value)
    append(text, "=<%s>", option->value);
}

void hvci_options_init(struct hvci_options *out) {
  *out = (struct hvci_options){.off = 0};
}

bool hvci_options_on(const struct hvci_options *options, enum hvci_rule rule) {
  return !(options->off >> rule & 1) &&
         (options->only == 0 || (options->only >> rule & 1));
}

uint32_t hvci_options_silent(const struct hvci_options *options) {
  uint32_t bits = 0;
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    if (!hvci_options_on(options, (enum hvci_rule)rule))
      bits |= UINT32_C(1) << rule;
  return bits;
}

const struct hvci_ddi *hvci_options_ddi(const struct hvci_options *options,
                                        const char *callee) {
  for (size_t i = 0; i < options->sink_count; i++)
    if (strcmp(options->sinks[i].callee, callee) == 0)
      return &options->sinks[i];
  return hvci_ddi_find(callee);
}

void hvci_options_help(char *out, size_t size) {
  struct text text = {out, size, 0};
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    append(&text, "  ");
    append_option(&text, &option_table[i]);
    append(&text, "\n      %s\n", option_table[i].help);
  }
  append(&text, "rules: ");
  append_rules(&text);
  append(&text, "\n");
}

static enum hvci_status refuse_option(struct text *error,
                                      const char *argument) {
  append(error, "unknown argument '%.60s'; valid arguments are ", argument);
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    append(error, "%s", i ? ", " : "");
    append_option(error, &option_table[i]);
  }
  return HVCI_ERROR_OPTION;
}

// A comma-separated list of rule names as bits.
static enum hvci_status parse_rules(uint32_t *out, const char *list,
                                    const struct option *option,
                                    struct text *error) {
  uint32_t bits = 0;
  for (const char *name = list;; name++) {
    size_t length = strcspn(name, ",");
    enum hvci_rule rule = hvci_rule_find(name, length);
    if (rule == HVCI_RULE_COUNT) {
      append(error, "unknown rule '%.*s' in '%s='; valid rules are ",
             length < 60 ? (int)length : 60, name, option->name);
      append_rules(error);
      return HVCI_ERROR_OPTION;
    }
    bits |= UINT32_C(1) << rule;
    name += length;
    if (*name == '\0')
      break;
  }
  *out = bits;
  return HVCI_OK;
}

static enum hvci_status apply(struct hvci_options *options,
                              const struct option *option, const char *value,
                              struct text *error) {
  uint32_t rules = 0, build = 0;
  switch (option->apply) {
  case ONLY:
  case OFF:
  case ERROR:
    if (parse_rules(&rules, value, option, error) != HVCI_OK)
      return HVCI_ERROR_OPTION;
    if (option->apply == ONLY)
      options->only |= rules;
    else if (option->apply == OFF)
      options->off |= rules;
    else
      options->error |= rules;
    break;
  case MIN_OS:
    build = hvci_os_build(value);
    if (build == 0) {
      append(error, "unknown release '%.60s' in 'min-os='; valid releases are ",
             value);
      append_releases(error);
      return HVCI_ERROR_OPTION;
    }
    options->min_build = build;
    break;
  case UNUSED:
    options->unused_suppressions = true;
    break;
  case UNKNOWN:
    options->unknown = true;
    break;
  case CERTAIN_ONLY:
    options->certain_only = true;
    break;
  case CONFIG:
  case RECORD:
    if (*value == '\0') {
      append(error, "'%s=' names no file", option->name);
      return HVCI_ERROR_OPTION;
    }
    if (option->apply == CONFIG)
      options->config = value;
    else
      options->record = value;
    break;
  }
  return HVCI_OK;
}

enum hvci_status hvci_options_apply(struct hvci_options *options,
                                    const char *argument, char *error,
                                    size_t error_size) {
  struct text text = {error, error_size, 0};
  size_t length = strcspn(argument, "=");
  const char *value = argument[length] ? argument + length + 1 : NULL;

  for (size_t i = 0; i < OPTION_COUNT; i++) {
    const struct option *option = &option_table[i];
    if (strlen(option->name) != length ||
        memcmp(option->name, argument, length) != 0)
      continue;
    if (option->value && !value) {
      append(&text, "'%s' needs a value: %s=<%s>", option->name, option->name,
             option->value);
      return HVCI_ERROR_OPTION;
    }
    if (!option->value && value) {
      append(&text, "'%s' takes no value", option->name);
      return HVCI_ERROR_OPTION;
    }
    return apply(options, option, value, &text);
  }
  return refuse_option(&text, argument);
}
