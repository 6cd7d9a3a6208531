// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * text_json.h - text of any bytes as a string of JSON.
 */
#ifndef HVCI_TOOLS_TEXT_JSON_H
#define HVCI_TOOLS_TEXT_JSON_H

#include <jansson.h>

/* Bytes that are no UTF-8 become U+FFFD. Ends the program if memory runs out.
 */
json_t *text_json(const char *text);

#endif
