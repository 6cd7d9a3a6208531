#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures what the plugin adds to a compile, as ratios of paired runs.

Each unit is parsed in turn without the plugin, with it, and with it loaded and
all rules off; the ratio of a pair is of user times of neighbouring runs, so that
what else the machine does falls on both. Printed are medians of the pairs.

Then records of 100 calls each, all of other units, are linked: the times for more
and more records show how they grow.

Last, an image of 100 MB with a million base relocations is judged; the ratio is to
llvm-readobj, which lists them.

For the editor, clangd with the plugin and without it get the same edits of the
largest units in turn: see bench_editor.py.
"""

import argparse
import json
import os
import re
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile

import bench_editor

RULES = re.compile(r'(?m)^HVCI_RULE\(\w+,\s*"([\w-]+)"')


def user_time(command, directory):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    result = subprocess.run(command, cwd=directory, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, check=False)
    if result.returncode != 0:
        sys.exit(f"bench.py: exit {result.returncode}: {shlex.join(command)}")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def instructions(command, directory):
    with tempfile.NamedTemporaryFile() as out:
        result = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}",
             "--trace-children=yes"] + command,
            cwd=directory, capture_output=True, text=True, check=False)
    counts = re.findall(r"Collected : (\d+)", result.stderr)
    if result.returncode != 0 or not counts:
        sys.exit(f"bench.py: callgrind failed: {shlex.join(command)}")
    return sum(map(int, counts))


def corpus_units(folder):
    with open(os.path.join(folder, "compile_commands.json")) as file:
        for entry in json.load(file):
            command = entry.get("arguments") or shlex.split(entry["command"])
            yield entry["file"], entry["directory"], [
                word for word in command[1:]
                if word not in ("-c",) and not word.startswith(("-o", "-fplugin"))
            ]


def large_unit(path):
    """Functions of fifty lines with two DDI calls each, and packed tables."""
    with open(path, "w") as out:
        out.write("#include <ntddk.h>\n#pragma pack(push, 1)\n"
                  "typedef struct { USHORT Id; const char *Text; } ENTRY;\n"
                  "#pragma pack(pop)\n")
        for table in range(4):
            out.write(f"ENTRY Table{table}[] = {{\n")
            out.writelines(f'  {{{i}, "text {i}"}},\n' for i in range(500))
            out.write("};\n")
        for i in range(1500):
            out.write(f"PVOID F{i}(int a, int b, PMDL mdl, POOL_TYPE type) {{\n"
                      f"  int c = a * {i} + b, d = c ^ (a << 3), e = 0;\n")
            for j in range(12):
                out.write("  for (int i = 0; i < c; i++) {\n"
                          f"    e += d / (i + {j}); d ^= e; Table3[i].Id += e;\n"
                          "  }\n"
                          f"  if (e > {j} && d != c) F0(e, d + {j}, mdl, type);\n")
            out.write(
                "  if (e > 5) return ExAllocatePoolWithTag(type | 512, e, 1);\n"
                "  return MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority"
                " | MdlMappingNoExecute);\n}\n")


def plugin_arguments(plugin, off):
    words = ["-Xclang", "-load", "-Xclang", plugin]
    if off:
        words += ["-Xclang", "-plugin-arg-hvcilint", "-Xclang",
                  "off=" + ",".join(off)]
    return words


def measure(units, args, rules):
    """Pairs of ratios (all rules, none) for each unit."""
    rows = []
    for name, directory, command in units:
        plain = command
        loaded = command[:1] + plugin_arguments(args.plugin, []) + command[1:]
        idle = command[:1] + plugin_arguments(args.plugin, rules) + command[1:]
        if args.callgrind:
            base = instructions(plain, directory)
            rows.append((name, instructions(loaded, directory) / base,
                         instructions(idle, directory) / base))
            continue
        pairs, loads = [], []
        for _ in range(args.runs):
            base = user_time(plain, directory)
            pairs.append(user_time(loaded, directory) / base)
            loads.append(user_time(idle, directory) / base)
        rows.append((name, statistics.median(pairs), statistics.median(loads)))
    return rows


def load_cost(args, clang, rules, folder):
    """Milliseconds to load the plugin, on an empty file."""
    empty = os.path.join(folder, "empty.c")
    open(empty, "w").close()
    plain = [clang, "--driver-mode=cl", "--target=x86_64-pc-windows-msvc", "/Zs",
             "--", empty]
    loaded = plain[:1] + plain[1:2] + plugin_arguments(args.plugin, rules) + \
        plain[2:]
    differences = [user_time(loaded, folder) - user_time(plain, folder)
                   for _ in range(max(args.runs, 15))]
    return 1000 * statistics.median(differences)


CALLS = 100


def template_record(args, folder, kit):
    """The record of a unit that calls a hundred others, all to be renamed."""
    source = os.path.join(folder, "template.c")
    with open(source, "w") as out:
        out.write("#include <ntddk.h>\nvoid *Self(POOL_TYPE Type) {\n"
                  "  return ExAllocatePoolWithTag(Type, 8, 1);\n}\n")
        out.writelines(f"void *Callee{i}_(POOL_TYPE Type);\n"
                       for i in range(CALLS))
        out.write("void SelfCalls(int x) {\n")
        out.writelines(
            f"  Callee{i}_({'NonPagedPool' if i % 10 == 0 else 'PagedPool'});\n"
            for i in range(CALLS))
        out.write("}\n")
    record = os.path.join(folder, "template.hvci")
    subprocess.run(
        [args.clang, "--driver-mode=cl", "--target=x86_64-pc-windows-msvc", "/Zs",
         "-Wno-everything", "-imsvc", kit, *plugin_arguments(args.plugin, []),
         "-Xclang", "-plugin-arg-hvcilint", "-Xclang", f"record={record}", "--",
         source], check=True, capture_output=True)
    with open(record) as file:
        return file.read()


def measure_links(args, folder, kit):
    """(records, user time) of linking more and more of them."""
    template = template_record(args, folder, kit)
    for count in (250, 500, 1000):
        names = []
        for unit in range(count):
            text = re.sub(r"Callee(\d+)_",
                          lambda m: f"Unit{(unit + 1 + int(m[1])) % count}",
                          template)
            text = text.replace("Self", f"Unit{unit}")
            names.append(os.path.join(folder, f"{unit}.hvci"))
            with open(names[-1], "w") as out:
                out.write(text.replace("template.c", f"unit{unit}.c"))
        with open(os.path.join(folder, "records"), "w") as out:
            out.write("\n".join(names))
        # It has findings: status 1.
        command = ["sh", "-c", '"$1" link @records || test $? = 1', "sh",
                   args.hvcilint]
        yield count, min(user_time(command, folder) for _ in range(5))


def report_links(args, folder, kit):
    print(f"\nhvcilint link, records of {CALLS} calls: user time")
    rows = list(measure_links(args, folder, kit))
    for count, seconds in rows:
        print(f"{f'{count} records':28}{seconds:9.2f}s"
              f"{1e6 * seconds / count / CALLS:10.1f} us a call")
    (first, base), (last, most) = rows[0], rows[-1]
    print(f"{f'{last / first:.0f} times the records':28}{most / base:10.2f}"
          " times the time")


def large_image(folder, llvm_bin):
    """100 MB, a million base relocations, of which some straddle a page."""
    source = os.path.join(folder, "large.s")
    with open(source, "w") as out:
        out.write("  .text\n  .globl DriverEntry\nDriverEntry: ret\n"
                  "  .data\n  .balign 4096\n  .globl Aligned, Packed\nAligned:\n"
                  "  .rept 900000\n  .quad DriverEntry\n  .endr\nPacked:\n"
                  "  .rept 100000\n  .short 1\n  .quad DriverEntry\n  .endr\n"
                  '  .section .rdata, "dr"\n  .fill 91 << 20, 1, 0x5a\n')
    image = os.path.join(folder, "large.sys")
    for command in (
            ["clang", "--target=x86_64-pc-windows-msvc", "-c", source, "-o",
             f"{source}.obj"],
            ["lld-link", "/driver", "/subsystem:native", "/entry:DriverEntry",
             "/nodefaultlib", "/dynamicbase", "/fixed:no", "/debug",
             f"/out:{image}", f"{source}.obj"]):
        subprocess.run([os.path.join(llvm_bin, command[0]), *command[1:]],
                       check=True, capture_output=True)
    return image


def report_image(args, folder):
    image = large_image(folder, args.llvm_bin)
    # It has findings: status 1.
    judge = ["sh", "-c", '"$1" image "$2" || test $? = 1', "sh", args.hvcilint, image]
    read = [os.path.join(args.llvm_bin, "llvm-readobj"), "--coff-basereloc", image]
    pairs = [(user_time(judge, folder), user_time(read, folder))
             for _ in range(args.runs)]
    print(f"\nhvcilint image, {os.path.getsize(image) / 1e6:.0f} MB, a million base "
          "relocations: user time")
    print(f"{'judged':28}{statistics.median(p[0] for p in pairs):9.2f}s")
    print(f"{'llvm-readobj':28}{statistics.median(p[1] for p in pairs):9.2f}s")
    print(f"{'ratio':28}{statistics.median(a / b for a, b in pairs):10.2f}")


EDITED = 5  # units of the corpus: the largest ones


def report_edits(args, corpus):
    sources = sorted({os.path.join(directory, name) for name, directory, _ in corpus},
                     key=os.path.getsize)
    rows = bench_editor.measure(args.hvcilint, os.path.join(args.llvm_bin, "clangd"),
                                sources[-EDITED:], args.corpus, args.edits)
    print("\nhvcilint clangd, from edit to findings: wall time, "
          f"{args.edits} pairs a unit")
    print(f"{'':28}{'plain':>10}{'ratio':>10}")
    for name, plain, ratio in rows:
        print(f"{name[:27]:28}{plain:8.0f}ms{ratio:10.3f}")
    print(f"{'median':38}{statistics.median(row[2] for row in rows):10.3f}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--hvcilint", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--llvm-bin", required=True,
                        help="folder of clang, lld-link and llvm-readobj")
    parser.add_argument("--corpus", required=True,
                        help="folder that scripts/corpus.sh made")
    parser.add_argument("--runs", type=int, default=9, help="pairs per unit")
    parser.add_argument("--edits", type=int, default=40,
                        help="pairs of edits per unit in the editor")
    parser.add_argument("--only-editor", action="store_true",
                        help="measure edits in the editor and nothing else")
    parser.add_argument("--callgrind", action="store_true",
                        help="count instructions instead: slow, but repeatable")
    args = parser.parse_args()
    args.plugin = os.path.abspath(args.plugin)
    args.hvcilint = os.path.abspath(args.hvcilint)
    args.corpus = os.path.abspath(args.corpus)
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    with open(os.path.join(root, "checkers", "rules.def")) as file:
        rules = RULES.findall(file.read())

    with tempfile.TemporaryDirectory() as folder:
        large = os.path.join(folder, "large.c")
        large_unit(large)
        kit = os.path.join(root, "test", "Inputs", "km")
        cl = [args.clang, "--driver-mode=cl", "--target=x86_64-pc-windows-msvc",
              "/Zs", "-Wno-everything", "-imsvc", kit, "--", large]
        corpus = [(name, directory, [args.clang] + command)
                  for name, directory, command in corpus_units(args.corpus)]
        if args.only_editor:
            report_edits(args, corpus)
            return
        rows = measure(corpus, args, rules)
        generated = measure([("generated", folder, cl)], args, rules)
        what = "instructions" if args.callgrind else "user time"
        print(f"ratio of {what}, plugin / no plugin")
        print(f"{'':28}{'all rules':>10}{'rules off':>10}")
        print(f"{f'corpus, {len(rows)} units: median':28}"
              f"{statistics.median(r[1] for r in rows):10.3f}"
              f"{statistics.median(r[2] for r in rows):10.3f}")
        worst = max(rows, key=lambda row: row[1])
        print(f"{'corpus: largest':28}{worst[1]:10.3f}{worst[2]:10.3f}"
              f"  {os.path.basename(worst[0])}")
        for _, ratio, idle in generated:
            print(f"{'generated unit':28}{ratio:10.3f}{idle:10.3f}")
        if not args.callgrind:
            print(f"loading the plugin: {load_cost(args, args.clang, rules, folder):.1f}"
                  " ms of user time")
        report_links(args, folder, kit)
        report_image(args, folder)
        report_edits(args, corpus)


if __name__ == "__main__":
    main()
