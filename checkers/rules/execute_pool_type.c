// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * execute_pool_type.c - flag allocations from executable non-paged pool.
 *
 * Flags:  a pool type without POOL_NX_ALLOCATION that is not paged, pool flags
 *         with POOL_FLAG_NON_PAGED_EXECUTE, lookaside flags without
 *         POOL_NX_ALLOCATION; and a constant of one enumeration where the DDI
 *         takes the other, which ports to ExAllocatePool2 leave behind.
 * Silent: the value is unknown.
 * Source: Microsoft Learn, "Implement memory integrity compatible code",
 * C30030, POOL_FLAGS; Driver Verifier stop 0xC4, parameter 1 = 0x2000.
 */
#include "hvci/rule.h"

#include <string.h>

struct twin {
  const char *constant;
  const char *other;
};

static const char *find_twin(const struct twin *twins, const char *constant) {
  for (; twins->constant; twins++)
    if (strcmp(twins->constant, constant) == 0)
      return twins->other;
  return NULL;
}

// The non-executable constant for one that is executable.
static const char *nx_twin(const struct hvci_term *term) {
  static const struct twin twins[] = {
      {"NonPagedPool", "NonPagedPoolNx"},
      {"NonPagedPoolExecute", "NonPagedPoolNx"},
      {"NonPagedPoolBase", "NonPagedPoolNx"},
      {"NonPagedPoolCacheAligned", "NonPagedPoolNxCacheAligned"},
      {"NonPagedPoolBaseCacheAligned", "NonPagedPoolNxCacheAligned"},
      {"NonPagedPoolSession", "NonPagedPoolSessionNx"},
      {"POOL_FLAG_NON_PAGED_EXECUTE", "POOL_FLAG_NON_PAGED"},
      {NULL, NULL}};
  return find_twin(twins, term->constant);
}

// The constant of the other enumeration that means the same, without execute.
static const char *ported_twin(const struct hvci_term *term) {
  static const struct twin twins[] = {
      {"NonPagedPool", "POOL_FLAG_NON_PAGED"},
      {"NonPagedPoolNx", "POOL_FLAG_NON_PAGED"},
      {"NonPagedPoolExecute", "POOL_FLAG_NON_PAGED"},
      {"ExDefaultNonPagedPoolType", "POOL_FLAG_NON_PAGED"},
      {"PagedPool", "POOL_FLAG_PAGED"},
      {"POOL_FLAG_NON_PAGED", "NonPagedPoolNx"},
      {"POOL_FLAG_NON_PAGED_EXECUTE", "NonPagedPoolNx"},
      {"POOL_FLAG_PAGED", "PagedPool"},
      {NULL, NULL}};
  return find_twin(twins, term->constant);
}

// A term that belongs to the enumeration which the DDI does not take.
static const struct hvci_term *
find_misplaced(const struct hvci_argument *argument, enum hvci_kind kind) {
  for (size_t i = 0; argument && i < argument->term_count; i++) {
    const struct hvci_term *term = &argument->terms[i];
    bool is_type = strcmp(term->type, "_POOL_TYPE") == 0;
    bool is_flag = strncmp(term->constant, "POOL_FLAG_", 10) == 0;
    if ((kind == HVCI_KIND_POOL_FLAGS && is_type) ||
        (kind == HVCI_KIND_POOL_TYPE && is_flag))
      return term;
  }
  return NULL;
}

static enum hvci_status report_misplaced(const struct hvci_call_fact *call,
                                         const struct hvci_ddi *ddi,
                                         const struct hvci_term *term,
                                         const struct hvci_judgement *judgement,
                                         const struct hvci_sink *sink) {
  bool takes_flags = ddi->kind == HVCI_KIND_POOL_FLAGS;
  const char *other = ported_twin(term);
  struct hvci_finding finding;

  hvci_finding_init(&finding, HVCI_RULE_EXECUTE_POOL_TYPE, HVCI_CERTAIN,
                    term->range);
  finding.anchor = call->callee_range;
  if (judgement->certainty >= HVCI_POSSIBLE) // it is executable as well
    finding.warnings = judgement->warnings;
  hvci_finding_say(&finding, "'%.100s' takes %s, but '%.60s' is a %s%s%s",
                   call->callee, takes_flags ? "POOL_FLAGS" : "a POOL_TYPE",
                   term->written, takes_flags ? "POOL_TYPE" : "pool flag",
                   other ? "; use " : "", other ? other : "");
  bool whole = hvci_call_argument(call, ddi->argument)->term_count == 1;
  if (other && whole && term->editable && hvci_unit_knows(call->unit, other))
    hvci_finding_edit(&finding, term->range, HVCI_REPLACE, other);
  return sink->report(&finding, sink->payload);
}

