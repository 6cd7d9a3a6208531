// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * nx_opt_in.c - flag a run-time opt-in that comes late or never.
 *
 * Flags:  memory that POOL_NX_OPTIN is to make non-executable, when the way
 * from the driver's entry reaches it before, or without,
 *         ExInitializeDriverRuntime(DrvRtPoolNxOptIn); POOL_NX_OPTOUT.
 * Silent: nothing depends on the opt-in; the entry is not among the functions;
 *         the opt-in is in a function that the entry calls.
 * Source: Microsoft Learn, "Single Binary Opt-In: POOL_NX_OPTIN", C30031,
 * C30032, C30033, C30035; wdm.h: without POOL_NX_OPTIN the call is empty.
 */
#include "hvci/driver.h"
#include "hvci/rule.h"
#include "hvci/suppress.h"

#include <stdlib.h>
#include <string.h>

#define OPT_IN "ExInitializeDriverRuntime(DrvRtPoolNxOptIn)"

struct frame {
  const struct hvci_driver_function *function;
  size_t step;
};

struct walk {
  const struct hvci_driver_fact *driver;
  const struct hvci_sink *sink;
  bool *seen;          // by function, on this way
  struct frame *stack; // as many as there are functions
  size_t depth;
};

static uint32_t opt_in_warnings(void) {
  return hvci_driver_warnings() & ~hvci_warning_bit(30032);
}

static void enter(struct walk *walk, size_t function) {
  if (walk->seen[function])
    return;
  walk->seen[function] = true;
  walk->stack[walk->depth++] =
      (struct frame){.function = &walk->driver->functions[function]};
}

// The next step on the way, in the order in which the driver takes them; NULL
// at the end.
static const struct hvci_step *next_step(struct walk *walk) {
  while (walk->depth > 0) {
    struct frame *frame = &walk->stack[walk->depth - 1];
    if (frame->step == frame->function->step_count) {
      walk->depth--;
      continue;
    }
    const struct hvci_step *step = &frame->function->steps[frame->step++];
    if (step->kind == HVCI_STEP_CALL || step->kind == HVCI_STEP_HANDED_ON)
      enter(walk, step->callee);
    return step;
  }
  return NULL;
}

static void start(struct walk *walk, const struct hvci_driver_function *entry) {
  memset(walk->seen, 0, walk->driver->function_count * sizeof *walk->seen);
  walk->depth = 0;
  enter(walk, (size_t)(entry - walk->driver->functions));
}

static bool allocates(const struct walk *walk, const struct hvci_step *step) {
  return step->kind == HVCI_STEP_ALLOCATION ||
         (step->kind == HVCI_STEP_HANDED_ON &&
          walk->driver->functions[step->callee].has_body);
}

// The opt-in that the entry leads to, or NULL.
static const struct hvci_step *
find_opt_in(struct walk *walk, const struct hvci_driver_function *entry) {
  const struct hvci_step *step;
  start(walk, entry);
  while ((step = next_step(walk)))
    if (step->kind == HVCI_STEP_OPT_IN)
      return step;
  return NULL;
}

static enum hvci_status report_early(const struct walk *walk,
                                     const struct hvci_driver_function *entry,
                                     const struct hvci_step *step,
                                     const struct hvci_step *opt_in,
                                     bool late) {
  bool certain = late && step->kind == HVCI_STEP_ALLOCATION;
  struct hvci_finding finding;
  hvci_finding_init(&finding, HVCI_RULE_NX_OPT_IN,
                    certain ? HVCI_CERTAIN : HVCI_POSSIBLE, step->range);
  finding.warnings = opt_in_warnings();
  hvci_finding_say(&finding,
                   "'%.100s' %s executable memory: '%.100s' %s " OPT_IN,
                   walk->driver->functions[step->callee].name,
                   certain ? "gives" : "may give", entry->name,
                   late ? "comes here before" : "does not call");
  hvci_finding_note(&finding, entry->range, "the driver is entered here");
  hvci_finding_note(&finding, opt_in->range, "it opts in here");
  return walk->sink->report(&finding, walk->sink->payload);
}

// What is allocated on the way from the entry before the driver has opted in.
static enum hvci_status check_way(struct walk *walk,
                                  const struct hvci_driver_function *entry,
                                  const struct hvci_step *opt_in) {
  bool late = find_opt_in(walk, entry) != NULL;
  const struct hvci_step *step;
  enum hvci_status status = HVCI_OK;
  start(walk, entry);
  while (status == HVCI_OK && (step = next_step(walk)) &&
         step->kind != HVCI_STEP_OPT_IN)
    if (allocates(walk, step))
      status = report_early(walk, entry, step, opt_in, late);
  return status;
}

