// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * execute_page_mapping.c - flag MDLs mapped executable into kernel space.
 *
 * Flags:  a mapping priority without MdlMappingNoExecute, and the mapping DDIs
 *         that cannot say it.
 * Silent: the priority is unknown, the mapping is for user mode, or an opt-in
 *         makes the kit's inline add the flag.
 * Source: Microsoft Learn, "Implement memory integrity compatible code",
 * C30030, MmMapLockedPagesSpecifyCache; Driver Verifier stop 0xC4, parameter 1
 * = 0x2002.
 */
#include "hvci/rule.h"

enum hvci_status hvci_rule_execute_page_mapping(
    const struct hvci_call_fact *call, const struct hvci_ddi *ddi,
    const struct hvci_judgement *judgement, const struct hvci_sink *sink) {
  static const char flag[] = "MdlMappingNoExecute";
  struct hvci_finding finding;
  if (judgement->certainty < HVCI_POSSIBLE)
    return HVCI_OK;
  hvci_finding_of_call(&finding, call, ddi, judgement);
  bool certain = judgement->certainty == HVCI_CERTAIN;

  if (ddi->kind == HVCI_KIND_ANY_MAPPING) {
    hvci_finding_say(
        &finding, "'%.100s' %s executable memory; use %s", call->callee,
        certain ? "always maps" : "may map",
        hvci_remedy_since_win8(
            call->unit, "MmGetSystemAddressForMdlSafe with MdlMappingNoExecute",
            "MmGetSystemAddressForMdlSafe under POOL_NX_OPTIN, as the unit "
            "targets systems before Windows 8"));
    return sink->report(&finding, sink->payload);
  }

  hvci_finding_say(
      &finding, "'%.100s' %s an MDL executable with '%.60s'; use %s",
      call->callee, certain ? "maps" : "may map", judgement->argument->text,
      hvci_remedy_since_win8(call->unit, flag, HVCI_OPT_IN_BEFORE_WIN8));
  if (hvci_unit_targets(call->unit, HVCI_NTDDI_WIN8))
    hvci_edit_or(&finding, call, judgement->argument, flag);
  return sink->report(&finding, sink->payload);
}
