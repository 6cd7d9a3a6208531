#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds the hosts against each other: the same rules, the same findings.

usage: compare.py --inputs DIR --table FILE --plugin SO --clang-cl CLANG_CL
                  --clang-tidy CLANG_TIDY --clangd CLANGD --hvcilint HVCILINT
                  [--only TEXT] [--show]

Runs the lit inputs of rules, flow, summary and suppression, each as its RUN
lines compile it, under every host, and compares the sets of (file, line, rule)
with what the plugin finds in a compile. The table has a line for each difference,
of tabs:

    host    - or +    file    line    rule    reason

with - for what the host does not find, and + for what it finds more. A * in place
of the line stands for all lines. A difference without a line, or a line without a
difference, is a problem. The exit status is 1 if there is one.

--only TEXT   only inputs, and lines of the table, with TEXT in their name
--show        print the differences as lines of the table, without reasons
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "editor"))
import lsp  # pylint: disable=wrong-import-position

FOLDERS = ("rules", "flow", "summary", "suppression")
TARGETS = {"": "x86_64-pc-windows-msvc", "_x64": "x86_64-pc-windows-msvc",
           "_x86": "i686-pc-windows-msvc", "_arm64": "aarch64-pc-windows-msvc"}

RUN = re.compile(r"RUN: (?:not )?%hvci_cl(_\w+)? (.*?)-- %s(?:\s|$)")
FINDING = re.compile(r"^(.+?)(?:\((\d+),\d+\)|:(\d+):\d+): (?:warning|error|remark): "
                     r".*\[(hvci-[\w-]+)(?:,-warnings-as-errors)?\]$")


class Unit:
    """A source, and how one of its RUN lines compiles it."""

    def __init__(self, source, target, flags, arguments):
        self.source, self.target = source, target
        self.flags = flags          # of the compile
        self.arguments = arguments  # of the plugin

    def command(self, options, *more):
        """What a compile database of clang-cl's would have."""
        return [options.clang_cl, f"--target={self.target}", "/Zs", "-imsvc",
                str(options.inputs / "Inputs" / "km"), *self.flags, *more,
                "--", str(self.source)]


# What says how findings are checked, not how the unit is compiled.
CHECKED_BY = ("-verify", "-fixit", "-fdiagnostics-parseable-fixits")


def unit_of(source, target, text):
    words, flags, arguments = shlex.split(text), [], []
    while words:
        word = words.pop(0)
        if word == "%arg":
            arguments.append(words.pop(0))
        elif word == "-Xclang":
            if not words[0].startswith(CHECKED_BY):
                flags += [word, words[0]]
            words.pop(0)
        elif word not in ("/WX", "/w"):  # they say what a compile makes of it
            flags.append(word)
    return Unit(source, target, flags, arguments)


def units_of(options):
    """One unit for each way of compiling, whatever the target: on that depends
    no host."""
    units, seen = [], set()
    for folder in FOLDERS:
        for source in sorted((options.inputs / folder).glob("*.c*")):
            if options.only and options.only not in source.name:
                continue
            for suffix, text in RUN.findall(source.read_text("utf-8")):
                if "%" in text.replace("%arg", ""):
                    continue  # it needs files that the test makes
                unit = unit_of(source, TARGETS[suffix], text)
                key = (source, tuple(unit.flags), tuple(unit.arguments))
                if key not in seen:
                    seen.add(key)
                    units.append(unit)
    return units


def run(command, accepted=(0, 1)):
    """The lines of the output. The status says whether there are errors."""
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace")
    if done.returncode not in accepted:
        raise RuntimeError(f"{shlex.join(command)}: exit status "
                           f"{done.returncode}\n{done.stdout}")
    return done.stdout.splitlines()


def findings_in(lines):
    found = set()
    for line in lines:
        finding = FINDING.match(line)
        if finding:
            name, at, also, rule = finding.groups()
            found.add((os.path.basename(name), int(at or also), rule))
    return found


# ---- hosts: a function of a unit that gives its findings ---------------------


def compile_with_plugin(options, unit):
    words = ["-Xclang", "-load", "-Xclang", options.plugin]
    for argument in unit.arguments:
        words += ["-Xclang", "-plugin-arg-hvcilint", "-Xclang", argument]
    return findings_in(run(unit.command(options, *words)))


def clang_tidy(options, unit):
    checks, settings = "-*,hvci-*", {}
    for argument in unit.arguments:
        name, _, value = argument.partition("=")
        if name == "only":
            checks = f"-*,{value}"
        elif name == "off":
            checks += "".join(f",-{rule}" for rule in value.split(","))
        elif name != "error":
            key = "".join(part.capitalize() for part in name.split("-"))
            settings[f"hvci-config.{key}"] = value or "true"
    config = {"Checks": checks, "CheckOptions": settings, "HeaderFilterRegex": ".*"}
    with tempfile.TemporaryDirectory() as folder:
        database = pathlib.Path(folder) / "compile_commands.json"
        database.write_text(json.dumps([{
            "directory": str(unit.source.parent), "file": str(unit.source),
            "arguments": unit.command(options)}]), "utf-8")
        return findings_in(run([
            options.clang_tidy, "-load", options.plugin, "--quiet", "-p", folder,
            f"--config={json.dumps(config)}", str(unit.source)]))