static const struct hvci_step *find_any(const struct walk *walk,
                                        enum hvci_step_kind kind) {
  for (size_t f = 0; f < walk->driver->function_count; f++) {
    const struct hvci_driver_function *function = &walk->driver->functions[f];
    for (size_t s = 0; s < function->step_count; s++)
      if (function->steps[s].kind == kind)
        return &function->steps[s];
  }
  return NULL;
}

// No way from an entry leads to an opt-in.
static enum hvci_status
report_missing(const struct walk *walk,
               const struct hvci_driver_function *entry) {
  const struct hvci_step *waiting = find_any(walk, HVCI_STEP_ALLOCATION);
  const struct hvci_step *elsewhere = find_any(walk, HVCI_STEP_OPT_IN);
  const struct hvci_step *empty = find_any(walk, HVCI_STEP_NO_OPT_IN);
  struct hvci_finding finding;
  if (!waiting)
    return HVCI_OK;
  hvci_finding_init(&finding, HVCI_RULE_NX_OPT_IN,
                    elsewhere ? HVCI_POSSIBLE : HVCI_CERTAIN, entry->range);
  finding.warnings = opt_in_warnings();
  hvci_finding_say(&finding,
                   "'%.100s' does not lead to " OPT_IN
                   ": POOL_NX_OPTIN %s NonPagedPool executable",
                   entry->name, elsewhere ? "may leave" : "leaves");
  hvci_finding_note(&finding, waiting->range,
                    "'%.100s' gives executable memory then",
                    walk->driver->functions[waiting->callee].name);
  if (elsewhere)
    hvci_finding_note(&finding, elsewhere->range,
                      "the driver opts in here, but no direct call leads here");
  if (empty)
    hvci_finding_note(
        &finding, empty->range,
        "this does nothing, as its unit is compiled without POOL_NX_OPTIN");
  return walk->sink->report(&finding, walk->sink->payload);
}

static enum hvci_status check_opt_in(struct walk *walk) {
  const struct hvci_driver_fact *driver = walk->driver;
  const struct hvci_driver_function *first = hvci_driver_entry(driver, NULL);
  const struct hvci_step *opt_in = NULL;
  for (const struct hvci_driver_function *entry = first; entry && !opt_in;
       entry = hvci_driver_entry(driver, entry))
    opt_in = find_opt_in(walk, entry);
  if (!first)
    return HVCI_OK;
  if (!opt_in)
    return report_missing(walk, first);
  enum hvci_status status = HVCI_OK;
  for (const struct hvci_driver_function *entry = first;
       entry && status == HVCI_OK; entry = hvci_driver_entry(driver, entry))
    status = check_way(walk, entry, opt_in);
  return status;
}

// One finding, however many units it is in: mostly the project file says it.
static enum hvci_status check_opt_outs(const struct hvci_driver_fact *driver,
                                       const struct hvci_sink *sink) {
  struct hvci_finding finding;
  if (driver->opt_out_count == 0)
    return HVCI_OK;
  hvci_finding_init(&finding, HVCI_RULE_NX_OPT_IN, HVCI_POSSIBLE,
                    driver->opt_outs[0]);
  finding.warnings = hvci_warning_bit(30032);
  hvci_finding_say(&finding,
                   "POOL_NX_OPTOUT keeps NonPagedPool and the kit's MDL "
                   "mappings executable; remove it, or opt in with "
                   "POOL_NX_OPTIN_AUTO");
  if (driver->opt_out_count > 1)
    hvci_finding_note(&finding, driver->opt_outs[1],
                      "here as well, the first of %zu more",
                      driver->opt_out_count - 1);
  return sink->report(&finding, sink->payload);
}

enum hvci_status hvci_rule_nx_opt_in(const struct hvci_driver_fact *driver,
                                     const struct hvci_sink *sink) {
  struct walk walk = {
      .driver = driver,
      .sink = sink,
      .seen = calloc(driver->function_count + 1, sizeof(bool)),
      .stack = calloc(driver->function_count + 1, sizeof(struct frame))};
  enum hvci_status status = HVCI_ERROR_MEMORY;
  if (walk.seen && walk.stack)
    status = check_opt_in(&walk);
  free(walk.seen);
  free(walk.stack);
  return status == HVCI_OK ? check_opt_outs(driver, sink) : status;
}
