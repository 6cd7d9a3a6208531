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

#ifdef __cplusplus
}
#endif

#endif
