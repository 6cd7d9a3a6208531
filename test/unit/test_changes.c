// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_changes.c - what git says of a small repository, and which findings a
 * change brings about.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "gate/changes.h"
#include "gate/decide.h"

#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char top[FOLDER_SIZE];
static git_repository *repository;
static struct changes *changes;

static int set_up(void **state) {
  (void)state;
  (void)git_libgit2_init();
  changes = NULL;
  repository = NULL;
  return folder_make(top) && git_repository_init(&repository, top, 0) == 0 ? 0
                                                                           : 1;
}

static int tear_down(void **state) {
  (void)state;
  changes_close(changes);
  git_repository_free(repository);
  (void)git_libgit2_shutdown();
  return folder_remove(top) ? 0 : 1;
}

static void write_text(const char *name, const char *text) {
  char path[256];
  (void)snprintf(path, sizeof path, "%s/%s", top, name);
  char *slash = strrchr(path, '/');
  *slash = '\0';
  (void)mkdir(path, 0700);
  *slash = '/';
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
  assert_int_equal(fclose(file), 0);
}

static void remove_file(const char *name) {
  char path[256];
  (void)snprintf(path, sizeof path, "%s/%s", top, name);
  assert_int_equal(remove(path), 0);
}

static void commit_all(const char *who) {
  git_index *index;
  git_oid tree_id, id, parent_id;
  git_tree *tree;
  git_signature *signature;
  git_commit *parent = NULL;
  assert_int_equal(git_repository_index(&index, repository), 0);
  assert_int_equal(git_index_add_all(index, NULL, 0, NULL, NULL), 0);
  assert_int_equal(git_index_update_all(index, NULL, NULL, NULL), 0);
  assert_int_equal(git_index_write(index), 0);
  assert_int_equal(git_index_write_tree(&tree_id, index), 0);
  assert_int_equal(git_tree_lookup(&tree, repository, &tree_id), 0);
  assert_int_equal(git_signature_new(&signature, who, "x@example.com", 1, 0),
                   0);
  if (git_reference_name_to_id(&parent_id, repository, "HEAD") == 0)
    assert_int_equal(git_commit_lookup(&parent, repository, &parent_id), 0);
  const git_commit *parents[] = {parent};
  assert_int_equal(git_commit_create(&id, repository, "HEAD", signature,
                                     signature, NULL, "it", tree,
                                     parent ? 1 : 0, parents),
                   0);
  git_commit_free(parent);
  git_signature_free(signature);
  git_tree_free(tree);
  git_index_free(index);
}

static void look_since(const char *revision) {
  changes_close(changes);
  changes = changes_open(top);
  assert_non_null(changes);
  assert_null(changes_since(changes, revision));
}

// "12.4" if lines 1, 2 and 4 are touched.
static void assert_touched(const char *file, const char *wanted) {
  char found[16] = "";
  for (uint32_t line = 1; line <= strlen(wanted); line++)
    found[line - 1] =
        changes_touch(changes, file, line, line) ? (char)('0' + line) : '.';
  assert_string_equal(found, wanted);
}

static void lines_that_are_new_or_beside_a_gap_are_touched(void **state) {
  (void)state;
  write_text("edit.c", "1\n2\n3\n4\n5\n6\n");
  write_text("first.c", "1\n2\n3\n");
  write_text("last.c", "1\n2\n3\n");
  write_text("end.c", "1\n2");
  write_text("same.c", "1\n");
  commit_all("Ann");
  write_text("edit.c", "1\nTWO\n3\n5\n6\nnew\n");
  write_text("first.c", "2\n3\n");
  write_text("last.c", "1\n2\n");
  write_text("end.c", "1\n2\n");
  look_since("HEAD");
  assert_touched("edit.c", ".234.6");
  assert_touched("first.c", "1.");
  assert_touched("last.c", ".2");
  assert_touched("end.c", ".2");
  assert_touched("same.c", ".");
  assert_true(changes_touch(changes, "edit.c", 5, 9));
  assert_false(changes_touch(changes, "edit.c", 7, UINT32_MAX));
  assert_null(changes_of(changes, "same.c"));
  assert_null(changes_of(changes, NULL));
  assert_false(changes_touch(changes, NULL, 1, 1));
}

