#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Images, objects, libraries and PDBs that lie, made from good ones.

Each is judged by `hvcilint image`, which must end soon, with a status that is
documented and, if the file is refused, one line that names it; and take no more
memory than a file of that size may.
"""

import argparse
import concurrent.futures
import os
import re
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SECONDS = 20
MEGABYTE = 1 << 20

# Data directories.
EXPORT, IMPORT, RESOURCE, EXCEPTION, SECURITY, RELOCATION, DEBUG = range(7)
LOAD_CONFIG, IAT, DELAY = 10, 12, 13

REFUSED = (2,)      # no part of it can be judged
ANYHOW = (0, 1, 2)  # judged as far as it can be, or refused


class Pe:
    """A PE32+ image whose bytes can be patched by what they mean."""

    def __init__(self, data):
        self.data = bytearray(data)
        self.coff = self.get("<I", 0x3C) + 4
        self.optional = self.coff + 20
        self.directories = self.optional + 112
        self.sections = self.optional + self.get("<H", self.coff + 16)
        self.section_count = self.get("<H", self.coff + 2)

    def copy(self):
        return Pe(self.data)

    def get(self, form, at):
        return struct.unpack_from(form, self.data, at)[0]

    def put(self, form, at, *values):
        struct.pack_into(form, self.data, at, *values)
        return self

    def directory(self, index, rva, size):
        return self.put("<II", self.directories + 8 * index, rva, size)

    def directory_rva(self, index):
        return self.get("<I", self.directories + 8 * index)

    def section(self, index, **fields):
        places = {"name": ("8s", 0), "size": ("<I", 8), "rva": ("<I", 12),
                  "raw_size": ("<I", 16), "raw": ("<I", 20), "flags": ("<I", 36)}
        for key, value in fields.items():
            form, offset = places[key]
            self.put(form, self.sections + 40 * index + offset, value)
        return self

    def file_offset(self, rva):
        for i in range(self.section_count):
            size, start, raw_size, raw = struct.unpack_from(
                "<IIII", self.data, self.sections + 40 * i + 8)
            if start <= rva < start + max(size, raw_size):
                return raw + rva - start
        raise ValueError(f"{rva:#x} is in no section")

    def at(self, index):
        """Where a directory's data lie in the file."""
        return self.file_offset(self.directory_rva(index))


def truncations(good):
    data, pe = bytes(good.data), good
    # A wholly empty directory of sections is still a header.
    ends = {0: "nothing", 1: "one byte", 2: "MZ", 0x3C: "DOS header",
            0x40: "no PE header", pe.coff - 2: "half a signature",
            pe.coff: "no COFF header", pe.optional - 1: "a byte of it missing",
            pe.optional: "no optional header", pe.optional + 2: "its magic only",
            pe.directories: "no directories", pe.directories + 3: "half of one",
            pe.sections: "no section table", pe.sections + 40: "one section only",
            pe.sections + 40 * pe.section_count - 1: "a byte of it missing"}
    for end, what in ends.items():
        yield f"cut at {end}: {what}", data[:end], REFUSED
    for end in range(0x400, len(data), 0x133):
        yield f"cut at {end}", data[:end], ANYHOW
    yield "a byte too few", data[:-1], ANYHOW


