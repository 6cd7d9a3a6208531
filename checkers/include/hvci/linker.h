// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * linker.h - the options of Microsoft's linker, wherever they are written: in a
 * pragma, in an object's .drectve section, in a response file.
 */
#ifndef HVCI_LINKER_H
#define HVCI_LINKER_H

#include "hvci/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

enum hvci_linker_word {
  HVCI_WORD_CLAIM = 0,    /* an option that says something of a section */
  HVCI_WORD_WRONG = 1,    /* such an option, but malformed */
  HVCI_WORD_RESPONSE = 2, /* @file: `text` is the file's name */
  HVCI_WORD_OTHER = 3     /* anything else: another option, an input file */
};

struct hvci_linker_option {
  enum hvci_linker_word word;
  const char *text; /* the word, without its quotes */
  size_t offset;    /* bytes from the start of what is read to the word */
  /* Of HVCI_WORD_CLAIM; without a range. */
  struct hvci_claim claim;
  const char *wrong; /* of HVCI_WORD_WRONG: what is allowed; a literal */
};

/* Takes one word, borrowed for the call. False stops the reading. */
typedef bool (*hvci_linker_fn)(const struct hvci_linker_option *option,
                               void *payload);

/*
 * Reads `length` bytes of text: words between blanks, quotes keep a word
 * together, a UTF-8 byte order mark at the start is skipped.
 * `embedded`: the text is in an object or is to go there (a pragma), where
 * linkers take some options only: /ALIGN is a dead claim there.
 * Returns HVCI_OK, or HVCI_ERROR_MEMORY.
 * Source: Microsoft Learn, "/SECTION", "/MERGE", "/ALIGN", "comment pragma".
 */
enum hvci_status hvci_linker_read(const char *text, size_t length,
                                  bool embedded, hvci_linker_fn take,
                                  void *payload);

#ifdef __cplusplus
}
#endif

#endif
