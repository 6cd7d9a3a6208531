// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * test_image.c - objects and images: what is read of them, what is refused.
 */
#include "pe.h"

#include "hvci/image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char error[512];

// The file is a copy without a byte behind it, so that a sanitizer sees each
// too many. It goes to *copy, to be freed when the file is closed.
static struct hvci_image_file *parse(const void *bytes, size_t length,
                                     char **copy) {
  *copy = malloc(length + (length == 0));
  assert_non_null(*copy);
  memcpy(*copy, bytes, length);
  error[0] = '\0';
  return hvci_image_parse(*copy, length, NULL, error, sizeof error);
}

static void expect_refused(const void *bytes, size_t length,
                           const char *expected) {
  char *copy;
  assert_null(parse(bytes, length, &copy));
  assert_string_equal(error, expected);
  free(copy);
}

struct opened {
  struct hvci_image_file *file;
  const struct hvci_image *image;
  char *copy;
};

static struct opened open_bytes(const void *bytes, size_t length) {
  struct opened opened;
  opened.file = parse(bytes, length, &opened.copy);
  assert_string_equal(error, "");
  assert_non_null(opened.file);
  assert_int_equal(hvci_image_count(opened.file), 1);
  opened.image = hvci_image_get(opened.file, 0);
  return opened;
}

static void close_bytes(struct opened *opened) {
  hvci_image_close(opened->file);
  free(opened->copy);
}

// ---- what is refused -------------------------------------------------------

static void other_formats_are_refused_by_name(void **state) {
  (void)state;
  expect_refused("", 0, "is no COFF object or PE image: empty");
  expect_refused("int x;\n", 7, "is no COFF object or PE image: text");
  expect_refused("\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\1\0>\0", 20,
                 "is no COFF object or PE image: ELF");
  expect_refused("\xcf\xfa\xed\xfe\7\0\0\1\3\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0"
                 "\0\0\0\0\0\0",
                 32, "is no COFF object or PE image: Mach-O");
  expect_refused("MZ\0\0", 4,
                 "is no COFF object or PE image: an MS-DOS program, or cut off "
                 "before its PE header");
  expect_refused("\x80\x01\x02\x03\x04", 5,
                 "is no COFF object or PE image: something unknown");
}

// Whatever is missing, the answer is an error or an image that can be read.
static void every_truncation_is_answered(void **state) {
  unsigned char image[PE_SIZE];
  (void)state;
  build_image(image);
  for (size_t length = 0; length < sizeof image; length++) {
    char *copy;
    struct hvci_image_file *file = parse(image, length, &copy);
    assert_null(file);
    assert_string_not_equal(error, "");
    free(copy);
  }
}

static void a_section_table_past_the_end_is_refused(void **state) {
  unsigned char image[PE_SIZE];
  (void)state;
  build_image(image);
  put16(image + PE_FILE + 2, 0x7fff);
  expect_refused(image, sizeof image,
                 "its section table, 32767 entries at 0x148, ends behind the "
                 "file's end, 0xa00");
  put16(image + PE_FILE + 2, 0xffff);
  expect_refused(image, sizeof image,
                 "has 65535 sections, more than an image can have");
}

static void sections_must_fit_and_not_overlap(void **state) {
  unsigned char image[PE_SIZE];
  (void)state;
  build_image(image);
  put32(image + PE_SECTIONS + 16, 0xfffffe00);
  expect_refused(image, sizeof image,
                 "section 1 ('.text'): its contents, 0x400 + 0xfffffe00, end "
                 "behind the file's end, 0xa00");
  build_image(image);
  put32(image + PE_SECTIONS + 8, 0xffffffff);
  expect_refused(image, sizeof image,
                 "section 1 ('.text'): 0x1000 + 0xffffffff bytes do not fit "
                 "into 4 GiB");
  build_image(image);
  put32(image + PE_SECTIONS + 8, 0x1001);
  expect_refused(image, sizeof image,
                 "sections 1 ('.text') and 2 ('.rdata') overlap in memory, at "
                 "0x2000");
}

