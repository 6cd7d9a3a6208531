// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * image.h - objects, libraries and linked images as facts.
 *
 * Files may come from anyone. What is read is bounded by the file's size, and
 * so is the memory that it takes.
 */
#ifndef HVCI_IMAGE_H
#define HVCI_IMAGE_H

#include "hvci/facts.h"

#ifdef __cplusplus
extern "C" {
#endif

enum hvci_image_kind {
  HVCI_IMAGE_OBJECT = 0, /* not linked: .obj, a member of a .lib */
  HVCI_IMAGE_KERNEL = 1, /* linked, for the kernel */
  HVCI_IMAGE_USER = 2    /* linked, for a process */
};

/* What the headers say of a linked image. */
struct hvci_image_flags {
  bool wdm_driver;      /* IMAGE_DLLCHARACTERISTICS_WDM_DRIVER */
  bool nx_compat;       /* ..._NX_COMPAT */
  bool force_integrity; /* ..._FORCE_INTEGRITY */
  bool dynamic_base;    /* ..._DYNAMIC_BASE */
  bool relocs_stripped; /* IMAGE_FILE_RELOCS_STRIPPED */
};

/* One object or image. All is owned by the file it was read from. Of each range
   `begin` is 1 + bytes from the image's base, `end` the same; of an object 1 +
   the section's index, from 0, in the upper 32 bits, bytes from its start in
   the lower. hvci_image_locate() says where that is. */
struct hvci_image {
  enum hvci_image_kind kind;
  const char *member;         /* the member's name in a library, or "" */
  const char *machine;        /* "x64", "x86", "arm64", "arm64ec", "arm64x" or
                                 "arm" */
  struct hvci_unit_fact unit; /* knows everything */
  struct hvci_image_flags flags;
  uint16_t subsystem;         /* IMAGE_SUBSYSTEM_* */
  uint64_t section_alignment; /* bytes; 0 of an object */
  const struct hvci_section_fact
      *sections;                 /* of an image: as they are loaded */
  const uint64_t *section_sizes; /* bytes in memory, one for each section */
  size_t section_count;
  const struct hvci_import_fact *imports;
  size_t import_count;
  uint64_t relocation_count; /* base relocations of an image that patch an
                                address: without the padding */
  const struct hvci_global_fact *globals; /* of an object: sections with
                                             relocations, as one global each */
  size_t global_count;
  const struct hvci_claim *claims; /* of an object: its .drectve and contents */
  size_t claim_count;
};

struct hvci_image_file;

/*
 * Reads a file; a library gives an image for each of its objects. NULL if it is
 * refused: then `error` (error_size bytes, ends in NUL) says why, in one line,
 * without the file's name. Freed by the caller.
 */
struct hvci_image_file *hvci_image_open(const char *path, char *error,
                                        size_t error_size);
/* The same from memory, which must outlive the file. `path` is where a PDB is
   looked for, or NULL: nowhere. */
struct hvci_image_file *hvci_image_parse(const char *bytes, size_t length,
                                         const char *path, char *error,
                                         size_t error_size);
void hvci_image_close(struct hvci_image_file *file);

size_t hvci_image_count(const struct hvci_image_file *file);
const struct hvci_image *hvci_image_get(const struct hvci_image_file *file,
                                        size_t index);

/* Takes one base relocation, borrowed for the call. False stops. */
typedef bool (*hvci_relocation_fn)(
    const struct hvci_base_relocation_fact *relocation, void *payload);

/* Hands on every base relocation of the image, in the order of the file; none
   of an object. */
void hvci_image_relocations(const struct hvci_image_file *file, size_t index,
                            hvci_relocation_fn take, void *payload);

/* Where something is. Strings are valid up to the next call for the file. */
struct hvci_image_place {
  const char *section; /* its name, or "" for the headers */
  uint64_t address;    /* of an image: bytes from its base; of an object: from
                          the section's start */
  const char *symbol;  /* what it lies in, or "" if nothing is known */
  uint64_t offset;     /* bytes from the symbol's start */
  const char *file;    /* the source, or "" */
  uint32_t line;       /* 0: not known */
};

/* False: the range has no place in the image. */
bool hvci_image_locate(struct hvci_image_file *file, size_t index,
                       struct hvci_range range, struct hvci_image_place *out);

/* The functions above, for a program that loads LLVM only when it reads images:
   the shared object hvcilint-image exports hvci_image_export(). */
struct hvci_image_reader {
  struct hvci_image_file *(*open)(const char *path, char *error,
                                  size_t error_size);
  void (*close)(struct hvci_image_file *file);
  size_t (*count)(const struct hvci_image_file *file);
  const struct hvci_image *(*get)(const struct hvci_image_file *file,
                                  size_t index);
  void (*relocations)(const struct hvci_image_file *file, size_t index,
                      hvci_relocation_fn take, void *payload);
  bool (*locate)(struct hvci_image_file *file, size_t index,
                 struct hvci_range range, struct hvci_image_place *out);
};
typedef const struct hvci_image_reader *(*hvci_image_export_fn)(void);

#ifdef __cplusplus
}
#endif

#endif
