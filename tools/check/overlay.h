// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * overlay.h - has Clang find headers by names that differ in case, as Windows
 * does.
 */
#ifndef HVCI_CHECK_OVERLAY_H
#define HVCI_CHECK_OVERLAY_H

#include "words.h"

/*
 * Writes a file for Clang's -ivfsoverlay: the headers below the folders, at the
 * places where they are, by names of any case. Copies of those that only cl.exe
 * can read, mended for Clang, go into the folder `mended`. False: errno says
 * why.
 */
bool overlay_write(const char *path, const char *mended,
                   const struct words *folders);

/* Adds what the mended headers need of the command line. */
void overlay_options(struct words *out);

#endif
