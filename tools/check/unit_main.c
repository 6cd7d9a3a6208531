// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * unit_main.c - hvcilint-unit, which ninja starts for each compile of hvcilint
 * check: a small program, since it starts as often as the compiler does.
 */
#include "process.h"
#include "unit.h"

#include <stdio.h>

int main(int argc, char **argv) {
  if (argc != 3) {
    (void)fprintf(stderr, "hvcilint-unit: started by hvcilint check alone\n");
    return 2;
  }
  process_end_with_parent();
  return unit_run(argv[1], argv[2]);
}
