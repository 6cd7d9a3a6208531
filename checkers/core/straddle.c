// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * straddle.c - how many relocations can and must straddle a page.
 *
 * Only a slot's offset modulo the page size matters. So each width gets a
 * histogram: how many slots lie at each of the 4096 offsets from the global's
 * start. A repetition adds shifted copies of a histogram to itself, and since
 * shifts are periodic modulo the page, whole periods need no loop. Each
 * placement then sums the few offsets that end up at the end of a page.
 */
#include "straddle.h"

#include <string.h>

enum { PAGE = HVCI_PAGE_BYTES };

struct histogram {
  uint64_t slots[PAGE]; // by offset from the start, modulo the page
};

static uint64_t common_divisor(uint64_t a, uint64_t b) {
  while (b != 0) {
    uint64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// One cycle of offsets start, start + stride, ...: each gets the slots of the
// `count` offsets that end at it, going round as often as it takes.
static void repeat_cycle(struct histogram *out, const struct histogram *in,
                         unsigned start, unsigned stride, unsigned period,
                         uint64_t count) {
  uint64_t all = 0, window = 0;
  uint64_t rest = count % period;
  for (unsigned k = 0; k < period; k++)
    all += in->slots[(start + k * stride) % PAGE];
  // The window holds the last `rest` offsets up to and including the current.
  for (uint64_t k = period - rest; k < period; k++)
    window += in->slots[(start + k * stride) % PAGE];
  for (unsigned k = 0; k < period; k++) {
    if (rest > 0) {
      uint64_t leaving = (k + period - rest) % period;
      window += in->slots[(start + k * stride) % PAGE];
      window -= in->slots[(start + leaving * stride) % PAGE];
    }
    out->slots[(start + k * stride) % PAGE] = count / period * all + window;
  }
}

static void repeat(struct histogram *histogram, const struct hvci_repeat *by) {
  struct histogram before = *histogram;
  unsigned stride = (unsigned)(by->stride % PAGE);
  unsigned cycles = (unsigned)common_divisor(PAGE, stride);
  for (unsigned start = 0; start < cycles; start++)
    repeat_cycle(histogram, &before, start, stride, PAGE / cycles, by->count);
}

// Whether a slot at that offset crosses at some placement of the alignment.
static bool can_cross(uint64_t offset, uint32_t width, uint64_t alignment) {
  uint64_t step = alignment < PAGE ? alignment : PAGE;
  return offset % step + width > step;
}

// Adds the relocation to its width's histogram; true if a copy can cross.
static bool add(struct histogram *sum, const struct hvci_relocation *r,
                uint64_t alignment) {
  if (r->repeat_count == 0) {
    sum->slots[r->offset % PAGE]++;
    return can_cross(r->offset, r->width, alignment);
  }
  struct histogram own;
  bool crosses = false;
  memset(&own, 0, sizeof own);
  own.slots[r->offset % PAGE] = 1;
  for (uint32_t i = 0; i < r->repeat_count; i++)
    repeat(&own, &r->repeats[i]);
  for (unsigned i = 0; i < PAGE; i++) {
    sum->slots[i] += own.slots[i];
    crosses |= own.slots[i] > 0 && can_cross(i, r->width, alignment);
  }
  return crosses;
}

// The slots of that width that cross the end of a page if the global starts at
// page offset `start`.
static uint64_t straddling(const struct histogram *histogram, unsigned width,
                           unsigned start) {
  uint64_t count = 0;
  for (unsigned end = PAGE - width + 1; end < PAGE; end++)
    count += histogram->slots[(end - start) % PAGE];
  return count;
}

// Adds how many the relocation stands for; false if 64 bits do not hold it.
static bool add_total(uint64_t *total, const struct hvci_relocation *r) {
  uint64_t copies = 1;
  for (uint32_t i = 0; i < r->repeat_count; i++) {
    if (r->repeats[i].count == 0 || r->repeats[i].count > UINT64_MAX / copies)
      return false;
    copies *= r->repeats[i].count;
  }
  if (copies > UINT64_MAX - *total)
    return false;
  *total += copies;
  return true;
}

static enum hvci_status check(uint64_t *total,
                              const struct hvci_global_fact *global) {
  if (global->alignment == 0 ||
      (global->alignment & (global->alignment - 1)) != 0)
    return HVCI_ERROR_FACT;
  for (size_t i = 0; i < global->relocation_count; i++) {
    const struct hvci_relocation *r = &global->relocations[i];
    if ((r->width != 4 && r->width != 8) || !add_total(total, r))
      return HVCI_ERROR_FACT;
  }
  return HVCI_OK;
}

enum hvci_status hvci_straddle_count(struct hvci_straddle *out,
                                     const struct hvci_global_fact *global) {
  struct histogram narrow, wide;
  *out = (struct hvci_straddle){.least = 0};
  enum hvci_status status = check(&out->total, global);
  if (status != HVCI_OK)
    return status;

  memset(&narrow, 0, sizeof narrow);
  memset(&wide, 0, sizeof wide);
  for (size_t i = 0; i < global->relocation_count; i++) {
    const struct hvci_relocation *r = &global->relocations[i];
    bool crosses = add(r->width == 4 ? &narrow : &wide, r, global->alignment);
    if (crosses && !out->cause)
      out->cause = r;
  }
  if (!out->cause)
    return HVCI_OK;

  out->least = UINT64_MAX;
  for (uint64_t start = 0; start < PAGE; start += global->alignment) {
    uint64_t count = straddling(&narrow, 4, (unsigned)start) +
                     straddling(&wide, 8, (unsigned)start);
    if (count < out->least)
      out->least = count;
    if (count > out->most) {
      out->most = count;
      out->worst = (uint32_t)start;
    }
  }
  return HVCI_OK;
}

// ---- which ones ------------------------------------------------------------

// Copies that are looked at, of all patterns together: those of one that cross
// come again after a page of them at most, so that the first ones are seen.
enum { MOST_COPIES = 1 << 18 };

// Keeps the crossings with the lowest offsets, in order.
static void keep(struct hvci_crossings *out, uint64_t offset, uint32_t width) {
  uint32_t at = out->shown;
  if (at == HVCI_MAX_CROSSINGS && offset >= out->slots[at - 1].offset)
    return;
  at -= at == HVCI_MAX_CROSSINGS;
  for (; at > 0 && out->slots[at - 1].offset > offset; at--)
    out->slots[at] = out->slots[at - 1];
  out->slots[at] = (struct hvci_crossing){.offset = offset, .width = width};
  out->shown += out->shown < HVCI_MAX_CROSSINGS;
}

// The place of a pattern's copy by its number: the first repetition counts
// fastest.
static uint64_t offset_of(const struct hvci_relocation *r, uint64_t copy) {
  uint64_t offset = r->offset;
  for (uint32_t i = 0; i < r->repeat_count; i++) {
    offset += copy % r->repeats[i].count * r->repeats[i].stride;
    copy /= r->repeats[i].count;
  }
  return offset;
}

void hvci_straddle_crossings(struct hvci_crossings *out,
                             const struct hvci_straddle *count,
                             const struct hvci_global_fact *global) {
  uint64_t left = MOST_COPIES;
  *out = (struct hvci_crossings){.start = count->worst, .count = count->most};
  for (size_t i = 0; i < global->relocation_count; i++) {
    const struct hvci_relocation *r = &global->relocations[i];
    uint64_t copies = 0;
    (void)add_total(&copies, r);
    for (uint64_t copy = 0; copy < copies && left > 0; copy++, left--) {
      uint64_t offset = offset_of(r, copy);
      if ((count->worst + offset) % PAGE + r->width > PAGE)
        keep(out, offset, r->width);
    }
  }
}