static void files_come_go_and_are_renamed(void **state) {
  static const char text[] = "int a;\nint b;\nint c;\nint d;\nint e;\n";
  size_t count;
  (void)state;
  write_text("old.c", text);
  write_text("gone.c", "x\n");
  commit_all("Ann");
  remove_file("old.c");
  remove_file("gone.c");
  write_text("new.c", text);
  write_text("fresh.c", "1\n2\n");
  write_text("empty.c", "");
  look_since("HEAD");
  (void)changes_files(changes, &count);
  assert_int_equal(count, 3);
  assert_string_equal(changes_of(changes, "new.c")->was, "old.c");
  assert_touched("new.c", ".....");
  assert_touched("fresh.c", "12");
  assert_touched("empty.c", ".");
  assert_null(changes_of(changes, "gone.c"));
}

// Hunks of a file that is none of the project's are nobody's.
static void a_project_is_a_part_of_its_repository(void **state) {
  size_t count;
  char folder[128];
  (void)state;
  write_text("drv/a.c", "1\n2\n3\n");
  write_text("drvother/a.c", "1\n2\n3\n");
  write_text("z.c", "1\n2\n3\n");
  commit_all("Ann");
  write_text("drv/a.c", "ONE\n2\n3\n");
  write_text("drvother/a.c", "1\nTWO\n3\n");
  write_text("z.c", "1\n2\nTHREE\n");
  (void)snprintf(folder, sizeof folder, "%s/drv", top);
  changes = changes_open(folder);
  assert_non_null(changes);
  assert_null(changes_since(changes, "HEAD"));
  (void)changes_files(changes, &count);
  assert_int_equal(count, 1);
  assert_touched("a.c", "1..");
  char *author = changes_author(changes, "a.c", 2);
  assert_string_equal(author, "Ann <x@example.com>");
  free(author);
}

static void what_is_no_text_has_no_lines(void **state) {
  (void)state;
  write_text("blob.c", "1\n");
  commit_all("Ann");
  char path[128];
  (void)snprintf(path, sizeof path, "%s/blob.c", top);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite("\0\1\n\0", 1, 4, file), 4);
  assert_int_equal(fclose(file), 0);
  look_since("HEAD");
  assert_non_null(changes_of(changes, "blob.c"));
  assert_touched("blob.c", ".");
}

static void what_git_does_not_know_is_an_error(void **state) {
  static const char *const revisions[] = {"nowhere", "", "HEAD~5", "HEAD:a.c",
                                          "-x"};
  (void)state;
  changes = changes_open(top);
  assert_non_null(changes);
  assert_string_equal(changes_head(changes), "");
  char *error = changes_since(changes, "HEAD");
  assert_non_null(error);
  free(error);
  write_text("a.c", "1\n");
  commit_all("Ann");
  changes_close(changes);
  changes = changes_open(top);
  assert_int_equal(strlen(changes_head(changes)), 40);
  for (size_t i = 0; i < sizeof revisions / sizeof *revisions; i++) {
    error = changes_since(changes, revisions[i]);
    assert_non_null(error);
    assert_true(error[0]);
    free(error);
  }
  changes_close(changes);
  changes = changes_open("/nowhere/at/all");
  assert_null(changes);
}

static void assert_author(const char *file, uint32_t line, const char *wanted) {
  char *author = changes_author(changes, file, line);
  if (wanted)
    assert_string_equal(author, wanted);
  else
    assert_null(author);
  free(author);
}

