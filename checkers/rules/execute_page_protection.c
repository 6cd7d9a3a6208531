// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * execute_page_protection.c - flag executable page protections, and the DDIs
 * that can only give executable memory.
 *
 * Flags:  a protection with PAGE_EXECUTE, _READ, _READWRITE or _WRITECOPY;
 *         HEAP_CREATE_ENABLE_EXECUTE; MmMapIoSpace and its kin.
 * Silent: the value is unknown, or another protection bit is set.
 * Source: Microsoft Learn, "Implement memory integrity compatible code",
 * C30029, C30030; Driver Verifier stop 0xC4, parameter 1 = 0x2001.
 */
#include "hvci/rule.h"

#include <string.h>

// The same access without execute: C30030's table, which is a shift by 4.
static const struct twin {
  const char *constant;
  uint64_t value;
  const char *twin;
} twins[] = {
    {"PAGE_EXECUTE", 0x10, "PAGE_NOACCESS"},
    {"PAGE_EXECUTE_READ", 0x20, "PAGE_READONLY"},
    {"PAGE_EXECUTE_READWRITE", 0x40, "PAGE_READWRITE"},
    {"PAGE_EXECUTE_WRITECOPY", 0x80, "PAGE_WRITECOPY"},
};

static const struct twin *find_twin(uint64_t value) {
  for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
    if (value == twins[i].value)
      return &twins[i];
  return NULL;
}

static const char *protection_twin(const struct hvci_term *term) {
  const struct twin *row = find_twin(term->value);
  return row && (term->literal || strcmp(term->constant, row->constant) == 0)
             ? row->twin
             : NULL;
}

static const char any_other[] = "a protection without PAGE_EXECUTE";

// By the value alone, as where a path has computed it.
static const char *twin_of_value(const struct hvci_value *value,
                                 const struct hvci_predicate *executable) {
  const struct twin *found = NULL;
  for (unsigned i = 0; i < value->count; i++) {
    uint64_t bits = value->alternatives[i].ones & executable->mask;
    const struct twin *row = find_twin(bits);
    if (!bits)
      continue;
    if (!row || (found && found != row))
      return any_other;
    found = row;
  }
  return found ? found->twin : any_other;
}

// The twin that serves for all, if there is one.
static const char *twin_in(const struct hvci_ddi *ddi,
                           const struct hvci_judgement *judgement) {
  const struct hvci_argument *argument = judgement->argument;
  const char *found = NULL;
  if (judgement->terms == 0)
    return twin_of_value(&argument->value,
                         &hvci_kind_get(ddi->kind)->executable);
  for (size_t i = 0; i < argument->term_count; i++) {
    const char *twin = protection_twin(&argument->terms[i]);
    if (!twin || !(judgement->terms >> i & 1))
      continue;
    if (found && found != twin)
      return any_other;
    found = twin;
  }
  return found ? found : any_other;
}

// The page protection that maps as a cache type does, or NULL.
static const char *protection_of_cache(const struct hvci_argument *cache) {
  static const char *const protections[] = {
      "PAGE_READWRITE | PAGE_NOCACHE",      // MmNonCached
      "PAGE_READWRITE",                     // MmCached
      "PAGE_READWRITE | PAGE_WRITECOMBINE", // MmWriteCombined
  };
  uint64_t type = 0;
  if (!cache || !hvci_value_is_constant(&cache->value, &type) || type > 2)
    return NULL;
  return protections[type];
}

static void fix_by_replacement(struct hvci_finding *finding,
                               const struct hvci_call_fact *call,
                               const struct hvci_replacement *other,
                               const char *protection) {
  const struct hvci_argument *cache =
      hvci_call_argument(call, other->cache_argument);
  if (!call->callee_editable || !cache->editable ||
      !hvci_unit_knows(call->unit, other->replacement) ||
      !hvci_unit_knows(call->unit, "PAGE_READWRITE"))
    return;
  hvci_finding_edit(finding, call->callee_range, HVCI_REPLACE,
                    other->replacement);
  hvci_finding_edit(finding, cache->range, HVCI_REPLACE, protection);
}

// The newer DDI that takes a page protection, and since when it is there.
static void say_any_memory(struct hvci_finding *finding,
                           const struct hvci_call_fact *call) {
  const struct hvci_replacement *other = hvci_replacement_find(call->callee);
  const char *gives =
      finding->certainty == HVCI_CERTAIN ? "always gives" : "may give";
  if (!other) { // a function of the project
    hvci_finding_say(finding,
                     "'%.100s' %s executable memory; use a function that takes "
                     "a page protection",
                     call->callee, gives);
    return;
  }
  const char *name = other->replacement;
  bool io_space = strcmp(name, "MmMapIoSpaceEx") == 0;
  bool there = hvci_unit_targets(call->unit,
                                 io_space ? HVCI_NTDDI_WIN10 : HVCI_NTDDI_WIN8);
  const char *protection =
      protection_of_cache(hvci_call_argument(call, other->cache_argument));

  hvci_finding_say(finding, "'%.100s' %s executable memory; use %s with %s%s",
                   call->callee, gives, name,
                   protection ? protection : "PAGE_READWRITE",
                   there      ? ""
                   : io_space ? ", which Windows 10 and later have"
                              : ", which Windows 8 and later have");
  if (other->freed_by)
    hvci_finding_note(finding, call->callee_range, "that memory is freed by %s",
                      other->freed_by);
  else if (protection && there)
    fix_by_replacement(finding, call, other, protection);
}

enum hvci_status hvci_rule_execute_page_protection(
    const struct hvci_call_fact *call, const struct hvci_ddi *ddi,
    const struct hvci_judgement *judgement, const struct hvci_sink *sink) {
  struct hvci_finding finding;
  if (judgement->certainty < HVCI_POSSIBLE)
    return HVCI_OK;
  hvci_finding_of_call(&finding, call, ddi, judgement);

  const char *may = judgement->certainty == HVCI_CERTAIN ? "asks" : "may ask";
  switch (ddi->kind) {
  case HVCI_KIND_ANY_MEMORY:
    say_any_memory(&finding, call);
    break;
  case HVCI_KIND_HEAP_FLAGS:
    hvci_finding_say(&finding,
                     "'%.100s' %s for an executable heap with '%.60s'; "
                     "leave HEAP_CREATE_ENABLE_EXECUTE out",
                     call->callee, may, judgement->argument->text);
    break;
  case HVCI_KIND_CACHE_TYPE:
    hvci_finding_say(&finding,
                     "'%.100s' may give executable memory with '%.60s'; "
                     "use MmNonCached if the memory need not be cached",
                     call->callee, judgement->argument->text);
    break;
  default:
    hvci_finding_say(
        &finding, "'%.100s' %s for executable pages with '%.60s'; use %s",
        call->callee, may, judgement->argument->text, twin_in(ddi, judgement));
    hvci_edit_terms(&finding, call, ddi, judgement, protection_twin);
    break;
  }
  return sink->report(&finding, sink->payload);
}
