// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * html.h - text that others wrote, as HTML.
 *
 * Whatever the bytes are, they are text of an element, and what a reader would
 * not see is shown: "U+202E" for a character without a shape, "\xFF" for a
 * byte that is no UTF-8. Nothing of it belongs into an attribute.
 */
#ifndef HVCI_GATE_HTML_H
#define HVCI_GATE_HTML_H

#include <stddef.h>
#include <stdio.h>

void html_text(FILE *out, const char *text);

void html_bytes(FILE *out, const char *bytes, size_t length);

#endif