static void unknown_machines_are_refused(void **state) {
  unsigned char image[PE_SIZE];
  (void)state;
  build_image(image);
  put16(image + PE_FILE, 0x200);
  expect_refused(image, sizeof image,
                 "is for machine 0x200: x86, x64, arm and arm64 can be judged");
}

static void a_malformed_relocation_table_is_refused(void **state) {
  unsigned char image[PE_SIZE];
  const unsigned entry = 0xa000;
  (void)state;
  build_image(image);
  put_directory(image, 5, 0x3000, 0x20);
  expect_refused(image, sizeof image,
                 "base relocations: the block at offset 0x0 has 0x0 bytes: 8 "
                 "to 0x20 are possible");
  put_block(image + PE_RELOC, 0x1000, &entry, 1);
  put_directory(image, 5, 0x3000, 9);
  expect_refused(image, sizeof image,
                 "base relocations: the block at offset 0x0 has 0xa bytes: 8 "
                 "to 0x9 are possible");
  put_directory(image, 5, 0x3000, 0xffffffff);
  expect_refused(image, sizeof image,
                 "base relocations: 0xffffffff bytes at 0x3000, of which the "
                 "file holds 0x200");
  put_block(image + PE_RELOC, 0x4000, &entry, 1);
  put_directory(image, 5, 0x3000, 10);
  expect_refused(image, sizeof image,
                 "base relocations: 0x4000 is no place in the contents of a "
                 "section");
  put_block(image + PE_RELOC, 0x1000, (const unsigned[]){0xa1f9}, 1);
  expect_refused(image, sizeof image,
                 "base relocations: 0x11f9 is no place in the contents of a "
                 "section");
}

static void import_tables_must_be_in_the_file(void **state) {
  unsigned char image[PE_SIZE];
  (void)state;
  build_image(image);
  put_directory(image, 1, 0x9000, 40);
  expect_refused(image, sizeof image, "imports: no table at 0x9000");
  build_image(image);
  put_imports(image, "ntoskrnl.exe", "a", "b");
  put32(image + PE_RDATA + 12, 0xfff00000);
  expect_refused(image, sizeof image,
                 "imports: no name of a module at 0xfff00000");
  build_image(image);
  put_imports(image, "ntoskrnl.exe", "a", "b");
  put32(image + PE_RDATA + 0x40, 0x21f0);
  memset(image + PE_RDATA + 0x1f0, 'x', 16);
  expect_refused(image, sizeof image,
                 "imports: no name of a function at 0x21f2");
}

// A name of 400 bytes that 20 entries share would be read as 20 names; here
// there are more of them than any image of that size can hold.
static void tables_that_overlap_many_times_are_refused(void **state) {
  enum { SIZE = 0x40000 };
  unsigned char *image = calloc(1, SIZE);
  (void)state;
  assert_non_null(image);
  build_image(image);
  put32(image + PE_OPTIONAL + 56, SIZE);
  put32(image + PE_SECTIONS + 80 + 8, SIZE - PE_RELOC);
  put32(image + PE_SECTIONS + 80 + 16, SIZE - PE_RELOC);
  put_imports(image, "ntoskrnl.exe", "a", "b");
  put32(image + PE_RDATA, 0x3000);
  for (uint32_t at = PE_RELOC; at < SIZE - 0x2000; at += 8)
    put32(image + at, SIZE - 0x2000 - PE_RELOC + 0x3000 - 2);
  memset(image + SIZE - 0x2000, 'n', 4000);
  expect_refused(image, SIZE,
                 "its tables overlap: together they are many times its size");
  free(image);
}

// ---- what is read ----------------------------------------------------------

