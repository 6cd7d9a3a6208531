// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * A host of few words: functions with at most four parameters, whose calls are
 * written down with their arguments' values. Site s of function f stands at
 * place 1000 * f + 10 * s + 1, its argument i at 1000 * f + 10 * s + 2 + i.
 */
#include "facts.h"

#include "hvci/program.h"

#include <stdio.h>

enum {
  MAX_FUNCTIONS = 64,
  MAX_SITES = 8,
  MAX_ARGUMENTS = 4,
  NX = 0x200,
  PAGED = 1,
  COLD = 0x100
};

struct town {
  struct hvci_function functions[MAX_FUNCTIONS];
  struct hvci_site sites[MAX_FUNCTIONS][MAX_SITES];
  struct hvci_value values[MAX_FUNCTIONS][MAX_SITES][MAX_ARGUMENTS];
  struct hvci_term terms[MAX_FUNCTIONS][MAX_SITES][MAX_ARGUMENTS];
  struct hvci_value results[MAX_FUNCTIONS];
  struct hvci_term result_terms[MAX_FUNCTIONS];
  struct hvci_argument arguments[MAX_FUNCTIONS][MAX_SITES][3][MAX_ARGUMENTS];
  struct hvci_unit_fact unit;
  struct hvci_options options;
  struct hvci_program program;
  size_t asked;
  /* The findings, in order. */
  size_t count;
  struct hvci_finding found[32];
};

static uint64_t site_place(size_t function, size_t site) {
  return 1000 * function + 10 * site + 1;
}

static void answer_call(size_t function, size_t site, uint32_t wanted,
                        enum hvci_detail detail, struct hvci_call_fact *out,
                        void *payload) {
  struct town *town = payload;
  struct hvci_argument *arguments = town->arguments[function][site][detail];
  town->asked += detail != HVCI_GLANCE;
  for (size_t i = 0; i < MAX_ARGUMENTS; i++) {
    arguments[i] = (struct hvci_argument){
        .text = "x",
        .range = place(site_place(function, site) + 1 + i),
        .terms = &town->terms[function][site][i],
        .term_count = town->terms[function][site][i].written ? 1 : 0};
    if (wanted >> i & 1)
      arguments[i].value = town->values[function][site][i];
    else
      hvci_value_unknown(&arguments[i].value, 64);
  }
  *out = (struct hvci_call_fact){
      .callee =
          town->functions[town->functions[function].sites[site].callee].name,
      .callee_range = place(site_place(function, site)),
      .arguments = arguments,
      .argument_count = MAX_ARGUMENTS,
      .unit = &town->unit};
}

static void answer_result(size_t function, enum hvci_detail detail,
                          struct hvci_argument *out, void *payload) {
  struct town *town = payload;
  (void)detail;
  *out = (struct hvci_argument){
      .text = "",
      .value = town->results[function],
      .terms = &town->result_terms[function],
      .term_count = town->result_terms[function].written ? 1 : 0};
}

static void town_init(struct town *town) {
  memset(town, 0, sizeof *town);
  hvci_options_init(&town->options);
  town->unit.pointer_width = 64;
  town->program = (struct hvci_program){.functions = town->functions,
                                        .call = answer_call,
                                        .result = answer_result,
                                        .payload = town};
}

static size_t declare(struct town *town, const char *name) {
  size_t f = town->program.function_count++;
  assert_true(f < MAX_FUNCTIONS);
  town->functions[f] =
      (struct hvci_function){.name = name, .sites = town->sites[f]};
  return f;
}

static size_t define(struct town *town, const char *name) {
  size_t f = declare(town, name);
  town->functions[f].has_body = true;
  return f;
}

static size_t define_result(struct town *town, const char *name,
                            struct hvci_value value) {
  size_t f = define(town, name);
  town->functions[f].has_result = true;
  town->results[f] = value;
  return f;
}

static struct hvci_value constant(uint64_t bits) {
  struct hvci_value value;
  hvci_value_constant(&value, bits, 1, 32);
  return value;
}

static struct hvci_value parameter(int32_t index) {
  struct hvci_value value;
  hvci_value_base(&value, index, 32);
  return value;
}

static struct hvci_value result_of(size_t site) {
  struct hvci_value value;
  hvci_value_base(&value, HVCI_RESULT_OF(site), 32);
  return value;
}

static struct hvci_value unknown(void) {
  struct hvci_value value;
  hvci_value_unknown(&value, 32);
  return value;
}

static struct hvci_value either(struct hvci_value a, struct hvci_value b) {
  hvci_value_join(&a, &a, &b);
  return a;
}

