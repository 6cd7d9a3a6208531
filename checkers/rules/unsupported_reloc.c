// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * unsupported_reloc.c - flag globals whose relocations straddle a page.
 *
 * Flags:  an initialised global of which some relocation will (certain) or may
 *         (possible) cross a page boundary, by the placements that its
 *         alignment allows; a base relocation of an image that does.
 * Silent: none does, or min-os= says that the driver loads
 * on Windows 10 1703 and later only. Source: Microsoft Learn, "Implement memory
 * integrity compatible code"; Driver Verifier counts them (UnsupportedRelocs),
 * without a stop code.
 */
#include "../core/straddle.h"
#include "hvci/rule.h"

#include <inttypes.h>

static void explain(struct hvci_finding *finding,
                    const struct hvci_global_fact *global,
                    const struct hvci_relocation *cause) {
  if (cause->field[0])
    hvci_finding_note(finding, cause->field_range,
                      "the %" PRIu32 "-byte pointer '%.80s' lies %" PRIu64
                      " bytes into '%.80s'",
                      cause->width, cause->field, cause->field_offset,
                      cause->record);
  if (cause->packing.begin)
    hvci_finding_note(finding, cause->packing, "'%.80s' is packed here",
                      cause->record);
  hvci_finding_weaken(finding, global->unit);
}

enum hvci_status
hvci_rule_unsupported_reloc(const struct hvci_global_fact *global,
                            const struct hvci_options *options,
                            const struct hvci_sink *sink) {
  struct hvci_straddle count;
  struct hvci_finding finding;
  if (options->min_build >= HVCI_BUILD_1703)
    return HVCI_OK;
  enum hvci_status status = hvci_straddle_count(&count, global);
  if (status != HVCI_OK || count.most == 0)
    return status;

  bool certain = count.least > 0 && global->unit->pointer_width == 64;
  hvci_finding_init(&finding, HVCI_RULE_UNSUPPORTED_RELOC,
                    certain ? HVCI_CERTAIN : HVCI_POSSIBLE, global->range);
  hvci_finding_say(&finding,
                   "'%.100s' %s that at least %" PRIu64 " and at most %" PRIu64
                   " of its %" PRIu64 " relocations straddle a page boundary, "
                   "which Windows 10 1507 to 1607 refuse; align %s%.80s%s to "
                   "%" PRIu32 " bytes",
                   global->name,
                   certain ? "is laid out so" : "may be placed so", count.least,
                   count.most, count.total, count.cause->field[0] ? "'" : "",
                   count.cause->field[0] ? count.cause->field : "its pointers",
                   count.cause->field[0] ? "'" : "", count.cause->width);
  explain(&finding, global, count.cause);
  hvci_straddle_crossings(&finding.crossings, &count, global);
  return sink->report(&finding, sink->payload);
}

enum hvci_status hvci_rule_unsupported_reloc_linked(
    const struct hvci_base_relocation_fact *relocation,
    const struct hvci_options *options, const struct hvci_sink *sink) {
  uint64_t offset = relocation->address % HVCI_PAGE_BYTES;
  struct hvci_finding finding;
  if (options->min_build >= HVCI_BUILD_1703 ||
      offset + relocation->width <= HVCI_PAGE_BYTES)
    return HVCI_OK;
  hvci_finding_init(&finding, HVCI_RULE_UNSUPPORTED_RELOC, HVCI_CERTAIN,
                    relocation->range);
  hvci_finding_say(&finding,
                   "the base relocation of %" PRIu32 " bytes at 0x%" PRIx64
                   " straddles a page boundary, which Windows 10 1507 to 1607 "
                   "refuse; align the pointer to %" PRIu32 " bytes",
                   relocation->width, relocation->address, relocation->width);
  hvci_finding_weaken(&finding, relocation->unit);
  return sink->report(&finding, sink->payload);
}
