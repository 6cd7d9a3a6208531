// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/*
 * pe.h - a small image for x64 and a small object, built in memory.
 *
 * The image has .text at 0x1000, .rdata at 0x2000 and .reloc at 0x3000, each of
 * one page in memory and 0x200 bytes in the file. Tests write over it.
 */
#ifndef HVCI_TEST_PE_H
#define HVCI_TEST_PE_H

#include <stdint.h>
#include <string.h>

enum {
  PE_FILE = 0x40 + 4,         /* the file header */
  PE_OPTIONAL = PE_FILE + 20, /* the optional header */
  PE_DIRECTORIES = PE_OPTIONAL + 112,
  PE_SECTIONS = PE_DIRECTORIES + 16 * 8,
  PE_TEXT = 0x400,
  PE_RDATA = 0x600,
  PE_RELOC = 0x800,
  PE_SIZE = 0xa00
};

static inline void put16(unsigned char *to, unsigned value) {
  to[0] = (unsigned char)value;
  to[1] = (unsigned char)(value >> 8);
}

static inline void put32(unsigned char *to, uint32_t value) {
  put16(to, value & 0xffff);
  put16(to + 2, value >> 16);
}

static inline void put_section(unsigned char *to, const char *name,
                               uint32_t address, uint32_t start,
                               uint32_t characteristics) {
  memset(to, 0, 40);
  memcpy(to, name, strlen(name));
  put32(to + 8, 0x1000);
  put32(to + 12, address);
  put32(to + 16, 0x200);
  put32(to + 20, start);
  put32(to + 36, characteristics);
}

static inline void put_directory(unsigned char *image, unsigned index,
                                 uint32_t address, uint32_t size) {
  put32(image + PE_DIRECTORIES + 8 * index, address);
  put32(image + PE_DIRECTORIES + 8 * index + 4, size);
}

static inline void build_image(unsigned char image[PE_SIZE]) {
  memset(image, 0, PE_SIZE);
  memcpy(image, "MZ", 2);
  put32(image + 0x3c, 0x40);
  memcpy(image + 0x40, "PE\0", 4);
  put16(image + PE_FILE, 0x8664);
  put16(image + PE_FILE + 2, 3);
  put16(image + PE_FILE + 16, 112 + 16 * 8);
  put16(image + PE_FILE + 18, 0x22);
  put16(image + PE_OPTIONAL, 0x20b);
  put32(image + PE_OPTIONAL + 24, 0x140000000 & 0xffffffff);
  put32(image + PE_OPTIONAL + 28, 1);
  put32(image + PE_OPTIONAL + 32, 0x1000);
  put32(image + PE_OPTIONAL + 36, 0x200);
  put32(image + PE_OPTIONAL + 56, 0x4000);
  put32(image + PE_OPTIONAL + 60, 0x400);
  put16(image + PE_OPTIONAL + 68, 1);
  put32(image + PE_OPTIONAL + 108, 16);
  put_section(image + PE_SECTIONS, ".text", 0x1000, PE_TEXT, 0x60000020);
  put_section(image + PE_SECTIONS + 40, ".rdata", 0x2000, PE_RDATA, 0x40000040);
  put_section(image + PE_SECTIONS + 80, ".reloc", 0x3000, PE_RELOC, 0x42000040);
}

/* At the start of .reloc: a block for `page` with those entries. Returns the
   bytes that it takes. */
static inline uint32_t put_block(unsigned char *to, uint32_t page,
                                 const unsigned *entries, unsigned count) {
  put32(to, page);
  put32(to + 4, 8 + 2 * count);
  for (unsigned i = 0; i < count; i++)
    put16(to + 8 + 2 * i, entries[i]);
  return 8 + 2 * count;
}

/* In .rdata, from 0x2000 on: a table that imports two functions and an ordinal
   of one module; its address table lies at 0x2080. */
static inline void put_imports(unsigned char *image, const char *module,
                               const char *first, const char *second) {
  unsigned char *data = image + PE_RDATA;
  put_directory(image, 1, 0x2000, 40);
  put32(data, 0x2040);
  put32(data + 12, 0x20c0);
  put32(data + 16, 0x2080);
  for (unsigned list = 0x40; list <= 0x80; list += 0x40) {
    put32(data + list, 0x20e0);
    put32(data + list + 8, 5);
    put32(data + list + 12, 0x80000000);
    put32(data + list + 16, 0x2100);
  }
  memcpy(data + 0xc0, module, strlen(module));
  memcpy(data + 0xe2, first, strlen(first));
  memcpy(data + 0x102, second, strlen(second));
}

#endif
