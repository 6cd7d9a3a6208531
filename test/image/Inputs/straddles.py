#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds what the plugin says of globals against what the image says of them.

straddles.py DIAGNOSTICS FINDINGS: each global of which the plugin said that at
least X and at most Y of its relocations straddle a page has that many findings
in the image, at its symbol; and no other global has any. Prints how many.
"""

import collections
import re
import sys

FORECAST = re.compile(r"'(\w+)' (is laid out|may be placed) so that at least (\d+) "
                      r"and at most (\d+) of its \d+ relocations straddle")
FINDING = re.compile(r"\[hvci-unsupported-reloc\]$")
SYMBOL = re.compile(r": note: it (?:lies 0x[0-9a-f]+ bytes into|is) '_?(\w+)'$")


def symbols(lines):
    """The symbol of each finding: its note follows it."""
    for place, line in enumerate(lines):
        if FINDING.search(line):
            notes = lines[place + 1:place + 3]
            found = [m[1] for m in map(SYMBOL.search, notes) if m]
            if not found:
                sys.exit(f"no symbol: {line}")
            yield found[0]


def main(diagnostics, findings):
    with open(diagnostics) as file:
        forecasts = {name: (verdict == "is laid out", int(least), int(most))
                     for name, verdict, least, most in
                     FORECAST.findall(file.read())}
    with open(findings) as file:
        seen = collections.Counter(symbols(file.read().splitlines()))
    if not any(certain for certain, *_ in forecasts.values()):
        sys.exit("the plugin found nothing certain")
    for name in sorted(set(forecasts) | set(seen)):
        certain, least, most = forecasts.get(name, (False, 0, 0))
        if not least <= seen[name] <= most:
            sys.exit(f"'{name}': {seen[name]} in the image, {least} to {most} said")
        print(f"{name}: {seen[name]}" + (" certain" if certain else ""))


if __name__ == "__main__":
    main(*sys.argv[1:])
