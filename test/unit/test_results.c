// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_results.c - results.json: written, read back, refused.
 */
#include "results.h"

#include "command.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/hvcilint-results.XXXXXX";
static char path[64];

static int make_folder(void **state) {
  (void)state;
  if (!mkdtemp(folder))
    return -1;
  (void)snprintf(path, sizeof path, "%s/results.json", folder);
  return 0;
}

static int remove_folder(void **state) {
  (void)state;
  (void)unlink(path);
  return rmdir(folder); // which fails if something was left beside it
}

static char *copy(const char *text) { return need(strdup(text)); }

static struct results_unit unit(const char *source, const char *configuration,
                                const char *record) {
  struct results_unit unit = {.source = copy(source),
                              .directory = copy("/src"),
                              .configuration = copy(configuration),
                              .record = copy(record),
                              .error = copy("")};
  return unit;
}

static void add_dependency(struct results_unit *unit, const char *name) {
  unit->dependencies = need(realloc(
      unit->dependencies, (unit->dependency_count + 1) * sizeof(char *)));
  unit->dependencies[unit->dependency_count++] = copy(name);
}

// Units in an order that is not the file's.
static struct results make(size_t first) {
  struct results results = {.version = copy("0.1"),
                            .llvm = copy("22"),
                            .root = copy("/src"),
                            .units = need(calloc(3, sizeof *results.units)),
                            .unit_count = 3};
  struct results_unit *units = results.units;
  units[first % 3] = unit("/src/a \"\xc3\xa9\n.c", "x64", "records/2.hvci");
  units[(first + 1) % 3] =
      unit("/src/a \"\xc3\xa9\n.c", "arm64", "records/1.hvci");
  units[(first + 2) % 3] = unit("/src/\xff.c", "", "records/0.hvci");
  struct results_unit *failed = &units[(first + 1) % 3];
  failed->status = RESULTS_TIMEOUT;
  free(failed->error);
  failed->error = copy("did not end in 3 seconds");
  failed->allowed = true;
  failed->stubs = need(calloc(1, sizeof(char *)));
  failed->stubs[failed->stub_count++] = copy("trace.tmh");
  add_dependency(&units[first % 3], "/src/a \"\xc3\xa9\n.c");
  add_dependency(&units[first % 3], "/src/\xfe.h");
  return results;
}

static char *bytes_of(struct results *results) {
  size_t length;
  assert_true(results_write(results, path));
  char *bytes = read_file(path, &length);
  assert_non_null(bytes);
  assert_int_equal(strlen(bytes), length);
  return bytes;
}

static void what_is_written_is_read(void **state) {
  (void)state;
  char error[256] = "";
  struct results written = make(0), read;
  assert_true(results_write(&written, path));
  assert_true(results_read(&read, path, error, sizeof error));
  assert_string_equal(error, "");
  assert_string_equal(read.version, "0.1");
  assert_string_equal(read.llvm, "22");
  assert_string_equal(read.root, "/src");
  assert_int_equal(read.unit_count, 3);
  struct results_unit *units = read.units;
  assert_string_equal(units[0].configuration, "arm64");
  assert_string_equal(units[0].source, "/src/a \"\xc3\xa9\n.c");
  assert_string_equal(units[0].directory, "/src");
  assert_string_equal(units[0].record, "records/1.hvci");
  assert_int_equal(units[0].status, RESULTS_TIMEOUT);
  assert_string_equal(units[0].error, "did not end in 3 seconds");
  assert_true(units[0].allowed);
  assert_int_equal(units[0].stub_count, 1);
  assert_string_equal(units[0].stubs[0], "trace.tmh");
  assert_int_equal(units[0].dependency_count, 0);
  assert_string_equal(units[1].configuration, "x64");
  assert_int_equal(units[1].status, RESULTS_OK);
  assert_false(units[1].allowed);
  assert_int_equal(units[1].dependency_count, 2);
  assert_string_equal(units[1].dependencies[1], "/src/\xfe.h");
  assert_string_equal(units[2].source, "/src/\xff.c");
  results_free(&written);
  results_free(&read);
}

static void the_same_results_are_the_same_bytes(void **state) {
  (void)state;
  struct results one = make(0), other = make(2);
  char *first = bytes_of(&one), *second = bytes_of(&other);
  assert_string_equal(first, second);
  free(first);
  free(second);
  results_free(&one);
  results_free(&other);
}