static struct hvci_value with(struct hvci_value a, uint64_t bits) {
  struct hvci_value b = constant(bits);
  hvci_value_apply(&a, HVCI_OR, &a, &b, 32);
  return a;
}

static struct hvci_value without(struct hvci_value a, uint64_t bits) {
  struct hvci_value b = constant(~bits);
  hvci_value_apply(&a, HVCI_AND, &a, &b, 32);
  return a;
}

/* The function calls the callee with that first argument. */
static size_t call(struct town *town, size_t function, size_t callee,
                   struct hvci_value first) {
  size_t site = town->functions[function].site_count++;
  assert_true(site < MAX_SITES);
  town->sites[function][site].callee = callee;
  town->values[function][site][0] = first;
  for (size_t i = 1; i < MAX_ARGUMENTS; i++)
    town->values[function][site][i] = unknown();
  return site;
}

static enum hvci_status keep(const struct hvci_finding *finding,
                             void *payload) {
  struct town *town = payload;
  assert_true(town->count < sizeof town->found / sizeof *town->found);
  town->found[town->count++] = *finding;
  return HVCI_OK;
}

static size_t judge(struct town *town) {
  const struct hvci_sink sink = {.report = keep, .payload = town};
  struct hvci_solution *solution = hvci_solve(&town->program, &town->options);
  assert_non_null(solution);
  town->count = 0;
  assert_int_equal(hvci_solution_judge(solution, &sink), HVCI_OK);
  hvci_solution_free(solution);
  return town->count;
}

static void nothing_is_fine(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  assert_int_equal(judge(&t), 0);
}

static void a_call_of_the_ddi_is_judged(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), f = define(&t, "f");
  call(&t, f, ddi, constant(NX));
  call(&t, f, ddi, constant(0));
  call(&t, f, ddi, unknown());
  assert_int_equal(judge(&t), 1);
  assert_int_equal(t.found[0].certainty, HVCI_CERTAIN);
  assert_int_equal(t.found[0].range.begin, site_place(f, 1) + 1);
  assert_int_equal(t.found[0].note_count, 0);
}

static void a_wrapper_is_a_sink_and_each_step_is_told(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t f = define(&t, "caller"), outer = define(&t, "Outer"),
         inner = define(&t, "Inner"), ddi = declare(&t, "ExAllocatePool");
  call(&t, f, outer, constant(NX));
  call(&t, f, outer, constant(0));
  size_t second = call(&t, outer, inner, unknown());
  t.values[outer][second][2] = with(parameter(0), COLD);
  call(&t, inner, ddi, parameter(2));
  assert_int_equal(judge(&t), 1);
  assert_int_equal(t.found[0].range.begin, site_place(f, 1) + 1);
  assert_string_equal(t.found[0].message,
                      "'Outer' allocates executable pool with 'x'; use "
                      "NonPagedPoolNx");
  assert_int_equal(t.found[0].note_count, 2);
  assert_note(&t.found[0], 0, site_place(outer, 0),
              "'Outer' passes it to 'Inner' here");
  assert_note(&t.found[0], 1, site_place(inner, 0),
              "'Inner' passes it to 'ExAllocatePool' here");
}

static void steps_of_quiet_functions_are_not_told(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t f = define(&t, "caller"), kit = define(&t, "ExAllocatePoolZero"),
         ddi = declare(&t, "ExAllocatePool");
  t.functions[kit].quiet = true;
  call(&t, kit, ddi, with(parameter(0), 0x400));
  call(&t, kit, ddi, constant(0));
  call(&t, f, kit, constant(0));
  assert_int_equal(judge(&t), 1);
  assert_int_equal(t.found[0].note_count, 0);
  assert_int_equal(t.found[0].range.begin, site_place(f, 0) + 1);
}

static void bits_on_the_way_count(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), f = define(&t, "f");
  size_t adds = define(&t, "adds"), clears = define(&t, "clears"),
         pages = define(&t, "pages");
  call(&t, adds, ddi, with(parameter(0), NX));
  call(&t, clears, ddi, without(parameter(0), NX));
  call(&t, pages, ddi, without(parameter(0), NX | PAGED));
  call(&t, f, adds, constant(0));
  call(&t, f, clears, constant(NX));
  call(&t, f, clears, constant(NX | PAGED));
  call(&t, f, pages, constant(NX | PAGED));
  assert_int_equal(judge(&t), 2);
  // What is executable whatever the caller passes is told where it is.
  assert_int_equal(t.found[0].range.begin, site_place(f, 1) + 1);
  assert_int_equal(t.found[1].range.begin, site_place(pages, 0) + 1);
}

