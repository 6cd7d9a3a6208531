/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * file_uri.h - the names of files as URI references.
 */
#ifndef HVCI_TOOLS_FILE_URI_H
#define HVCI_TOOLS_FILE_URI_H

/* A file's name, of Windows or POSIX, as a URI reference (RFC 3986, RFC 8089),
   which the caller frees. Bytes that are no UTF-8 stay what they are. */
char *file_uri(const char *path);

#endif