static void the_same_bytes_are_not_written_again(void **state) {
  (void)state;
  struct stat before, after;
  struct results results = make(0);
  assert_true(results_write(&results, path));
  assert_int_equal(stat(path, &before), 0);
  assert_true(results_write(&results, path));
  assert_int_equal(stat(path, &after), 0);
  assert_true(before.st_ino == after.st_ino);
  results.units[0].allowed = !results.units[0].allowed;
  assert_true(results_write(&results, path));
  char error[256];
  struct results read;
  assert_true(results_read(&read, path, error, sizeof error));
  assert_int_equal(read.units[0].allowed, results.units[0].allowed);
  results_free(&read);
  results_free(&results);
}

static void a_folder_that_is_missing_is_an_error(void **state) {
  (void)state;
  struct results results = make(0);
  errno = 0;
  assert_false(results_write(&results, "/nowhere/results.json"));
  assert_int_equal(errno, ENOENT);
  results_free(&results);
}

static void every_part_of_it_is_refused(void **state) {
  (void)state;
  struct results results = make(0);
  char *bytes = bytes_of(&results);
  size_t length = strlen(bytes) - 2; // what follows the last brace is space
  for (size_t part = 0; part < length; part += 7) {
    char error[256] = "";
    struct results read;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, part, file), part);
    assert_int_equal(fclose(file), 0);
    assert_false(results_read(&read, path, error, sizeof error));
    assert_string_not_equal(error, "");
    results_free(&read);
  }
  free(bytes);
  results_free(&results);
}

static void expect_refused(const char *text, const char *expected) {
  char error[256] = "";
  struct results read;
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  (void)fputs(text, file);
  assert_int_equal(fclose(file), 0);
  assert_false(results_read(&read, path, error, sizeof error));
  assert_non_null(strstr(error, expected));
  results_free(&read);
}

#define HEAD "{\"hvcilint\":\"0\",\"llvm\":\"22\",\"root\":\"/\",\"units\":"

static void what_is_wrong_is_named(void **state) {
  (void)state;
  expect_refused("[]", "'hvcilint' is wrong or missing");
  expect_refused("{\"hvcilint\":1}", "'hvcilint' is wrong or missing");
  expect_refused(HEAD "{}}", "'units' is wrong or missing");
  expect_refused(HEAD "[1]}", "'source' is wrong or missing");
  expect_refused(HEAD "[{\"source\":{\"bytes\":\"0\"}}]}", "'source'");
  expect_refused(HEAD "[{\"source\":{\"bytes\":\"00\"}}]}", "'source'");
  expect_refused(HEAD "[{\"source\":{\"bytes\":\"zz\"}}]}", "'source'");
  expect_refused(HEAD "[{\"source\":\"a\",\"directory\":\"/\","
                      "\"configuration\":\"\",\"record\":\"r\","
                      "\"status\":\"good\"}]}",
                 "'status' is wrong or missing");
}

static void a_file_that_is_missing_is_an_error(void **state) {
  (void)state;
  char error[256] = "";
  struct results read;
  assert_false(results_read(&read, "/nowhere", error, sizeof error));
  assert_string_equal(error, strerror(ENOENT));
  results_free(&read);
}

static void every_status_has_a_name(void **state) {
  (void)state;
  assert_string_equal(results_status_name(RESULTS_OK), "ok");
  assert_string_equal(results_status_name(RESULTS_FAILED), "failed");
  assert_string_equal(results_status_name(RESULTS_TIMEOUT), "timeout");
  assert_string_equal(results_status_name(RESULTS_MISSING), "missing");
  assert_string_equal(results_status_name(RESULTS_CRASHED), "crashed");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_written_is_read),
      cmocka_unit_test(the_same_results_are_the_same_bytes),
      cmocka_unit_test(the_same_bytes_are_not_written_again),
      cmocka_unit_test(a_folder_that_is_missing_is_an_error),
      cmocka_unit_test(every_part_of_it_is_refused),
      cmocka_unit_test(what_is_wrong_is_named),
      cmocka_unit_test(a_file_that_is_missing_is_an_error),
      cmocka_unit_test(every_status_has_a_name),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
