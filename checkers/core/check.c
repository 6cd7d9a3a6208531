// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * check.c - from a fact to the rules that read it.
 */
#include "hvci/rule.h"

static const hvci_call_rule_fn call_rules[] = {
#define HVCI_RULE_CALL(decide) hvci_rule_##decide
#define HVCI_RULE_GLOBAL(decide) NULL
#define HVCI_RULE_DRIVER(decide) NULL
#define HVCI_RULE(id, name, fact, decide, code, summary)                       \
  [HVCI_RULE_##id] = HVCI_RULE_##fact(decide),
#include "rules.def"
#undef HVCI_RULE_CALL
#undef HVCI_RULE_GLOBAL
#undef HVCI_RULE_DRIVER
};

static const hvci_global_rule_fn global_rules[] = {
#define HVCI_RULE_CALL(decide) NULL
#define HVCI_RULE_GLOBAL(decide) hvci_rule_##decide
#define HVCI_RULE_DRIVER(decide) NULL
#define HVCI_RULE(id, name, fact, decide, code, summary)                       \
  [HVCI_RULE_##id] = HVCI_RULE_##fact(decide),
#include "rules.def"
#undef HVCI_RULE_CALL
#undef HVCI_RULE_GLOBAL
#undef HVCI_RULE_DRIVER
};

static const hvci_driver_rule_fn driver_rules[] = {
#define HVCI_RULE_CALL(decide) NULL
#define HVCI_RULE_GLOBAL(decide) NULL
#define HVCI_RULE_DRIVER(decide) hvci_rule_##decide
#define HVCI_RULE(id, name, fact, decide, code, summary)                       \
  [HVCI_RULE_##id] = HVCI_RULE_##fact(decide),
#include "rules.def"
#undef HVCI_RULE_CALL
#undef HVCI_RULE_GLOBAL
#undef HVCI_RULE_DRIVER
};

static enum hvci_status say_undecided(const struct hvci_call_fact *call,
                                      const struct hvci_ddi *ddi,
                                      const struct hvci_judgement *judgement,
                                      const struct hvci_sink *sink) {
  struct hvci_finding finding;
  hvci_finding_of_call(&finding, call, ddi, judgement);
  hvci_finding_say(&finding, "'%.100s': the %s '%.60s' is not known here",
                   call->callee, hvci_kind_get(ddi->kind)->name,
                   judgement->argument->text);
  return sink->report(&finding, sink->payload);
}

// Hands on the findings that the options show, and remembers that there was
// one.
struct watch {
  const struct hvci_options *options;
  const struct hvci_sink *sink;
  bool reported;
};

static enum hvci_status pass_on(const struct hvci_finding *finding,
                                void *payload) {
  struct watch *watch = payload;
  watch->reported = true;
  if (watch->options->certain_only && finding->certainty == HVCI_POSSIBLE)
    return HVCI_OK;
  return watch->sink->report(finding, watch->sink->payload);
}

enum hvci_status hvci_check_row(const struct hvci_call_fact *call,
                                const struct hvci_ddi *ddi,
                                const struct hvci_options *options,
                                const struct hvci_sink *sink) {
  enum hvci_rule rule = hvci_kind_get(ddi->kind)->rule;
  if (!hvci_options_on(options, rule))
    return HVCI_OK;

  struct hvci_judgement judgement = hvci_judge(call, ddi);
  struct watch watch = {.options = options, .sink = sink};
  const struct hvci_sink watched = {.report = pass_on, .payload = &watch};
  enum hvci_status status = call_rules[rule](call, ddi, &judgement, &watched);
  if (status != HVCI_OK || watch.reported || !options->unknown ||
      judgement.certainty != HVCI_UNDECIDED)
    return status;
  return say_undecided(call, ddi, &judgement, sink);
}

enum hvci_status hvci_check_call(const struct hvci_call_fact *call,
                                 const struct hvci_options *options,
                                 const struct hvci_sink *sink) {
  const struct hvci_ddi *ddi = hvci_options_ddi(options, call->callee);
  return ddi ? hvci_check_row(call, ddi, options, sink) : HVCI_OK;
}

enum hvci_status hvci_check_global(const struct hvci_global_fact *global,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink) {
  struct watch watch = {.options = options, .sink = sink};
  const struct hvci_sink watched = {.report = pass_on, .payload = &watch};
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++) {
    if (!global_rules[rule] || !hvci_options_on(options, (enum hvci_rule)rule))
      continue;
    enum hvci_status status = global_rules[rule](global, options, &watched);
    if (status != HVCI_OK)
      return status;
  }
  return HVCI_OK;
}

enum hvci_status hvci_check_driver(const struct hvci_driver_fact *driver,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink) {
  struct watch watch = {.options = options, .sink = sink};
  const struct hvci_sink watched = {.report = pass_on, .payload = &watch};
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++) {
    if (!driver_rules[rule] || !hvci_options_on(options, (enum hvci_rule)rule))
      continue;
    enum hvci_status status = driver_rules[rule](driver, &watched);
    if (status != HVCI_OK)
      return status;
  }
  return HVCI_OK;
}
