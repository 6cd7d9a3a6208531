// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * execute_write_section.c - flag sections that are executable and writable.
 *
 * Flags:  a section that one pragma or linker option makes both (certain), or
 *         in which code and writable data meet, by its name or by a merge: the
 *         linker decides what comes of that (possible). An image's section that
 *         is both.
 * Silent: INIT, of which Windows removes the write access when it loads the
 *         driver; in an image, if it is discardable.
 * Source: Microsoft Learn, "Implement memory integrity compatible code"; "Code
 * integrity checking", 0xC4 with parameter 1 = 0x2003; LNK4078, LNK4254.
 */
#include "hvci/rule.h"

#include <string.h>

static bool is_init(const struct hvci_section_fact *section) {
  return strcmp(section->name, "INIT") == 0;
}

static bool is_both(const struct hvci_section_fact *section) {
  return (section->access & HVCI_ACCESS_WRITE) &&
         (section->access & HVCI_ACCESS_EXECUTE);
}

bool hvci_section_is_stripped(const struct hvci_section_fact *section) {
  return is_both(section) && is_init(section) &&
         (section->access & HVCI_ACCESS_DISCARDABLE);
}

static void say_one_claim(struct hvci_finding *finding,
                          const struct hvci_section_fact *section) {
  if (section->writable->kind == HVCI_CLAIM_ACCESS)
    hvci_finding_say(finding,
                     "'%.100s' makes section '%.60s' executable and writable; "
                     "drop E or W",
                     section->writable->subject, section->name);
  else
    hvci_finding_say(finding,
                     "section '%.60s' %s executable and writable; drop "
                     "'execute' or 'write', and keep code and data apart",
                     section->name, section->certain ? "is" : "may become");
}

static void say_meeting(struct hvci_finding *finding,
                        const struct hvci_section_fact *section) {
  if (section->merge)
    hvci_finding_say(finding,
                     "'%.100s' may make section '%.60s' executable and "
                     "writable; do not merge writable data and code",
                     section->merge->subject, section->name);
  else
    hvci_finding_say(finding,
                     "section '%.60s' may become executable and writable, as "
                     "code and writable data meet in it; give each a section "
                     "of its own",
                     section->name);
  hvci_finding_note_claim(finding, section->writable, "writable data",
                          "writable");
  hvci_finding_note_claim(finding, section->executable, "code", "executable");
}

enum hvci_status
hvci_rule_execute_write_section(const struct hvci_section_fact *section,
                                const struct hvci_sink *sink) {
  const struct hvci_claim *cause = section->merge      ? section->merge
                                   : section->writable ? section->writable
                                                       : section->executable;
  struct hvci_finding finding;
  if (!is_both(section) ||
      (cause ? is_init(section) : hvci_section_is_stripped(section)))
    return HVCI_OK;
  hvci_finding_init(&finding, HVCI_RULE_EXECUTE_WRITE_SECTION,
                    section->certain || !cause ? HVCI_CERTAIN : HVCI_POSSIBLE,
                    cause ? cause->range : section->range);
  if (!cause)
    hvci_finding_say(&finding,
                     "section '%.60s' is executable and writable; keep code "
                     "and data apart",
                     section->name);
  else if (section->writable && section->writable == section->executable)
    say_one_claim(&finding, section);
  else
    say_meeting(&finding, section);
  hvci_finding_weaken(&finding, section->unit);
  return sink->report(&finding, sink->payload);
}
