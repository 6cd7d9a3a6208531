// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * read.h - the parts of .hvcilint.yaml that have files of their own.
 */
#ifndef HVCI_CONFIG_READ_H
#define HVCI_CONFIG_READ_H

#include "events.h"
#include "model.h"

/* An item of the list of sinks. */
bool hvci_read_sink(struct reader *r, const struct key_info *key);

/* An entry of the mapping for the gate: enum gate_key. */
bool hvci_read_gate_entry(struct reader *r, size_t index, void *payload);

#endif
