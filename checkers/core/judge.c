// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * judge.c - how certain it is that a call asks for executable memory.
 */
#include "hvci/rule.h"
#include "hvci/suppress.h"

#include <assert.h>

const struct hvci_argument *
hvci_call_argument(const struct hvci_call_fact *call, int index) {
  return index >= 0 && (size_t)index < call->argument_count
             ? &call->arguments[index]
             : NULL;
}

bool hvci_unit_targets(const struct hvci_unit_fact *unit, uint32_t ntddi) {
  return unit->os == 0 || unit->os >= ntddi;
}

bool hvci_unit_knows(const struct hvci_unit_fact *unit, const char *name) {
  return !unit->knows || unit->knows(name, unit->payload);
}

static enum hvci_certainty lesser(enum hvci_certainty a,
                                  enum hvci_certainty b) {
  return a < b ? a : b;
}

static enum hvci_certainty certainty_of(struct hvci_verdict verdict) {
  switch (verdict.answer) {
  case HVCI_NO:
    return HVCI_SILENT;
  case HVCI_UNKNOWN:
    return HVCI_UNDECIDED;
  case HVCI_YES:
    break;
  }
  return verdict.every ? HVCI_CERTAIN : HVCI_POSSIBLE;
}

bool hvci_ddi_applies(const struct hvci_ddi *ddi,
                      const struct hvci_unit_fact *unit) {
  switch (ddi->condition) {
  case HVCI_CONDITION_NOT_OPTED_IN:
    return unit->opt_in != HVCI_OPT_IN_AUTO &&
           unit->opt_in != HVCI_OPT_IN_RUNTIME;
  case HVCI_CONDITION_BEFORE_WIN8:
    return !hvci_unit_targets(unit, HVCI_NTDDI_WIN8);
  default:
    return true;
  }
}

// The most that the row's condition lets a finding be.
static enum hvci_certainty condition_limit(const struct hvci_call_fact *call,
                                           const struct hvci_ddi *ddi) {
  const struct hvci_condition_info *info = hvci_condition_get(ddi->condition);
  bool holds = true;
  switch (ddi->condition) {
  case HVCI_CONDITION_ALWAYS:
  case HVCI_CONDITION_COUNT:
    return HVCI_CERTAIN;
  case HVCI_CONDITION_NOT_OPTED_IN:
  case HVCI_CONDITION_BEFORE_WIN8:
    holds = hvci_ddi_applies(ddi, call->unit);
    break;
  case HVCI_CONDITION_KERNEL_MODE:
  case HVCI_CONDITION_NO_ALLOCATOR:
  case HVCI_CONDITION_CACHED:
  case HVCI_CONDITION_EFER_MSR: {
    const struct hvci_argument *argument =
        hvci_call_argument(call, ddi->condition_argument);
    if (!argument)
      return info->if_unknown;
    // What the program tested on the way counts.
    struct hvci_value where_it_does, where_not;
    hvci_value_assume(&where_it_does, &argument->value, &info->holds, true);
    hvci_value_assume(&where_not, &argument->value, &info->holds, false);
    if (where_it_does.count > 0 && where_not.count > 0)
      return info->if_unknown;
    holds = where_it_does.count > 0;
    break;
  }
  }
  return holds ? HVCI_CERTAIN : info->if_not;
}

static uint32_t warnings_of(const struct hvci_call_fact *call,
                            const struct hvci_ddi *ddi) {
  unsigned warning = hvci_kind_get(ddi->kind)->warning;
  if (warning == 0)
    return 0;
  uint32_t warnings = hvci_warning_bit(warning);
  if (ddi->condition == HVCI_CONDITION_CACHED)
    warnings |= hvci_warning_bit(30030);
  if (ddi->condition == HVCI_CONDITION_NO_ALLOCATOR)
    warnings |= hvci_warning_bit(30034);
  if (call->unit->opt_in == HVCI_OPT_OUT)
    warnings |= hvci_warning_bit(30032);
  if (call->unit->opt_in == HVCI_OPT_IN_RUNTIME)
    warnings |= hvci_warning_bit(30031) | hvci_warning_bit(30033) |
                hvci_warning_bit(30035);
  return warnings;
}

struct hvci_judgement hvci_judge(const struct hvci_call_fact *call,
                                 const struct hvci_ddi *ddi) {
  const struct hvci_kind_info *kind = hvci_kind_get(ddi->kind);
  struct hvci_judgement judgement = {
      .argument = hvci_call_argument(call, ddi->argument)};

  if (kind->executable.mask == 0) {
    judgement.certainty = HVCI_CERTAIN; // whatever the arguments are
  } else if (judgement.argument) {
    struct hvci_verdict verdict =
        hvci_value_ask(&judgement.argument->value, &kind->executable);
    judgement.certainty = certainty_of(verdict);
    judgement.terms = verdict.terms;
  }

  size_t reasons = 0;
  enum hvci_certainty limit = condition_limit(call, ddi);
  if (limit < HVCI_CERTAIN) {
    judgement.certainty = lesser(judgement.certainty, limit);
    judgement.weaker[reasons] = hvci_condition_get(ddi->condition)->note;
    reasons += judgement.weaker[reasons] != NULL;
  }
  if (ddi->doubt != HVCI_DOUBT_NONE) {
    judgement.certainty = lesser(judgement.certainty, HVCI_POSSIBLE);
    judgement.weaker[reasons] = hvci_doubt_note(ddi->doubt);
  }
  judgement.warnings = warnings_of(call, ddi);
  return judgement;
}
