// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * layout.c - from what is claimed of sections to the sections of the image.
 *
 * A linker joins what has one name, up to its $, then what is merged into it;
 * /SECTION overrides the access that comes of that. Microsoft Learn, "/MERGE"
 * and "/SECTION"; of two merges of one section it takes the first (LNK4253).
 */
#include "hvci/rule.h"

#include <stdlib.h>
#include <string.h>

#define READ HVCI_ACCESS_READ
#define WRITE HVCI_ACCESS_WRITE
#define EXECUTE HVCI_ACCESS_EXECUTE
#define NONE SIZE_MAX

// What compilers put into the sections that they choose themselves.
static const struct {
  const char *name;
  uint32_t access;
} standard[] = {
    {".text", READ | EXECUTE}, {".data", READ | WRITE}, {".bss", READ | WRITE},
    {".tls", READ | WRITE},    {".rdata", READ},        {".idata", READ},
};

// A name that is claimed or standard, with all that is said of it.
struct section {
  struct hvci_section_fact fact;
  size_t into;                    // the section that takes it in, or NONE
  const struct hvci_claim *merge; // that says so
  const struct hvci_claim *set;   // the /SECTION that decides on its access
  bool pragma;                    // one pragma makes it writable and executable
  bool filled;                    // there is content with that access
};

struct layout {
  const struct hvci_layout_fact *fact;
  struct section *sections; // by name
  size_t count;
  char *names;
};

// ---- names -----------------------------------------------------------------

static int compare_sections(const void *left, const void *right) {
  const struct section *a = left, *b = right;
  return strcmp(a->fact.name, b->fact.name);
}

// The name up to its $ goes to *at, and that behind it.
static void add_name(struct layout *layout, char **at, const char *name) {
  size_t length = strcspn(name, "$");
  layout->sections[layout->count++] = (struct section){
      .fact = {.name = memcpy(*at, name, length), .unit = layout->fact->unit},
      .into = NONE};
  (*at)[length] = '\0';
  *at += length + 1;
}

static size_t standard_count(void) {
  return sizeof standard / sizeof *standard;
}

static bool make_room(struct layout *layout) {
  size_t count = 2 * layout->fact->claim_count + standard_count();
  size_t bytes = 0;
  for (size_t i = 0; i < standard_count(); i++)
    bytes += strlen(standard[i].name) + 1;
  for (size_t i = 0; i < layout->fact->claim_count; i++)
    bytes += strlen(layout->fact->claims[i].section) +
             strlen(layout->fact->claims[i].into) + 2;
  layout->sections = calloc(count, sizeof *layout->sections);
  layout->names = malloc(bytes);
  return layout->sections && layout->names;
}

// One section for each name.
static void name_all(struct layout *layout) {
  char *at = layout->names;
  size_t left = 0;
  for (size_t i = 0; i < standard_count(); i++)
    add_name(layout, &at, standard[i].name);
  for (size_t i = 0; i < layout->fact->claim_count; i++) {
    const struct hvci_claim *claim = &layout->fact->claims[i];
    if (claim->kind != HVCI_CLAIM_ALIGN)
      add_name(layout, &at, claim->section);
    if (claim->kind == HVCI_CLAIM_MERGE)
      add_name(layout, &at, claim->into);
  }
  qsort(layout->sections, layout->count, sizeof *layout->sections,
        compare_sections);
  for (size_t i = 1; i < layout->count; i++)
    if (compare_sections(&layout->sections[left], &layout->sections[i]) != 0)
      layout->sections[++left] = layout->sections[i];
  layout->count = left + 1;
}

// The section of a name, which is there; what is behind its $ does not count.
static struct section *find(const struct layout *layout, const char *name) {
  size_t length = strcspn(name, "$"), low = 0, high = layout->count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    const char *other = layout->sections[middle].fact.name;
    if (strncmp(other, name, length) < 0 ||
        (strncmp(other, name, length) == 0 && other[length] == '\0'))
      low = middle;
    else
      high = middle;
  }
  return &layout->sections[low];
}

// ---- claims ----------------------------------------------------------------

static void grant(struct hvci_section_fact *section, uint32_t access,
                  const struct hvci_claim *claim) {
  if (access & ~section->access & WRITE)
    section->writable = claim;
  if (access & ~section->access & EXECUTE)
    section->executable = claim;
  section->access |= access;
}

static void place(struct section *section, const struct hvci_claim *claim) {
  bool both = (claim->access & WRITE) && (claim->access & EXECUTE);
  section->pragma |= both && claim->kind == HVCI_CLAIM_PRAGMA;
  section->filled |= both && claim->kind == HVCI_CLAIM_CONTENT;
  grant(&section->fact, claim->access, claim);
}

static void set_access(struct section *section,
                       const struct hvci_claim *claim) {
  if ((claim->access | claim->denied) & (READ | WRITE | EXECUTE))
    section->set = claim;
  if (claim->alignment) {
    section->fact.aligned = claim;
    section->fact.alignment = claim->alignment;
  }
}

static void merge(struct layout *layout, const struct hvci_claim *claim) {
  struct section *from = find(layout, claim->section);
  struct section *into = find(layout, claim->into);
  if (from->into != NONE || from == into)
    return;
  from->into = (size_t)(into - layout->sections);
  from->merge = claim;
}