def headers(good):
    for value in (0, 4, 0x3D, len(good.data) - 1, len(good.data), 0x7FFFFFFF,
                  0xFFFFFFF0, 0xFFFFFFFF):
        yield f"e_lfanew {value:#x}", good.copy().put("<I", 0x3C, value), ANYHOW
    for count in (0, 1, 6, 96, 97, 0x7FFF, 0xFFFF):
        yield f"{count} sections", good.copy().put("<H", good.coff + 2, count), \
            REFUSED if count > 97 else ANYHOW
    for size in (0, 1, 2, 23, 111, 112, 239, 241, 0x7FFF, 0xFFFF):
        yield f"optional header of {size}", \
            good.copy().put("<H", good.coff + 16, size), ANYHOW
    # Found by fuzzing: an image's signature, and no optional header behind it.
    yield "an object with a PE signature", \
        good.copy().put("<H", good.coff + 16, 0), REFUSED
    for magic in (0, 0x107, 0x10B, 0xFFFF):
        yield f"magic {magic:#x}", good.copy().put("<H", good.optional, magic), \
            ANYHOW
    for machine in (0, 0x1C4, 0x200, 0x5064, 0xFFFF):
        yield f"machine {machine:#x}", good.copy().put("<H", good.coff, machine), \
            ANYHOW
    for count in (0, 1, 5, 6, 17, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF):
        yield f"NumberOfRvaAndSizes {count:#x}", \
            good.copy().put("<I", good.directories - 4, count), ANYHOW
    for alignment in (0, 1, 3, 0x80000000, 0xFFFFFFFF):
        yield f"SectionAlignment {alignment:#x}", \
            good.copy().put("<I", good.optional + 32, alignment), ANYHOW
    for size in (0, 1, 0x1FFF, 0xFFFFFFFF):
        yield f"SizeOfImage {size:#x}", \
            good.copy().put("<I", good.optional + 56, size), ANYHOW
        yield f"SizeOfHeaders {size:#x}", \
            good.copy().put("<I", good.optional + 60, size), ANYHOW
    for symbols, count in ((0x100, 1), (len(good.data) - 18, 1), (0x40, 0xFFFFFFFF),
                           (0xFFFFFFFF, 0xFFFFFFFF), (0x200, 0x0E38E38F)):
        yield f"{count:#x} symbols at {symbols:#x}", \
            good.copy().put("<II", good.coff + 8, symbols, count), ANYHOW


def sections(good):
    huge = 0xFFFFFFFF
    for index in range(good.section_count):
        for fields in ({"size": huge}, {"raw_size": huge}, {"rva": huge},
                       {"raw": huge}, {"rva": 0}, {"rva": 0x1000},
                       {"size": 0, "raw_size": 0}, {"size": 0}, {"raw": 0},
                       {"size": huge, "raw_size": huge, "rva": huge, "raw": huge},
                       {"name": b"/9999999"}, {"name": b"//AAAAAA"},
                       {"name": b"/-1\0\0\0\0\0"}, {"name": b"\xff\x1b[31m\n%"},
                       {"name": b"12345678"}, {"name": b"\0\0\0\0\0\0\0\0"}):
            yield f"section {index}: {fields}", \
                good.copy().section(index, **fields), ANYHOW
    overlap = good.copy()
    for index in range(good.section_count):
        overlap.section(index, rva=0x1000, size=0x10000, flags=0xE0000020)
    yield "all sections in one place", overlap, ANYHOW
    yield "descending addresses", \
        good.copy().section(0, rva=0x3000).section(2, rva=0x1000), ANYHOW


def relocations(good):
    at = good.at(RELOCATION)
    rva = good.directory_rva(RELOCATION)
    for length in (0, 1, 4, 7, 9, 0x7FFFFFFF, 0xFFFFFFF8, 0xFFFFFFFF):
        yield f"relocation block of {length:#x}", \
            good.copy().put("<I", at + 4, length), REFUSED
    yield "relocation block without entries", good.copy().put("<I", at + 4, 8), ANYHOW
    yield "relocations at the end of the address space", \
        good.copy().put("<I", at, 0xFFFFFFFF), ANYHOW
    for kind in range(16):
        yield f"relocations of type {kind}", good.copy().put(
            "<H", at + 8, kind << 12 | 0xFFC), ANYHOW
    for size in (1, 7, 8, 11, 0x7FFFFFFF, 0xFFFFFFFF):
        yield f"relocation directory of {size:#x}", \
            good.copy().directory(RELOCATION, rva, size), ANYHOW
    for place in (1, 0x10, len(good.data) - 1, 0x7FFFFFFF, 0xFFFFFFFF):
        yield f"relocation directory at {place:#x}", \
            good.copy().directory(RELOCATION, place, 12), ANYHOW
    # Half a megabyte of empty blocks, each said to patch the same page.
    many = good.copy()
    many.data += struct.pack("<IIHH", 0x3000, 12, 0xAFFC, 0) * 50000
    size = 12 * 50000
    raw = len(many.data) - size
    many.section(many.section_count - 1, raw=raw, raw_size=size, size=size)
    yield "many relocation blocks", many.directory(RELOCATION, rva, size), ANYHOW


