// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * options.h - what a user may choose, the same under every host.
 */
#ifndef HVCI_OPTIONS_H
#define HVCI_OPTIONS_H

#include "hvci/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

struct hvci_options {
  uint32_t off;       /* bit r: rule r does not run */
  uint32_t only;      /* bit r: rule r may run; 0: all may */
  uint32_t error;     /* bit r: findings of rule r are errors */
  uint32_t min_build; /* the oldest Windows build the driver loads on, or 0 */
  bool unused_suppressions; /* report suppressions without effect */
  bool unknown;             /* remark on calls that cannot be judged */
  bool certain_only;        /* report no finding that is merely possible */
  const char *config; /* the configuration to read instead of the one found, or
                         NULL; points into the argument that said so */
  const char *record; /* where the unit's record goes, or NULL; as above */
  const struct hvci_ddi *sinks; /* the project's own rows, borrowed */
  size_t sink_count;
};

/* Everything on, nothing an error. */
void hvci_options_init(struct hvci_options *out);

/*
 * Applies one argument: "error=<rules>", "unknown" and so on (options.def).
 * On HVCI_ERROR_OPTION `error` (error_size bytes, ends in NUL) says what was
 * wrong and what is allowed, and the options are as before.
 */
enum hvci_status hvci_options_apply(struct hvci_options *options,
                                    const char *argument, char *error,
                                    size_t error_size);

/* Whether the rule runs. */
bool hvci_options_on(const struct hvci_options *options, enum hvci_rule rule);

/* Bit r: rule r does not run. */
uint32_t hvci_options_silent(const struct hvci_options *options);

/* The row of that callee, the project's own or else the catalogue's, or NULL.
 */
const struct hvci_ddi *hvci_options_ddi(const struct hvci_options *options,
                                        const char *callee);

/* Writes what the options are, a line or two each, and the rules they name into
   out (size bytes, ends in NUL; cut if it does not fit; 2048 are enough). */
void hvci_options_help(char *out, size_t size);

#ifdef __cplusplus
}
#endif

#endif
