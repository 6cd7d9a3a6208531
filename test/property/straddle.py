#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds the plugin's forecast of straddling relocations against linked images.

Random programs (see programs.py) are compiled with the plugin and linked with
lld-link; what `.reloc` says of each global must agree with the diagnostic:

  * at least X and at most Y straddle, and none without a diagnostic;
  * exactly X = Y straddle if the global is page-aligned;
  * the total is the number of entries within the global;
  * X and Y are the extremes over all placements of these very entries, for an
    alignment that the compiler may have given the global.
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import re
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import threading

import programs
from programs import INDIRECT, MAGIC, PAGE

WIDTHS = {"HIGHLOW": 4, "DIR64": 8}
EXECUTABLE = 0x20000000

# How many globals of each case 300 programs must at least have; the default
# seed's have about twice as many.
MINIMUM = {
    "certain": 40,
    "possible": 100,
    "page-aligned and straddling": 20,
    "really straddling": 70,
    "with relocations, but silent": 200,
    "compound literals diagnosed": 10,
}

FORECAST = re.compile(
    r"\((?P<line>\d+),\d+\): \w+: '(?P<name>[^']*)' "
    r"(?P<verdict>is laid out|may be placed) so that at least (?P<least>\d+) and "
    r"at most (?P<most>\d+) of its (?P<total>\d+) relocations straddle a page "
    r"boundary")


class Failure(Exception):
    """What is wrong with a program."""


class Image:
    """The parts of a PE image that the test reads."""

    def __init__(self, path):
        self.data = path.read_bytes()
        header = struct.unpack_from("<I", self.data, 0x3C)[0]
        count, optional = struct.unpack_from("<2xH12xH", self.data, header + 4)
        start = header + 24
        wide = struct.unpack_from("<H", self.data, start)[0] == 0x20B
        self.word = "<Q" if wide else "<I"
        self.width = 8 if wide else 4
        self.base = struct.unpack_from(
            self.word, self.data, start + (24 if wide else 28))[0]
        self.sections = []
        for i in range(count):
            at = start + optional + 40 * i
            name, size, rva, raw_size, raw, flags = struct.unpack_from(
                "<8sIIII12xI", self.data, at)
            self.sections.append(
                (name.rstrip(b"\0"), rva, max(size, raw_size), raw, raw_size, flags))

    def read(self, rva):
        """The pointer-sized word at an address."""
        for _, start, _, raw, raw_size, _ in self.sections:
            if start <= rva and rva + self.width <= start + raw_size:
                return struct.unpack_from(self.word, self.data, raw + rva - start)[0]
        raise Failure(f"nothing in the image at {rva:#x}")

    def probes(self):
        """(index, rva, size, alignment) of every global that has a probe."""
        for name, start, size, _, raw_size, _ in self.sections:
            if name != b".probe":
                continue
            for at in range(start, start + min(size, raw_size) - 3 * self.width,
                            4 * self.width):
                address, length, align, tag = (
                    self.read(at + i * self.width) for i in range(4))
                if tag >> 16 != MAGIC >> 16:
                    continue  # the section's padding
                rva = address - self.base
                if tag & INDIRECT:
                    rva = self.read(rva) - self.base
                yield tag & 0xFFF, rva, length, align

    def is_code(self, rva):
        return any(start <= rva < start + size and flags & EXECUTABLE
                   for _, start, size, _, _, flags in self.sections)


def straddles(rva, width):
    return rva % PAGE + width > PAGE


def extremes(offsets, width, alignment):
    """The forecasts that are right for some alignment the global may have: its
    own, or up to 16 where the target raises it."""
    at_start = [0] * PAGE  # straddling entries if the global starts there
    for offset, number in collections.Counter(o % PAGE for o in offsets).items():
        for end in range(PAGE - width + 1, PAGE):
            at_start[(end - offset) % PAGE] += number
    allowed = []
    alignment = min(alignment, PAGE)
    while alignment <= 16 or not allowed:
        placements = at_start[::alignment]
        allowed.append((min(placements), max(placements)))
        alignment *= 2
    return allowed