def imports(good):
    at, rva = good.at(IMPORT), good.directory_rva(IMPORT)
    end = len(good.data)
    last = good.section_count - 1
    for index in range(5):
        for value in (0, 1, rva, end - 1, 0x7FFFFFFF, 0xFFFFFFFF):
            yield f"import descriptor: word {index} is {value:#x}", \
                good.copy().put("<I", at + 4 * index, value), ANYHOW
    for size in (0, 1, 19, 20, 0xFFFFFFFF):
        yield f"import directory of {size:#x}", \
            good.copy().directory(IMPORT, rva, size), ANYHOW
    for place in (1, 0x3C, 0x7FFFFFFF, 0xFFFFFFFF):
        yield f"import directory at {place:#x}", \
            good.copy().directory(IMPORT, place, 40), ANYHOW
    for place, size in ((0, 8), (1, 1), (rva, 0xFFFFFFFF), (0x7FFFFFFF, 8),
                        (0xFFFFFFF8, 16), (0x500, 8)):
        yield f"IAT of {size:#x} at {place:#x}", \
            good.copy().directory(IAT, place, size), ANYHOW
        yield f"delayed imports of {size:#x} at {place:#x}", \
            good.copy().directory(DELAY, place, size), ANYHOW
        yield f"load configuration of {size:#x} at {place:#x}", \
            good.copy().directory(LOAD_CONFIG, place, size), ANYHOW
    yield "a thunk that points nowhere", \
        good.copy().put("<Q", good.at(IAT), 0x7FFFFFF0), ANYHOW

    def at_end(tail, name, size=0x1000):
        pe = good.copy()
        raw = len(pe.data)
        pe.data += tail
        pe.section(last, raw=raw, raw_size=len(tail), size=size)
        start = pe.get("<I", pe.sections + 40 * last + 12)
        return name, pe.directory(RELOCATION, 0, 0), start

    # The file ends where a reader would look for the end.
    name, pe, start = at_end(b"\x11" * 0x400, "import descriptors without end")
    yield name, pe.directory(IMPORT, start, 0x400), ANYHOW
    name, pe, start = at_end(b"\0\0" + b"A" * 0x3FE, "an import's name without end")
    lookup = pe.file_offset(pe.get("<I", at))
    yield name, pe.put("<Q", lookup, start), ANYHOW
    name, pe, start = at_end(b"n" * 0x200, "a module's name without end")
    yield name, pe.put("<I", at + 12, start), ANYHOW
    thunks = struct.pack("<Q", 1 << 63 | 7) * 0x8000
    name, pe, start = at_end(thunks, "thunks without end", len(thunks))
    yield name, pe.put("<I", at, start).put("<I", at + 16, start), ANYHOW
    # Descriptors that share one long list of thunks: work that is their product.
    count = 0x4000
    descriptors = struct.pack("<IIIII", 0, 0, 0, 0, 0)
    thunks = struct.pack("<Q", 1 << 63 | 7) * count
    name, pe, start = at_end(b"", "descriptors that share their thunks",
                             20 * count + len(thunks))
    raw = len(pe.data)
    descriptors = struct.pack("<IIIII", start + 20 * count, 0, 0, start,
                              start + 20 * count)
    pe.data += descriptors * count + thunks
    pe.section(last, raw=raw, raw_size=20 * count + len(thunks))
    yield name, pe.directory(IMPORT, start, 20 * count), ANYHOW


