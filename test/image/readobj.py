#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds what hvcilint reads in images against what llvm-readobj reads in them.

Of every image in Wine's package, and of images made here for each machine:
machine, subsystem, flags, the alignment, every section's name, address, size and
access, the section of the import address table, the number of base relocations,
and the imports.
"""

import argparse
import collections
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BATCH = 100  # files for one process
MACHINES = {0x8664: "x64", 0x14C: "x86", 0xAA64: "arm64", 0xA641: "arm64ec"}
FLAGS = {0x2000: "WDM_DRIVER", 0x100: "NX_COMPAT", 0x80: "FORCE_INTEGRITY",
         0x40: "DYNAMIC_BASE"}
ACCESS = ((0x40000000, "R"), (0x80000000, "W"), (0x20000000, "E"),
          (0x02000000, "D"))
# Images of ours: all that Wine's do not have.
MADE = [(machine, source, option) for machine in ("x64", "x86", "arm64", "arm64ec")
        for source, option in (("driver.c", "/SECTION:.text,ERW"),
                               ("driver.c", "/ALIGN:512"),
                               ("imports.c", "/MERGE:.rdata=.text"),
                               ("packed.c", "/DRIVER:WDM"),
                               ("init.c", "/SECTION:INIT,ERWD"),
                               ("driver.c", "/NXCOMPAT:NO"),
                               ("driver.c", "/INTEGRITYCHECK"))]


def number(text, key, after=0):
    """The value of `key: 12`, `key: 0x1F` or `key: NAME (0x1F)`."""
    found = re.compile(rf"\b{key}: (?:\w+ \()?(0x[0-9A-F]+|\d+)").search(text, after)
    return int(found[1], 0) if found else 0


def read_sections(text):
    for part in text.split("\n  Section {")[1:]:
        # What stands behind the name in brackets are its bytes in the table.
        name = re.search(r"\n    Name: (.*) \([0-9A-F ]+\)\n", part)[1]
        flags = int(re.search(r"Characteristics \[ \((0x[0-9A-F]+)\)", part)[1], 16)
        # With no size in memory it is the size in the file.
        size = number(part, "VirtualSize") or number(part, "RawDataSize")
        access = "".join(c if flags & bit else "-" for bit, c in ACCESS)
        yield number(part, "VirtualAddress"), size, access, name


def access_table(sections, rva):
    return [name for start, size, _, name in sections
            if rva and start <= rva < start + size]


def read_others(text):
    """File name -> facts, of llvm-readobj's output."""
    for part in text.split("\nFile: ")[1:]:
        optional = part.index("ImageOptionalHeader {")
        flags = int(re.compile(r"  Characteristics \[ \((0x[0-9A-F]+)\)").search(
            part, optional)[1], 16)
        names = {text for bit, text in FLAGS.items() if flags & bit}
        if "IMAGE_FILE_RELOCS_STRIPPED" in part[:optional]:
            names.add("RELOCS_STRIPPED")
        sections = sorted(read_sections(part))
        iat = number(part, "IATRVA")
        types = collections.Counter(re.findall(r"\n    Type: (.+)\n    Address", part))
        yield part.split("\n", 1)[0], {
            "machine": MACHINES[number(part, "Machine")],
            "subsystem": number(part, "Subsystem"),
            "section-alignment": number(part, "SectionAlignment"),
            "flags": names,
            "sections": sections,
            "import-table": access_table(sections, iat),
            "base-relocations": sum(types.values()) - types["ABSOLUTE"],
            "imports": sorted(re.findall(r"\n +Symbol: (\S+) \(\d+\)", part)),
        }


def read_ours(text):
    """The same, of `hvcilint image --facts`."""
    for part in re.split(r"(?m)^facts of ", text)[1:]:
        name, *lines = part.split("\n")
        facts = {"sections": [], "imports": [], "import-table": [], "flags": set(),
                 "base-relocations": 0}
        for line in lines:
            if not line.startswith("  "):
                break
            key, _, value = line.strip().partition(" ")
            if key == "section":
                address, size, access, called = value.split(" ", 3)
                facts["sections"].append(
                    (int(address, 16), int(size, 16), access, called))
            elif key == "import":
                facts["imports"].append(value)
            elif key == "import-table":
                facts[key].append(value)
            elif key == "flags":
                facts[key] = set(value.split())
            elif key == "machine":
                facts[key] = value
            elif key in ("subsystem", "section-alignment", "base-relocations"):
                facts[key] = int(value, 0)
        facts["sections"].sort()
        facts["imports"].sort()
        yield name, facts


def output(command):
    """An image with faults is judged with status 1."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, errors="replace", check=False)
    if done.returncode not in (0, 1) or "error:" in done.stderr:
        sys.exit(f"readobj.py: {command[0]}: status {done.returncode}: {done.stderr}")
    return done.stdout


def compare(file, theirs, ours):
    for key in sorted(set(theirs) | set(ours)):
        if theirs.get(key) != ours.get(key):
            yield f"{file}: {key}: {ours.get(key)}, but llvm-readobj: {theirs.get(key)}"


def make(args, folder):
    environment = dict(os.environ, PATH=args.llvm_bin + os.pathsep +
                       os.environ["PATH"])
    for count, (machine, source, option) in enumerate(MADE):
        path = os.path.join(folder, f"{count}-{machine}.sys")
        subprocess.run(
            [sys.executable, os.path.join(HERE, "Inputs", "driver.py"), machine, path,
             os.path.join(HERE, "Inputs", source), "--", option],
            env=environment, check=True)
        yield path


def is_image(path):
    with open(path, "rb") as file:
        return file.read(2) == b"MZ"


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hvcilint", required=True)
    parser.add_argument("--readobj", required=True, help="llvm-readobj")
    parser.add_argument("--llvm-bin", required=True,
                        help="folder of clang-cl and lld-link")
    parser.add_argument("--wine", required=True, metavar="DIR",
                        help="folder of Wine's images")
    return parser.parse_args()


def main():
    args = parse()
    wrong, totals = [], collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(args.wine, name) for name in os.listdir(args.wine)]
        paths = sorted(filter(is_image, paths)) + list(make(args, folder))
        for first in range(0, len(paths), BATCH):
            files = paths[first:first + BATCH]
            theirs = dict(read_others(output(
                [args.readobj, "--file-headers", "--sections", "--coff-basereloc",
                 "--coff-imports", *files])))
            ours = dict(read_ours(output(
                [args.hvcilint, "image", "--any", "--facts", *files])))
            for file in files:
                wrong += compare(file, theirs[file], ours.get(file, {}))
                totals["images"] += 1
                totals["sections"] += len(theirs[file]["sections"])
                totals["base relocations"] += theirs[file]["base-relocations"]
                totals["imports"] += len(theirs[file]["imports"])
    for line in wrong:
        print(line)
    print(", ".join(f"{count} {what}" for what, count in totals.items()))
    # Less than that is not what was to be read.
    if totals["images"] < 600 or totals["base relocations"] < 100000:
        sys.exit("readobj.py: too little was compared")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