static void tests_of_the_parameter_sort_the_callers(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), f = define(&t, "f"),
         wrapper = define(&t, "wrapper");
  const struct hvci_predicate is_zero = {
      .mask = UINT32_MAX, .want = 0, .equal = true};
  struct hvci_value other = parameter(0);
  hvci_value_assume(&other, &other, &is_zero, false);
  // if (Type == NonPagedPool) Type = NonPagedPoolNx;
  call(&t, wrapper, ddi, either(constant(NX), other));
  call(&t, f, wrapper, constant(0));
  call(&t, f, wrapper, constant(4));
  assert_int_equal(judge(&t), 1);
  assert_int_equal(t.found[0].range.begin, site_place(f, 1) + 1);
  assert_int_equal(t.found[0].certainty, HVCI_POSSIBLE);
}

static void the_condition_goes_along(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "MmMapLockedPagesSpecifyCache"),
         map = define(&t, "map"), f = define(&t, "f");
  // Six arguments are needed; the host has four. So through another row:
  // the lookaside list's own allocator at 1, its flags at 3.
  size_t list = declare(&t, "ExInitializeNPagedLookasideList");
  (void)ddi;
  size_t site = call(&t, map, list, unknown());
  t.values[map][site][1] = parameter(0);
  t.values[map][site][3] = parameter(1);
  for (int allocator = 0; allocator < 2; allocator++) {
    site = call(&t, f, map, constant((uint64_t)allocator));
    t.values[f][site][1] = constant(0);
  }
  assert_int_equal(judge(&t), 2);
  assert_int_equal(t.found[0].certainty, HVCI_CERTAIN);
  assert_int_equal(t.found[1].certainty, HVCI_POSSIBLE);
}

static void two_ways_to_one_sink_are_one_finding(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"),
         tagged = declare(&t, "ExAllocatePoolWithTag"),
         wrapper = define(&t, "wrapper"), f = define(&t, "f");
  call(&t, wrapper, ddi, either(parameter(0), constant(NX)));
  call(&t, wrapper, tagged, parameter(0));
  call(&t, f, wrapper, either(constant(0), constant(NX)));
  call(&t, f, wrapper, constant(0));
  assert_int_equal(judge(&t), 2);
  assert_int_equal(t.found[0].certainty, HVCI_POSSIBLE);
  assert_int_equal(t.found[1].certainty, HVCI_CERTAIN);
  assert_note(&t.found[1], 0, site_place(wrapper, 1),
              "'wrapper' passes it to 'ExAllocatePoolWithTag' here");
}

static void two_parameters_are_two_sinks(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), wrapper = define(&t, "wrapper"),
         f = define(&t, "f");
  call(&t, wrapper, ddi, either(parameter(0), parameter(1)));
  size_t site = call(&t, f, wrapper, constant(0));
  t.values[f][site][1] = constant(4);
  site = call(&t, f, wrapper, constant(NX));
  t.values[f][site][1] = constant(0);
  assert_int_equal(judge(&t), 3);
  assert_int_equal(t.found[2].range.begin, site_place(f, 1) + 2);
}

static void recursion_ends(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), even = define(&t, "even"),
         odd = define(&t, "odd"), f = define(&t, "f");
  call(&t, even, odd, with(parameter(0), COLD));
  call(&t, odd, even, without(parameter(0), COLD));
  call(&t, odd, ddi, parameter(0));
  call(&t, odd, odd, parameter(0));
  call(&t, f, even, constant(0));
  call(&t, f, odd, constant(NX));
  assert_int_equal(judge(&t), 1);
  assert_int_equal(t.found[0].range.begin, site_place(f, 0) + 1);
}

static void a_body_beats_a_row(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePoolWithTag"),
         own = define(&t, "ExAllocatePoolZero"),
         kept = define(&t, "WdfMemoryCreate"), other = declare(&t, "memset"),
         f = define(&t, "f");
  call(&t, own, ddi, with(parameter(0), NX));
  call(&t, kept, other, parameter(1)); // leads to no row: the row it is
  call(&t, f, own, constant(0));
  size_t site = call(&t, f, kept, unknown());
  t.values[f][site][1] = constant(0);
  assert_int_equal(judge(&t), 1);
  assert_int_equal(t.found[0].range.begin, site_place(f, 1) + 2);
}

