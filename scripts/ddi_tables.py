#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Keeps the tables of DDIs in docs/rules/ as checkers/*.def have them.

usage: scripts/ddi_tables.py [--write] [--root DIR]

  --write     bring the tables up to date; without it they are only compared
  --root DIR  the repository (default: the one this script is in)

Exit status: 0 up to date, 1 a page is not (it is named), 2 wrong usage or a
.def file that cannot be read.
"""

import argparse
import pathlib
import re
import sys
from typing import Dict, List, NamedTuple

# HVCI_SILENT rows carry no rule: it is that of the HVCI_DDI rows above them in
# the same section. A section that has none is named here.
SECTION_RULES = {
    "parameters that look alike and decide nothing": "EXECUTE_POOL_TYPE",
}

class Mistake(Exception):
    """A .def file or a page that is not as it has to be."""


class Row(NamedTuple):
    """One macro call of a .def file."""

    macro: str
    fields: List[str]  # as written, but strings without their quotes
    comment: str  # the lines of // above it
    section: str  # of ddi.def: the title in `// ---- title ----`


TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[(),]|[^\s"(),]+')


def parse(path):
    """The macro calls of a .def file."""
    rows, comment, section, call = [], [], "", ""
    for number, line in enumerate(
            path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if not call and text.startswith("//"):
            title = re.match(r"// -{4} (.+?) -+$", text)
            if title:
                section, comment = title.group(1), []
            else:
                comment.append(text[2:].strip())
            continue
        if not call and not text.startswith("HVCI_"):
            comment = []
            continue
        call += " " + text
        tokens = TOKEN.findall(call)
        if tokens.count("(") > tokens.count(")"):
            continue
        fields, current = [], []
        for token in tokens[2:]:
            if token in (",", ")"):
                fields.append("".join(current))
                current = []
            else:
                current.append(token[1:-1] if token[0] == '"' else token)
        if tokens[1] != "(" or tokens[-1] != ")":
            raise Mistake(f"{path.name}:{number}: not a row: {call.strip()}")
        rows.append(Row(tokens[0], fields, " ".join(comment), section))
        call, comment = "", []
    if call or not rows:
        raise Mistake(f"{path.name}: no rows, or a row that does not end")
    return rows


class Catalogue:
    """What checkers/*.def say."""

    def __init__(self, root):
        folder = root / "checkers"
        self.rules: Dict[str, str] = {}  # by ID
        self.facts: Dict[str, str] = {}
        for row in parse(folder / "rules.def"):
            self.rules[row.fields[0]] = row.fields[1]
            self.facts[row.fields[1]] = row.fields[2]
        self.kinds = {r.fields[0]: r.fields for r in parse(folder / "kinds.def")}
        self.conditions = {}
        for row in parse(folder / "conditions.def"):
            note = row.fields[-1]
            self.conditions[row.fields[0]] = (
                row.comment.rstrip(".") if note == "NULL" else note)
        self.doubts = {r.fields[0]: r.fields[1]
                       for r in parse(folder / "doubts.def")}
        self.ddis = {name: [] for name in self.rules.values()}
        self.silent = {name: [] for name in self.rules.values()}
        self._read_ddis(folder / "ddi.def")

    def _read_ddis(self, path):
        last = ("", "")  # section and rule of the HVCI_DDI row above
        for row in parse(path):
            if row.macro == "HVCI_DDI":
                callee, kind, _, condition, _, doubt = row.fields
                for name, table in ((kind, self.kinds), (doubt, self.doubts),
                                    (condition, {"ALWAYS", *self.conditions})):
                    if name not in table:
                        raise Mistake(f"ddi.def: {callee}: unknown '{name}'")
                rule = self.rules[self.kinds[kind][1]]
                last = (row.section, rule)
                self.ddis[rule].append(row.fields)
            elif row.macro == "HVCI_SILENT":
                if last[0] == row.section:
                    rule = last[1]
                elif row.section in SECTION_RULES:
                    rule = self.rules[SECTION_RULES[row.section]]
                else:
                    raise Mistake(f"ddi.def: {row.fields[0]}: which rule is "
                                  f"the section '{row.section}' of?")
                self.silent[rule].append(row.fields)


def words(name):
    """KERNEL_MODE as "kernel mode"."""
    return name.lower().replace("_", " ")


def kind_line(fields):
    """When a value of this kind is reported."""
    identifier, _, mask, want, equal, _, _ = fields
    if int(mask, 0) == 0:
        return f"`{identifier}`: reported whatever the arguments are."
    sign = "==" if equal == "EQUAL" else "!="
    return f"`{identifier}`: reported if `(value & {mask}) {sign} {want}`."


def ddi_table(catalogue, rule):
    """The DDIs of a rule, and what the table's words mean."""
    rows = catalogue.ddis[rule]
    lines = ["| Callee | Argument | Kind | Condition | Doubt |",
             "|---|---|---|---|---|"]
    used = {"kind": [], "condition": [], "doubt": []}
    for callee, kind, argument, condition, other, doubt in rows:
        if argument == "NOARG" or int(catalogue.kinds[kind][2], 0) == 0:
            argument = "none"
        elif "." in callee:
            argument = "what is stored"
        text = "always" if condition == "ALWAYS" else words(condition)
        if other != "NOARG":
            text += f" (argument {other})"
        weak = "" if doubt == "NONE" else words(doubt)
        lines.append(f"| `{callee}` | {argument} | `{kind}` | {text} | {weak} |")
        for sort, name in (("kind", kind), ("condition", condition),
                           ("doubt", doubt)):
            if name not in used[sort] and name not in ("ALWAYS", "NONE"):
                used[sort].append(name)
    lines.append("")
    for name in used["kind"]:
        lines.append("- " + kind_line(catalogue.kinds[name]))
    for name in used["condition"]:
        lines.append(f"- Condition *{words(name)}*: {catalogue.conditions[name]}.")
    for name in used["doubt"]:
        lines.append(f"- Doubt *{words(name)}*: {catalogue.doubts[name]}.")
    return lines


def silent_table(catalogue, rule):
    """The DDIs that look alike and are never reported."""
    lines = ["| Callee | Why it is never reported |", "|---|---|"]
    return lines + [f"| `{callee}` | {why} |"
                    for callee, why in catalogue.silent[rule]]


def refreshed(text, name, body, page):
    """The page's text with the table between its markers."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise Mistake(f"{page}: needs one {begin} and one {end}")
    before, rest = text.split(begin)
    if end not in rest:
        raise Mistake(f"{page}: {end} stands before {begin}")
    after = rest.split(end)[1]
    return before + "\n".join([begin, "", *body, "", end]) + after


def main(arguments):
    here = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--root", type=pathlib.Path, default=here)
    options = parser.parse_args(arguments)

    stale = []
    try:
        catalogue = Catalogue(options.root)
        for rule in catalogue.rules.values():
            page = options.root / "docs" / "rules" / f"{rule}.md"
            text = new = page.read_text(encoding="utf-8")
            tables = {"ddi-table": (catalogue.ddis, ddi_table),
                      "silent-table": (catalogue.silent, silent_table)}
            for name, (rows, make) in tables.items():
                if rows[rule]:
                    new = refreshed(new, name, make(catalogue, rule), page.name)
                elif f"<!-- {name} -->" in text:
                    raise Mistake(f"{page.name}: has a {name}, but no rows")
            if new == text:
                continue
            stale.append(page.relative_to(options.root))
            if options.write:
                page.write_text(new, encoding="utf-8")
    except (Mistake, OSError, KeyError, ValueError) as error:
        print(f"ddi_tables.py: {error}", file=sys.stderr)
        return 2
    for page in stale:
        print(f"{page}: written" if options.write else
              f"{page}: out of date; run scripts/ddi_tables.py --write",
              file=sys.stderr)
    return 1 if stale and not options.write else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
