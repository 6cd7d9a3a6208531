#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds what the plugin says of globals against what the image says of them.

straddles.py DIAGNOSTICS FINDINGS: each global of which the plugin said that at
least X and at most Y of its relocations straddle a page has that many findings
in the image, at its symbol; and no other global has any.
"""

import collections
import re
import sys

FORECAST = re.compile(r"'(\w+)' (is laid out|may be placed) so that at least (\d+) "
                      r"and at most (\d+) of its \d+ relocations straddle")
FINDING = re.compile(r"(?m)^.*\[hvci-unsupported-reloc\]$")
SYMBOL = re.compile(r"'_?(\w+)(?:\+0x[0-9a-f]+)?'")


def main(diagnostics, findings):
    with open(diagnostics) as file:
        forecasts = {name: (verdict == "is laid out", int(least), int(most))
                     for name, verdict, least, most in
                     FORECAST.findall(file.read())}
    seen = collections.Counter()
    with open(findings) as file:
        for finding in FINDING.findall(file.read()):
            symbols = SYMBOL.findall(finding)
            if len(symbols) != 1:
                sys.exit(f"no one symbol: {finding}")
            seen[symbols[0]] += 1
    if not any(certain for certain, *_ in forecasts.values()):
        sys.exit("the plugin found nothing certain")
    for name in sorted(set(forecasts) | set(seen)):
        certain, least, most = forecasts.get(name, (False, 0, 0))
        if not least <= seen[name] <= most:
            sys.exit(f"'{name}': {seen[name]} in the image, {least} to {most} said")
        print(f"{name}: {seen[name]}" + (" certain" if certain else ""))


if __name__ == "__main__":
    main(*sys.argv[1:])