static void results_come_back(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), f = define(&t, "f");
  size_t choose =
      define_result(&t, "Choose", either(constant(0), constant(NX)));
  size_t fix = define_result(&t, "Fix", with(parameter(0), NX));
  size_t same = define_result(&t, "Same", parameter(0));
  t.result_terms[choose] = (struct hvci_term){.written = "NonPagedPool",
                                              .constant = "NonPagedPool",
                                              .type = "_POOL_TYPE",
                                              .origin = place(77)};
  size_t s = call(&t, f, choose, unknown());
  call(&t, f, ddi, result_of(s));
  s = call(&t, f, fix, constant(0));
  call(&t, f, ddi, result_of(s));
  s = call(&t, f, same, constant(0));
  call(&t, f, ddi, result_of(s));
  s = call(&t, f, same, result_of(4));
  call(&t, f, ddi, result_of(s));
  assert_int_equal(judge(&t), 3);
  assert_int_equal(t.found[0].range.begin, site_place(f, 1) + 1);
  assert_int_equal(t.found[0].certainty, HVCI_POSSIBLE);
  assert_note(&t.found[0], 0, 77,
              "the value of 'NonPagedPool' comes from here");
  assert_int_equal(t.found[1].range.begin, site_place(f, 5) + 1);
  assert_int_equal(t.found[2].range.begin, site_place(f, 7) + 1);
}

static void a_result_may_become_a_wrapper_s_argument(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), f = define(&t, "f"),
         wrapper = define(&t, "wrapper");
  size_t cold = define_result(&t, "Cold", with(parameter(1), COLD));
  size_t s = call(&t, wrapper, cold, unknown());
  t.values[wrapper][s][1] = parameter(3);
  call(&t, wrapper, ddi, result_of(s));
  s = call(&t, f, wrapper, constant(NX));
  t.values[f][s][3] = constant(0);
  assert_int_equal(judge(&t), 1);
  assert_int_equal(t.found[0].range.begin, site_place(f, 0) + 4);
}

static void recursive_results_settle(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), f = define(&t, "f");
  size_t down = define_result(&t, "Down", unknown());
  size_t turn = define_result(&t, "Turn", unknown());
  size_t s = call(&t, down, turn, with(parameter(0), 8));
  t.results[down] = either(constant(NX), result_of(s));
  s = call(&t, turn, down, parameter(0));
  t.results[turn] = either(result_of(s), with(parameter(0), NX));
  s = call(&t, f, down, constant(0));
  call(&t, f, ddi, result_of(s));
  assert_int_equal(judge(&t), 0);
  t.results[turn] = either(t.results[turn], parameter(0));
  assert_int_equal(judge(&t), 1);
  assert_int_equal(t.found[0].certainty, HVCI_POSSIBLE);
}

static void a_result_that_never_returns_is_none(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), f = define(&t, "f");
  size_t ever = define_result(&t, "Ever", unknown());
  size_t s = call(&t, ever, ever, parameter(0));
  t.results[ever] = result_of(s);
  s = call(&t, f, ever, constant(0));
  call(&t, f, ddi, result_of(s));
  assert_int_equal(judge(&t), 0);
}

static void little_is_asked(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), f = define(&t, "f");
  size_t other = define(&t, "other"), deeper = define(&t, "deeper");
  for (int i = 0; i < 5; i++)
    call(&t, f, other, constant(0));
  call(&t, other, deeper, parameter(0));
  assert_int_equal(judge(&t), 0);
  assert_int_equal(t.asked, 0);
  call(&t, f, ddi, constant(NX));
  assert_int_equal(judge(&t), 0);
  assert_int_equal(t.asked, 0); // a glance was enough
  call(&t, f, ddi, unknown());
  assert_int_equal(judge(&t), 0);
  assert_int_equal(t.asked, 1);
}

static void rules_that_are_off_are_silent(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), f = define(&t, "f"),
         wrapper = define(&t, "wrapper");
  call(&t, wrapper, ddi, parameter(0));
  call(&t, f, wrapper, constant(0));
  t.options.off = UINT32_C(1) << HVCI_RULE_EXECUTE_POOL_TYPE;
  assert_int_equal(judge(&t), 0);
}

