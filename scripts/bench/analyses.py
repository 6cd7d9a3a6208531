# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures what the plugin's checkers add to the static analyzer, by paired runs."""

import os
import statistics

from compiles import corpus_units, plugin_arguments
from timing import user_time


def measure(units, args):
    """(name, median seconds without the plugin, median ratio) of each unit. Which
    of a pair is first changes from run to run; the first pair is not counted."""
    rows = []
    for name, directory, command in units:
        words = [word for word in command if word not in ("-fsyntax-only", "/Zs")]
        plain = [args.clang, "--analyze", *words, "-Xclang", "-analyzer-output=text"]
        ours = [*plain, *plugin_arguments(args.plugin, []), "-Xclang",
                "-analyzer-checker=hvci"]
        pairs = []
        for run in range(args.analyses + 1):
            times = [0.0, 0.0]
            for at in (0, 1) if run % 2 else (1, 0):
                times[at] = user_time((ours, plain)[at], directory)
            pairs.append(times)
        pairs = pairs[1:]
        rows.append((os.path.basename(name),
                     statistics.median(pair[1] for pair in pairs),
                     statistics.median(pair[0] / pair[1] for pair in pairs)))
    return rows


def report(args):
    rows = measure(corpus_units(args.corpus), args)
    print(f"\n--analyze, Clang's default checkers and ours: user time, {len(rows)} "
          f"units, {args.analyses} pairs each")
    print(f"{'':28}{'plain':>10}{'ratio':>10}")
    worst = max(rows, key=lambda row: row[2])
    print(f"{worst[0][:27]:28}{worst[1]:9.2f}s{worst[2]:10.3f}  (largest)")
    print(f"{'median':38}{statistics.median(row[2] for row in rows):10.3f}")
