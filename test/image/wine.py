#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds what hvcilint says of the images in Wine's package against expected.tsv.

They were linked by others, with another linker, and have none of the faults.
"""

import argparse
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "Inputs"))
import counters  # noqa: E402

EXPECTED = os.path.join(HERE, "expected.tsv")
HEADLINE = re.compile(r"(?m)^([^\s:]+): (\w+) (kernel|user-mode) image(?:;.*)?$")


def read(text):
    """Lines as in expected.tsv, of `hvcilint image --any --summary`."""
    heads = list(HEADLINE.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends):
        counts = counters.read(text[head.end():end])
        if counts is None:
            sys.exit(f"wine.py: no counters of {head[1]}")
        yield "\t".join([*head.groups(), *map(str, counts)])


def judge(args):
    names = sorted(os.listdir(args.wine))
    done = subprocess.run(
        [os.path.abspath(args.hvcilint), "image", "--any", "--summary", *names],
        cwd=args.wine, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        check=False)
    found = list(read(done.stdout))
    if len(found) != len(names) or done.returncode not in (0, 1):
        sys.exit(f"wine.py: {len(found)} of {len(names)} judged, status "
                 f"{done.returncode}: {done.stderr}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hvcilint", required=True)
    parser.add_argument("--wine", required=True, metavar="DIR",
                        help="folder of Wine's images")
    parser.add_argument("--print", action="store_true",
                        help="print what is found and compare nothing")
    args = parser.parse_args()
    found = judge(args)
    if args.print:
        print("\n".join(found))
        return 0
    with open(EXPECTED) as file:
        expected = [line for line in file.read().splitlines()
                    if line and not line.startswith("#")]
    wrong = [f"missing: {line}" for line in expected if line not in set(found)] + \
            [f"extra: {line}" for line in found if line not in set(expected)]
    print("\n".join(wrong) if wrong else f"{len(found)} images, as expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
