// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * image.c - hvcilint image: judges objects, libraries and linked images.
 */
#include "image_text.h"

#include "../choices.h"
#include "../command.h"
#include "../names.h"
#include "../output.h"
#include "../plugins.h"
#include "../project.h"
#include "../verbs.h"

#include "hvci/image.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

struct run {
  struct choices choices;
  const struct hvci_image_reader *reader;
  struct hvci_config *config; // or NULL
  bool any, facts, summary;
  struct texts paths;
  FILE *text;  // where what is no finding goes
  void *names; // a tree of the strings that findings point to
  struct report report;
  size_t judged;
  // The image at hand.
  struct hvci_image_file *file;
  size_t index;
  const struct hvci_image *image;
  const char *name;
  uint64_t counts[HVCI_RULE_COUNT];
  unsigned char *straddled; // a bit for each place that can straddle, of pages
};

// ---- arguments -------------------------------------------------------------

enum { KEY_ANY = 0x100, KEY_FACTS, KEY_SUMMARY };

static const struct poptOption image_options[] = {
    OPTION_TABLE(choices_options, NULL),
    OPTION_FLAG("any", KEY_ANY,
                "judge images that are not for the kernel, too"),
    OPTION_FLAG("facts", KEY_FACTS,
                "show what was seen: machine, sections with address, size, "
                "access (R, W, E, discardable D), import table, relocations, "
                "imports"),
    OPTION_FLAG("summary", KEY_SUMMARY,
                "show the seven counters as the debugger's !verifier does"),
    OPTIONS_END};

static bool take_word(void *payload, int key, const char *value) {
  struct run *run = payload;
  switch (key) {
  case KEY_OPERAND:
    texts_add(&run->paths, value);
    return true;
  case KEY_ANY:
    return run->any = true;
  case KEY_FACTS:
    return run->facts = true;
  case KEY_SUMMARY:
    return run->summary = true;
  default:
    return choices_take(&run->choices, &image_verb, key, value);
  }
}

// ---- the reader ------------------------------------------------------------

// It is loaded for good. False: it cannot be, and that was said.
static bool load_reader(struct run *run) {
  char path[PATH_MAX + 64];
  uv_lib_t library;
  union {
    void *address;
    hvci_image_export_fn call;
  } exported;
  if (!reader_find(path, sizeof path)) {
    say_error("hvcilint-image" HVCI_MODULE_SUFFIX
              ", which reads images, is not where it was installed");
    return false;
  }
  if (uv_dlopen(path, &library) != 0 ||
      uv_dlsym(&library, "hvci_image_export", &exported.address) != 0) {
    say_error("%s", uv_dlerror(&library));
    uv_dlclose(&library);
    return false;
  }
  run->reader = exported.call();
  return true;
}

// ---- findings --------------------------------------------------------------

// A copy that stays when the image's file is closed.
static const char *keep(struct run *run, const char *name) {
  return names_keep(&run->names, name);
}

static struct spot spot_of(struct run *run, struct hvci_range range) {
  struct spot spot = {.file = run->name};
  struct hvci_image_place place;
  if (run->image->kind == HVCI_IMAGE_OBJECT || range.begin == 0)
    return spot;
  spot.has_address = true;
  spot.address = range.begin - 1;
  if (run->reader->locate(run->file, run->index, range, &place))
    spot.section = keep(run, place.section);
  return spot;
}

// A relocation's own note: what it lies in, at its place or in the source.
// False: nobody knows.
static bool name_symbol(struct run *run, const struct hvci_finding *finding,
                        const struct spot *spot, struct told_note *out) {
  struct hvci_image_place place;
  if (run->image->kind == HVCI_IMAGE_OBJECT ||
      !run->reader->locate(run->file, run->index, finding->range, &place) ||
      (!place.symbol[0] && !place.file[0]))
    return false;
  out->spot = *spot;
  if (place.file[0])
    out->spot =
        (struct spot){.file = keep(run, place.file), .line = place.line};
  int got = place.symbol[0] && place.offset
                ? asprintf(&out->text, "it lies 0x%jx bytes into '%s'",
                           (uintmax_t)place.offset, place.symbol)
            : place.symbol[0]
                ? asprintf(&out->text, "it is '%s'", place.symbol)
                : asprintf(&out->text, "it lies in the code of this line");
  if (got < 0)
    need(NULL);
  return true;
}