def analyzer(options, unit):
    """The names of its checkers have a package in front of a dot."""
    words = ["-Xclang", "-load", "-Xclang", options.plugin, "-Xclang",
             "-analyzer-checker=hvci", "-Xclang", "-analyzer-output=plist"]
    for argument in unit.arguments:
        words += ["-Xclang", "-plugin-arg-hvcilint", "-Xclang", argument]
    with tempfile.TemporaryDirectory() as folder:
        command = [word if word != "/Zs" else "--analyze"
                   for word in unit.command(options, *words, "-o",
                                            f"{folder}/reports.plist")]
        return findings_in(line.replace("[hvci.", "[hvci-")
                           for line in run(command))


def settings_of(options, unit):
    """What .hvcilint.yaml says in place of the plugin's arguments, which clangd does
    not pass on; None if there is no such key."""
    rules = {path.stem: "warning"
             for path in (options.inputs.parent / "docs" / "rules").glob("hvci-*.md")}
    lines = []
    for argument in unit.arguments:
        name, _, value = argument.partition("=")
        named = value.split(",")
        if name == "only":
            rules.update((rule, "off") for rule in rules if rule not in named)
        elif name in ("off", "error"):
            rules.update((rule, name) for rule in named)
        elif name == "min-os":
            lines.append(f"min-os: '{value}'")
        else:
            return None
    return "\n".join([*lines, "rules:", *(f"  {rule}: {severity}"
                                          for rule, severity in rules.items()), ""])


class Editors:
    """A clangd for each thread, which is given one unit after the other."""

    def __init__(self):
        self.own = threading.local()
        self.lock = threading.Lock()
        self.all = []

    def server(self, options):
        if not hasattr(self.own, "server"):
            folder = tempfile.TemporaryDirectory()
            self.own.folder = folder.name
            self.own.server = lsp.Server(
                [options.hvcilint, "clangd", f"--clangd={options.clangd}",
                 "--background-index=0"], folder.name)
            with self.lock:
                self.all.append((self.own.server, folder))
        return self.own.server

    def place(self, options, unit):
        """A folder with the source and its settings, or that of the source. None:
        they cannot be given."""
        if not unit.arguments:
            return unit.source.parent
        settings = settings_of(options, unit)
        if settings is None:
            return None
        place = pathlib.Path(tempfile.mkdtemp(dir=self.own.folder))
        shutil.copy(unit.source, place)
        (place / ".hvcilint.yaml").write_text(settings, "utf-8")
        return place

    def findings(self, options, unit):
        server = self.server(options)
        place = self.place(options, unit)
        if place is None:
            return None
        path = str(place / unit.source.name)
        command = unit.command(options, "-I", str(unit.source.parent))
        server.notify("workspace/didChangeConfiguration", {"settings": {
            "compilationDatabaseChanges": {path: {
                "workingDirectory": str(place),
                "compilationCommand": [*command[:-1], path]}}}})
        uri = server.open(path)  # each time anew: the units of one source differ
        found = {(unit.source.name, d["range"]["start"]["line"] + 1, d["code"])
                 for d in server.diagnostics(uri) if d.get("source") == "hvcilint"}
        server.close(uri)
        server.published.pop(uri)
        return found

    def end(self):
        for server, folder in self.all:
            server.shutdown()
            folder.cleanup()


EDITORS = Editors()


def clangd(options, unit):
    return EDITORS.findings(options, unit)


REFERENCE = compile_with_plugin
HOSTS = {
    "analyzer": analyzer,
    "clang-tidy": clang_tidy,
    "clangd": clangd,
}

# ------------------------------------------------------------------------------


def differences_of(options, unit):
    """(host, sign, file, line, rule) of each."""
    right = REFERENCE(options, unit)
    found = set()
    for name, host in HOSTS.items():
        others = host(options, unit)
        if others is None:  # what the unit asks for is a compile's alone
            continue
        found |= {(name, "-", *finding) for finding in right - others}
        found |= {(name, "+", *finding) for finding in others - right}
    return len(right), found


def read_table(path):
    rows = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) != 6 or not fields[5].strip():
            sys.exit(f"{path}:{number}: host, sign, file, line, rule and reason "
                     "are needed, with tabs between them")
        host, sign, file, at, rule, _ = fields
        rows[(host, sign, file, at if at == "*" else int(at), rule)] = number
    return rows


def problems_of(options, differences):
    rows = read_table(options.table)
    used = set()
    for row in sorted(differences):
        any_line = (*row[:3], "*", row[4])
        found = row if row in rows else any_line
        used.add(found)
        if found not in rows:
            yield "not in the table: " + "\t".join(map(str, row))
    for row in sorted(rows.keys() - used, key=str):
        if not options.only or options.only in row[2]:
            yield (f"{options.table.name}:{rows[row]}: no such difference: "
                   + "\t".join(map(str, row)))


def main():
    parser = argparse.ArgumentParser(
        usage=__doc__.split("usage: ")[1].split("\n\n")[0])
    path = lambda text: pathlib.Path(text).resolve()
    parser.add_argument("--inputs", type=path, required=True)
    parser.add_argument("--table", type=path, required=True)
    for name in ("--plugin", "--clang-cl", "--clang-tidy", "--clangd", "--hvcilint"):
        parser.add_argument(name, required=True)
    parser.add_argument("--only")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()

    units = units_of(options)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda unit: differences_of(options, unit), units))
    EDITORS.end()
    count = sum(result[0] for result in results)
    differences = set().union(*(result[1] for result in results))
    if options.show:
        for row in sorted(differences):
            print("\t".join(map(str, row)))
        return 0
    problems = list(problems_of(options, differences))
    for problem in problems:
        print(problem)
    print(f"{len(units)} units, {count} findings, {len(differences)} differences "
          f"of {len(HOSTS)} hosts, {len(problems)} problems")
    return 1 if problems or not count else 0


if __name__ == "__main__":
    sys.exit(main())
