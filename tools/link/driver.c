// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * driver.c - the records of a driver's units as one program.
 *
 * A call binds to its own unit's function where that has a body: an inline
 * function of a header is compiled into each unit under the unit's own macros.
 * An open function takes the first body of its symbol.
 */
#include "driver.h"

#include "../command.h"

#include <stdlib.h>
#include <string.h>

struct definition {
  const char *symbol;
  size_t function;
};

struct definitions {
  struct definition *at;
  size_t count;
};

static int compare_definitions(const void *left, const void *right) {
  const struct definition *a = left, *b = right;
  int order = strcmp(a->symbol, b->symbol);
  return order ? order
               : (a->function > b->function) - (a->function < b->function);
}

static int compare_symbols(const void *left, const void *right) {
  return strcmp(((const struct definition *)left)->symbol,
                ((const struct definition *)right)->symbol);
}

// One for each symbol, in the order of symbols.
static void find_definitions(struct definitions *out,
                             const struct driver *driver) {
  size_t count = 0, left = 0;
  out->at = need(calloc(driver->program.function_count + 1, sizeof *out->at));
  for (size_t f = 0; f < driver->program.function_count; f++) {
    const struct hvci_function *function = &driver->functions[f];
    if (function->has_body && function->symbol)
      out->at[count++] = (struct definition){function->symbol, f};
  }
  qsort(out->at, count, sizeof *out->at, compare_definitions);
  for (size_t i = 1; i < count; i++)
    if (compare_symbols(&out->at[left], &out->at[i]) != 0)
      out->at[++left] = out->at[i];
  out->count = count ? left + 1 : 0;
}

// The function that a call of function f runs.
static size_t resolve(const struct driver *driver,
                      const struct definitions *definitions, size_t f) {
  const struct hvci_function *function = &driver->functions[f];
  const struct definition key = {function->symbol, 0};
  if (function->has_body || !function->symbol || definitions->count == 0)
    return f;
  const struct definition *found = bsearch(
      &key, definitions->at, definitions->count, sizeof key, compare_symbols);
  return found ? found->function : f;
}

static size_t record_of(const struct driver *driver, size_t function) {
  size_t low = 0, high = driver->record_count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (driver->first[middle] <= function)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static const struct hvci_record_function *
function_of(const struct driver *driver, size_t function) {
  size_t record = record_of(driver, function);
  return &driver->records[record]->functions[function - driver->first[record]];
}

static void answer_call(size_t function, size_t site, uint32_t wanted,
                        enum hvci_detail detail, struct hvci_call_fact *out,
                        void *payload) {
  (void)wanted, (void)detail;
  *out = function_of(payload, function)->calls[site];
}

static void answer_result(size_t function, enum hvci_detail detail,
                          struct hvci_argument *out, void *payload) {
  (void)detail;
  *out = function_of(payload, function)->result;
}

static void count(struct driver *driver, size_t *sites, size_t *steps) {
  size_t functions = 0;
  *sites = *steps = 0;
  for (size_t r = 0; r < driver->record_count; r++) {
    const struct hvci_record *record = driver->records[r];
    driver->first[r] = functions;
    functions += record->function_count;
    for (size_t f = 0; f < record->function_count; f++) {
      *sites += record->functions[f].is.site_count;
      *steps += record->functions[f].step_count;
    }
  }
  // An empty record's functions begin where the next one's do.
  driver->program.function_count = functions;
}

static void copy_functions(struct driver *driver) {
  for (size_t r = 0; r < driver->record_count; r++)
    for (size_t f = 0; f < driver->records[r]->function_count; f++)
      driver->functions[driver->first[r] + f] =
          driver->records[r]->functions[f].is;
}

// Numbers of the record's functions become those of the driver's.
static void bind(struct driver *driver, const struct definitions *definitions) {
  struct hvci_site *site = driver->sites;
  struct hvci_step *step = driver->steps;
  for (size_t f = 0; f < driver->program.function_count; f++) {
    const struct hvci_record_function *from = function_of(driver, f);
    size_t first = driver->first[record_of(driver, f)];
    driver->functions[f].sites = site;
    for (size_t s = 0; s < from->is.site_count; s++)
      site++->callee =
          resolve(driver, definitions, first + from->is.sites[s].callee);
    driver->driver_functions[f] =
        (struct hvci_driver_function){.name = from->is.name,
                                      .range = from->range,
                                      .steps = step,
                                      .step_count = from->step_count,
                                      .has_body = from->is.has_body,
                                      .external = from->is.symbol != NULL};
    for (size_t s = 0; s < from->step_count; s++, step++) {
      *step = from->steps[s];
      step->callee = resolve(driver, definitions, first + step->callee);
    }
  }
}

static void find_opt_outs(struct driver *driver) {
  size_t found = 0;
  for (size_t r = 0; r < driver->record_count; r++)
    if (driver->records[r]->unit.opt_in == HVCI_OPT_OUT)
      driver->opt_outs[found++] = driver->records[r]->opt_out;
  driver->fact.opt_outs = driver->opt_outs;
  driver->fact.opt_out_count = found;
}

void driver_init(struct driver *driver,
                 const struct hvci_record *const *records, size_t count_) {
  struct definitions definitions;
  size_t sites, steps;
  *driver = (struct driver){.records = records, .record_count = count_};
  driver->first = need(calloc(count_ + 1, sizeof *driver->first));
  driver->opt_outs = need(calloc(count_ + 1, sizeof *driver->opt_outs));
  count(driver, &sites, &steps);
  size_t functions = driver->program.function_count;
  driver->functions = need(calloc(functions + 1, sizeof *driver->functions));
  driver->sites = need(calloc(sites + 1, sizeof *driver->sites));
  driver->steps = need(calloc(steps + 1, sizeof *driver->steps));
  driver->driver_functions =
      need(calloc(functions + 1, sizeof *driver->driver_functions));

  copy_functions(driver);
  find_definitions(&definitions, driver);
  bind(driver, &definitions);
  free(definitions.at);
  find_opt_outs(driver);
  driver->program.functions = driver->functions;
  driver->program.call = answer_call;
  driver->program.result = answer_result;
  driver->program.payload = driver;
  driver->fact.functions = driver->driver_functions;
  driver->fact.function_count = functions;
}

void driver_free(struct driver *driver) {
  free(driver->first);
  free(driver->functions);
  free(driver->sites);
  free(driver->steps);
  free(driver->driver_functions);
  free(driver->opt_outs);
}
