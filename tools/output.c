// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * output.c - how a command that judges ends: its findings and its exit status.
 */
#include "output.h"

#include "command.h"
#include "platform.h"
#include "sarif.h"
#include "whole_file.h"

#include <errno.h>
#include <string.h>

static bool write_sarif(const char *path, const struct report *report,
                        const struct hvci_options *options) {
  struct memory_stream memory;
  bool good = sarif_write(report, options, memory_open(&memory));
  return write_memory(&memory, good, path);
}

// False, and errno says why, if what was written did not arrive.
static bool flush(FILE *out) { return fflush(out) == 0 && !ferror(out); }

static bool write_all(const struct report *report,
                      const struct choices *choices) {
  bool instead = choices_replace_text(choices);
  if (choices->sarif && !instead &&
      !write_sarif(choices->sarif, report, &choices->options))
    return false;
  errno = 0;
  bool good = true;
  if (instead)
    good = sarif_write(report, &choices->options, stdout);
  else
    report_print(report, &choices->options, stdout);
  if (good && flush(stdout))
    return true;
  say_error("cannot write: %s", strerror(errno));
  return false;
}

int output_show(struct report *report, const struct choices *choices,
                size_t count, const char *what) {
  size_t certain = 0;
  report_sort(report);
  if (!write_all(report, choices))
    return EXIT_TROUBLE;
  if (report->count == 0)
    return EXIT_CLEAN;
  for (size_t i = 0; i < report->count; i++)
    certain += report->findings[i].certainty == HVCI_CERTAIN;
  (void)fprintf(stderr,
                "%zu finding%s in %zu %s%s: %zu certain, %zu possible\n",
                report->count, report->count == 1 ? "" : "s", count, what,
                count == 1 ? "" : "s", certain, report->count - certain);
  return EXIT_FINDINGS;
}