// An opt-in changes these two constants and no others.
static const char *pool_before_win8(const struct hvci_term *term) {
  bool remapped =
      term && (strcmp(term->constant, "NonPagedPool") == 0 ||
               strcmp(term->constant, "NonPagedPoolCacheAligned") == 0);
  return remapped ? HVCI_OPT_IN_BEFORE_WIN8
                  : "NonPagedPool under POOL_NX_OPTIN, as the unit targets "
                    "systems before Windows 8";
}

// The twin of the first type that is executable: by the value alone, as where a
// path has computed it.
static const char *twin_of_value(const struct hvci_value *value,
                                 const struct hvci_predicate *executable) {
  enum { CACHE_ALIGNED = 4, SESSION = 32 };
  for (unsigned i = 0; i < value->count; i++) {
    const struct hvci_alternative *one = &value->alternatives[i];
    if ((one->zeros & executable->mask) != executable->mask)
      continue; // paged, without execute, or not known
    return one->ones & SESSION         ? "NonPagedPoolSessionNx"
           : one->ones & CACHE_ALIGNED ? "NonPagedPoolNxCacheAligned"
                                       : "NonPagedPoolNx";
  }
  return "NonPagedPoolNx";
}

static const char *remedy(const struct hvci_call_fact *call,
                          const struct hvci_ddi *ddi,
                          const struct hvci_judgement *judgement) {
  switch (ddi->kind) {
  case HVCI_KIND_POOL_FLAGS:
    return "POOL_FLAG_NON_PAGED";
  case HVCI_KIND_LOOKASIDE_FLAGS:
    return hvci_remedy_since_win8(call->unit, "POOL_NX_ALLOCATION",
                                  HVCI_OPT_IN_BEFORE_WIN8);
  case HVCI_KIND_VP_POOL_TYPE:
    return "VpPagedPool where the IRQL allows it, or a WDM allocation";
  default:
    break;
  }
  // Name the twin that fits: the cache-aligned or session form has its own.
  const struct hvci_argument *argument = judgement->argument;
  for (size_t i = 0; i < argument->term_count; i++) {
    const char *twin = nx_twin(&argument->terms[i]);
    if (twin && (judgement->terms >> i & 1))
      return hvci_remedy_since_win8(call->unit, twin,
                                    pool_before_win8(&argument->terms[i]));
  }
  const struct hvci_predicate *executable =
      &hvci_kind_get(ddi->kind)->executable;
  return hvci_remedy_since_win8(call->unit,
                                twin_of_value(&argument->value, executable),
                                pool_before_win8(NULL));
}

static void fix(struct hvci_finding *finding, const struct hvci_call_fact *call,
                const struct hvci_ddi *ddi,
                const struct hvci_judgement *judgement) {
  const struct hvci_argument *argument = judgement->argument;
  const char *zero = ddi->kind == HVCI_KIND_LOOKASIDE_FLAGS
                         ? "POOL_NX_ALLOCATION"
                         : "NonPagedPoolNx";
  bool is_literal = argument->term_count == 1 && argument->terms[0].literal &&
                    argument->terms[0].value == 0 &&
                    hvci_value_is_constant(&argument->value, NULL);

  if (ddi->kind != HVCI_KIND_POOL_FLAGS &&
      !hvci_unit_targets(call->unit, HVCI_NTDDI_WIN8))
    return;
  if (ddi->kind != HVCI_KIND_POOL_TYPE && ddi->kind != HVCI_KIND_POOL_FLAGS &&
      ddi->kind != HVCI_KIND_LOOKASIDE_FLAGS)
    return;
  if (ddi->kind != HVCI_KIND_POOL_FLAGS && is_literal) {
    if (argument->editable && argument->terms[0].editable &&
        hvci_unit_knows(call->unit, zero))
      hvci_finding_edit(finding, argument->range, HVCI_REPLACE, zero);
  } else if (ddi->kind == HVCI_KIND_LOOKASIDE_FLAGS) {
    hvci_edit_or(finding, call, argument, "POOL_NX_ALLOCATION");
  } else {
    hvci_edit_terms(finding, call, ddi, judgement, nx_twin);
  }
}

enum hvci_status hvci_rule_execute_pool_type(
    const struct hvci_call_fact *call, const struct hvci_ddi *ddi,
    const struct hvci_judgement *judgement, const struct hvci_sink *sink) {
  const struct hvci_term *misplaced =
      find_misplaced(judgement->argument, ddi->kind);
  struct hvci_finding finding;

  if (misplaced)
    return report_misplaced(call, ddi, misplaced, judgement, sink);
  if (judgement->certainty < HVCI_POSSIBLE)
    return HVCI_OK;
  hvci_finding_of_call(&finding, call, ddi, judgement);
  hvci_finding_say(&finding, "'%.100s' %s executable pool with '%.60s'; use %s",
                   call->callee,
                   judgement->certainty == HVCI_CERTAIN ? "allocates"
                                                        : "may allocate",
                   judgement->argument->text, remedy(call, ddi, judgement));
  fix(&finding, call, ddi, judgement);
  return sink->report(&finding, sink->payload);
}