static void headers_and_sections_are_as_written(void **state) {
  unsigned char image[PE_SIZE];
  (void)state;
  build_image(image);
  put16(image + PE_OPTIONAL + 70, 0x0100 | 0x0080 | 0x2000);
  put16(image + PE_FILE + 18, 0x23);
  struct opened opened = open_bytes(image, sizeof image);
  const struct hvci_image *i = opened.image;
  assert_string_equal(i->machine, "x64");
  assert_string_equal(i->member, "");
  assert_int_equal(i->unit.pointer_width, 64);
  assert_int_equal(i->subsystem, 1);
  assert_int_equal(i->section_alignment, 0x1000);
  assert_true(i->flags.nx_compat);
  assert_true(i->flags.force_integrity);
  assert_true(i->flags.wdm_driver);
  assert_true(i->flags.relocs_stripped);
  assert_false(i->flags.dynamic_base);
  assert_int_equal(i->section_count, 3);
  assert_string_equal(i->sections[0].name, ".text");
  assert_int_equal(i->sections[0].access,
                   HVCI_ACCESS_READ | HVCI_ACCESS_EXECUTE);
  assert_int_equal(i->sections[2].access,
                   HVCI_ACCESS_READ | HVCI_ACCESS_DISCARDABLE);
  assert_int_equal(i->sections[1].address, 0x2000);
  assert_int_equal(i->sections[1].alignment, 0x1000);
  assert_int_equal(i->section_sizes[1], 0x1000);
  close_bytes(&opened);
}

struct seen {
  size_t count;
  uint64_t addresses[8];
  uint32_t widths[8];
};

static bool see(const struct hvci_base_relocation_fact *relocation,
                void *payload) {
  struct seen *seen = payload;
  assert_int_equal(relocation->range.begin, relocation->address + 1);
  assert_in_range(seen->count, 0, 7);
  seen->addresses[seen->count] = relocation->address;
  seen->widths[seen->count++] = relocation->width;
  return seen->count < 8;
}

// DIR64, HIGHLOW, HIGH, HIGHADJ with its second half, padding, and a type that
// means nothing here.
static void relocations_have_the_width_of_their_type(void **state) {
  unsigned char image[PE_SIZE];
  const unsigned entries[] = {0xa1f8, 0x3010, 0x1020, 0x4030,
                              0xa999, 0x0000, 0x9040};
  struct seen seen = {0};
  (void)state;
  build_image(image);
  uint32_t size = put_block(image + PE_RELOC, 0x1000, entries, 7);
  size += put_block(image + PE_RELOC + size, 0x2000, entries, 1);
  put_directory(image, 5, 0x3000, size);
  struct opened opened = open_bytes(image, sizeof image);
  assert_int_equal(opened.image->relocation_count, 5);
  hvci_image_relocations(opened.file, 0, see, &seen);
  assert_int_equal(seen.count, 5);
  const uint64_t addresses[] = {0x11f8, 0x1010, 0x1020, 0x1030, 0x21f8};
  const uint32_t widths[] = {8, 4, 2, 2, 8};
  for (size_t i = 0; i < 5; i++) {
    assert_int_equal(seen.addresses[i], addresses[i]);
    assert_int_equal(seen.widths[i], widths[i]);
  }
  close_bytes(&opened);
}

static void imports_are_the_names(void **state) {
  unsigned char image[PE_SIZE];
  (void)state;
  build_image(image);
  put_imports(image, "ntoskrnl.exe", "MmMapIoSpace", "ExFreePool");
  struct opened opened = open_bytes(image, sizeof image);
  assert_int_equal(opened.image->import_count, 2);
  assert_string_equal(opened.image->imports[0].name, "MmMapIoSpace");
  assert_string_equal(opened.image->imports[1].name, "ExFreePool");
  assert_int_equal(opened.image->imports[1].range.begin, 0x2091);
  close_bytes(&opened);
}

static void the_import_table_is_where_its_directory_says(void **state) {
  unsigned char image[PE_SIZE];
  (void)state;
  build_image(image);
  put_imports(image, "ntoskrnl.exe", "a", "b");
  struct opened opened = open_bytes(image, sizeof image);
  assert_true(opened.image->sections[1].import_table); // by its descriptors
  assert_false(opened.image->sections[0].import_table);
  close_bytes(&opened);
  put_directory(image, 12, 0x1100, 0x20);
  opened = open_bytes(image, sizeof image);
  assert_true(opened.image->sections[0].import_table);
  assert_false(opened.image->sections[1].import_table);
  close_bytes(&opened);
}

