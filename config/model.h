// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * model.h - what a configuration holds.
 */
#ifndef HVCI_CONFIG_MODEL_H
#define HVCI_CONFIG_MODEL_H

#include "hvci/config.h"

#include "glob.h"

enum hvci_gate_verdict { HVCI_GATE_BLOCK, HVCI_GATE_WARN };

/* What a finding is, for the gate: of each rule that is named, else the
   default. */
struct hvci_policy {
  struct hvci_glob *path; /* or NULL: everywhere */
  uint32_t named;         /* bit r: rule r has a verdict of its own */
  uint32_t warn;          /* likewise: and it is to warn */
  bool has_fallback;
  int fallback; /* enum hvci_gate_verdict */
};

/* Owns the names of its sinks and its globs. */
struct hvci_config {
  uint32_t off;   /* bit r: rule r */
  uint32_t error; /* likewise */
  uint32_t min_build;
  struct hvci_ddi *sinks; /* which own their callees */
  size_t sink_count;
  struct hvci_glob **excludes;
  size_t exclude_count;
  struct hvci_policy gate;
  struct hvci_policy *paths; /* of which the last that matches counts */
  size_t path_count;
  bool possible_warns;
  bool wants_reason;
};

#endif