// A table may name a relocation many times: it is one finding. Whether this is
// the first of its place, which is in the last 7 bytes of a page.
static bool is_new(struct run *run, const struct hvci_finding *finding) {
  enum { PAGE = 4096, PAGES = 1 << 20 }; // no image is larger
  if (finding->rule != HVCI_RULE_UNSUPPORTED_RELOC ||
      run->image->kind == HVCI_IMAGE_OBJECT)
    return true;
  if (!run->straddled)
    run->straddled = need(calloc(PAGES, 1));
  uint64_t address = finding->range.begin - 1;
  unsigned char *page = &run->straddled[address / PAGE % PAGES];
  unsigned char bit = (unsigned char)(1U << address % 8);
  bool seen = *page & bit;
  *page |= bit;
  return !seen;
}

static enum hvci_status take(const struct hvci_finding *finding,
                             void *payload) {
  struct run *run = payload;
  if (finding->certainty == HVCI_UNDECIDED || !is_new(run, finding))
    return HVCI_OK;
  struct told *told =
      report_add(&run->report, finding->rule, finding->certainty,
                 finding->message, finding->note_count + 1);
  struct told_note *note = told->notes;
  told->spot = spot_of(run, finding->range);
  if (finding->rule == HVCI_RULE_UNSUPPORTED_RELOC &&
      name_symbol(run, finding, &told->spot, note))
    note++;
  for (size_t i = 0; i < finding->note_count; i++, note++) {
    note->spot = spot_of(run, finding->notes[i].range);
    note->text = need(strdup(finding->notes[i].text));
  }
  told->note_count = (size_t)(note - told->notes);
  return HVCI_OK;
}

static enum hvci_status count(const struct hvci_finding *finding,
                              void *payload) {
  struct run *run = payload;
  if (is_new(run, finding))
    run->counts[finding->rule]++;
  return HVCI_OK;
}

// ---- judging ---------------------------------------------------------------

struct judging {
  const struct hvci_options *options;
  struct hvci_sink sink;
};

// Facts keep their contract: only memory can run out.
static void expect(enum hvci_status status) {
  if (status != HVCI_OK)
    need(NULL);
}

static bool judge_relocation(const struct hvci_base_relocation_fact *relocation,
                             void *payload) {
  const struct judging *judging = payload;
  expect(
      hvci_check_base_relocation(relocation, judging->options, &judging->sink));
  return true;
}

static void judge_linked(struct run *run, struct judging *judging) {
  const struct hvci_image *image = run->image;
  free(run->straddled);
  run->straddled = NULL;
  for (size_t i = 0; i < image->section_count; i++)
    expect(hvci_check_section(&image->sections[i], judging->options,
                              &judging->sink));
  run->reader->relocations(run->file, run->index, judge_relocation, judging);
  for (size_t i = 0; i < image->import_count; i++)
    expect(hvci_check_import(&image->imports[i], judging->options,
                             &judging->sink));
}

static void judge_object(struct run *run, const struct judging *judging) {
  const struct hvci_image *image = run->image;
  const struct hvci_layout_fact layout = {.claims = image->claims,
                                          .claim_count = image->claim_count,
                                          .unit = &image->unit};
  for (size_t i = 0; i < image->global_count; i++)
    expect(hvci_check_global(&image->globals[i], judging->options,
                             &judging->sink));
  expect(hvci_check_layout(&layout, judging->options, &judging->sink));
}

