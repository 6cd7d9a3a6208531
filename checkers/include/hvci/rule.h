// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * rule.h - what a rule is made of. For files in rules/ and core/.
 */
#ifndef HVCI_RULE_H
#define HVCI_RULE_H

#include "hvci/check.h"
#include "hvci/driver.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the row's predicate, its condition and its doubt say of a call. */
struct hvci_judgement {
  enum hvci_certainty certainty;
  const struct hvci_argument *argument; /* the deciding one, or NULL */
  uint32_t terms;                       /* the executable alternatives' terms */
  const char *weaker[2]; /* why it is not certain; NULL: no more */
  uint32_t warnings;     /* as in struct hvci_finding */
};

/* Whether the row has anything to say in the unit, whatever the call is. */
bool hvci_ddi_applies(const struct hvci_ddi *ddi,
                      const struct hvci_unit_fact *unit);

struct hvci_judgement hvci_judge(const struct hvci_call_fact *call,
                                 const struct hvci_ddi *ddi);

/* As hvci_check_call(), by that row, whatever the callee's name is. */
enum hvci_status hvci_check_row(const struct hvci_call_fact *call,
                                const struct hvci_ddi *ddi,
                                const struct hvci_options *options,
                                const struct hvci_sink *sink);

/* A finding with the judgement's certainty, place and warnings, and its notes:
   where the value came from, and why the finding is not certain. */
void hvci_finding_of_call(struct hvci_finding *out,
                          const struct hvci_call_fact *call,
                          const struct hvci_ddi *ddi,
                          const struct hvci_judgement *judgement);

/* The call's argument, or NULL if there is none of that index. */
const struct hvci_argument *
hvci_call_argument(const struct hvci_call_fact *call, int index);

/* True if the unit targets no system older than `ntddi`; a unit that does not
   say targets the newest. */
bool hvci_unit_targets(const struct hvci_unit_fact *unit, uint32_t ntddi);

/* True if code of the unit may use the name. */
bool hvci_unit_knows(const struct hvci_unit_fact *unit, const char *name);

/* Adds `| flag` to the argument as a fix, if that is certain to compile. */
void hvci_edit_or(struct hvci_finding *finding,
                  const struct hvci_call_fact *call,
                  const struct hvci_argument *argument, const char *flag);

/*
 * Replaces each named term by its twin as a fix. twin() returns the constant to
 * write instead, or NULL for a term that can stay. Nothing is added unless
 * every executable alternative is mended.
 */
typedef const char *(*hvci_twin_fn)(const struct hvci_term *term);
void hvci_edit_terms(struct hvci_finding *finding,
                     const struct hvci_call_fact *call,
                     const struct hvci_ddi *ddi,
                     const struct hvci_judgement *judgement, hvci_twin_fn twin);

/* What to use: the remedy, which Windows 8 brought, or what does for a unit
   that targets systems before it. */
const char *hvci_remedy_since_win8(const struct hvci_unit_fact *unit,
                                   const char *remedy, const char *before);

/* Before Windows 8: the opt-in changes what the call's own words mean. */
#define HVCI_OPT_IN_BEFORE_WIN8                                                \
  "POOL_NX_OPTIN with ExInitializeDriverRuntime(DrvRtPoolNxOptIn), as the "    \
  "unit targets systems before Windows 8"

/* Adds what a claim makes of its section, if there is a claim: `content` is
   what the subject is there ("code"), `access` what an option or a pragma makes
   of the section ("executable"). */
void hvci_finding_note_claim(struct hvci_finding *finding,
                             const struct hvci_claim *claim,
                             const char *content, const char *access);

/* Memory integrity runs on 64-bit Windows only: makes a finding about another
   unit no more than possible, with a note. After the other notes. */
void hvci_finding_weaken(struct hvci_finding *finding,
                         const struct hvci_unit_fact *unit);

/* The rules: a function for each fact of each row of rules.def. */
typedef enum hvci_status (*hvci_call_rule_fn)(
    const struct hvci_call_fact *call, const struct hvci_ddi *ddi,
    const struct hvci_judgement *judgement, const struct hvci_sink *sink);
typedef enum hvci_status (*hvci_global_rule_fn)(
    const struct hvci_global_fact *global, const struct hvci_options *options,
    const struct hvci_sink *sink);

typedef enum hvci_status (*hvci_code_use_rule_fn)(
    const struct hvci_code_use_fact *use, const struct hvci_sink *sink);

typedef enum hvci_status (*hvci_driver_rule_fn)(
    const struct hvci_driver_fact *driver, const struct hvci_sink *sink);

typedef enum hvci_status (*hvci_section_rule_fn)(
    const struct hvci_section_fact *section, const struct hvci_sink *sink);

typedef enum hvci_status (*hvci_base_relocation_rule_fn)(
    const struct hvci_base_relocation_fact *relocation,
    const struct hvci_options *options, const struct hvci_sink *sink);

#define HVCI_RULE_CALL(decide)                                                 \
  enum hvci_status hvci_rule_##decide(                                         \
      const struct hvci_call_fact *call, const struct hvci_ddi *ddi,           \
      const struct hvci_judgement *judgement, const struct hvci_sink *sink);
#define HVCI_RULE_GLOBAL(decide)                                               \
  enum hvci_status hvci_rule_##decide(const struct hvci_global_fact *global,   \
                                      const struct hvci_options *options,      \
                                      const struct hvci_sink *sink);
#define HVCI_RULE_CODE_USE(decide)                                             \
  enum hvci_status hvci_rule_##decide(const struct hvci_code_use_fact *use,    \
                                      const struct hvci_sink *sink);
#define HVCI_RULE_CALL_AND_CODE_USE(decide)                                    \
  HVCI_RULE_CALL(decide) HVCI_RULE_CODE_USE(decide##_use)
#define HVCI_RULE_DRIVER(decide)                                               \
  enum hvci_status hvci_rule_##decide(const struct hvci_driver_fact *driver,   \
                                      const struct hvci_sink *sink);
#define HVCI_RULE_SECTION(decide)                                              \
  enum hvci_status hvci_rule_##decide(const struct hvci_section_fact *section, \
                                      const struct hvci_sink *sink);
#define HVCI_RULE_GLOBAL_AND_BASE_RELOCATION(decide)                           \
  HVCI_RULE_GLOBAL(decide)                                                     \
  enum hvci_status hvci_rule_##decide##_linked(                                \
      const struct hvci_base_relocation_fact *relocation,                      \
      const struct hvci_options *options, const struct hvci_sink *sink);
#define HVCI_RULE(id, name, fact, decide, code, summary)                       \
  HVCI_RULE_##fact(decide)
#include "rules.def"
#undef HVCI_RULE_CALL
#undef HVCI_RULE_GLOBAL
#undef HVCI_RULE_CODE_USE
#undef HVCI_RULE_CALL_AND_CODE_USE
#undef HVCI_RULE_DRIVER
#undef HVCI_RULE_SECTION
#undef HVCI_RULE_GLOBAL_AND_BASE_RELOCATION

#ifdef __cplusplus
}
#endif

#endif
