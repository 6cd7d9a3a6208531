# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures hvcilint gate over all findings of the generated tree, in parts as many
machines would leave them."""

import json
import os
import shutil
import sys

import checks
import tree
from timing import cost, median

PARTS = 20
FORMS = ("text", "sarif", "github-sarif", "gitlab", "github", "junit", "html")


def split(folder, results):
    """The results in parts, each a folder with its records."""
    with open(f"{results}/results.json") as file:
        whole = json.load(file)
    names = []
    for number in range(PARTS):
        names.append(f"{folder}/part{number:02}")
        os.makedirs(f"{names[-1]}/records")
        part = {**whole, "units": whole["units"][number::PARTS]}
        for unit in part["units"]:
            shutil.copy(f"{results}/{unit['record']}",
                        f"{names[-1]}/{unit['record']}")
        with open(f"{names[-1]}/results.json", "w") as out:
            json.dump(part, out)
    return names


def gate(args, parts, outputs):
    return [args.hvcilint, "gate", "--today=2026-01-01",
            *(f"--output={form}={path}" for form, path in outputs), *parts]


def report(args):
    checks.make_tree(args)
    parts = split(os.path.join(args.folder, "parts"), f"{args.tree}/out")
    findings = tree.FINDINGS * args.units
    print(f"\nhvcilint gate, {findings} findings of {args.units} units in "
          f"{PARTS} parts")
    print(f"{'':40}{'wall':>9}{'CPU':>9}{'memory':>11}")
    outputs = [(form, os.path.join(args.folder, form)) for form in FORMS]
    for form, path in outputs:
        spent = median(cost(gate(args, parts, [(form, path)]), args.tree, (1,))
                       for _ in range(3))
        checks.show(form, spent, f"{os.path.getsize(path) / 1e6:.1f} MB written")
    checks.show("all at once", cost(gate(args, parts, outputs), args.tree, (1,)))
    again = [(form, f"{path}.again") for form, path in outputs]
    cost(gate(args, parts[::-1], again), args.tree, (1,))
    for (form, path), (_, other) in zip(outputs, again):
        with open(path, "rb") as one, open(other, "rb") as two:
            if one.read() != two.read():
                sys.exit(f"bench: {form}: another order of parts, other bytes")
    print("Any order of the parts gives the same bytes.")
