// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * catalogue.h - the tables: rules, kinds, DDIs, warnings, systems.
 *
 * Everything here is constant data from the .def files in checkers/.
 */
#ifndef HVCI_CATALOGUE_H
#define HVCI_CATALOGUE_H

#include "hvci/facts.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum hvci_rule {
#define HVCI_RULE(id, name, fact, decide, code, summary) HVCI_RULE_##id,
#include "rules.def"
  HVCI_RULE_COUNT
};

enum hvci_kind {
#define HVCI_KIND(id, rule, mask, want, equal, warning, name) HVCI_KIND_##id,
#include "kinds.def"
  HVCI_KIND_COUNT
};

enum hvci_condition {
  HVCI_CONDITION_ALWAYS,
#define HVCI_CONDITION(id, mask, want, unknown, no, note) HVCI_CONDITION_##id,
#define HVCI_UNIT_CONDITION(id, no, note) HVCI_CONDITION_##id,
#include "conditions.def"
  HVCI_CONDITION_COUNT
};

enum hvci_doubt {
#define HVCI_DOUBT(id, note) HVCI_DOUBT_##id,
#include "doubts.def"
  HVCI_DOUBT_COUNT
};

/* How sure a finding is, from "none" to "whatever path is taken". */
enum hvci_certainty {
  HVCI_SILENT = 0,    /* not executable, or does not apply */
  HVCI_UNDECIDED = 1, /* the value is unknown */
  HVCI_POSSIBLE = 2,  /* some alternative is executable, or a doubt remains */
  HVCI_CERTAIN = 3
};

#define HVCI_NOARG (-1)

/* One row of ddi.def. */
struct hvci_ddi {
  const char *callee;
  enum hvci_kind kind;
  int argument; /* 0-based, or HVCI_NOARG */
  enum hvci_condition condition;
  int condition_argument; /* 0-based, or HVCI_NOARG */
  enum hvci_doubt doubt;
};

struct hvci_kind_info {
  enum hvci_rule rule;
  struct hvci_predicate executable; /* or otherwise against the rule */
  unsigned warning;                 /* C<warning>, or 0 */
  const char *name;
};

struct hvci_condition_info {
  struct hvci_predicate holds;    /* of the condition's argument */
  enum hvci_certainty if_unknown; /* at most this certain */
  enum hvci_certainty if_not;     /* likewise */
  const char *note;               /* why it is less certain, or NULL */
};

/* A call that does the same with a page protection: HVCI_REPLACEMENT. */
struct hvci_replacement {
  const char *callee;
  int cache_argument; /* 0-based: becomes the page protection; or HVCI_NOARG */
  const char *replacement;
  const char
      *freed_by; /* another function than frees the memory now, or NULL */
};

/* What a callee does with an address that it is given. */
enum hvci_code_role {
  HVCI_CODE_RUNS,     /* calls it, now or later */
  HVCI_CODE_WRITES,   /* writes through it */
  HVCI_CODE_PROTECTS, /* changes its protection */
  HVCI_CODE_MAPS_FILE /* makes a section object of it, a file or nothing */
};

/* One HVCI_CODE_DDI of code.def. The arguments are 0-based, or HVCI_NOARG. */
struct hvci_code_ddi {
  const char *callee; /* a last `*` stands for any rest of the name */
  enum hvci_code_role role;
  int address;
  int protection; /* PAGE_* */
  int attributes; /* SEC_* */
};

/* One HVCI_CODE_SOURCE of code.def: where an address comes from. */
struct hvci_code_source {
  const char *callee;
  enum hvci_origin_kind kind;
  int out; /* the argument that points to where it goes; HVCI_NOARG: it is the
              result */
  int of;  /* the argument that it leads to, or HVCI_NOARG */
};

/* "hvci-execute-pool-type" and so on; never NULL. */
const char *hvci_rule_name(enum hvci_rule rule);
const char *hvci_rule_summary(enum hvci_rule rule);

/* Parameter 1 of Driver Verifier's stop 0xC4, or 0 if none is documented. */
unsigned hvci_rule_verifier_code(enum hvci_rule rule);

/* The rule of that name, which need not end in NUL, or HVCI_RULE_COUNT. */
enum hvci_rule hvci_rule_find(const char *name, size_t length);

const struct hvci_kind_info *hvci_kind_get(enum hvci_kind kind);
const struct hvci_condition_info *
hvci_condition_get(enum hvci_condition condition);

/* The doubt's note, or NULL for HVCI_DOUBT_NONE. */
const char *hvci_doubt_note(enum hvci_doubt doubt);

/* The row of that callee, or NULL. */
const struct hvci_ddi *hvci_ddi_find(const char *callee);

/* Whether judging a call by the row looks at its argument `index`. A host may
   leave the values of the others unknown. */
bool hvci_ddi_reads(const struct hvci_ddi *ddi, int index);

/* The rows one by one, as in ddi.def; NULL from hvci_ddi_count() on. */
size_t hvci_ddi_count(void);
const struct hvci_ddi *hvci_ddi_at(size_t index);

/* The replacement of that callee, or NULL. */
const struct hvci_replacement *hvci_replacement_find(const char *callee);

/* The row of that callee, or NULL. */
const struct hvci_code_ddi *hvci_code_ddi_find(const char *callee);
const struct hvci_code_source *hvci_code_source_find(const char *callee);

/* NTDDI_VERSION values that decide what a fix may use [sdkddkver.h]. */
#define HVCI_NTDDI_WIN8 0x06020000u
#define HVCI_NTDDI_WIN10 0x0A000000u

/* First build of Windows 10 1703, the first to accept base relocations that
   straddle a page ("Implement memory integrity compatible code"). */
#define HVCI_BUILD_1703 15063u

/* The build number of a Windows release: "1703", "22H2", "10.0.15063".
   0 if there is no such release. */
uint32_t hvci_os_build(const char *release);

/* The names of the releases, in order; NULL from the last on. */
const char *hvci_os_name(size_t index);

#ifdef __cplusplus
}
#endif

#endif