static void each_line_has_its_author(void **state) {
  (void)state;
  write_text("a.c", "1\n2\n");
  write_text("b.c", "1\n");
  commit_all("Ann");
  write_text("a.c", "1\nTWO\n");
  commit_all("Bob");
  write_text("a.c", "new\n1\nTWO\n");
  write_text("untracked.c", "1\n");
  changes = changes_open(top);
  assert_non_null(changes);
  assert_author("a.c", 1, "not committed");
  assert_author("a.c", 2, "Ann <x@example.com>");
  assert_author("b.c", 1, "Ann <x@example.com>");
  assert_author("a.c", 3, "Bob <x@example.com>");
  assert_author("a.c", 4, NULL);
  assert_author("a.c", 0, NULL);
  assert_author("untracked.c", 1, NULL);
  assert_author("missing.c", 1, NULL);
  assert_author("../a.c", 1, NULL);
  assert_author("/a.c", 1, NULL);
  assert_author("b.c", 1, "Ann <x@example.com>");
}

// ---- which findings a change brings about ----------------------------------

static struct spot at(const char *file, uint32_t line, uint32_t first,
                      uint32_t last) {
  return (struct spot){.file = file,
                       .line = line,
                       .scope = "Wrap",
                       .scope_first = first,
                       .scope_last = last};
}

static void assert_brought(struct told told, const char *why) {
  assert_true(decide_is_of_change(&told, changes));
  if (why)
    assert_string_equal(told.why, why);
  else
    assert_null(told.why);
  free(told.why);
}

static void assert_old(struct told told) {
  assert_false(decide_is_of_change(&told, changes));
  assert_null(told.why);
}

static void a_change_reaches_what_it_leads_to(void **state) {
  (void)state;
  write_text("a.c", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
  commit_all("Ann");
  write_text("a.c", "1\n2\n3\n4\nFIVE\n6\n7\n8\n9\n");
  look_since("HEAD");

  assert_brought((struct told){.spot = at("a.c", 5, 0, 0)}, NULL);
  assert_brought((struct told){.spot = at("a.c", 6, 4, 6)},
                 "the change touches 'Wrap'");
  assert_old((struct told){.spot = at("a.c", 6, 6, 9)});
  assert_old((struct told){.spot = at("a.c", 4, 1, 4)});
  assert_old((struct told){.spot = at("b.c", 5, 4, 6)});
  assert_old((struct told){.spot = at("a.c", 0, 0, 0)});
  assert_old((struct told){.spot = at(NULL, 5, 4, 6)});

  // A gap before the first line is not where there is no scope.
  write_text("b.c", "1\n2\n3\n");
  commit_all("Ann");
  write_text("b.c", "2\n3\n");
  write_text("a.c", "1\n2\n3\n4\nV\n6\n7\n8\n9\n");
  look_since("HEAD");
  assert_old((struct told){.spot = at("b.c", 2, 0, 0)});
  assert_old((struct told){.spot = at("b.c", 0, 0, 0)});
  assert_brought((struct told){.spot = at("b.c", 2, 1, 2)},
                 "the change touches 'Wrap'");
  remove_file("b.c");
  look_since("HEAD");

  // Over more than one line.
  struct told wide = {.spot = at("a.c", 3, 0, 0)};
  wide.spot.end_line = 5;
  assert_brought(wide, NULL);
  wide.spot.end_line = 1; // which is before its begin
  assert_old(wide);

  struct told_note note = {.spot = at("a.c", 6, 4, 6)};
  struct told through = {
      .spot = at("b.c", 1, 1, 2), .notes = &note, .note_count = 1};
  assert_brought(through,
                 "the change touches 'Wrap', which leads to this (a.c:6)");
  note.spot.scope = "";
  assert_brought(through, "the change touches what leads to this (a.c:6)");
  note.spot.file = NULL;
  assert_old(through);
  through.macro = at("a.c", 5, 0, 0);
  through.macro.scope = NULL;
  assert_brought(through, "the change touches what leads to this (a.c:5)");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(lines_that_are_new_or_beside_a_gap_are_touched),
      TEST(files_come_go_and_are_renamed),
      TEST(a_project_is_a_part_of_its_repository),
      TEST(what_is_no_text_has_no_lines),
      TEST(what_git_does_not_know_is_an_error),
      TEST(each_line_has_its_author),
      TEST(a_change_reaches_what_it_leads_to),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