class Runner:
    def __init__(self, args, folder):
        self.args = args
        self.folder = folder
        self.seen = collections.Counter()
        self.lock = threading.Lock()
        self.machines = {"x86_64": "x64", "i686": "x86", "aarch64": "arm64"}
        (folder / "imports.def").write_text("LIBRARY imports.sys\nEXPORTS\n Imported\n")
        for target in programs.TARGETS:
            self.run([args.lld_link, "/lib", f"/def:{folder / 'imports.def'}",
                      f"/machine:{self.machine(target)}",
                      f"/out:{self.imports(target)}"], [])

    def machine(self, target):
        return self.machines[target.split("-")[0]]

    def imports(self, target):
        return self.folder / f"imports-{self.machine(target)}.lib"

    def run(self, command, log):
        command = [str(part) for part in command]
        log.append(shlex.join(command))
        done = subprocess.run(command, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace")
        if done.returncode != 0:
            raise Failure(f"{command[0]} failed ({done.returncode}):\n"
                          + done.stdout[-3000:])
        return done.stdout

    def program(self, index):
        """None, or why program `index` fails."""
        made = programs.make_program(self.args.seed, index)
        folder = self.folder / f"program-{index}"
        folder.mkdir(exist_ok=True)
        log = []
        try:
            self.check(made, *self.build(made, folder, log))
        except Failure as failure:
            (folder / "commands").write_text("\n".join(log) + "\n")
            return "\n".join([f"program {index} ({made.target}): {failure}",
                              f"  kept in {folder}"] + [f"  $ {c}" for c in log])
        if not self.args.keep:
            shutil.rmtree(folder)
        return None

    def build(self, made, folder, log):
        source = folder / f"source.{made.language}"
        source.write_text(made.text)
        said = self.run(
            [self.args.clang_cl, f"--target={made.target}", "/c", "/GS-", "/GR-",
             "/Zc:threadSafeInit-", "-Wno-c99-designator", "-Xclang",
             "-fno-caret-diagnostics", *made.options, "-Xclang", "-load", "-Xclang",
             self.args.plugin, f"/Fo{folder / 'source.obj'}", source], log)
        image = folder / "image.sys"
        self.run(
            [self.args.lld_link, "/driver", "/subsystem:native", "/entry:Entry",
             "/nodefaultlib", "/opt:noref", "/dynamicbase", "/fixed:no",
             f"/out:{image}", folder / "source.obj", self.imports(made.target)], log)
        relocations = self.run([self.args.readobj, "--coff-basereloc", image], log)
        entries = re.findall(r"Type: (\w+).*\s+Address: (0x[0-9A-F]+)", relocations)
        unknown = {kind for kind, _ in entries} - {"ABSOLUTE", *WIDTHS}
        if unknown:
            raise Failure(f"base relocations of another kind: {unknown}")
        return said, Image(image), [(int(address, 16), WIDTHS[kind])
                                    for kind, address in entries if kind in WIDTHS]

    def forecasts(self, made, said):
        """The diagnostics, by global."""
        names = {g.name: g for g in made.globals if not g.literal_line}
        literals = {g.literal_line: g for g in made.globals if g.literal_line}
        found = {}
        for match in FORECAST.finditer(said):
            name, line = match["name"], int(match["line"])
            of = literals.get(line) if name == "compound literal" else names.get(name)
            if not of:
                raise Failure(f"diagnosed what the program does not have: {match[0]}")
            if of.name in found:
                raise Failure(f"diagnosed twice: {match[0]}")
            certain = int(match["least"]) > 0 and not made.target.startswith("i686")
            if certain != (match["verdict"] == "is laid out"):
                raise Failure(f"not the verdict for these counts: {match[0]}")
            found[of.name] = tuple(
                int(match[key]) for key in ("least", "most", "total"))
        return found

    def check(self, made, said, image, entries):
        forecasts = self.forecasts(made, said)
        seen = collections.Counter()
        probes = {index: rest for index, *rest in image.probes()}
        if sorted(probes) != list(range(len(made.globals))):
            raise Failure(f"probes of {sorted(probes)} only")
        stray = {rva for rva, width in entries
                 if straddles(rva, width) and not image.is_code(rva)}
        for index, of in enumerate(made.globals):
            rva, size, alignment = probes[index]
            inside = [(at, width) for at, width in entries if rva <= at < rva + size]
            real = [at for at, width in inside if straddles(at, width)]
            stray.difference_update(real)
            self.check_global(of, forecasts.get(of.name), rva, alignment, inside,
                              len(real), image.width)
            self.count(seen, of, forecasts.get(of.name), len(inside), len(real))
        if stray:
            raise Failure("straddling outside the globals: "
                          + ", ".join(f"{rva:#x}" for rva in sorted(stray)))
        with self.lock:
            self.seen += seen

    @staticmethod
    def check_global(of, forecast, rva, alignment, inside, real, width):
        least, most, total = forecast or (0, 0, len(inside))
        fact = (f"'{of.name}' at {rva:#x}, aligned to {alignment}, has {len(inside)} "
                f"relocations, {real} straddling; forecast: " +
                (f"{least} to {most} of {total}" if forecast else "none"))
        if forecast and most == 0:
            raise Failure(f"diagnosed without cause: {fact}")
        if total != len(inside):
            raise Failure(f"wrong total: {fact}")
        if not least <= real <= most:
            raise Failure(f"outside the forecast: {fact}")
        if of.page_aligned and (least, most) != (real, real):
            raise Failure(f"page-aligned, but not exact: {fact}")
        allowed = extremes([at - rva for at, _ in inside], width, alignment)
        if (least, most) not in allowed:
            raise Failure(f"not the extremes, {allowed}: {fact}")

    @staticmethod
    def count(seen, of, forecast, inside, real):
        seen["globals"] += 1
        seen["relocations"] += inside
        seen["straddling relocations"] += real
        seen["certain"] += bool(forecast and forecast[0] > 0)
        seen["possible"] += bool(forecast and forecast[0] == 0)
        seen["really straddling"] += real > 0
        seen["page-aligned"] += of.page_aligned
        seen["page-aligned and straddling"] += of.page_aligned and real > 0
        seen["with relocations, but silent"] += inside > 0 and not forecast
        seen["compound literals diagnosed"] += bool(of.literal_line and forecast)

    def too_rare(self, count):
        """The cases that a run of that length has seen too seldom."""
        return [f"only {self.seen[case]} globals {case}; {minimum} of 300 expected"
                for case, minimum in MINIMUM.items()
                if self.seen[case] < minimum * count // 300]


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clang-cl", required=True)
    parser.add_argument("--lld-link", required=True)
    parser.add_argument("--readobj", required=True, help="llvm-readobj")
    parser.add_argument("--plugin", required=True, help="hvcilint.so")
    parser.add_argument("--count", type=int, default=300, help="programs to make")
    parser.add_argument("--seed", default="1", help="another one makes other programs")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--keep", type=pathlib.Path, metavar="DIR",
                        help="keep every program there, not only failing ones")
    parser.add_argument("--only", type=int, metavar="N", help="make program N alone")
    return parser.parse_args(arguments)


def main(arguments):
    args = parse(arguments)
    folder = args.keep or pathlib.Path(tempfile.mkdtemp(prefix="straddle-"))
    folder.mkdir(parents=True, exist_ok=True)
    runner = Runner(args, folder.resolve())
    numbers = range(args.count) if args.only is None else [args.only]
    failures = []
    with concurrent.futures.ThreadPoolExecutor(max(1, args.jobs)) as pool:
        for failure in pool.map(runner.program, numbers):
            if failure:
                failures.append(failure)
                print(failure, flush=True)
    failed = len(failures)
    for case in sorted(runner.seen):
        print(f"{runner.seen[case]:8} {case}")
    if args.only is None:
        for complaint in runner.too_rare(args.count):
            print(complaint)
            failed += 1
    if not failures and not args.keep:
        shutil.rmtree(folder)
    print(f"seed {args.seed}, {len(numbers)} programs")
    print(f"{len(numbers) - len(failures)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
