// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * fingerprint.h - by what a finding is known again.
 *
 * The rule, the scope around it and the tokens of its call make its key; its
 * ordinal counts those of one key in one file. Lines, columns and spaces do not
 * matter, nor does the message.
 */
#ifndef HVCI_GATE_FINGERPRINT_H
#define HVCI_GATE_FINGERPRINT_H

#include "../report.h"

/* Gives each finding of the sorted report its key and ordinal. Two of one key
   at one place share theirs. */
void fingerprint_all(struct report *report);

/* The fingerprint of a key and an ordinal in that file, in hexadecimal, which
   the caller frees. */
char *fingerprint_of(const char *key, const char *file, size_t ordinal);

#endif
