// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * driver.h - the records of a driver's units as one program.
 */
#ifndef HVCI_TOOLS_DRIVER_H
#define HVCI_TOOLS_DRIVER_H

#include "hvci/record.h"

/* Record r's functions are those from first[r] on. It points into itself and
   into the records: never copied. */
struct driver {
  const struct hvci_record *const *records;
  size_t record_count;
  size_t *first;
  struct hvci_function *functions;
  struct hvci_site *sites;
  struct hvci_step *steps;
  struct hvci_driver_function *driver_functions;
  struct hvci_range *opt_outs;
  struct hvci_program program;
  struct hvci_driver_fact fact;
};

/* The records, in an order that does not depend on how they were given, must
   outlive the driver. */
void driver_init(struct driver *driver,
                 const struct hvci_record *const *records, size_t count);
void driver_free(struct driver *driver);

#endif
