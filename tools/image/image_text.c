// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * image_text.c - what hvcilint image says of an image beside the findings.
 */
#include "image_text.h"

#include "../counters.h"

#include "hvci/check.h"

#include <inttypes.h>
#include <string.h>

// IMAGE_SUBSYSTEM_* of ntimage.h.
enum { EFI_FIRST = 10, EFI_LAST = 13, BOOT = 16 };

static const char *kind_of(const struct hvci_image *image) {
  if (image->kind == HVCI_IMAGE_OBJECT)
    return "object";
  if (image->kind == HVCI_IMAGE_KERNEL)
    return "kernel image";
  if (image->subsystem >= EFI_FIRST && image->subsystem <= EFI_LAST)
    return "EFI image";
  return image->subsystem == BOOT ? "boot image" : "user-mode image";
}

struct flag {
  const char *name;
  bool set;
};

static void say_flags(const struct flag *flags, size_t count, bool set,
                      FILE *out) {
  const char *before = set ? "; " : "; no ";
  for (size_t i = 0; i < count; i++) {
    if (flags[i].set != set)
      continue;
    (void)fprintf(out, "%s%s", before, flags[i].name);
    before = set ? ", " : ", no ";
  }
}

void image_describe(const struct hvci_image *image, const char *name,
                    bool judged, FILE *out) {
  const struct hvci_image_flags *f = &image->flags;
  const struct flag flags[] = {
      {"NX_COMPAT", f->nx_compat},
      {"FORCE_INTEGRITY", f->force_integrity},
      {"dynamic base", f->dynamic_base},
      {"WDM", f->wdm_driver},
  };
  size_t count = sizeof flags / sizeof *flags;
  (void)fprintf(out, "%s: %s %s", name, image->machine, kind_of(image));
  if (!judged) {
    (void)fputs(", not judged", out);
  } else if (image->kind != HVCI_IMAGE_OBJECT) {
    say_flags(flags, count, true, out);
    say_flags(flags, count, false, out);
    if (f->relocs_stripped)
      (void)fputs("; relocations stripped", out);
  }
  (void)fputc('\n', out);
}

// ---- facts -----------------------------------------------------------------

// Four letters, as /SECTION has them.
static const char *letters(uint32_t access, char *out) {
  static const uint32_t bits[] = {HVCI_ACCESS_READ, HVCI_ACCESS_WRITE,
                                  HVCI_ACCESS_EXECUTE, HVCI_ACCESS_DISCARDABLE};
  for (size_t i = 0; i < 4; i++)
    out[i] = access & bits[i] ? "RWED"[i] : '-';
  out[4] = '\0';
  return out;
}

static void say_sections(const struct hvci_image *image, FILE *out) {
  char access[5];
  for (size_t i = 0; i < image->section_count; i++) {
    const struct hvci_section_fact *s = &image->sections[i];
    (void)fprintf(out, "  section 0x%08" PRIx64 " 0x%08" PRIx64 " %s %s\n",
                  s->address, image->section_sizes[i],
                  letters(s->access, access), s->name);
  }
  for (size_t i = 0; i < image->section_count; i++)
    if (image->sections[i].import_table)
      (void)fprintf(out, "  import-table %s\n", image->sections[i].name);
  for (size_t i = 0; i < image->section_count; i++)
    if (hvci_section_is_stripped(&image->sections[i]))
      (void)fprintf(out,
                    "  write-stripped %s (Windows takes the write access of "
                    "this discardable section away when it loads the image)\n",
                    image->sections[i].name);
}

static void say_linked(const struct hvci_image *image, FILE *out) {
  const struct hvci_image_flags *f = &image->flags;
  (void)fprintf(out, "  subsystem %u\n  section-alignment 0x%" PRIx64 "\n",
                image->subsystem, image->section_alignment);
  (void)fprintf(out, "  flags%s%s%s%s%s\n", f->nx_compat ? " NX_COMPAT" : "",
                f->force_integrity ? " FORCE_INTEGRITY" : "",
                f->dynamic_base ? " DYNAMIC_BASE" : "",
                f->wdm_driver ? " WDM_DRIVER" : "",
                f->relocs_stripped ? " RELOCS_STRIPPED" : "");
  say_sections(image, out);
  (void)fprintf(out, "  base-relocations %" PRIu64 "\n",
                image->relocation_count);
  for (size_t i = 0; i < image->import_count; i++)
    (void)fprintf(out, "  import %s\n", image->imports[i].name);
}

static void say_claim(const struct hvci_claim *claim, FILE *out) {
  char access[5];
  if (claim->kind == HVCI_CLAIM_CONTENT)
    (void)fprintf(out, "  content %s %s\n", letters(claim->access, access),
                  claim->section);
  else
    (void)fprintf(out, "  directive %s\n", claim->subject);
}

void image_facts(const struct hvci_image *image, const char *name, FILE *out) {
  (void)fprintf(out, "facts of %s\n  machine %s\n  kind %s\n", name,
                image->machine, kind_of(image));
  if (image->kind != HVCI_IMAGE_OBJECT)
    say_linked(image, out);
  for (size_t i = 0; i < image->claim_count; i++)
    say_claim(&image->claims[i], out);
  for (size_t i = 0; i < image->global_count; i++)
    (void)fprintf(out, "  relocations %zu align %" PRIu64 " %s\n",
                  image->globals[i].relocation_count,
                  image->globals[i].alignment, image->globals[i].name);
}

// ---- the counters ----------------------------------------------------------

// As the debugger shows them: in this order, by these names, the values in one
// column. Microsoft Learn, "Device Guard readiness tool", "!verifier".
void image_summary(const uint64_t counts[HVCI_RULE_COUNT], FILE *out) {
  for (size_t i = 0; i < COUNTERS; i++) {
    uint64_t count = counts[counters[i].rule];
    int gap = 40 - (int)strlen(counters[i].name) - 1;
    (void)fprintf(out, "        %s:%*s", counters[i].name, gap, "");
    if (!counters[i].run_time)
      (void)fprintf(out, "%" PRIu64 "\n", count);
    else if (count == 0)
      (void)fputs("not seen in an image\n", out);
    else
      (void)fprintf(out,
                    "not seen in an image; %" PRIu64 " import%s can only give "
                    "executable memory\n",
                    count, count == 1 ? "" : "s");
  }
}
