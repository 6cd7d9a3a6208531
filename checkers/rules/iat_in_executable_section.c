// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * iat_in_executable_section.c - flag an import address table among code.
 *
 * Flags:  merges that lead the section of the import table into one that is
 *         executable, and a linker option that makes its own section so; code
 *         placed beside it (possible). An image whose table lies so.
 * Silent: nothing makes the section executable.
 * Source: Microsoft Learn, "Implement memory integrity compatible code"; "Code
 * integrity checking", 0xC4 with parameter 1 = 0x2005.
 */
#include "hvci/rule.h"

static void say(struct hvci_finding *finding,
                const struct hvci_section_fact *section) {
  const struct hvci_claim *executable = section->executable;
  if (executable && executable->kind == HVCI_CLAIM_ACCESS)
    hvci_finding_say(finding,
                     "'%.100s' makes section '%.60s' executable, and the "
                     "import address table lies in it; drop E",
                     executable->subject, section->name);
  else if (section->imports)
    hvci_finding_say(finding,
                     "'%.100s' puts the import address table into section "
                     "'%.60s', which is executable; do not merge it into code",
                     section->imports->subject, section->name);
  else if (executable)
    hvci_finding_say(finding,
                     "section '%.60s', in which the import address table lies, "
                     "may become executable; keep code out of it",
                     section->name);
  else
    hvci_finding_say(finding,
                     "the import address table lies in section '%.60s', which "
                     "is executable; do not merge it into code",
                     section->name);
}

enum hvci_status
hvci_rule_iat_in_executable_section(const struct hvci_section_fact *section,
                                    const struct hvci_sink *sink) {
  const struct hvci_claim *executable = section->executable;
  bool set = executable && executable->kind == HVCI_CLAIM_ACCESS;
  bool moved = section->imports && !set;
  const struct hvci_claim *cause = moved ? section->imports : executable;
  struct hvci_finding finding;
  if (!section->import_table || !(section->access & HVCI_ACCESS_EXECUTE))
    return HVCI_OK;
  hvci_finding_init(&finding, HVCI_RULE_IAT_IN_EXECUTABLE_SECTION,
                    executable && !set && !moved ? HVCI_POSSIBLE : HVCI_CERTAIN,
                    cause ? cause->range : section->range);
  say(&finding, section);
  if (moved)
    hvci_finding_note_claim(&finding, executable, "code", "executable");
  hvci_finding_weaken(&finding, section->unit);
  return sink->report(&finding, sink->payload);
}
