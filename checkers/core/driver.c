// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * driver.c - what a function does as far as the run-time opt-in goes.
 */
#include "hvci/driver.h"
#include "hvci/rule.h"
#include "hvci/suppress.h"

#include <string.h>

/* The kit's names [wdm.h]: the variable that NonPagedPool stands for under
   POOL_NX_OPTIN, and the call that makes it non-executable. */
#define DEFAULT_TYPE "ExDefaultNonPagedPoolType"
#define INITIALISER "ExInitializeDriverRuntime"
#define OPT_IN_FLAG 1 /* DrvRtPoolNxOptIn */

// The row of a DDI, or of the one behind the form that an opt-in puts in its
// place; then *form is true.
static const struct hvci_ddi *row_behind(const char *name, bool *form) {
  const struct hvci_ddi *row = hvci_ddi_find(name);
  const char *suffix = strstr(name, "_NX");
  char base[64];
  *form = row && row->condition == HVCI_CONDITION_NOT_OPTED_IN;
  if (row || !suffix || (size_t)(suffix - name) >= sizeof base ||
      (strcmp(suffix, "_NXOptIn") != 0 && strcmp(suffix, "_NXPoolOptIn") != 0))
    return row;
  memcpy(base, name, (size_t)(suffix - name));
  base[suffix - name] = '\0';
  *form = true;
  return hvci_ddi_find(base);
}

static bool names_default_type(const struct hvci_argument *argument) {
  for (size_t i = 0; i < argument->term_count; i++)
    if (strcmp(argument->terms[i].constant, DEFAULT_TYPE) == 0)
      return true;
  return false;
}

static uint32_t bit_of(int argument) {
  return argument >= 0 && argument < 32 ? UINT32_C(1) << argument : 0;
}

// Whether the call gives executable memory only until the driver has opted in.
static bool waits_for_opt_in(const struct hvci_program *program,
                             const struct hvci_unit_fact *unit, size_t function,
                             size_t site, const struct hvci_ddi *row,
                             bool form) {
  struct hvci_unit_fact bare = *unit;
  struct hvci_call_fact call;
  program->call(function, site,
                bit_of(row->argument) | bit_of(row->condition_argument),
                HVCI_VALUES, &call, program->payload);
  bare.opt_in = HVCI_OPT_IN_NONE;
  call.unit = &bare;
  struct hvci_judgement judgement = hvci_judge(&call, row);
  if (form)
    return judgement.certainty >= HVCI_POSSIBLE;
  return judgement.certainty == HVCI_UNDECIDED && judgement.argument &&
         names_default_type(judgement.argument);
}

static bool hands_on(const struct hvci_program *program, size_t function,
                     size_t site) {
  struct hvci_call_fact call;
  program->call(function, site, UINT32_MAX, HVCI_VALUES, &call,
                program->payload);
  for (size_t i = 0; i < call.argument_count; i++)
    if (names_default_type(&call.arguments[i]))
      return true;
  return false;
}

static bool opts_in(const struct hvci_program *program, size_t function,
                    size_t site) {
  static const struct hvci_predicate flag = {OPT_IN_FLAG, OPT_IN_FLAG, true};
  struct hvci_call_fact call;
  program->call(function, site, 1, HVCI_VALUES, &call, program->payload);
  const struct hvci_argument *flags = hvci_call_argument(&call, 0);
  return flags && hvci_value_ask(&flags->value, &flag).answer != HVCI_NO;
}

static bool find_kind(const struct hvci_program *program,
                      const struct hvci_unit_fact *unit, size_t function,
                      size_t site, enum hvci_step_kind *out) {
  const struct hvci_function *callee =
      &program->functions[program->functions[function].sites[site].callee];
  bool by_unit = unit->opt_in == HVCI_OPT_IN_RUNTIME;
  bool form;

  if (strcmp(callee->name, INITIALISER) == 0) {
    *out = by_unit ? HVCI_STEP_OPT_IN : HVCI_STEP_NO_OPT_IN;
    return opts_in(program, function, site);
  }
  const struct hvci_ddi *row = row_behind(callee->name, &form);
  if (row) {
    *out = HVCI_STEP_ALLOCATION;
    return by_unit &&
           waits_for_opt_in(program, unit, function, site, row, form);
  }
  if (!callee->open && (!callee->has_body || callee->quiet))
    return false; // the kit's
  *out = by_unit && hands_on(program, function, site) ? HVCI_STEP_HANDED_ON
                                                      : HVCI_STEP_CALL;
  return true;
}

bool hvci_step_of(const struct hvci_program *program,
                  const struct hvci_unit_fact *unit, size_t function,
                  size_t site, struct hvci_step *out) {
  *out = (struct hvci_step){
      .callee = program->functions[function].sites[site].callee};
  if (program->functions[function].quiet ||
      !find_kind(program, unit, function, site, &out->kind))
    return false;
  if (out->kind != HVCI_STEP_CALL) {
    struct hvci_call_fact call;
    program->call(function, site, 0, HVCI_WORDS, &call, program->payload);
    out->range = call.callee_range;
  }
  return true;
}

uint32_t hvci_driver_warnings(void) {
  return hvci_warning_bit(30031) | hvci_warning_bit(30032) |
         hvci_warning_bit(30033) | hvci_warning_bit(30035);
}

static bool is_named(const struct hvci_driver_function *function,
                     const char *name) {
  return function->has_body && function->external &&
         strcmp(function->name, name) == 0;
}

static bool has_guarded_entry(const struct hvci_driver_fact *driver) {
  for (size_t f = 0; f < driver->function_count; f++)
    if (is_named(&driver->functions[f], "GsDriverEntry"))
      return true;
  return false;
}

const struct hvci_driver_function *
hvci_driver_entry(const struct hvci_driver_fact *driver,
                  const struct hvci_driver_function *after) {
  // GsDriverEntry calls DriverEntry.
  const char *entry =
      has_guarded_entry(driver) ? "GsDriverEntry" : "DriverEntry";
  size_t first = after ? (size_t)(after - driver->functions) + 1 : 0;
  for (size_t f = first; f < driver->function_count; f++) {
    const struct hvci_driver_function *function = &driver->functions[f];
    if (is_named(function, entry) || is_named(function, "DllInitialize"))
      return function;
  }
  return NULL;
}
