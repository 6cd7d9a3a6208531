#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Copies a folder of headers, in which inline functions lose their bodies.

usage: without_bodies.py FROM TO
"""

import os
import re
import shutil
import sys


def strip(text):
    """(the text with a `;` for each body, how many there were)"""
    out, done, count = [], 0, 0
    for start in re.finditer(r"(?m)^FORCEINLINE\b[^;{]*\{", text):
        if start.start() < done:
            continue
        depth, end = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        out.append(text[done:start.end() - 1] + ";")
        done, count = end, count + 1
    return "".join(out) + text[done:], count


def main():
    source, target = sys.argv[1:]
    shutil.copytree(source, target, dirs_exist_ok=True)
    total = 0
    for name in sorted(os.listdir(target)):
        path = os.path.join(target, name)
        with open(path) as file:
            text, count = strip(file.read())
        total += count
        with open(path, "w") as file:
            file.write(text)
    print(f"{total} bodies")


main()