static enum hvci_image_kind kind_of(unsigned subsystem, const char *module) {
  unsigned char image[PE_SIZE];
  build_image(image);
  put16(image + PE_OPTIONAL + 68, subsystem);
  if (module)
    put_imports(image, module, "a", "b");
  struct opened opened = open_bytes(image, sizeof image);
  enum hvci_image_kind kind = opened.image->kind;
  close_bytes(&opened);
  return kind;
}

static void what_is_imported_tells_drivers_from_programs(void **state) {
  (void)state;
  assert_int_equal(kind_of(1, NULL), HVCI_IMAGE_KERNEL);
  assert_int_equal(kind_of(1, "ntoskrnl.exe"), HVCI_IMAGE_KERNEL);
  assert_int_equal(kind_of(3, "NTOSKRNL.EXE"), HVCI_IMAGE_KERNEL);
  assert_int_equal(kind_of(3, "fltmgr.sys"), HVCI_IMAGE_KERNEL);
  assert_int_equal(kind_of(1, "ntdll.dll"), HVCI_IMAGE_USER);
  assert_int_equal(kind_of(3, NULL), HVCI_IMAGE_USER);
  assert_int_equal(kind_of(2, "kernel32.dll"), HVCI_IMAGE_USER);
}

static void hybrid_metadata_name_the_machine(void **state) {
  unsigned char image[PE_SIZE];
  (void)state;
  build_image(image);
  put_directory(image, 10, 0x2000, 0x100);
  put32(image + PE_RDATA, 0x100);
  put32(image + PE_RDATA + 200, 0x40002000); // CHPEMetadataPointer
  struct opened opened = open_bytes(image, sizeof image);
  assert_string_equal(opened.image->machine, "arm64ec");
  close_bytes(&opened);
  put16(image + PE_FILE, 0xaa64);
  opened = open_bytes(image, sizeof image);
  assert_string_equal(opened.image->machine, "arm64x");
  close_bytes(&opened);
  put32(image + PE_RDATA, 200); // too short to have it
  opened = open_bytes(image, sizeof image);
  assert_string_equal(opened.image->machine, "arm64");
  close_bytes(&opened);
}

static void places_are_known_by_exports(void **state) {
  unsigned char image[PE_SIZE];
  unsigned char *data = image + PE_RDATA;
  struct hvci_image_place place;
  (void)state;
  build_image(image);
  put_directory(image, 0, 0x2000, 40);
  put32(data + 20, 1);
  put32(data + 24, 1);
  put32(data + 28, 0x2040);
  put32(data + 32, 0x2050);
  put32(data + 36, 0x2060);
  put32(data + 0x40, 0x1010);
  put32(data + 0x50, 0x2070);
  memcpy(data + 0x70, "Entry", 5);
  struct opened opened = open_bytes(image, sizeof image);
  struct hvci_range range = {0x1018 + 1, 0x1018 + 1};
  assert_true(hvci_image_locate(opened.file, 0, range, &place));
  assert_string_equal(place.section, ".text");
  assert_string_equal(place.symbol, "Entry");
  assert_int_equal(place.offset, 8);
  assert_int_equal(place.address, 0x1018);
  assert_string_equal(place.file, "");
  range.begin = 0x2000 + 1; // no symbol of another section
  assert_true(hvci_image_locate(opened.file, 0, range, &place));
  assert_string_equal(place.symbol, "");
  range.begin = 0;
  assert_false(hvci_image_locate(opened.file, 0, range, &place));
  close_bytes(&opened);
}

// ---- objects ---------------------------------------------------------------

enum {
  OBJ_DATA = 20 + 2 * 40,
  OBJ_DIRECTIVES = OBJ_DATA + 0x20,
  OBJ_RELOCATIONS = OBJ_DIRECTIVES + 0x20,
  OBJ_SYMBOLS = OBJ_RELOCATIONS + 3 * 10,
  OBJ_STRINGS = OBJ_SYMBOLS + 2 * 18,
  OBJ_SIZE = OBJ_STRINGS + 4
};

