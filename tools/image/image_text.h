// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * image_text.h - what hvcilint image says of an image beside the findings.
 */
#ifndef HVCI_TOOLS_IMAGE_TEXT_H
#define HVCI_TOOLS_IMAGE_TEXT_H

#include "hvci/image.h"
#include "hvci/options.h"

#include <stdio.h>

/* One line: what the image is, and its flags if it is judged. */
void image_describe(const struct hvci_image *image, const char *name,
                    bool judged, FILE *out);

/* What was seen: a word and its value a line, each name at its line's end. */
void image_facts(const struct hvci_image *image, const char *name, FILE *out);

/* The seven counters; `counts` says how many findings of each rule the image
   has. */
void image_summary(const uint64_t counts[HVCI_RULE_COUNT], FILE *out);

#endif