static void read_claims(struct layout *layout) {
  for (size_t i = 0; i < standard_count(); i++)
    find(layout, standard[i].name)->fact.access = standard[i].access;
  for (size_t i = 0; i < layout->fact->claim_count; i++) {
    const struct hvci_claim *claim = &layout->fact->claims[i];
    switch (claim->kind) {
    case HVCI_CLAIM_PRAGMA:
    case HVCI_CLAIM_CONTENT:
      place(find(layout, claim->section), claim);
      break;
    case HVCI_CLAIM_ACCESS:
      set_access(find(layout, claim->section), claim);
      break;
    case HVCI_CLAIM_MERGE:
      merge(layout, claim);
      break;
    case HVCI_CLAIM_ALIGN:
      break;
    }
  }
}

// ---- merges ----------------------------------------------------------------

// The section that the merges lead to; NONE if they lead in a circle.
static size_t find_last(const struct layout *layout, size_t from) {
  size_t steps = 0;
  while (layout->sections[from].into != NONE && steps++ < layout->count)
    from = layout->sections[from].into;
  return layout->sections[from].into == NONE ? from : NONE;
}

static bool both(uint32_t access) {
  return (access & WRITE) && (access & EXECUTE);
}

// The merge by which what is in the part comes to meet the other of writable
// data and code, or else the last on its way.
static const struct hvci_claim *find_meeting(const struct layout *layout,
                                             const struct section *part) {
  uint32_t access = part->fact.access;
  const struct section *at = part;
  while (layout->sections[at->into].into != NONE &&
         !both(access | layout->sections[at->into].fact.access)) {
    access |= layout->sections[at->into].fact.access;
    at = &layout->sections[at->into];
  }
  return at->merge;
}

// What is merged becomes a part of what it is merged into.
static void join(const struct layout *layout, const struct section *part,
                 struct section *whole) {
  struct hvci_section_fact *fact = &whole->fact;
  uint32_t added = part->fact.access & ~fact->access;
  if ((added & (WRITE | EXECUTE)) && !both(fact->access))
    fact->merge = find_meeting(layout, part);
  if (added & WRITE)
    fact->writable = part->fact.writable;
  if (added & EXECUTE)
    fact->executable = part->fact.executable;
  fact->access |= added;
  whole->pragma |= part->pragma;
  whole->filled |= part->filled;
}

static void join_all(struct layout *layout) {
  for (size_t i = 0; i < layout->count; i++) {
    size_t last = find_last(layout, i);
    if (last != i && last != NONE)
      join(layout, &layout->sections[i], &layout->sections[last]);
  }
  for (size_t i = 0; i < layout->count; i++)
    if (layout->sections[i].into != NONE) // nothing is left of it
      layout->sections[i].fact.access = 0;
}

// Linkers put the import table into .idata, and that into .rdata.
static void place_imports(struct layout *layout) {
  size_t first = (size_t)(find(layout, ".idata") - layout->sections);
  if (layout->sections[first].into == NONE)
    first = (size_t)(find(layout, ".rdata") - layout->sections);
  size_t last = find_last(layout, first);
  if (last == NONE)
    return;
  struct hvci_section_fact *fact = &layout->sections[last].fact;
  fact->import_table = true;
  // The step that ends here is the one to undo.
  for (size_t at = first; at != last; at = layout->sections[at].into)
    fact->imports = layout->sections[at].merge;
}

// ---- sections --------------------------------------------------------------

static void settle(struct section *section) {
  struct hvci_section_fact *fact = &section->fact;
  const struct hvci_claim *set = section->set;
  fact->certain = section->pragma && section->filled;
  if (!set)
    return;
  if (both(set->access))
    fact->certain = true;
  else if (both(fact->access & ~set->denied))
    return; // the option says nothing of the two
  fact->access = (fact->access & ~set->denied) | set->access;
  if (set->access & WRITE)
    fact->writable = set;
  if (set->access & EXECUTE)
    fact->executable = set;
}

static enum hvci_status check_alignments(const struct layout *layout,
                                         const struct hvci_options *options,
                                         const struct hvci_sink *sink) {
  enum hvci_status status = HVCI_OK;
  bool dead = false;
  for (size_t i = 0; i < layout->fact->claim_count && status == HVCI_OK; i++) {
    const struct hvci_claim *claim = &layout->fact->claims[i];
    if (claim->kind != HVCI_CLAIM_ALIGN || (claim->dead && dead))
      continue;
    dead |= claim->dead;
    const struct hvci_section_fact all = {.name = "",
                                          .aligned = claim,
                                          .alignment = claim->alignment,
                                          .unit = layout->fact->unit};
    status = hvci_check_section(&all, options, sink);
  }
  return status;
}

static enum hvci_status check_sections(struct layout *layout,
                                       const struct hvci_options *options,
                                       const struct hvci_sink *sink) {
  enum hvci_status status = HVCI_OK;
  name_all(layout);
  read_claims(layout);
  join_all(layout);
  place_imports(layout);
  for (size_t i = 0; i < layout->count && status == HVCI_OK; i++) {
    settle(&layout->sections[i]);
    status = hvci_check_section(&layout->sections[i].fact, options, sink);
  }
  return status == HVCI_OK ? check_alignments(layout, options, sink) : status;
}

enum hvci_status hvci_check_layout(const struct hvci_layout_fact *fact,
                                   const struct hvci_options *options,
                                   const struct hvci_sink *sink) {
  struct layout layout = {.fact = fact};
  enum hvci_status status = HVCI_OK;
  if (fact->claim_count > 0)
    status = make_room(&layout) ? check_sections(&layout, options, sink)
                                : HVCI_ERROR_MEMORY;
  free(layout.sections);
  free(layout.names);
  return status;
}
