// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * write.c - a unit's record from what is known of the unit.
 *
 * jansson steals what it is given and passes failure on: an object of NULL
 * members is a failed call, so that memory is looked at once, at the end.
 */
#include "writer.h"

#include <stdlib.h>
#include <string.h>

static json_t *unit_of(struct writer *writer) {
  const struct hvci_record_source *source = writer->source;
  json_t *object = json_object();
  hvci_set_string(writer, object, "file", source->file);
  hvci_set_string(writer, object, "target", source->target);
  hvci_set(writer, object, "opt_in",
           json_string(hvci_opt_in_names[source->unit->opt_in]));
  hvci_set_place(writer, object, "opt_out", source->opt_out);
  hvci_set(writer, object, "os", hvci_integer(source->unit->os));
  hvci_set(writer, object, "pointer_width",
           hvci_integer(source->unit->pointer_width));
  return object;
}

static char *write_all(struct writer *writer) {
  json_t *root = json_object();
  json_t *unit = unit_of(writer);
  json_t *findings = hvci_findings_of(writer);
  json_t *claims = hvci_claims_of(writer);
  json_t *suppressions = hvci_suppressions_of(writer);
  hvci_write_functions(writer);

  hvci_set(writer, root, "format", json_string(RECORD_FORMAT));
  hvci_set(writer, root, "version", json_integer(HVCI_RECORD_VERSION));
  hvci_set_string(writer, root, "producer", writer->source->producer);
  hvci_set(writer, root, "unit", unit);
  hvci_set(writer, root, "files", json_incref(writer->files));
  hvci_set(writer, root, "scopes", json_incref(writer->scopes));
  hvci_set(writer, root, "suppressions", suppressions);
  hvci_set(writer, root, "places", json_incref(writer->places));
  hvci_set(writer, root, "findings", findings);
  hvci_set(writer, root, "claims", claims);
  hvci_set(writer, root, "functions", json_incref(writer->functions));
  char *text = writer->failed ? NULL : json_dumps(root, JSON_COMPACT);
  json_decref(root);
  return text;
}

char *hvci_record_write(const struct hvci_record_source *source,
                        size_t *length) {
  size_t count = source->program->function_count;
  struct writer writer = {.source = source,
                          .files = json_array(),
                          .file_numbers = json_object(),
                          .places = json_array(),
                          .place_numbers = json_object(),
                          .scopes = json_array(),
                          .scope_numbers = json_object(),
                          .functions = json_array(),
                          .numbers = calloc(count + 1, sizeof(size_t)),
                          .chosen = calloc(count + 1, sizeof(size_t))};
  char *text = NULL;
  if (writer.numbers && writer.chosen)
    text = write_all(&writer);
  if (text)
    *length = strlen(text);
  json_decref(writer.files);
  json_decref(writer.file_numbers);
  json_decref(writer.places);
  json_decref(writer.place_numbers);
  json_decref(writer.scopes);
  json_decref(writer.scope_numbers);
  json_decref(writer.functions);
  free(writer.numbers);
  free(writer.chosen);
  return text;
}
