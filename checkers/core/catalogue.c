// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * catalogue.c - the .def files as tables.
 */
#include "hvci/catalogue.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct {
  const char *name;
  const char *summary;
  unsigned code;
} rules[] = {
#define HVCI_RULE(id, name, fact, decide, code, summary) {name, summary, code},
#include "rules.def"
};

enum { EQUAL = 1, DIFFERENT = 0 };

static const struct hvci_kind_info kinds[] = {
#define HVCI_KIND(id, rule, mask, want, equal, warning, name)                  \
  {HVCI_RULE_##rule, {mask, want, equal}, warning, name},
#include "kinds.def"
};

static const struct hvci_condition_info conditions[] = {
    {{0, 0, true}, HVCI_CERTAIN, HVCI_CERTAIN, NULL}, // ALWAYS
#define HVCI_CONDITION(id, mask, want, unknown, no, note)                      \
  {{mask, want, true}, HVCI_##unknown, HVCI_##no, note},
#define HVCI_UNIT_CONDITION(id, no, note)                                      \
  {{0, 0, true}, HVCI_CERTAIN, HVCI_##no, note},
#include "conditions.def"
};

static const char *const doubts[] = {
#define HVCI_DOUBT(id, note) note,
#include "doubts.def"
};

enum { NOARG = HVCI_NOARG };

static const struct hvci_ddi ddis[] = {
#define HVCI_DDI(callee, kind, argument, condition, condition_argument, doubt) \
  {callee,                                                                     \
   HVCI_KIND_##kind,                                                           \
   argument,                                                                   \
   HVCI_CONDITION_##condition,                                                 \
   condition_argument,                                                         \
   HVCI_DOUBT_##doubt},
#define HVCI_SILENT(callee, why)
#define HVCI_REPLACEMENT(callee, cache, replacement, freed_by)
#include "ddi.def"
};

static const struct hvci_replacement replacements[] = {
#define HVCI_DDI(callee, kind, argument, condition, condition_argument, doubt)
#define HVCI_SILENT(callee, why)
#define HVCI_REPLACEMENT(callee, cache, replacement, freed_by)                 \
  {callee, cache, replacement, freed_by},
#include "ddi.def"
};

static const struct hvci_code_ddi code_ddis[] = {
#define HVCI_CODE_DDI(callee, role, address, protection, attributes)           \
  {callee, HVCI_CODE_##role, address, protection, attributes},
#define HVCI_CODE_SOURCE(callee, kind, out, of)
#include "code.def"
};

static const struct hvci_code_source code_sources[] = {
#define HVCI_CODE_DDI(callee, role, address, protection, attributes)
#define HVCI_CODE_SOURCE(callee, kind, out, of)                                \
  {callee, HVCI_ORIGIN_##kind, out, of},
#include "code.def"
};

static const struct {
  const char *name;
  uint32_t build;
} releases[] = {
#define HVCI_OS(name, build) {name, build},
#include "os.def"
};

const char *hvci_rule_name(enum hvci_rule rule) { return rules[rule].name; }

const char *hvci_rule_summary(enum hvci_rule rule) {
  return rules[rule].summary;
}

unsigned hvci_rule_verifier_code(enum hvci_rule rule) {
  return rules[rule].code;
}

enum hvci_rule hvci_rule_find(const char *name, size_t length) {
  for (size_t i = 0; i < COUNT(rules); i++)
    if (strlen(rules[i].name) == length &&
        memcmp(rules[i].name, name, length) == 0)
      return (enum hvci_rule)i;
  return HVCI_RULE_COUNT;
}

const struct hvci_kind_info *hvci_kind_get(enum hvci_kind kind) {
  return &kinds[kind];
}

const struct hvci_condition_info *
hvci_condition_get(enum hvci_condition condition) {
  return &conditions[condition];
}

const char *hvci_doubt_note(enum hvci_doubt doubt) { return doubts[doubt]; }

// How long the callees' names are: most calls are of none of them, and that is
// mostly plain from the length alone.
static const uint8_t ddi_lengths[] = {
#define HVCI_DDI(callee, kind, argument, condition, condition_argument, doubt) \
  sizeof(callee) - 1,
#define HVCI_SILENT(callee, why)
#define HVCI_REPLACEMENT(callee, cache, replacement, freed_by)
#include "ddi.def"
};

const struct hvci_ddi *hvci_ddi_find(const char *callee) {
  size_t length = strlen(callee);
  const uint8_t *end = ddi_lengths + COUNT(ddi_lengths);
  const uint8_t *found = ddi_lengths;
  if (length > UINT8_MAX)
    return NULL;
  while ((found = memchr(found, (int)length, (size_t)(end - found)))) {
    const struct hvci_ddi *ddi = &ddis[found - ddi_lengths];
    if (memcmp(ddi->callee, callee, length) == 0)
      return ddi;
    found++;
  }
  return NULL;
}

bool hvci_ddi_reads(const struct hvci_ddi *ddi, int index) {
  return index == ddi->argument || index == ddi->condition_argument;
}

size_t hvci_ddi_count(void) { return COUNT(ddis); }

const struct hvci_ddi *hvci_ddi_at(size_t index) {
  return index < COUNT(ddis) ? &ddis[index] : NULL;
}

const struct hvci_replacement *hvci_replacement_find(const char *callee) {
  for (size_t i = 0; i < COUNT(replacements); i++)
    if (strcmp(replacements[i].callee, callee) == 0)
      return &replacements[i];
  return NULL;
}

// Most names differ from most rows in the first character.
static bool is_callee(const char *row, const char *callee) {
  while (*row && *row == *callee) {
    row++;
    callee++;
  }
  return *row == '*' || *row == *callee;
}

const struct hvci_code_ddi *hvci_code_ddi_find(const char *callee) {
  for (size_t i = 0; i < COUNT(code_ddis); i++)
    if (is_callee(code_ddis[i].callee, callee))
      return &code_ddis[i];
  return NULL;
}

const struct hvci_code_source *hvci_code_source_find(const char *callee) {
  for (size_t i = 0; i < COUNT(code_sources); i++)
    if (is_callee(code_sources[i].callee, callee))
      return &code_sources[i];
  return NULL;
}

uint32_t hvci_os_build(const char *release) {
  static const char prefix[] = "10.0.";
  uint32_t build = 0;
  for (size_t i = 0; i < COUNT(releases); i++)
    if (strcmp(releases[i].name, release) == 0)
      return releases[i].build;
  if (strncmp(release, prefix, sizeof prefix - 1) != 0)
    return 0;
  const char *digits = release + sizeof prefix - 1;
  size_t length = strspn(digits, "0123456789");
  if (length > 5 || digits[length] != '\0')
    return 0;
  for (; *digits; digits++)
    build = build * 10 + (uint32_t)(*digits - '0');
  return build;
}

const char *hvci_os_name(size_t index) {
  return index < COUNT(releases) ? releases[index].name : NULL;
}