static void put_relocation(unsigned char *to, uint32_t at, unsigned type) {
  put32(to, at);
  put32(to + 4, 0);
  put16(to + 8, type);
}

static void put_symbol(unsigned char *to, const char *name, uint32_t value) {
  memset(to, 0, 18);
  memcpy(to, name, strlen(name));
  put32(to + 8, value);
  put16(to + 12, 1);
  to[16] = 2;
}

// .data$x, aligned to 8 bytes, with `first` at 0 and `second` at 8; pointers at
// 0 and 10, and one address that is none of a pointer's width.
static void build_object(unsigned char object[OBJ_SIZE]) {
  memset(object, 0, OBJ_SIZE);
  put16(object, 0x8664);
  put16(object + 2, 2);
  put32(object + 8, OBJ_SYMBOLS);
  put32(object + 12, 2);
  put_section(object + 20, ".data$x", 0, OBJ_DATA, 0xc0400040);
  put32(object + 20 + 8, 0);
  put32(object + 20 + 16, 0x20);
  put32(object + 20 + 24, OBJ_RELOCATIONS);
  put16(object + 20 + 32, 3);
  put_section(object + 60, ".drectve", 0, OBJ_DIRECTIVES, 0x00100a00);
  put32(object + 60 + 8, 0);
  put32(object + 60 + 16, 0x20);
  memcpy(object + OBJ_DIRECTIVES, "/MERGE:.a=.b /EXPORT:f", 22);
  put_relocation(object + OBJ_RELOCATIONS, 0, 1);
  put_relocation(object + OBJ_RELOCATIONS + 10, 10, 1);
  put_relocation(object + OBJ_RELOCATIONS + 20, 24, 3);
  put_symbol(object + OBJ_SYMBOLS, "first", 0);
  put_symbol(object + OBJ_SYMBOLS + 18, "second", 8);
  put32(object + OBJ_STRINGS, 4);
}

static void an_object_has_globals_and_claims(void **state) {
  unsigned char object[OBJ_SIZE];
  (void)state;
  build_object(object);
  struct opened opened = open_bytes(object, sizeof object);
  const struct hvci_image *i = opened.image;
  assert_int_equal(i->kind, HVCI_IMAGE_OBJECT);
  assert_int_equal(i->section_count, 0);
  assert_int_equal(i->claim_count, 2);
  assert_int_equal(i->claims[0].kind, HVCI_CLAIM_CONTENT);
  assert_string_equal(i->claims[0].section, ".data$x");
  assert_int_equal(i->claims[0].access, HVCI_ACCESS_READ | HVCI_ACCESS_WRITE);
  assert_int_equal(i->claims[1].kind, HVCI_CLAIM_MERGE);
  assert_string_equal(i->claims[1].section, ".a");
  assert_string_equal(i->claims[1].into, ".b");
  assert_int_equal(i->global_count, 1);
  const struct hvci_global_fact *global = &i->globals[0];
  assert_string_equal(global->name, ".data$x");
  assert_int_equal(global->alignment, 8);
  assert_int_equal(global->relocation_count, 2);
  assert_int_equal(global->relocations[0].offset, 0);
  assert_string_equal(global->relocations[0].field, "");
  assert_int_equal(global->relocations[1].offset, 10);
  assert_int_equal(global->relocations[1].width, 8);
  assert_string_equal(global->relocations[1].field, "second+0x2");
  assert_string_equal(global->relocations[1].record, ".data$x");
  assert_int_equal(global->relocations[1].field_offset, 10);
  close_bytes(&opened);
}

static void a_section_of_one_symbol_is_named_by_it(void **state) {
  unsigned char object[OBJ_SIZE];
  (void)state;
  build_object(object);
  object[OBJ_SYMBOLS + 18 + 12] = 2; // `second` lies elsewhere
  struct opened opened = open_bytes(object, sizeof object);
  assert_string_equal(opened.image->globals[0].name, "first");
  close_bytes(&opened);
}

