// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * executable_data_file.c - flag files that are made executable.
 *
 * Flags:  a section object of a file with SEC_IMAGE; one of a file that was
 *         opened as such, with PAGE_EXECUTE* and without SEC_IMAGE.
 * Silent: SEC_IMAGE_NO_EXECUTE; no file is given; attributes or protection are
 *         not known. hvci-execute-page-protection reports the protection by
 *         itself, of any section object.
 * Source: Microsoft Learn, "Implement memory integrity compatible code": do not
 * load data files as executable. Driver Verifier has no stop code for it.
 */
#include "hvci/rule.h"

#include <string.h>

static const char *image_twin(const struct hvci_term *term) {
  bool named = term->literal || strcmp(term->constant, "SEC_IMAGE") == 0;
  return named && term->value == 0x01000000 ? "SEC_IMAGE_NO_EXECUTE" : NULL;
}

enum hvci_status hvci_rule_executable_data_file(
    const struct hvci_call_fact *call, const struct hvci_ddi *ddi,
    const struct hvci_judgement *judgement, const struct hvci_sink *sink) {
  struct hvci_finding finding;
  if (judgement->certainty < HVCI_POSSIBLE)
    return HVCI_OK;
  hvci_finding_of_call(&finding, call, ddi, judgement);
  hvci_finding_say(
      &finding,
      "'%.100s' %s a file executable with '%.60s'; use SEC_IMAGE_NO_EXECUTE",
      call->callee, judgement->certainty == HVCI_CERTAIN ? "makes" : "may make",
      judgement->argument->text);
  hvci_edit_terms(&finding, call, ddi, judgement, image_twin);
  return sink->report(&finding, sink->payload);
}

// How sure it is that the section object is no image.
static enum hvci_certainty is_data(const struct hvci_argument *attributes) {
  static const struct hvci_predicate no_image = {
      .mask = 0x01000000, .want = 0, .equal = true};
  struct hvci_verdict verdict = hvci_value_ask(&attributes->value, &no_image);
  if (verdict.answer == HVCI_NO)
    return HVCI_SILENT;
  return verdict.answer == HVCI_YES && verdict.every ? HVCI_CERTAIN
                                                     : HVCI_POSSIBLE;
}

static void say_data(struct hvci_finding *finding,
                     const struct hvci_code_use_fact *use,
                     const struct hvci_ddi *row,
                     struct hvci_judgement *protection,
                     enum hvci_certainty data) {
  bool unsure = data < HVCI_CERTAIN;
  if (unsure)
    protection->certainty = HVCI_POSSIBLE;
  hvci_finding_of_call(finding, use->call, row, protection);
  finding->rule = HVCI_RULE_EXECUTABLE_DATA_FILE;
  hvci_finding_say(finding,
                   "'%.100s' %s a data file executable with '%.60s'; use a "
                   "protection without PAGE_EXECUTE",
                   use->call->callee,
                   protection->certainty == HVCI_CERTAIN ? "makes" : "may make",
                   protection->argument->text);
  if (unsure)
    hvci_finding_note(finding, finding->range,
                      "whether it is an image is not known here");
  if (use->origin.range.begin)
    hvci_finding_note(finding, use->origin.range, "the file is opened here");
}

enum hvci_status
hvci_rule_executable_data_file_use(const struct hvci_code_use_fact *use,
                                   const struct hvci_sink *sink) {
  const struct hvci_code_ddi *ddi =
      use->call ? hvci_code_ddi_find(use->call->callee) : NULL;
  if (!ddi || ddi->role != HVCI_CODE_MAPS_FILE)
    return HVCI_OK;
  const struct hvci_argument *attributes =
      hvci_call_argument(use->call, ddi->attributes);
  // Without a file the section object is backed by the paging file.
  if (!attributes || use->origin.kind == HVCI_ORIGIN_NUMBER)
    return HVCI_OK;

  const struct hvci_ddi image_row = {.callee = ddi->callee,
                                     .kind = HVCI_KIND_SECTION_IMAGE,
                                     .argument = ddi->attributes,
                                     .condition_argument = HVCI_NOARG,
                                     .doubt = HVCI_DOUBT_SIGNED_IMAGE};
  struct hvci_judgement image = hvci_judge(use->call, &image_row);
  if (image.certainty >= HVCI_POSSIBLE)
    return hvci_rule_executable_data_file(use->call, &image_row, &image, sink);

  const struct hvci_ddi protection_row = {.callee = ddi->callee,
                                          .kind = HVCI_KIND_PAGE_PROTECTION,
                                          .argument = ddi->protection,
                                          .condition_argument = HVCI_NOARG};
  struct hvci_judgement protection = hvci_judge(use->call, &protection_row);
  enum hvci_certainty data = is_data(attributes);
  if (use->origin.kind != HVCI_ORIGIN_FILE || data == HVCI_SILENT ||
      protection.certainty < HVCI_POSSIBLE)
    return HVCI_OK;
  struct hvci_finding finding;
  say_data(&finding, use, &protection_row, &protection, data);
  return sink->report(&finding, sink->payload);
}
