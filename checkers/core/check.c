// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * check.c - from a fact to the rules that read it.
 */
#include "hvci/rule.h"

// Each rule has a function for each fact that it reads.
static const struct {
  hvci_call_rule_fn call;
  hvci_global_rule_fn global;
  hvci_code_use_rule_fn code_use;
  hvci_driver_rule_fn driver;
  hvci_section_rule_fn section;
  hvci_base_relocation_rule_fn base_relocation;
} rules[] = {
#define HVCI_RULE_CALL(decide) .call = hvci_rule_##decide
#define HVCI_RULE_GLOBAL(decide) .global = hvci_rule_##decide
#define HVCI_RULE_CODE_USE(decide) .code_use = hvci_rule_##decide
#define HVCI_RULE_DRIVER(decide) .driver = hvci_rule_##decide
#define HVCI_RULE_CALL_AND_CODE_USE(decide)                                    \
  .call = hvci_rule_##decide, .code_use = hvci_rule_##decide##_use
#define HVCI_RULE_SECTION(decide) .section = hvci_rule_##decide
#define HVCI_RULE_GLOBAL_AND_BASE_RELOCATION(decide)                           \
  .global = hvci_rule_##decide, .base_relocation = hvci_rule_##decide##_linked
#define HVCI_RULE(id, name, fact, decide, code, summary)                       \
  [HVCI_RULE_##id] = {HVCI_RULE_##fact(decide)},
#include "rules.def"
#undef HVCI_RULE_CALL
#undef HVCI_RULE_GLOBAL
#undef HVCI_RULE_CODE_USE
#undef HVCI_RULE_DRIVER
#undef HVCI_RULE_CALL_AND_CODE_USE
#undef HVCI_RULE_SECTION
#undef HVCI_RULE_GLOBAL_AND_BASE_RELOCATION
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
  enum hvci_status status = rules[rule].call(call, ddi, &judgement, &watched);
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

// A rule on a fact of its kind; HVCI_OK from a rule that reads other facts.
typedef enum hvci_status (*run_fn)(int rule, const void *fact,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink);

static enum hvci_status run_all(run_fn run, const void *fact,
                                const struct hvci_options *options,
                                const struct hvci_sink *sink) {
  struct watch watch = {.options = options, .sink = sink};
  const struct hvci_sink watched = {.report = pass_on, .payload = &watch};
  enum hvci_status status = HVCI_OK;
  for (int rule = 0; rule < HVCI_RULE_COUNT && status == HVCI_OK; rule++)
    if (hvci_options_on(options, (enum hvci_rule)rule))
      status = run(rule, fact, options, &watched);
  return status;
}

static enum hvci_status run_global(int rule, const void *fact,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink) {
  hvci_global_rule_fn decide = rules[rule].global;
  return decide ? decide(fact, options, sink) : HVCI_OK;
}

enum hvci_status hvci_check_global(const struct hvci_global_fact *global,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink) {
  return run_all(run_global, global, options, sink);
}

static enum hvci_status run_code_use(int rule, const void *fact,
                                     const struct hvci_options *options,
                                     const struct hvci_sink *sink) {
  hvci_code_use_rule_fn decide = rules[rule].code_use;
  (void)options;
  return decide ? decide(fact, sink) : HVCI_OK;
}

enum hvci_status hvci_check_code_use(const struct hvci_code_use_fact *use,
                                     const struct hvci_options *options,
                                     const struct hvci_sink *sink) {
  return run_all(run_code_use, use, options, sink);
}

static enum hvci_status run_section(int rule, const void *fact,
                                    const struct hvci_options *options,
                                    const struct hvci_sink *sink) {
  hvci_section_rule_fn decide = rules[rule].section;
  (void)options;
  return decide ? decide(fact, sink) : HVCI_OK;
}

enum hvci_status hvci_check_section(const struct hvci_section_fact *section,
                                    const struct hvci_options *options,
                                    const struct hvci_sink *sink) {
  return run_all(run_section, section, options, sink);
}

static enum hvci_status run_base_relocation(int rule, const void *fact,
                                            const struct hvci_options *options,
                                            const struct hvci_sink *sink) {
  hvci_base_relocation_rule_fn decide = rules[rule].base_relocation;
  return decide ? decide(fact, options, sink) : HVCI_OK;
}

enum hvci_status
hvci_check_base_relocation(const struct hvci_base_relocation_fact *relocation,
                           const struct hvci_options *options,
                           const struct hvci_sink *sink) {
  return run_all(run_base_relocation, relocation, options, sink);
}

static enum hvci_status run_driver(int rule, const void *fact,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink) {
  hvci_driver_rule_fn decide = rules[rule].driver;
  (void)options;
  return decide ? decide(fact, sink) : HVCI_OK;
}

enum hvci_status hvci_check_driver(const struct hvci_driver_fact *driver,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink) {
  return run_all(run_driver, driver, options, sink);
}

uint32_t hvci_driver_rules(void) {
  uint32_t bits = 0;
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    if (rules[rule].driver)
      bits |= UINT32_C(1) << rule;
  return bits;
}

uint32_t hvci_layout_rules(void) {
  uint32_t bits = 0;
  for (int rule = 0; rule < HVCI_RULE_COUNT; rule++)
    if (rules[rule].section)
      bits |= UINT32_C(1) << rule;
  return bits;
}
