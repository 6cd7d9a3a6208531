// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * page.h - report/report.html with its style and script, which the build makes
 * into text: what is in front of the report's content, and what is behind it.
 */
#ifndef HVCI_GATE_PAGE_H
#define HVCI_GATE_PAGE_H

extern const char page_head[];
extern const char page_tail[];

#endif
