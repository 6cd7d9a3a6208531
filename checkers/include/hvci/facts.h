// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * facts.h - what a host saw in the code, as plain structures.
 *
 * Facts are borrowed: they and all they point to are valid for the duration of
 * the call they are handed to, and are never changed by a checker. Strings are
 * UTF-8 and end in NUL.
 */
#ifndef HVCI_FACTS_H
#define HVCI_FACTS_H

#include "hvci/value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A place in the source in the host's own encoding, handed back with a finding.
   Both zero: no place. */
struct hvci_range {
  uint64_t begin;
  uint64_t end;
};

/* How the unit chose its pool default: by what wdm.h declared, since a macro
   set after wdm.h was read has no effect ("NX Pool Opt-In Mechanisms"). */
enum hvci_opt_in {
  HVCI_OPT_IN_NONE = 0,
  HVCI_OPT_IN_AUTO = 1,    /* POOL_NX_OPTIN_AUTO: NX at compile time */
  HVCI_OPT_IN_RUNTIME = 2, /* POOL_NX_OPTIN: NX once the driver's entry ran
                              ExInitializeDriverRuntime(DrvRtPoolNxOptIn) */
  HVCI_OPT_OUT = 3         /* POOL_NX_OPTOUT */
};

struct hvci_unit_fact {
  enum hvci_opt_in opt_in;
  uint32_t os;            /* NTDDI_VERSION: the oldest system the unit targets;
                             0: it does not say */
  unsigned pointer_width; /* bits: 32 or 64 */
  /* Whether code of the unit can use `name`: a macro, function, enumerator or
     variable. NULL: everything is known. */
  bool (*knows)(const char *name, void *payload);
  void *payload;
};

/* A constant from which an argument's value is made. */
struct hvci_term {
  const char *written;  /* as the author wrote it: "NonPagedPool", "0x40" */
  const char *constant; /* the enumerator or innermost macro that means it, or
                           the literal; same as written where there is none */
  const char *type;     /* the enumeration's tag, or "" */
  uint64_t value;
  struct hvci_range range;  /* where it is written */
  struct hvci_range origin; /* where its value is defined, if that is elsewhere
                               in the project */
  bool editable;            /* replacing the text at `range` by another constant
                               changes this argument and nothing else */
  bool literal;             /* written as a number */
};

struct hvci_argument {
  struct hvci_value value;
  const struct hvci_term *terms;
  size_t term_count; /* 0 .. HVCI_MAX_TERMS */
  uint64_t toggled;  /* bits that the expression inverts: `x ^ constant` */
  const char *text;  /* as written, in one line */
  struct hvci_range range;
  bool editable;          /* text may be put before and after `range` */
  bool needs_parentheses; /* as an operand of | */
  bool takes_or;          /* `argument | constant` still converts to the
                             parameter's type */
};

struct hvci_call_fact {
  const char *callee; /* "ExAllocatePool", "IMiniportMidi::NewStream",
                         "operator new(POOL_TYPE)" */
  struct hvci_range callee_range;
  bool callee_editable; /* the callee's name may be replaced */
  const struct hvci_argument *arguments;
  size_t argument_count;
  const struct hvci_unit_fact *unit;
};

/* `count` copies, `stride` bytes apart. */
struct hvci_repeat {
  uint64_t stride;
  uint64_t count; /* 1 or more */
};

/* A pointer-sized slot of a global that the loader must relocate, or a regular
   pattern of such slots. */
struct hvci_relocation {
  uint64_t offset; /* bytes from the global's start, of the first copy */
  uint32_t width;  /* bytes: 4 or 8 */
  uint32_t repeat_count;
  const struct hvci_repeat *repeats; /* nested, in any order; may be NULL if
                                        repeat_count is 0 */
  const char *record;                /* the type that misplaces the slot, and */
  const char *field;                 /* its field; both "" if there is none */
  uint64_t field_offset;             /* bytes from the record's start */
  struct hvci_range field_range;
  struct hvci_range packing; /* the pragma or attribute that packs the record */
};

struct hvci_global_fact {
  const char *name;
  struct hvci_range range;
  uint64_t alignment; /* bytes, a power of two: what the target guarantees */
  const struct hvci_relocation *relocations;
  size_t relocation_count;
  const struct hvci_unit_fact *unit;
};

/* Where an address comes from; of a section's file, where its handle does. */
enum hvci_origin_kind {
  HVCI_ORIGIN_UNKNOWN = 0,
  HVCI_ORIGIN_FUNCTION = 1, /* a function */
  HVCI_ORIGIN_ROUTINE = 2,  /* a look-up by name: mostly of a function */
  HVCI_ORIGIN_MEMORY = 3,   /* a call that allocates or maps memory */
  HVCI_ORIGIN_VARIABLE = 4, /* a variable that the unit defines */
  HVCI_ORIGIN_STRING = 5,   /* a string literal */
  HVCI_ORIGIN_NUMBER = 6,   /* a constant */
  HVCI_ORIGIN_FILE = 7      /* a call that opens a file */
};