static void what_others_may_ask_is_pending(void **state) {
  (void)state;
  struct town t;
  town_init(&t);
  size_t ddi = declare(&t, "ExAllocatePool"), ext = declare(&t, "ext"),
         chooser = declare(&t, "chooser"), hidden = define(&t, "hidden"),
         shown = define(&t, "shown"), relay = define(&t, "relay"),
         f = define(&t, "f");
  t.functions[ext].open = t.functions[chooser].open = true;
  t.functions[ext].symbol = "ext";
  t.functions[chooser].symbol = "chooser";
  t.functions[shown].symbol = "shown";
  size_t h = call(&t, hidden, ddi, parameter(0));
  size_t s = call(&t, shown, ddi, parameter(0));
  size_t r = call(&t, relay, ext, unknown());
  t.values[relay][r][1] = parameter(0);
  size_t f_hidden = call(&t, f, hidden, constant(0));
  size_t f_relay = call(&t, f, relay, constant(0));
  size_t f_chooser = call(&t, f, chooser, unknown());
  size_t f_ddi = call(&t, f, ddi, result_of(f_chooser));
  size_t f_plain = call(&t, f, ddi, constant(0));

  struct hvci_solution *solution = hvci_solve(&t.program, &t.options);
  assert_non_null(solution);
  assert_true(hvci_solution_look_out(solution));
  assert_int_equal(hvci_solution_pending(solution, hidden, h), 0);
  assert_int_equal(hvci_solution_pending(solution, shown, s), 1);
  assert_int_equal(hvci_solution_pending(solution, relay, r), 2);
  assert_int_equal(hvci_solution_pending(solution, f, f_hidden), 0);
  assert_int_equal(hvci_solution_pending(solution, f, f_relay), 1);
  assert_int_not_equal(hvci_solution_pending(solution, f, f_chooser), 0);
  assert_int_equal(hvci_solution_pending(solution, f, f_ddi), 1);
  assert_int_equal(hvci_solution_pending(solution, f, f_plain), 0);
  hvci_solution_free(solution);
}

/* A random program in two halves: what one half needs of the other is pending,
   and nothing else: dropping the rest changes no finding that crosses. */
static void hostile_programs_end(void **state) {
  (void)state;
  uint64_t random = 2026;
  for (int round = 0; round < 300; round++) {
    struct town t;
    town_init(&t);
    size_t ddi = declare(&t, "ExAllocatePool");
    size_t count = 2 + next_random(&random) % 20;
    for (size_t i = 0; i < count; i++) {
      define_result(&t, "f", unknown());
      t.functions[i + 1].open = false;
    }
    for (size_t f = 1; f <= count; f++) {
      size_t sites = next_random(&random) % MAX_SITES;
      for (size_t s = 0; s < sites; s++) {
        size_t callee = next_random(&random) % (count + 1);
        call(&t, f, callee == 0 ? ddi : callee, unknown());
        for (size_t a = 0; a < MAX_ARGUMENTS; a++) {
          uint64_t bits = next_random(&random) % 0x400;
          struct hvci_value value =
              next_random(&random) % 3 == 0 ? constant(bits)
              : next_random(&random) % 2 == 0
                  ? parameter((int32_t)(bits % MAX_ARGUMENTS))
                  : result_of(bits % sites);
          if (next_random(&random) % 4 == 0)
            value = with(value, (uint64_t)COLD << bits % 3);
          if (next_random(&random) % 4 == 0)
            value = either(value, parameter((int32_t)(bits % MAX_ARGUMENTS)));
          t.values[f][s][a] = value;
        }
      }
      t.results[f] = either(parameter((int32_t)(f % MAX_ARGUMENTS)),
                            sites ? result_of(f % sites) : constant(f));
    }
    // The findings' room is small, and their number is not what matters here.
    struct recorder recorder = {.answer = HVCI_OK};
    const struct hvci_sink sink = sink_of(&recorder);
    struct hvci_solution *solution = hvci_solve(&t.program, &t.options);
    assert_non_null(solution);
    assert_int_equal(hvci_solution_judge(solution, &sink), HVCI_OK);
    assert_true(hvci_solution_look_out(solution));
    hvci_solution_free(solution);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_is_fine),
      cmocka_unit_test(a_call_of_the_ddi_is_judged),
      cmocka_unit_test(a_wrapper_is_a_sink_and_each_step_is_told),
      cmocka_unit_test(steps_of_quiet_functions_are_not_told),
      cmocka_unit_test(bits_on_the_way_count),
      cmocka_unit_test(tests_of_the_parameter_sort_the_callers),
      cmocka_unit_test(the_condition_goes_along),
      cmocka_unit_test(two_ways_to_one_sink_are_one_finding),
      cmocka_unit_test(two_parameters_are_two_sinks),
      cmocka_unit_test(recursion_ends),
      cmocka_unit_test(a_body_beats_a_row),
      cmocka_unit_test(results_come_back),
      cmocka_unit_test(a_result_may_become_a_wrapper_s_argument),
      cmocka_unit_test(recursive_results_settle),
      cmocka_unit_test(a_result_that_never_returns_is_none),
      cmocka_unit_test(little_is_asked),
      cmocka_unit_test(rules_that_are_off_are_silent),
      cmocka_unit_test(what_others_may_ask_is_pending),
      cmocka_unit_test(hostile_programs_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
