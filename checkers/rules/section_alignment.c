// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * section_alignment.c - flag sections that need not begin on a page.
 *
 * Flags:  a linker's /ALIGN that is no multiple of a page (certain); an ALIGN=
 *         of /SECTION that is none (possible: the section may lie well all the
 *         same). An image's section whose address, or whose image's section
 *         alignment, is none. Remarks on /ALIGN where no linker reads it.
 * Silent: a multiple of a page.
 * Source: Microsoft Learn, "Implement memory integrity compatible code"; "Code
 * integrity checking", 0xC4 with parameter 1 = 0x2004; "/ALIGN", "/SECTION",
 * "comment pragma".
 */
#include "../core/straddle.h"
#include "hvci/rule.h"

#include <inttypes.h>

#define REMEDY "use a multiple of 4096"

static void say(struct hvci_finding *finding,
                const struct hvci_section_fact *section) {
  const struct hvci_claim *claim = section->aligned;
  if (claim && claim->dead)
    hvci_finding_say(finding,
                     "'%.100s' has no effect here: linkers take it from their "
                     "command line only",
                     claim->subject);
  else if (claim && claim->kind == HVCI_CLAIM_ALIGN)
    hvci_finding_say(finding,
                     "'%.100s' leaves sections unaligned to pages; " REMEDY
                     ", or leave it out",
                     claim->subject);
  else if (claim)
    hvci_finding_say(
        finding,
        "'%.100s' may leave section '%.60s' unaligned to pages; " REMEDY,
        claim->subject, section->name);
  else if (section->address % HVCI_PAGE_BYTES)
    hvci_finding_say(finding,
                     "section '%.60s' begins at 0x%" PRIx64
                     ", not on a page; link with an alignment that is a "
                     "multiple of 4096",
                     section->name, section->address);
  else
    hvci_finding_say(finding,
                     "section '%.60s' is aligned to %" PRIu64
                     " bytes, not to pages; link with an alignment that is a "
                     "multiple of 4096",
                     section->name, section->alignment);
}

enum hvci_status
hvci_rule_section_alignment(const struct hvci_section_fact *section,
                            const struct hvci_sink *sink) {
  const struct hvci_claim *claim = section->aligned;
  bool dead = claim && claim->dead;
  struct hvci_finding finding;
  if (section->alignment % HVCI_PAGE_BYTES == 0 &&
      section->address % HVCI_PAGE_BYTES == 0 && !dead)
    return HVCI_OK;
  hvci_finding_init(&finding, HVCI_RULE_SECTION_ALIGNMENT,
                    dead                                        ? HVCI_UNDECIDED
                    : claim && claim->kind == HVCI_CLAIM_ACCESS ? HVCI_POSSIBLE
                                                                : HVCI_CERTAIN,
                    claim ? claim->range : section->range);
  say(&finding, section);
  if (!dead)
    hvci_finding_weaken(&finding, section->unit);
  return sink->report(&finding, sink->payload);
}
