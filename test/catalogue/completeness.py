#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks that every row of the catalogue has its test lines.

usage: completeness.py <folder of ddi.def> <folder of the tests>

A HVCI_DDI row needs a bad line, an expected warning that begins with the
callee, and a good line, code that ends in `// good: <callee>`. A HVCI_SILENT
row needs code that ends in `// silent: <callee>`. And what the lines name must
be a row of that sort. That the lines do what they say is for the compiler to
check: the tests run with -verify.
"""

import pathlib
import re
import sys

ROW = re.compile(r'^HVCI_(DDI|SILENT)\(\s*"([^"]+)"', re.MULTILINE)
BAD = re.compile(r"// expected-warning(?:-re)?\S* *\{\{'([^']+)' ")
GOOD = re.compile(r"\S\s*// good: (.+)$")
SILENT = re.compile(r"\S\s*// silent: (.+)$")


def read_rows(ddi):
    """The callees of the rows, by the macro that lists them."""
    rows = {"DDI": set(), "SILENT": set()}
    for macro, callee in ROW.findall(ddi.read_text(encoding="utf-8")):
        rows[macro].add(callee)
    return rows


def read_tests(folder):
    """For each sort of line, the callees named and where they are first."""
    lines = {"bad": {}, "good": {}, "silent": {}}
    patterns = {"bad": BAD, "good": GOOD, "silent": SILENT}
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".c", ".cpp"):
            continue
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            for sort, pattern in patterns.items():
                for callee in pattern.findall(line):
                    where = f"{path.name}:{number}"
                    lines[sort].setdefault(callee.strip(), where)
    return lines


def problems(rows, lines):
    """What is missing, then what is named and no row."""
    for sort, macro in (("bad", "DDI"), ("good", "DDI"), ("silent", "SILENT")):
        for callee in sorted(rows[macro] - lines[sort].keys()):
            yield f"no {sort} line for '{callee}'"
        for callee in sorted(lines[sort].keys() - rows[macro]):
            where = lines[sort][callee]
            yield f"{where}: {sort} line for '{callee}', no HVCI_{macro} row"


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    rows = read_rows(pathlib.Path(arguments[0], "ddi.def"))
    found = list(problems(rows, read_tests(pathlib.Path(arguments[1]))))
    for macro, callees in rows.items():
        if not callees:
            found.append(f"no HVCI_{macro} row read from ddi.def")
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
