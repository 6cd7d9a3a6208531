// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "hvci/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void a_constant_is_known(void **state) {
  (void)state;
  struct hvci_value v;
  uint64_t bits = 0;
  hvci_value_constant(&v, 512, 1, 32);
  assert_true(hvci_value_is_constant(&v, &bits));
  assert_int_equal(bits, 512);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_constant_is_known),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