// The counters of the image itself, whatever rules the options choose.
static void summarize(struct run *run) {
  struct hvci_options all;
  struct judging judging = {&all, {.report = count, .payload = run}};
  hvci_options_init(&all);
  memset(run->counts, 0, sizeof run->counts);
  judge_linked(run, &judging);
  image_summary(run->counts, run->text);
}

static void look(struct run *run, const char *path) {
  const struct hvci_image *image = run->image;
  struct judging judging = {&run->choices.options,
                            {.report = take, .payload = run}};
  bool judged = image->kind != HVCI_IMAGE_USER || run->any;
  char *name;
  if (asprintf(&name, image->member[0] ? "%s(%s)" : "%s", path, image->member) <
      0)
    need(NULL);
  run->name = keep(run, name);
  free(name);
  image_describe(image, run->name, judged, run->text);
  if (run->facts)
    image_facts(image, run->name, run->text);
  if (!judged)
    return;
  run->judged++;
  if (image->kind == HVCI_IMAGE_OBJECT) {
    judge_object(run, &judging);
    return;
  }
  judge_linked(run, &judging);
  if (run->summary)
    summarize(run);
}

// False: the file is refused, and that was said.
static bool look_into(struct run *run, const char *path) {
  char error[512];
  run->file = run->reader->open(path, error, sizeof error);
  if (!run->file) {
    say_error("%s: %s", path, error);
    return false;
  }
  size_t image_count = run->reader->count(run->file);
  if (image_count == 0)
    (void)fprintf(run->text, "%s: library without objects\n", path);
  for (run->index = 0; run->index < image_count; run->index++) {
    run->image = run->reader->get(run->file, run->index);
    look(run, path);
  }
  run->reader->close(run->file);
  return true;
}

static int look_into_all(void *payload) {
  struct run *run = payload;
  bool good = true;
  if (!project_read(&run->choices.options, &run->config))
    return EXIT_USAGE;
  if (!load_reader(run))
    return EXIT_TROUBLE;
  if (choices_replace_text(&run->choices))
    run->text = stderr;
  for (size_t i = 0; i < run->paths.count; i++)
    good &= look_into(run, run->paths.items[i]);
  run->report.incomplete = !good;
  int status = output_show(&run->report, &run->choices, run->judged, "image");
  return good || status == EXIT_TROUBLE ? status : EXIT_USAGE;
}

static int image_run(int argc, char **argv) {
  struct run run = {.text = stdout};
  choices_init(&run.choices);
  int status =
      verb_run(&image_verb, argc, argv, take_word, look_into_all, &run);
  report_free(&run.report);
  free(run.straddled);
  names_free(run.names);
  free(run.paths.items);
  hvci_config_free(run.config);
  return status;
}

const struct verb image_verb = {
    .name = "image",
    .summary = "judge objects, libraries and linked images",
    .operands = "FILE...",
    .missing = "no files",
    .about = "Judges what was built: objects, libraries of them, and linked "
             "images for x86,\n"
             "x64 and arm64. Says of each what it is, and then what memory "
             "integrity refuses\n"
             "in it: sections that are executable and writable or not aligned "
             "to pages, base\n"
             "relocations that straddle a page boundary, an import address "
             "table among code,\n"
             "imports that can only give executable memory. Symbols and source "
             "lines come\n"
             "from the PDB beside the image or where the image says that it "
             "is, from DWARF,\n"
             "or from the image's own symbols.",
    .details = "RULES are names, separated by commas. @FILE stands for the "
               "words in FILE.\n\n"
               "An image that is not for the kernel is named, and judged only "
               "with --any.\n\n"
               "Findings go to the standard output, in the order of the files' "
               "names and of\n"
               "their addresses.\n\n"
               "Exit status: 0 no findings, 1 findings, 2 wrong arguments or a "
               "file that cannot\n"
               "be read, 4 memory ran out, the output could not be written, or "
               "the program's own\n"
               "reader of images could not be loaded. Every file is looked at, "
               "whatever the\n"
               "others are.",
    .options = image_options,
    .expands = true,
    .run = image_run,
};
