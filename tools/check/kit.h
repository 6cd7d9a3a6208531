// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * kit.h - where the headers of the Windows Driver Kit are.
 */
#ifndef HVCI_CHECK_KIT_H
#define HVCI_CHECK_KIT_H

#include "words.h"

/* Absolute paths of folders. Packages of a kit may each have some of a kind. */
struct kit {
  struct words km, shared, um, ucrt, winrt;
  char *crt;                         /* NULL: there is none, as below */
  char *kmdf, *umdf;                 /* of one version of the framework */
  char *kmdf_version, *umdf_version; /* such as "1.33" */
  char *version;                     /* such as "10.0.26100.0", or "" */
  char *warning;                     /* its warning.h; NULL: there is none */
  /* What its sdkddkver.h calls WDK_NTDDI_VERSION, the newest Windows that it
     knows, as NTDDI_VERSION has it (0x0A00000C); 0: it does not say. */
  unsigned long newest_windows;
};

/*
 * Looks below each root for folders of headers: an installed kit, NuGet
 * packages of it, or a repository of headers alone. Of several versions it
 * takes the wanted one, or else the newest; the same of the frameworks
 * (NULL: the newest). kit_free() frees what *out holds.
 */
void kit_find(struct kit *out, const struct words *roots, const char *version,
              const char *kmdf, const char *umdf);
void kit_free(struct kit *kit);

#endif