static void places_in_objects_are_of_a_section(void **state) {
  unsigned char object[OBJ_SIZE];
  struct hvci_image_place place;
  (void)state;
  build_object(object);
  struct opened opened = open_bytes(object, sizeof object);
  const struct hvci_range range = {(UINT64_C(1) << 32) + 10, 0};
  const struct hvci_range outside = {UINT64_C(9) << 32, 0};
  assert_true(hvci_image_locate(opened.file, 0, range, &place));
  assert_string_equal(place.section, ".data$x");
  assert_string_equal(place.symbol, "second");
  assert_int_equal(place.offset, 2);
  assert_int_equal(place.address, 10);
  assert_false(hvci_image_locate(opened.file, 0, outside, &place));
  close_bytes(&opened);
}

static void relocations_past_the_end_are_refused(void **state) {
  unsigned char object[OBJ_SIZE];
  (void)state;
  build_object(object);
  put16(object + 20 + 32, 0x1000);
  expect_refused(object, sizeof object,
                 "section 1 ('.data$x'): its relocations end behind the file's "
                 "end");
  // The first relocation has the number of all; here it says that of none.
  build_object(object);
  put16(object + 20 + 32, 0xffff);
  put32(object + 20 + 36, 0xc1400040);
  expect_refused(object, sizeof object,
                 "section 1 ('.data$x'): its relocations end behind the file's "
                 "end");
}

static void a_symbol_table_past_the_end_is_refused(void **state) {
  unsigned char object[OBJ_SIZE];
  (void)state;
  build_object(object);
  put32(object + 12, 0x38e38e3a); // times 18 bytes is 4 GiB and a little
  char *copy;
  struct hvci_image_file *file = parse(object, sizeof object, &copy);
  if (file) // one version of LLVM leaves such a table out
    assert_string_equal(hvci_image_get(file, 0)->globals[0].name, ".data$x");
  hvci_image_close(file);
  free(copy);
}

static void a_member_past_the_end_is_refused(void **state) {
  char library[68 + OBJ_SIZE];
  (void)state;
  (void)snprintf(library, sizeof library,
                 "!<arch>\n%-16s%-12d%-6d%-6d%-8d%-10d`\n", "a.obj/", 0, 0, 0,
                 100644, OBJ_SIZE + 2);
  build_object((unsigned char *)library + 68);
  expect_refused(library, sizeof library,
                 "the member at 0x8 ends behind the file's end");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(other_formats_are_refused_by_name),
      cmocka_unit_test(every_truncation_is_answered),
      cmocka_unit_test(a_section_table_past_the_end_is_refused),
      cmocka_unit_test(sections_must_fit_and_not_overlap),
      cmocka_unit_test(unknown_machines_are_refused),
      cmocka_unit_test(a_malformed_relocation_table_is_refused),
      cmocka_unit_test(import_tables_must_be_in_the_file),
      cmocka_unit_test(tables_that_overlap_many_times_are_refused),
      cmocka_unit_test(headers_and_sections_are_as_written),
      cmocka_unit_test(relocations_have_the_width_of_their_type),
      cmocka_unit_test(imports_are_the_names),
      cmocka_unit_test(the_import_table_is_where_its_directory_says),
      cmocka_unit_test(what_is_imported_tells_drivers_from_programs),
      cmocka_unit_test(hybrid_metadata_name_the_machine),
      cmocka_unit_test(places_are_known_by_exports),
      cmocka_unit_test(an_object_has_globals_and_claims),
      cmocka_unit_test(a_section_of_one_symbol_is_named_by_it),
      cmocka_unit_test(places_in_objects_are_of_a_section),
      cmocka_unit_test(relocations_past_the_end_are_refused),
      cmocka_unit_test(a_symbol_table_past_the_end_is_refused),
      cmocka_unit_test(a_member_past_the_end_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
