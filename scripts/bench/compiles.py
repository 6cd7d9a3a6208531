# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures what the plugin adds to a compile, by paired runs."""

import json
import os
import shlex
import statistics

from timing import instructions, user_time


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


def report(args):
    large = os.path.join(args.folder, "large.c")
    large_unit(large)
    cl = [args.clang, "--driver-mode=cl", "--target=x86_64-pc-windows-msvc", "/Zs",
          "-Wno-everything", "-imsvc", args.kit, "--", large]
    corpus = [(name, directory, [args.clang] + command)
              for name, directory, command in corpus_units(args.corpus)]
    rows = measure(corpus, args, args.rules)
    generated = measure([("generated", args.folder, cl)], args, args.rules)
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
        print(f"loading the plugin: "
              f"{load_cost(args, args.clang, args.rules, args.folder):.1f}"
              " ms of user time")
