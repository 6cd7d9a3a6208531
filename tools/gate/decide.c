// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * decide.c - which findings block.
 */
#include "decide.h"

#include "../command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- the change ------------------------------------------------------------

static bool on_changed_line(const struct spot *spot,
                            const struct changes *changes) {
  uint32_t last = spot->end_line > spot->line ? spot->end_line : spot->line;
  return spot->file && spot->line &&
         changes_touch(changes, spot->file, spot->line, last);
}

static bool in_changed_scope(const struct spot *spot,
                             const struct changes *changes) {
  return spot->file && spot->scope_first &&
         changes_touch(changes, spot->file, spot->scope_first,
                       spot->scope_last);
}

static void explain(struct told *told, const char *what,
                    const struct spot *by) {
  char *text;
  if (asprintf(&text, "the change touches %s (%s:%u)", what, by->file,
               by->line) < 0)
    need(NULL);
  told->why = text;
}

// What leads to the finding: the steps of its value, and a macro's body.
static bool follows_from(struct told *told, const struct spot *spot,
                         const struct changes *changes) {
  char *what;
  if (!on_changed_line(spot, changes) && !in_changed_scope(spot, changes))
    return false;
  if (spot->scope && spot->scope[0]) {
    if (asprintf(&what, "'%s', which leads to this", spot->scope) < 0)
      need(NULL);
    explain(told, what, spot);
    free(what);
  } else {
    explain(told, "what leads to this", spot);
  }
  return true;
}

bool decide_is_of_change(struct told *told, const struct changes *changes) {
  if (on_changed_line(&told->spot, changes))
    return true;
  if (in_changed_scope(&told->spot, changes)) {
    if (asprintf(&told->why, "the change touches '%s'", told->spot.scope) < 0)
      need(NULL);
    return true;
  }
  if (follows_from(told, &told->macro, changes))
    return true;
  for (size_t i = 0; i < told->note_count; i++)
    if (follows_from(told, &told->notes[i].spot, changes))
      return true;
  return false;
}

// ---- the policy ------------------------------------------------------------

static enum told_level level_of(const struct gate *gate,
                                const struct told *told) {
  char *path = told->spot.file ? gate_path(gate, told->spot.file) : NULL;
  bool blocks =
      hvci_config_blocks(gate->config, told->rule,
                         told->certainty == HVCI_CERTAIN, path ? path : "");
  free(path);
  return blocks ? TOLD_ERROR : TOLD_WARNING;
}

bool decide_is_shown(const struct told *told) {
  return !told->hidden && told->state != TOLD_KNOWN;
}

static void count(struct decision *decision, const struct told *told) {
  if (told->hidden)
    decision->hidden++;
  else if (told->state == TOLD_KNOWN)
    decision->known++;
  else if (told->level == TOLD_ERROR)
    decision->blocking++;
  else
    decision->warning++;
}

struct decision decide(struct gate *gate, const struct changes *changes) {
  struct decision decision = {0};
  struct report *report = &gate->report;
  size_t left = 0;
  for (size_t i = 0; i < report->count; i++) {
    struct told *told = &report->findings[i];
    if (changes && !decide_is_of_change(told, changes)) {
      decision.elsewhere += decide_is_shown(told);
      report_drop(told);
      continue;
    }
    told->level = level_of(gate, told);
    count(&decision, told);
    report->findings[left++] = *told;
  }
  report->count = left;
  return decision;
}
