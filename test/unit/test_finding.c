// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts.h"

static const char long_text[] =
    "0123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789";

/* The last `length` bytes of the long text. */
static const char *text_of(size_t length) {
  return long_text + sizeof long_text - 1 - length;
}

static struct hvci_finding some_finding(void) {
  struct hvci_finding f;
  hvci_finding_init(&f, HVCI_RULE_EXECUTE_POOL_TYPE, HVCI_CERTAIN, place(7));
  return f;
}

static void init_clears_all_but_what_it_is_told(void **state) {
  (void)state;
  struct hvci_finding f;
  memset(&f, 0xA5, sizeof f);
  hvci_finding_init(&f, HVCI_RULE_EXECUTE_PAGE_MAPPING, HVCI_POSSIBLE,
                    place(7));
  assert_int_equal(f.rule, HVCI_RULE_EXECUTE_PAGE_MAPPING);
  assert_int_equal(f.certainty, HVCI_POSSIBLE);
  assert_int_equal(f.range.begin, 7);
  assert_int_equal(f.range.end, 8);
  assert_int_equal(f.anchor.begin, 7);
  assert_int_equal(f.anchor.end, 8);
  assert_int_equal(f.warnings, 0);
  assert_int_equal(f.note_count, 0);
  assert_int_equal(f.edit_count, 0);
  assert_string_equal(f.message, "");
}

static void a_message_is_formatted_and_replaces_the_last(void **state) {
  (void)state;
  struct hvci_finding f = some_finding();
  hvci_finding_say(&f, "%s", long_text);
  hvci_finding_say(&f, "'%.3s' takes %d", "ExAllocatePool", 2);
  assert_string_equal(f.message, "'ExA' takes 2");
}

static void a_message_that_is_too_long_is_cut(void **state) {
  (void)state;
  struct hvci_finding f = some_finding();
  hvci_finding_say(&f, "%s", text_of(HVCI_MESSAGE_BYTES));
  assert_int_equal(strlen(f.message), HVCI_MESSAGE_BYTES - 1);
  assert_memory_equal(f.message, text_of(HVCI_MESSAGE_BYTES),
                      HVCI_MESSAGE_BYTES - 1);
  assert_int_equal(f.note_count, 0);
  hvci_finding_say(&f, "%s", text_of(HVCI_MESSAGE_BYTES - 1));
  assert_string_equal(f.message, text_of(HVCI_MESSAGE_BYTES - 1));
}

static void notes_are_kept_in_order(void **state) {
  (void)state;
  struct hvci_finding f = some_finding();
  hvci_finding_note(&f, place(1), "first of %d", 2);
  hvci_finding_note(&f, place(2), "second");
  assert_int_equal(f.note_count, 2);
  assert_note(&f, 0, 1, "first of 2");
  assert_note(&f, 1, 2, "second");
}

static void a_note_that_is_too_long_is_cut(void **state) {
  (void)state;
  struct hvci_finding f = some_finding();
  hvci_finding_note(&f, place(1), "%s", text_of(HVCI_NOTE_BYTES));
  hvci_finding_note(&f, place(2), "%s", text_of(HVCI_NOTE_BYTES - 1));
  assert_int_equal(f.note_count, 2);
  assert_int_equal(strlen(f.notes[0].text), HVCI_NOTE_BYTES - 1);
  assert_memory_equal(f.notes[0].text, text_of(HVCI_NOTE_BYTES),
                      HVCI_NOTE_BYTES - 1);
  assert_note(&f, 1, 2, text_of(HVCI_NOTE_BYTES - 1));
}

static void notes_that_are_too_many_are_dropped(void **state) {
  (void)state;
  struct hvci_finding f = some_finding();
  for (unsigned i = 0; i < HVCI_MAX_NOTES + 3; i++)
    hvci_finding_note(&f, place(i), "note %u", i);
  assert_int_equal(f.note_count, HVCI_MAX_NOTES);
  for (unsigned i = 0; i < HVCI_MAX_NOTES; i++)
    assert_int_equal(f.notes[i].range.begin, i);
  assert_note(&f, HVCI_MAX_NOTES - 1, HVCI_MAX_NOTES - 1, "note 11");
}