def debug(good, folder):
    at, rva = good.at(DEBUG), good.directory_rva(DEBUG)
    record = good.get("<I", at + 24)
    room = good.get("<I", at + 16) - 24

    def path(text):
        name = os.fsencode(text)
        assert len(name) <= room, f"no room for {text}"
        return good.copy().put(f"<{room}s", record + 24, name)

    for size in (1, 27, 0x7FFFFFFF, 0xFFFFFFFF):
        yield f"debug directory of {size:#x}", \
            good.copy().directory(DEBUG, rva, size), ANYHOW
    for place in (1, 0x7FFFFFFF, 0xFFFFFFFF):
        yield f"debug directory at {place:#x}", \
            good.copy().directory(DEBUG, place, 28), ANYHOW
    for word, what in ((16, "size"), (20, "address"), (24, "offset")):
        for value in (0, 1, 24, len(good.data) - 1, 0x7FFFFFFF, 0xFFFFFFFF):
            yield f"debug record: {what} {value:#x}", \
                good.copy().put("<I", at + word, value), ANYHOW
    for kind in (0, 1, 16, 20, 0xFFFFFFFF):
        yield f"debug record of type {kind}", \
            good.copy().put("<I", at + 12, kind), ANYHOW
    for signature in (b"NB10", b"RSDX", b"\0\0\0\0"):
        yield f"debug record that begins {signature}", \
            good.copy().put("4s", record, signature), ANYHOW
    yield "a PDB's name without end", \
        good.copy().put(f"{room}s", record + 24, b"p" * room), ANYHOW
    # A PDB that is missing, odd or endless is as if there were none.
    for name in ("", ".", "/", "..", "/dev/zero", "/dev/tty", "/dev/stdin",
                 "fifo", "missing.pdb", "itself.sys", "image.sys.obj",
                 "C:\\odd\\name.pdb", "\\\\server\\share\\x.pdb", "%s%n.pdb"):
        yield f"a PDB called '{name}'", path(name), (0, 1)
    with open(os.path.join(folder, "good.pdb"), "rb") as file:
        pdb = file.read()
    for number, (what, data) in enumerate(pdbs(pdb)):
        with open(os.path.join(folder, f"{number}.pdb"), "wb") as file:
            file.write(data)
        yield f"PDB: {what}", path(f"{number}.pdb"), (0, 1)


