#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds the seven counters of an image: counters.py HVCILINT FILE COUNT...

Fails unless `hvcilint image --summary FILE` says these counts, in this order, and
its exit status is 1 exactly if one of them is not 0. Of the first three, which
are seen when a driver runs, they are of the imports that lead there.
"""

import re
import subprocess
import sys

NAMES = [
    "Execute Pool Type Count",
    "Execute Page Protection Count",
    "Execute Page Mapping Count",
    "Execute-Write Section Count",
    "Section Alignment Failures",
    "Unsupported Relocs Count",
    "IAT in Executable Section Count",
]
COUNTER = re.compile(
    r"(?m)^\s*(" + "|".join(NAMES) + r"):\s+(?:(\d+)$|not seen in an image"
    r"(?:; (\d+) imports? can only give executable memory)?$)")


def read(text):
    """The counts in a summary of one file, or None if they are not all there."""
    found = COUNTER.findall(text)
    if [name for name, *_ in found] != NAMES:
        return None
    return [int(count or imports or 0) for _, count, imports in found]


def main(hvcilint, file, *expected):
    done = subprocess.run([hvcilint, "image", "--summary", file],
                          stdout=subprocess.PIPE, text=True, check=False)
    counts, expected = read(done.stdout), [int(word) for word in expected]
    if counts != expected:
        sys.exit(f"{file}: {counts} instead of {expected}\n{done.stdout}")
    if done.returncode != any(counts):
        sys.exit(f"{file}: exit status {done.returncode} for {counts}")


if __name__ == "__main__":
    main(*sys.argv[1:])