static void edits_are_kept_in_order(void **state) {
  (void)state;
  struct hvci_finding f = some_finding();
  hvci_finding_edit(&f, place(1), HVCI_BEFORE, "(");
  hvci_finding_edit(&f, place(2), HVCI_AFTER, ")");
  hvci_finding_edit(&f, place(3), HVCI_REPLACE, "");
  assert_int_equal(f.edit_count, 3);
  assert_edit(&f, 0, HVCI_BEFORE, 1, "(");
  assert_edit(&f, 1, HVCI_AFTER, 2, ")");
  assert_edit(&f, 2, HVCI_REPLACE, 3, "");
}

static void the_longest_edit_fits(void **state) {
  (void)state;
  struct hvci_finding f = some_finding();
  hvci_finding_edit(&f, place(1), HVCI_REPLACE, text_of(HVCI_EDIT_BYTES - 1));
  assert_int_equal(f.edit_count, 1);
  assert_edit(&f, 0, HVCI_REPLACE, 1, text_of(HVCI_EDIT_BYTES - 1));
}

static void as_many_edits_as_there_is_room_for_fit(void **state) {
  (void)state;
  struct hvci_finding f = some_finding();
  for (unsigned i = 0; i < HVCI_MAX_EDITS; i++)
    hvci_finding_edit(&f, place(i), HVCI_REPLACE, "x");
  assert_int_equal(f.edit_count, HVCI_MAX_EDITS);
}

static void an_edit_that_is_too_long_drops_all(void **state) {
  (void)state;
  struct hvci_finding f = some_finding();
  hvci_finding_edit(&f, place(1), HVCI_REPLACE, "x");
  hvci_finding_edit(&f, place(2), HVCI_REPLACE, text_of(HVCI_EDIT_BYTES));
  assert_int_equal(f.edit_count, 0);
}

static void one_edit_too_many_drops_all(void **state) {
  (void)state;
  struct hvci_finding f = some_finding();
  for (unsigned i = 0; i <= HVCI_MAX_EDITS; i++)
    hvci_finding_edit(&f, place(i), HVCI_REPLACE, "x");
  assert_int_equal(f.edit_count, 0);
}

// Half a fix is none: what follows the edit that did not fit is half a fix.
static void no_edit_comes_after_one_that_did_not_fit(void **state) {
  (void)state;
  struct hvci_finding f = some_finding();
  hvci_finding_edit(&f, place(1), HVCI_REPLACE, text_of(HVCI_EDIT_BYTES));
  hvci_finding_edit(&f, place(2), HVCI_REPLACE, "x");
  assert_int_equal(f.edit_count, 0);

  f = some_finding();
  for (unsigned i = 0; i < HVCI_MAX_EDITS + 2; i++)
    hvci_finding_edit(&f, place(i), HVCI_REPLACE, "x");
  assert_int_equal(f.edit_count, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(init_clears_all_but_what_it_is_told),
      cmocka_unit_test(a_message_is_formatted_and_replaces_the_last),
      cmocka_unit_test(a_message_that_is_too_long_is_cut),
      cmocka_unit_test(notes_are_kept_in_order),
      cmocka_unit_test(a_note_that_is_too_long_is_cut),
      cmocka_unit_test(notes_that_are_too_many_are_dropped),
      cmocka_unit_test(edits_are_kept_in_order),
      cmocka_unit_test(the_longest_edit_fits),
      cmocka_unit_test(as_many_edits_as_there_is_room_for_fit),
      cmocka_unit_test(an_edit_that_is_too_long_drops_all),
      cmocka_unit_test(one_edit_too_many_drops_all),
      cmocka_unit_test(no_edit_comes_after_one_that_did_not_fit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