/* What stands between the address and what it comes from. */
enum hvci_via {
  HVCI_VIA_NOTHING = 0,
  HVCI_VIA_DESCRIPTION = 1, /* it is an MDL or a physical address of that */
  HVCI_VIA_MAPPING = 2      /* it is another mapping of that */
};

struct hvci_origin {
  enum hvci_origin_kind kind;
  enum hvci_via via;
  const char *name; /* of the function or variable, of the call's callee, or the
                       number as digits; never NULL */
  uint64_t number;  /* of HVCI_ORIGIN_NUMBER */
  struct hvci_range range; /* the call, or where the name is declared, if that
                              is in the project */
  bool in_code;            /* a variable in a section that holds code */
};

enum hvci_code_use {
  HVCI_USE_CALL = 0,  /* the address is called */
  HVCI_USE_STORE = 1, /* something is stored through the address */
  HVCI_USE_PASS = 2   /* the address is handed to a callee of code.def */
};

/* An address used as one of code, or one of code used as one of data. */
struct hvci_code_use_fact {
  enum hvci_code_use use;
  struct hvci_origin origin;
  const char *text; /* what is called or stored to, as written; the argument */
  struct hvci_range range;
  const struct hvci_call_fact *call; /* of HVCI_USE_PASS, else NULL */
  const struct hvci_unit_fact *unit;
};

/* What may be done with a section's memory (IMAGE_SCN_MEM_* of ntimage.h). */
enum hvci_access {
  HVCI_ACCESS_READ = 1,
  HVCI_ACCESS_WRITE = 2,
  HVCI_ACCESS_EXECUTE = 4,
  HVCI_ACCESS_DISCARDABLE = 8
};

enum hvci_claim_kind {
  HVCI_CLAIM_PRAGMA = 0,  /* #pragma section("name", ...) */
  HVCI_CLAIM_CONTENT = 1, /* `subject`, a function or variable, lies in it */
  HVCI_CLAIM_ACCESS = 2,  /* /SECTION:name,letters[,ALIGN=n] */
  HVCI_CLAIM_MERGE = 3,   /* /MERGE:name=into */
  HVCI_CLAIM_ALIGN = 4    /* /ALIGN:n, which is for all sections */
};

/* What one place in a driver's source or on its linker's command line says of a
   section. */
struct hvci_claim {
  enum hvci_claim_kind kind;
  const char *section; /* the name, with a group behind $ if it has one; "" of
                          HVCI_CLAIM_ALIGN */
  const char *subject; /* the function's or variable's name; of an option, the
                          option as written; "" of a pragma */
  const char *into;    /* of HVCI_CLAIM_MERGE, else "" */
  uint32_t access;     /* bits of enum hvci_access that the claim is for */
  uint32_t denied;     /* of HVCI_CLAIM_ACCESS: bits that it takes away */
  uint64_t alignment;  /* bytes; 0: it does not say */
  bool dead;           /* an option where no linker reads it */
  struct hvci_range range;
};

/* All claims that a unit makes, or all units of a driver, in the order in which
   a linker meets them: its own command line first. */
struct hvci_layout_fact {
  const struct hvci_claim *claims;
  size_t claim_count;
  const struct hvci_unit_fact *unit;
};

/* A section as the claims leave it, or as it is in an image. The claims are
   NULL in an image, and where the section's own name says it: .text is
   executable, .data writable. */
struct hvci_section_fact {
  const char *name; /* "": all sections */
  uint32_t access;  /* bits of enum hvci_access */
  bool certain;     /* of a section that is writable and executable: it is so
                       whichever linker builds it */
  const struct hvci_claim *writable;   /* what makes it so */
  const struct hvci_claim *executable; /* likewise; may be the same */
  const struct hvci_claim *merge;      /* by which the two meet; or NULL */
  bool import_table;                   /* the import address table lies in it */
  const struct hvci_claim *imports; /* the merge that put it there; or NULL */
  uint64_t alignment; /* bytes, of the section's address; 0: nothing says */
  const struct hvci_claim *aligned; /* what says so */
  uint64_t address;                 /* of an image: bytes from its base */
  struct hvci_range range;          /* of an image's section */
  const struct hvci_unit_fact *unit;
};

/* A base relocation of an image, where the linker has put it. */
struct hvci_base_relocation_fact {
  uint64_t address; /* bytes from the image's base */
  uint32_t width;   /* bytes: 4 or 8, or 2 for a half of an address */
  struct hvci_range range;
  const struct hvci_unit_fact *unit;
};

/* A function that an image imports. */
struct hvci_import_fact {
  const char *name;
  struct hvci_range range;
  const struct hvci_unit_fact *unit;
};

#ifdef __cplusplus
}
#endif

#endif
