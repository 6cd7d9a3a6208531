// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * check.h - the entry points of the rule core.
 */
#ifndef HVCI_CHECK_H
#define HVCI_CHECK_H

#include "hvci/finding.h"
#include "hvci/options.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Judges one call by the catalogue's row of its callee; a callee without a row
 * is silent. Findings of the rules that the options switch on go to the sink.
 * Returns HVCI_OK, HVCI_ERROR_FACT, or what the sink returned.
 */
enum hvci_status hvci_check_call(const struct hvci_call_fact *call,
                                 const struct hvci_options *options,
                                 const struct hvci_sink *sink);

/* Judges one initialised global; as above. */
enum hvci_status hvci_check_global(const struct hvci_global_fact *global,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink);

/* Judges one use of an address; as above. */
enum hvci_status hvci_check_code_use(const struct hvci_code_use_fact *use,
                                     const struct hvci_options *options,
                                     const struct hvci_sink *sink);

/*
 * Judges the sections that a unit, or a driver, asks for; as above. Beside what
 * hvci_check_call() returns: HVCI_ERROR_MEMORY.
 */
enum hvci_status hvci_check_layout(const struct hvci_layout_fact *layout,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink);

/* The rules that judge sections: bits. Of a driver whose units are joined only
   all claims together tell. */
uint32_t hvci_layout_rules(void);

/* Judges one section; as above. */
enum hvci_status hvci_check_section(const struct hvci_section_fact *section,
                                    const struct hvci_options *options,
                                    const struct hvci_sink *sink);

/* Whether Windows takes the write access from this section of an image as it
   loads it, so that the section is no finding. */
bool hvci_section_is_stripped(const struct hvci_section_fact *section);

/* Judges one base relocation of an image; as above. */
enum hvci_status
hvci_check_base_relocation(const struct hvci_base_relocation_fact *relocation,
                           const struct hvci_options *options,
                           const struct hvci_sink *sink);

/* Judges one import of an image by the catalogue: a function that can only give
   executable memory; as above. */
enum hvci_status hvci_check_import(const struct hvci_import_fact *import,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink);

#ifdef __cplusplus
}
#endif

#endif
