# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures hvcilint check over a generated tree, and against ninja alone."""

import json
import os
import pathlib
import shutil
import statistics
import sys

import tree
from timing import cost, median

PAIRED = 30  # units of the trees that are compiled again and again
MINGW = "/usr/share/mingw-w64/include"


def check(args, top):
    return [args.hvcilint, "check", "-p", f"{top}/build", f"--output={top}/out",
            f"--root={top}", f"--clang={os.path.join(args.llvm_bin, 'clang')}",
            f"--plugin={args.plugin}"]


def records(top):
    """The records of a tree and when each was written."""
    return {path.name: path.stat().st_mtime_ns
            for path in pathlib.Path(top, "out", "records").iterdir()}


def make_tree(args):
    """The tree with its records, and what making these cost or None."""
    if os.path.exists(f"{args.tree}/out/results.json"):
        return None
    tree.make(args.tree, args.units, tree.small_kit(args.kit))
    return cost(check(args, args.tree), args.tree)


# ---- the same compiles, by ninja alone ---------------------------------------


def write_ninja(args, top, kit):
    clang = os.path.join(args.llvm_bin, "clang")
    os.makedirs(f"{top}/plain", exist_ok=True)
    mode = ["--driver-mode=cl", "-nologo"] if kit.cl else []
    output = (["-showIncludes", "-c", f"-o{top}/plain/$out"] if kit.cl else
              ["-MD", "-MT", "unit", "-MF", f"{top}/plain/$out.d", "-c", "-o",
               f"{top}/plain/$out"])
    words = [clang, *mode, *kit.options, "-fno-crash-diagnostics",
             "-fno-color-diagnostics", "-Xclang", "-fno-caret-diagnostics", "-Xclang",
             "-load", "-Xclang", args.plugin, "-Xclang", "-plugin", "-Xclang", "hvcilint", *output, "$source"]
    with open(f"{top}/build/compile_commands.json") as file:
        entries = json.load(file)
    with open(f"{top}/plain/build.ninja", "w") as out:
        out.write("ninja_required_version = 1.5\nrule unit\n"
                  f"  command = cd {top}/build && exec {' '.join(words)}\n"
                  f"  deps = {'msvc' if kit.cl else 'gcc'}\n")
        if not kit.cl:
            out.write("  depfile = $out.d\n")
        for entry in entries:
            source = entry["file"]
            shown = os.path.relpath(source, f"{top}/build") if kit.cl else source
            out.write(f"build {os.path.basename(source)}: unit\n"
                      f"  source = {shown}\n")
    return [entry["file"] for entry in entries]


def same_records(top, sources):
    """Whether both made the same of each unit."""
    with open(f"{top}/out/results.json") as file:
        units = json.load(file)["units"]
    made = {unit["source"]: f"{top}/out/{unit['record']}" for unit in units}
    return all(pathlib.Path(made[source]).read_bytes() ==
               pathlib.Path(top, "plain", os.path.basename(source)).read_bytes()
               for source in sources)


def forget(top):
    shutil.rmtree(f"{top}/out", ignore_errors=True)
    for path in pathlib.Path(top, "plain").iterdir():
        if path.name != "build.ninja":
            path.unlink()


def overhead(args, top, kit):
    """Median ratios of CPU time and wall time, check to ninja alone."""
    tree.make(top, PAIRED, kit)
    sources = write_ninja(args, top, kit)
    pairs = []
    for run in range(args.runs):
        forget(top)
        order = [(0, check(args, top), top), (1, ["ninja"], f"{top}/plain")]
        costs = [None, None]
        for at, command, folder in order if run % 2 else reversed(order):
            costs[at] = cost(command, folder)
        pairs.append(costs)
    if not same_records(top, sources):
        sys.exit("bench: ninja alone did not run the same compiles")
    return (statistics.median(ours.cpu / plain.cpu for ours, plain in pairs),
            statistics.median(ours.wall / plain.wall for ours, plain in pairs),
            statistics.median(plain.cpu for _, plain in pairs) / PAIRED)


# ---- the table ---------------------------------------------------------------


def show(name, what, goal=""):
    print(f"{name:40}{what.wall:8.2f}s{what.cpu:8.2f}s{what.memory:8.0f} MB  {goal}")


def touched(args):
    header = f"{args.tree}/part000/part.h"
    os.utime(header)
    before = records(args.tree)
    spent = cost(check(args, args.tree), args.tree)
    after = records(args.tree)
    changed = sum(before[name] != after[name] for name in after)
    users = min(tree.FOLDER, args.units)
    if changed != users:
        sys.exit(f"bench: {changed} units were compiled, not the {users} users")
    return users, spent


def report(args):
    cold = make_tree(args)
    print(f"\nhvcilint check, {args.units} generated units")
    print(f"{'':40}{'wall':>9}{'CPU':>9}{'memory':>11}")
    if cold:
        show("for the first time", cold)
    cost(check(args, args.tree), args.tree)
    unchanged = [cost(check(args, args.tree), args.tree) for _ in range(args.runs)]
    ninja = [cost(["ninja"], f"{args.tree}/out") for _ in range(args.runs)]
    show("unchanged", median(unchanged), "goal: 0.3 s")
    show("  of which ninja", median(ninja))
    users, spent = touched(args)
    show(f"one header touched, {users} users", spent)
    print(f"\nhvcilint check / ninja alone, the same {PAIRED} compiles, "
          f"{args.runs} pairs (goal: 1.03)")
    print(f"{'':40}{'wall':>9}{'CPU':>9}{'a unit':>9}")
    kits = [("the tests' kit", tree.small_kit(args.kit))]
    if os.path.isdir(MINGW):
        kits.append(("MinGW's headers", tree.large_kit(MINGW)))
    else:
        print(f"no {MINGW}: units of a real size are not measured")
    for name, kit in kits:
        cpu, wall, unit = overhead(args, os.path.join(args.folder, kit.name), kit)
        print(f"{name:40}{wall:9.3f}{cpu:9.3f}{1000 * unit:7.0f}ms")
