// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * import.c - what the import of a function says of an image.
 */
#include "hvci/rule.h"
#include "hvci/suppress.h"

// Whether no argument and no condition can make a call of the row safe.
static bool is_always_executable(const struct hvci_ddi *ddi) {
  return hvci_kind_get(ddi->kind)->executable.mask == 0 &&
         ddi->condition == HVCI_CONDITION_ALWAYS &&
         ddi->doubt == HVCI_DOUBT_NONE;
}

enum hvci_status hvci_check_import(const struct hvci_import_fact *import,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink) {
  const struct hvci_ddi *ddi = hvci_options_ddi(options, import->name);
  struct hvci_finding finding;
  if (!ddi || !is_always_executable(ddi) || options->certain_only)
    return HVCI_OK;
  enum hvci_rule rule = hvci_kind_get(ddi->kind)->rule;
  if (!hvci_options_on(options, rule))
    return HVCI_OK;

  const struct hvci_replacement *instead = hvci_replacement_find(import->name);
  hvci_finding_init(&finding, rule, HVCI_POSSIBLE, import->range);
  finding.warnings = hvci_warning_bit(hvci_kind_get(ddi->kind)->warning);
  hvci_finding_say(&finding,
                   "imports '%.100s', which can only give executable memory%s"
                   "%.60s",
                   import->name, instead ? "; use " : "",
                   instead ? instead->replacement : "");
  hvci_finding_weaken(&finding, import->unit);
  return sink->report(&finding, sink->payload);
}