def pdbs(good):
    """MSF files: block size, free map, blocks, directory bytes, 0, its map."""
    def put(at, value, data=good):
        changed = bytearray(data)
        struct.pack_into("<I", changed, at, value)
        return bytes(changed)

    for end in (0, 1, 32, 56, 4095, 4096, 3 * 4096, len(good) // 2, len(good) - 1):
        yield f"cut at {end}", good[:end]
    for at, what in ((32, "block size"), (36, "free map"), (40, "blocks"),
                     (44, "directory bytes"), (52, "directory's map")):
        for value in (0, 1, 2, 3, 4097, 0x7FFFFFFF, 0xFFFFFFFF):
            yield f"{what} {value:#x}", put(at, value)
    block = struct.unpack_from("<I", good, 32)[0]
    where = struct.unpack_from("<I", good, 52)[0]
    yield "a directory that is its own map", put(where * block, where)
    yield "a directory that is the header", put(where * block, 0)
    directory = struct.unpack_from("<I", good, where * block)[0] * block
    streams = struct.unpack_from("<I", good, directory)[0]
    for value in (0, 1, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF):
        yield f"{value:#x} streams", put(directory, value)
    for stream in range(min(streams, 6)):
        for value in (0, 1, block, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF):
            yield f"stream {stream} of {value:#x}", \
                put(directory + 4 + 4 * stream, value)
    first = directory + 4 + 4 * streams
    for index in range(8):
        yield f"a stream in the directory's block, {index}", \
            put(first + 4 * index, directory // block)
    # Every stream's blocks are filled with one byte.
    for value in (0, 0x41, 0xFF):
        changed = bytearray(good)
        for at in range(block * 3, directory):
            changed[at] = value
        yield f"streams of {value:#x}", bytes(changed)


def objects(good):
    """Of an object: no optional header, sections at once."""
    data = bytes(good)
    count = struct.unpack_from("<H", data, 2)[0]

    def put(form, at, *values):
        changed = bytearray(data)
        struct.pack_into(form, changed, at, *values)
        return bytes(changed)

    for end in (1, 19, 20, 20 + 39, 20 + 40 * count - 1):
        yield f"object cut at {end}", data[:end], REFUSED
    for end in range(20 + 40 * count, len(data), 97):
        yield f"object cut at {end}", data[:end], ANYHOW
    for section in range(count):
        at = 20 + 40 * section
        for form, offset, what in (("<I", 16, "size"), ("<I", 20, "contents"),
                                   ("<I", 24, "relocations"),
                                   ("<H", 32, "relocation count"),
                                   ("<I", 36, "flags")):
            for value in (0, 1, len(data) - 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF):
                value &= 0xFFFF if form == "<H" else 0xFFFFFFFF
                yield f"object, section {section}: {what} {value:#x}", \
                    put(form, at + offset, value), ANYHOW
        # The real count of relocations is in the first of them.
        overflow = bytearray(put("<H", at + 32, 0xFFFF))
        flags = struct.unpack_from("<I", overflow, at + 36)[0]
        struct.pack_into("<I", overflow, at + 36, flags | 0x01000000)
        yield f"object, section {section}: counted elsewhere", bytes(overflow), ANYHOW
    symbols = struct.unpack_from("<I", data, 8)[0]
    for at, what in ((8, "symbol table"), (12, "symbols")):
        for value in (0, 1, len(data), 0x7FFFFFFF, 0xFFFFFFFF):
            yield f"object: {what} {value:#x}", put("<I", at, value), ANYHOW
    # Found by fuzzing: 18 times as many is a small number of 32 bits.
    count = struct.unpack_from("<I", data, 12)[0]
    yield "object: symbols that overflow", \
        put("<I", 12, count | 0x80000000), REFUSED
    for symbol in range(4):
        for value in (0, 0x7FFF, 0xFFFE):
            yield f"object: symbol {symbol} in section {value:#x}", \
                put("<H", symbols + 18 * symbol + 12, value), ANYHOW
        yield f"object: symbol {symbol} with auxiliaries", \
            put("<B", symbols + 18 * symbol + 17, 255), ANYHOW
        yield f"object: symbol {symbol} with a far name", \
            put("<II", symbols + 18 * symbol, 0, 0xFFFFFFF0), ANYHOW
    # The header of an object with many sections: they are counted in 32 bits.
    big = struct.pack("<HHHHI16sIIII", 0, 0xFFFF, 2, 0x8664, 0,
                      bytes.fromhex("c7a1bad1eebaa94baf20faf66aa4dcb8"), 0, 0, 0, 0)
    for sections_said in (0, 1, 0x7FFFFFFF, 0xFFFFFFFF):
        yield f"big object of {sections_said:#x} sections", \
            big + struct.pack("<III", sections_said, 0, 0), ANYHOW


def member(name, data, size=None):
    size = str(len(data) if size is None else size)
    return (name.ljust(16) + "0".ljust(12) + "0".ljust(6) + "0".ljust(6) +
            "644".ljust(8) + size.ljust(10)).encode() + b"`\n" + data + \
        b"\n" * (len(data) % 2)


def libraries(good, made):
    good = bytes(good)
    for end in (8, 9, 60, 67, 68, 100, len(made) // 2, len(made) - 1):
        yield f"library cut at {end}", made[:end], ANYHOW
    for size in (0, 1, len(good) + 1, 10 ** 9, "4294967296", "9999999999", "-1",
                 "0x10", "", "ten"):
        yield f"library: member of '{size}'", \
            b"!<arch>\n" + member("a.obj/", good, size), ANYHOW
    for name in ("/", "//", "/0", "/9999999999", "/-1", "#1/99999", "\0", "%n%s/",
                 "\x1b[31m/"):
        yield f"library: member called {name!r}", \
            b"!<arch>\n" + member(name, good), ANYHOW
    for data, what in ((b"", "nothing"), (b"text", "text"), (b"\x7fELF", "ELF"),
                       (made, "a library"), (good[:30], "half an object"),
                       (b"\0\0\xff\xff", "an import's head")):
        yield f"library of {what}", \
            b"!<arch>\n" + member("a.obj/", data), ANYHOW
    symbols = struct.pack(">I", 0xFFFFFFFF) + b"\0" * 12
    yield "library: 4G symbols", b"!<arch>\n" + member("/", symbols) + \
        member("a.obj/", good), ANYHOW
    yield "library: a bad trailer", \
        (b"!<arch>\n" + member("a.obj/", good)).replace(b"`\n", b"``"), ANYHOW
    # A thin library names other files, which it has no business to have read.
    for name in ("/etc/passwd/", "/dev/zero/", "fifo/", "a.lib/"):
        yield f"thin library of {name}", b"!<thin>\n" + member(name, b"", 100), ANYHOW
    # Found by fuzzing: the rest of the archive is said to be longer than it is,
    # and what is said lies behind memory's end.
    yield "library: a last member of a megabyte", \
        b"!<arch>\n" + member("a.obj/", good[:20], MEGABYTE), REFUSED
    nested = b"!<arch>\n" + member("a.obj/", good)
    for _ in range(200):
        nested = b"!<arch>\n" + member("a.lib/", nested)
    yield "libraries in libraries", nested, ANYHOW


def others(good):
    yield "an empty file", b"", REFUSED
    yield "text", b"int main;\n" * 100, REFUSED
    yield "zeros", b"\0" * 100000, ANYHOW
    yield "an ELF file", b"\x7fELF\x02\x01\x01" + b"\0" * 57, REFUSED
    yield "a PDB", b"Microsoft C/C++ MSF 7.00\r\n\x1aDS\0\0\0" + b"\0" * 9000, REFUSED
    yield "16-bit MZ", b"MZ" + b"\0" * 500, REFUSED
    yield "a library and nothing in it", b"!<arch>\n", ANYHOW
    yield "bitcode", b"BC\xc0\xde" + b"\0" * 100, REFUSED
    yield "all fields huge", bytes(good.data[:0x80]) + b"\xff" * 2000, ANYHOW


class Runner:
    def __init__(self, args, folder):
        self.args, self.folder = args, folder
        self.failures = []
        self.base = 0
        self.most = 0, ""
        self.slowest = 0.0, ""

    def run(self, path):
        """(status, output, error output, kilobytes); a status below 0 is a
        signal, None no end."""
        streams = [tempfile.TemporaryFile() for _ in range(2)]
        process = subprocess.Popen(
            [self.args.hvcilint, "image", "--any", "--facts", path], cwd=self.folder,
            stdin=subprocess.DEVNULL, stdout=streams[0], stderr=streams[1])
        late = threading.Timer(SECONDS, process.kill)
        late.start()
        _, status, usage = os.wait4(process.pid, 0)
        ended = late.is_alive()
        late.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for stream in streams:
            stream.seek(0)
            texts.append(stream.read().decode(errors="backslashreplace"))
            stream.close()
        return (process.returncode if ended else None, *texts, usage.ru_maxrss)

    def complaints(self, name, size, expected, result):
        status, out, error, kilobytes = result
        if status is None:
            yield f"no end after {SECONDS} s"
        elif status < 0:
            yield f"killed by {signal.Signals(-status).name}: {error[-1500:]}"
        elif status not in expected:
            yield f"status {status}, not one of {expected}: {error[-1500:]}"
        elif status == 2:
            if not re.fullmatch(rf"hvcilint: error: {re.escape(name)}: [^\n]+\n", error):
                yield f"not one line that names the file: {error!r}"
            if re.search(r"warning:", out):
                yield f"refused, but judged: {out!r}"
        if re.search(r"[^\n\t -~]", out + error):
            yield f"control characters in {out + error!r}"
        bound = self.base + self.args.slack * MEGABYTE // 1024 + 24 * size // 1024
        if kilobytes > bound:
            yield f"{kilobytes} kB of memory for {size} bytes, {bound} allowed"

    def check(self, number, what, data, expected):
        name = f"{number}.sys"
        if "itself" in what:
            name = "itself.sys"
        path = os.path.join(self.folder, name)
        data = bytes(data.data) if isinstance(data, Pe) else data
        with open(path, "wb") as file:
            file.write(data)
        start = time.monotonic()
        result = self.run(name)
        self.slowest = max(self.slowest, (time.monotonic() - start, what))
        self.most = max(self.most, (result[3] - 24 * len(data) // 1024, what))
        for complaint in self.complaints(name, len(data), expected, result):
            self.failures.append(what)
            print(f"{name}: {what}: {complaint}", flush=True)
        if what not in self.failures and not self.args.keep:
            os.unlink(path)


def build(args, folder):
    """A good image with a PDB, its object, and a library of it."""
    environment = dict(os.environ, PATH=args.llvm_bin + os.pathsep +
                       os.environ["PATH"])
    driver = [sys.executable, os.path.join(HERE, "Inputs", "driver.py"), "x64"]
    source = os.path.join(HERE, "Inputs", "driver.c")

    def run(*command):
        subprocess.run(command, cwd=folder, env=environment, check=True)

    # The PDB's name leaves room for those that are tried in its place.
    run(*driver, "image.sys", source, "--cl=/Z7", "--", "/debug", "/pdb:good.pdb",
        "/pdbaltpath:" + "good.pdb".rjust(120, "/"))
    run(*driver, "image.obj", source, "--object")
    run("lld-link", "/lib", "image.obj", "/out:image.lib")
    return [open(os.path.join(folder, f"image.{suffix}"), "rb").read()
            for suffix in ("sys", "obj", "lib")]


def cases(args, folder):
    """(what it is, its bytes, the allowed statuses) of each."""
    image, unlinked, library = build(args, folder)
    good = Pe(image)
    fifo = os.path.join(folder, "fifo")
    if not os.path.exists(fifo):
        os.mkfifo(fifo)
    made = [case for make in (truncations, headers, sections, relocations, imports,
                              others) for case in make(good)]
    return [*made, *debug(good, folder), *objects(unlinked),
            *libraries(unlinked, library)]


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hvcilint", required=True)
    parser.add_argument("--llvm-bin", required=True,
                        help="folder of clang-cl and lld-link")
    parser.add_argument("--slack", type=int, default=16, metavar="MEGABYTES",
                        help="memory beyond a good image's that any file may take")
    parser.add_argument("--share", default="1/1", metavar="K/N",
                        help="judge the Kth file of each N")
    parser.add_argument("--keep", metavar="DIR", help="keep the files there")
    return parser.parse_args()


def main():
    args = parse()
    args.hvcilint = os.path.abspath(args.hvcilint)
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or temporary
        os.makedirs(folder, exist_ok=True)
        which, of = map(int, args.share.split("/"))
        files = cases(args, folder)[which - 1::of]
        runner = Runner(args, folder)
        status, out, error, runner.base = runner.run("image.sys")
        if status != 0:
            sys.exit(f"hostile.py: the good image: status {status}: {out}{error}")
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for done in [pool.submit(runner.check, number, *case)
                         for number, case in enumerate(files)]:
                done.result()
    print(f"{len(files)} files, {len(set(runner.failures))} failed; slowest "
          f"{runner.slowest[0]:.2f} s ({runner.slowest[1]}); most memory beyond "
          f"the file's: {(runner.most[0] - runner.base) // 1024} MB "
          f"({runner.most[1]})")
    return 1 if runner.failures else 0


if __name__ == "__main__":
    sys.exit(main())
