// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * driver.h - what only the whole driver can answer.
 */
#ifndef HVCI_DRIVER_H
#define HVCI_DRIVER_H

#include "hvci/program.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a site does, as far as the run-time opt-in goes (POOL_NX_OPTIN). */
enum hvci_step_kind {
  HVCI_STEP_CALL = 0,       /* of a function of the driver */
  HVCI_STEP_OPT_IN = 1,     /* ExInitializeDriverRuntime(DrvRtPoolNxOptIn) */
  HVCI_STEP_NO_OPT_IN = 2,  /* the same in a unit without POOL_NX_OPTIN: the
                               kit's inline is empty there */
  HVCI_STEP_ALLOCATION = 3, /* executable unless the opt-in came before */
  HVCI_STEP_HANDED_ON = 4   /* the default type goes to a function of the
                               driver, which may allocate with it */
};

struct hvci_step {
  enum hvci_step_kind kind;
  size_t callee;           /* index of the function that is called */
  struct hvci_range range; /* of the callee's name; not of HVCI_STEP_CALL */
};

/* What the site does; false: nothing of this. */
bool hvci_step_of(const struct hvci_program *program,
                  const struct hvci_unit_fact *unit, size_t function,
                  size_t site, struct hvci_step *out);

struct hvci_driver_function {
  const char *name;
  struct hvci_range range;       /* of its name */
  const struct hvci_step *steps; /* in the order of the source */
  size_t step_count;
  bool has_body;
  bool external; /* other units can call it */
};

struct hvci_driver_fact {
  const struct hvci_driver_function *functions;
  size_t function_count;
  /* Where POOL_NX_OPTOUT is in force. */
  const struct hvci_range *opt_outs;
  size_t opt_out_count;
};

/* Judges a driver as a whole; returns as hvci_check_call() does. */
enum hvci_status hvci_check_driver(const struct hvci_driver_fact *driver,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink);

/* What only a whole driver can settle: bits of rules, and of warnings. A unit
   cannot tell whether a suppression of these has an effect. */
uint32_t hvci_driver_rules(void);
uint32_t hvci_driver_warnings(void);

/* The function at which Windows enters the driver, or NULL. `after` is NULL or
   the one before. */
const struct hvci_driver_function *
hvci_driver_entry(const struct hvci_driver_fact *driver,
                  const struct hvci_driver_function *after);

#ifdef __cplusplus
}
#endif

#endif
