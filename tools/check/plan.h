// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * plan.h - what is to be compiled.
 */
#ifndef HVCI_CHECK_PLAN_H
#define HVCI_CHECK_PLAN_H

#include "fields.h"
#include "flags.h"

struct unit {
  struct job job;
  struct words dropped; /* options without a match in Clang */
  char *configuration;  /* or empty */
  char *name;           /* of its files in the output folder; "" before
                           plan_finish() */
  char *signature; /* of all that its record depends on, but what it reads */
};

struct plan {
  struct unit *units;
  size_t count, size;
  char *root;     /* of the project, absolute */
  char *compiler; /* Clang, which any unit is compiled by */
  char *plugin;
  char *config; /* read by all units instead of the nearest; or empty */
};

/* Adds a unit and takes what the compile holds. */
void plan_add(struct plan *plan, struct compile *compile,
              struct known_folders *known, const char *configuration);

/*
 * Names the units, leaves out those that are there twice, finds their
 * configurations and the root, if that is NULL. False: a configuration is
 * wrong, and that was said.
 */
bool plan_finish(struct plan *plan);
void plan_free(struct plan *plan);

#endif
