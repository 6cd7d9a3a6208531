// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * output.c - how a command that judges ends: its findings and its exit status.
 */
#include "output.h"

#include "command.h"
#include "sarif.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// False, and errno says why, if what was written did not arrive.
static bool flush(FILE *out) { return fflush(out) == 0 && !ferror(out); }

// A file of its own beside the target, so that a rename can put it there. Its
// name is put into `name`, which the caller frees.
static FILE *open_beside(const char *target, char **name) {
  if (asprintf(name, "%s.XXXXXX", target) < 0)
    need(NULL);
  int descriptor = mkstemp(*name);
  if (descriptor < 0)
    return NULL;
  mode_t mask = umask(0);
  (void)umask(mask);
  (void)fchmod(descriptor, 0666 & ~mask);
  FILE *out = fdopen(descriptor, "wb");
  if (!out)
    (void)close(descriptor);
  return out;
}

// Writes the report and closes the file, which may be NULL: it could not be
// opened. False: errno says why.
static bool fill(FILE *out, const struct report *report,
                 const struct hvci_options *options) {
  bool good = out && sarif_write(report, options, out) && flush(out);
  int error = errno;
  if (out && fclose(out) != 0 && good)
    return false;
  errno = error;
  return good;
}

// The file appears whole or not at all. False: errno says why.
static bool replace(const char *target, const struct report *report,
                    const struct hvci_options *options) {
  char *name;
  FILE *out = open_beside(target, &name);
  bool good = fill(out, report, options) && rename(name, target) == 0;
  int error = errno;
  if (!good)
    (void)unlink(name);
  free(name);
  errno = error;
  return good;
}

// What is no plain file, a pipe or a device, is written to as it is.
static bool pour(const char *target, const struct report *report,
                 const struct hvci_options *options) {
  return fill(fopen(target, "wb"), report, options);
}

static bool write_sarif(const char *path, const struct report *report,
                        const struct hvci_options *options) {
  struct stat status;
  bool exists = stat(path, &status) == 0;
  char *real = exists ? realpath(path, NULL) : NULL; // not the link to it
  bool good = exists && !S_ISREG(status.st_mode)
                  ? pour(path, report, options)
                  : replace(real ? real : path, report, options);
  if (!good)
    say_error("%s: cannot write: %s", path, strerror(errno));
  free(real);
  return good;
}

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
