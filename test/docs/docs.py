#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks that the documentation tells the truth.

usage: docs.py commands --root DIR --work DIR --plugin SO --hvcilint COMMAND
                        --clang CLANG --clang-cl CLANG_CL --lld-link LLD_LINK
                        --clang-tidy CLANG_TIDY --run-clang-tidy RUN_CLANG_TIDY
                        [--llvm RELEASE]
       docs.py examples --root DIR --work DIR --hvcilint COMMAND
                        -- COMPILER ARGUMENT...
       docs.py pages    --root DIR
       docs.py links    --root DIR

commands  runs each line `$ command` of each ```console block and compares what
          follows it, up to the next `$` or the end of the block, with its
          output; a line `...` stands for any lines, and nothing at all is not
          compared, nor is the way to the folder that the command runs in.
          The exit status has to be 0, or not 0 where `error: ` or
          `N findings in` is shown. A command runs in a copy of the repository, in which the plugin
          and the command lie where the release preset puts them, next to the page's own files:
          those of fences such as ```c driver.c. HEAVY lists what is not run.
examples  compiles the blocks Bad, Good and Suppress of each rule's page, and
          links them where the rule is of the whole driver.
pages     checks headings, links, and lists against checkers/*.def.
links     checks the links alone, of pages that were installed.

Each problem is a line; the exit status is 1 if there is one.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

# What is not run, why, and whether its --help has to work.
HEAVY = {
    "scripts/check.sh": ("builds all, and runs this test", True),
    "scripts/demo.sh": ("installs packages, builds; has no options", False),
    "cmake": ("builds all; the presets and options are looked up", True),
    "cpack": ("packs what was built; test/install runs it", True),
    "ctest": ("runs this test", True),
}

# What finds the kit's headers by the environment.
COMPILERS = ("clang", "clang-cl", "clang-tidy", "run-clang-tidy")

HEADINGS = ["What it flags", "Why it matters under memory integrity", "Bad",
            "Good", "How to fix", "When it stays silent", "Suppress",
            "References"]
README_LINES = 149
EXAMPLE_LINES = 10

# The last line of a command that found something.
FINDINGS = re.compile(r"\d+ findings? in \d+ (?:unit|image)s?: ")

FENCE = re.compile(r"^(`{3,})\s*(\S*)[ \t]*(.*)$")


class Block:
    """A fenced block."""

    def __init__(self, language, name, line):
        self.language, self.name, self.line = language, name, line
        self.lines = []
        self.heading = ""


class Page:
    """A Markdown file: its blocks, its headings and its other lines."""

    def __init__(self, root, path):
        self.path = path
        self.name = str(path.relative_to(root))
        self.text = path.read_text(encoding="utf-8")
        self.blocks, self.headings, self.prose = [], [], []
        block, heading = None, ""
        for number, line in enumerate(self.text.splitlines(), 1):
            fence = FENCE.match(line)
            if block and fence and not fence.group(2):
                self.blocks.append(block)
                block = None
            elif block:
                block.lines.append(line)
            elif fence:
                block = Block(fence.group(2), fence.group(3).strip(), number)
                block.heading = heading
            else:
                self.prose.append((number, line))
                title = re.match(r"^(#+) (.+)$", line)
                if title:
                    heading = title.group(2)
                    self.headings.append((len(title.group(1)), heading))
        self.open_fence = block is not None


def pages_of(root):
    paths = [root / "README.md", root / "examples" / "README.md",
             *sorted((root / "docs").rglob("*.md"))]
    return [Page(root, path) for path in paths]


def driver_rules_of(root):
    """The rules that a whole driver is judged by."""
    text = (root / "checkers" / "rules.def").read_text(encoding="utf-8")
    return set(re.findall(r'^HVCI_RULE\(\w+,\s*"([^"]+)",\s*DRIVER,', text,
                          re.MULTILINE))


def rules_of(root):
    """Name -> (summary, code) of each rule."""
    text = (root / "checkers" / "rules.def").read_text(encoding="utf-8")
    return {name: (summary, code) for name, code, summary in re.findall(
        r'^HVCI_RULE\(\w+,\s*"([^"]+)",\s*\w+,\s*\w+,\s*(\w+),\s*"([^"]+)"\)',
        text, re.MULTILINE)}


# ---- commands ---------------------------------------------------------------


def commands_of(block):
    """(line number, command, lines shown) of a console block."""
    found = []
    for offset, line in enumerate(block.lines, 1):
        if line.startswith("$ "):
            found.append((block.line + offset, line[2:], []))
        elif found:
            found[-1][2].append(line)
    return found


def only_findings(lines):
    """Of what is shown: Clang before 17 prints the source around otherwise."""
    return ["...", *(line for found in lines if "[hvci-" in found
                     for line in (found, "..."))]


def matches(shown, output):
    """Whether the lines shown, with their elisions, are the output's."""
    if not shown:
        return not output
    if shown[0] == "...":
        return any(matches(shown[1:], output[skip:])
                   for skip in range(len(output) + 1))
    return (bool(output) and shown[0] == output[0]
            and matches(shown[1:], output[1:]))


def shortened(output, folder):
    """The lines of the output, without the way to the folder it was made in."""
    return output.replace(f"{folder.resolve()}{os.sep}", "").splitlines()


def look_up(root, command, environment):
    """The problems of a command that is not run."""
    words = command.split()
    if "/" in words[0]:
        script = root / words[0]
        if not os.access(script, os.X_OK):
            return [f"no program {words[0]}"]
        check = subprocess.run(["bash", "-n", script], check=False)
        if check.returncode:
            return [f"{words[0]} is no shell script"]
    elif not shutil.which(words[0]):
        return [f"no program {words[0]}"]
    if HEAVY[words[0]][1]:
        try:
            done = subprocess.run([words[0], "--help"], cwd=root, check=False,
                                  env=environment, capture_output=True,
                                  timeout=20)
        except subprocess.TimeoutExpired:
            return [f"{words[0]} --help does not come to an end"]
        if done.returncode or not done.stdout:
            return [f"{words[0]} --help does not work"]
    problems = []
    presets = json.loads((root / "CMakePresets.json").read_text("utf-8"))
    names = [p["name"] for p in presets["configurePresets"]]
    for preset in re.findall(r"--preset[ =](\S+)", command):
        if preset not in names:
            problems.append(f"no preset '{preset}'")
    files = [root / "CMakeLists.txt", *root.glob("cmake/*.cmake"),
             *root.glob("*/CMakeLists.txt")]
    text = "\n".join(f.read_text("utf-8") for f in files)
    for variable in re.findall(r"-D(\w+)=", command):
        if not re.search(rf"\b{variable}\b", text):
            problems.append(f"no option '{variable}'")
    return problems


def write_programs(options):
    """A folder with the compilers under every name that the pages use."""
    folder = options.work / "bin"
    folder.mkdir(parents=True)
    for name, target in (("clang", options.clang),
                         ("clang-cl", options.clang_cl),
                         ("lld-link", options.lld_link),
                         ("clang-tidy", options.clang_tidy),
                         ("run-clang-tidy", options.run_clang_tidy)):
        for suffix in ("", "-22", "-19", "-16"):
            path = folder / (name + suffix)
            path.write_text(f'#!/bin/sh\nexec "{target}" "$@"\n', "utf-8")
            path.chmod(0o755)
    return folder


def make_copy(options, page, number):
    folder = options.work / str(number)
    shutil.copytree(options.root, folder, symlinks=True,
                    ignore=shutil.ignore_patterns("build", ".git", ".cache"))
    library = folder / "build" / "release" / "lib"
    library.mkdir(parents=True)
    (library / "hvcilint.so").symlink_to(options.plugin.resolve())
    programs = folder / "build" / "release" / "bin"
    programs.mkdir()
    (programs / "hvcilint").symlink_to(options.hvcilint.resolve())
    for block in page.blocks:
        if block.name:
            (folder / block.name).write_text("\n".join(block.lines) + "\n",
                                             "utf-8")
    return folder


def check_commands(options):
    shutil.rmtree(options.work, ignore_errors=True)
    plain = dict(os.environ)
    plain["PATH"] = f"{write_programs(options)}{os.pathsep}{plain['PATH']}"
    plain["LC_ALL"] = "C"
    headers = str(options.root / "test" / "Inputs" / "km")
    # As in a prompt for which the kit's headers are set up.
    ready = dict(plain, INCLUDE=headers, C_INCLUDE_PATH=headers)
    told = only_findings if options.llvm < 17 else list
    unused = set(HEAVY)
    count = 0
    for number, page in enumerate(pages_of(options.root)):
        folder = None
        for block in page.blocks:
            if block.language != "console":
                continue
            for line, command, shown in commands_of(block):
                where = f"{page.name}:{line}: {command}"
                program = command.split()[0]
                count += 1
                if program in HEAVY:
                    unused.discard(program)
                    for problem in look_up(options.root, command, plain):
                        yield f"{where}: {problem}"
                    continue
                folder = folder or make_copy(options, page, number)
                done = subprocess.run(
                    ["bash", "-c", command], cwd=folder, check=False,
                    env=ready if program in COMPILERS else plain,
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT, text=True, timeout=300)
                fails = any("error: " in text or FINDINGS.match(text)
                            for text in shown)
                if (done.returncode != 0) != fails:
                    yield (f"{where}: exit status {done.returncode}\n"
                           f"{done.stdout}")
                elif shown and not matches(
                        told(shown), shortened(done.stdout, folder)):
                    yield f"{where}: not the output shown, but\n{done.stdout}"
    for program in sorted(unused):
        yield f"HEAVY names {program}, which no page shows"
    if not count:
        yield "no command found in any page"


# ---- examples ---------------------------------------------------------------


def compile_block(options, block, *arguments):
    """The exit status, the output, and the rules of its findings."""
    file = options.work / "example.c"
    file.write_text("\n".join(block.lines) + "\n", "utf-8")
    done = subprocess.run([*options.compiler, *arguments, "--", str(file)],
                          check=False, capture_output=True, text=True)
    output = done.stdout + done.stderr
    return done.returncode, output, set(re.findall(r"\[(hvci-[\w-]+)\]", output))


def link_block(options, block, *arguments):
    """The same, of the driver that the block is alone."""
    record = options.work / "example.hvci"
    status, output, _ = compile_block(
        options, block, *arguments, "/DPOOL_NX_OPTIN=1", "-Xclang",
        "-plugin-arg-hvcilint", "-Xclang", f"record={record}")
    if status or output:
        return 1, output, set()
    done = subprocess.run([str(options.hvcilint), "link", str(record)],
                          check=False, capture_output=True, text=True)
    output = done.stdout + done.stderr
    return (done.returncode not in (0, 1), output,
            set(re.findall(r"\[(hvci-[\w-]+)\]", output)))


def check_examples(options):
    options.work.mkdir(parents=True, exist_ok=True)
    unused = []
    for argument in ("-plugin-arg-hvcilint", "unused-suppressions"):
        unused += ["-Xclang", argument]
    for rule in rules_of(options.root):
        path = options.root / "docs" / "rules" / f"{rule}.md"
        if not path.exists():
            continue  # the check of the pages says so
        page = Page(options.root, path)
        for title in ("Bad", "Good", "Suppress"):
            where = f"{page.name}: {title}"
            blocks = [b for b in page.blocks
                      if b.heading == title and b.language == "c"]
            if len(blocks) != 1:
                yield f"{where}: {len(blocks)} C blocks instead of one"
                continue
            lines = [text for text in blocks[0].lines if text.strip()]
            if not lines or lines[0] != "#include <ntddk.h>":
                yield f"{where}: does not begin with #include <ntddk.h>"
            if len(lines) - 1 > EXAMPLE_LINES:
                yield f"{where}: longer than {EXAMPLE_LINES} lines"
            # A suppression without effect would be a warning.
            judge = (link_block if rule in driver_rules_of(options.root)
                     else compile_block)
            status, output, found = judge(options, blocks[0], *unused)
            if status:
                yield f"{where}: does not compile\n{output}"
            elif title == "Bad" and found != {rule}:
                yield f"{where}: finds {sorted(found)}\n{output}"
            elif title != "Bad" and output:
                yield f"{where}: is not silent\n{output}"
            if title == "Suppress" and not any(
                    f"hvcilint: allow({rule})" in text for text in lines):
                yield f"{where}: has no suppression of {rule}"


# ---- pages ------------------------------------------------------------------


def slug(heading):
    """The anchor that GitHub makes of a heading."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def check_links(root, pages):
    known = {page.path.resolve(): page for page in pages}
    for page in pages:
        for number, line in page.prose:
            line = re.sub(r"`[^`]*`", "", line)
            for target in re.findall(r"\]\(([^)\s]+)\)", line):
                where = f"{page.name}:{number}: {target}"
                if re.match(r"[a-z]+:", target):
                    if not target.startswith("https://"):
                        yield f"{where}: not https"
                    continue
                name, _, anchor = target.partition("#")
                path = ((page.path.parent / name) if name else page.path)
                path = path.resolve()
                if root.resolve() not in path.parents or not path.exists():
                    yield f"{where}: leads nowhere"
                elif anchor and path in known and anchor not in [
                        slug(title) for _, title in known[path].headings]:
                    yield f"{where}: no such heading"


def check_rule_pages(root, rules):
    folder = root / "docs" / "rules"
    for path in sorted(folder.iterdir()):
        if path.suffix != ".md" or path.stem not in rules:
            yield f"docs/rules/{path.name}: no rule of that name"
    for rule in rules:
        test = root / "test" / "rules" / f"{rule.replace('hvci-', '', 1)}.c"
        if rule in driver_rules_of(root):
            test = test.with_suffix(".test")
        if not test.exists():
            yield f"{rule}: no {test.relative_to(root)}"
        path = folder / f"{rule}.md"
        if not path.exists():
            yield f"{rule}: no docs/rules/{rule}.md"
            continue
        page = Page(root, path)
        wanted = [(1, rule)] + [(2, title) for title in HEADINGS]
        if page.headings != wanted:
            yield f"{page.name}: headings are {page.headings}"
        code = rules[rule][1]
        if int(code, 0) and f"parameter 1 = {code}" not in page.text:
            yield f"{page.name}: no 'parameter 1 = {code}'"


def check_lists(root, rules):
    """What README.md and others repeat of the .def files."""
    readme = (root / "README.md").read_text("utf-8")
    index = (root / "docs" / "README.md").read_text("utf-8")
    for rule, (summary, code) in rules.items():
        code = code if int(code, 0) else "none"
        row = f"| [{rule}](docs/rules/{rule}.md) | {summary} | {code} |"
        if row not in readme:
            yield f"README.md: no line {row}"
        row = f"| [{rule}](rules/{rule}.md) | {summary} |"
        if row not in index:
            yield f"docs/README.md: no line {row}"
    text = (root / "checkers" / "options.def").read_text("utf-8")
    option = re.compile(
        r'^HVCI_OPTION\("([^"]+)",\s*\w+,\s*(?:NULL|"([^"]+)"),\s*"', re.M)
    names = [f"{name}=<{value}>" if value else name
             for name, value in option.findall(text)]
    section = readme.split("| argument | effect |")[-1].split("\n\n")[0]
    shown = re.findall(r"^\| `([^`]+)` \|", section, re.M)
    if not names or shown != names:
        yield f"README.md: arguments are {shown} instead of {names}"
    text = (root / "checkers" / "warnings.def").read_text("utf-8")
    suppression = (root / "docs" / "suppression.md").read_text("utf-8")
    numbers = re.findall(r'^HVCI_WARNING\((\d+), "(\w+)"\)', text, re.M)
    shown = re.findall(r"^\| (\d+) \| `(\w+)` \|", suppression, re.M)
    if not numbers or shown != numbers:
        yield f"docs/suppression.md: numbers are {shown} instead of {numbers}"
    yield from check_configuration(root)
    length = len(readme.splitlines())
    if length > README_LINES:
        yield f"README.md: {length} lines, more than {README_LINES}"


def check_configuration(root):
    """What docs/configuration.md repeats of the schema and the kinds."""
    page = (root / "docs" / "configuration.md").read_text("utf-8")
    schema = (root / "config" / "schema.def").read_text("utf-8")
    example = (root / "examples" / "hvcilint.yaml").read_text("utf-8")

    def rows(title):
        table = page.split(f"| {title} |\n|---|---|\n")[-1].split("\n\n")[0]
        return re.findall(r"^\| `([^`]+)` \| (.+) \|$", table, re.M)

    for macro, title in (("KEY", "key | takes"),
                         ("SINK_KEY", "key of a sink | takes"),
                         ("GATE_KEY", "key of the gate | takes"),
                         ("PATH_KEY", "key of a path | takes")):
        keys = re.findall(rf'^HVCI_{macro}\(\w+,\s*"([^"]+)",\s*"([^"]+)"\)',
                          schema, re.M)
        if not keys or rows(title) != keys:
            yield f"docs/configuration.md: keys are {rows(title)}, not {keys}"
        for name, _ in keys:
            if not re.search(rf"^[ -]*{name}:", example, re.M):
                yield f"examples/hvcilint.yaml: no key {name}"
    text = (root / "checkers" / "kinds.def").read_text("utf-8")
    kinds = [kind.lower().replace("_", "-")
             for kind in re.findall(r"^HVCI_KIND\((\w+)", text, re.M)]
    shown = [name for name, _ in rows("kind | what decides")]
    if not kinds or sorted(shown) != sorted(kinds):
        yield f"docs/configuration.md: kinds are {shown} instead of {kinds}"


def check_pages(options):
    root = options.root
    rules = rules_of(root)
    if not rules:
        yield "no rule read from rules.def"
    pages = pages_of(root)
    for page in pages:
        if page.open_fence:
            yield f"{page.name}: a fence is not closed"
        if re.search(r"/(?:tmp|work|home|root)/", page.text):
            yield f"{page.name}: shows a path of somebody's machine"
        for block in page.blocks:
            if block.language == "console" and not commands_of(block):
                yield f"{page.name}:{block.line}: a console without a command"
    yield from check_rule_pages(root, rules)
    yield from check_lists(root, rules)
    yield from check_links(root, pages)
    done = subprocess.run(
        [sys.executable, str(root / "scripts" / "ddi_tables.py"),
         "--root", str(root)], check=False, capture_output=True, text=True)
    if done.returncode:
        yield done.stderr.strip() or "scripts/ddi_tables.py fails"


def check_installed_links(options):
    yield from check_links(options.root, pages_of(options.root))


def main(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    path = pathlib.Path
    parser.add_argument("check", choices=["commands", "examples", "pages", "links"])
    parser.add_argument("--root", type=path, required=True)
    parser.add_argument("--work", type=path)
    parser.add_argument("--plugin", type=path)
    parser.add_argument("--hvcilint", type=path)
    parser.add_argument("--llvm", type=int, default=22)
    for name in ("--clang", "--clang-cl", "--lld-link", "--clang-tidy",
                 "--run-clang-tidy"):
        parser.add_argument(name)
    compiler = []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, compiler = arguments[:at], arguments[at + 1:]
    options = parser.parse_args(arguments)
    options.compiler = compiler
    checks = {"commands": check_commands, "examples": check_examples,
              "pages": check_pages, "links": check_installed_links}
    found = list(checks[options.check](options))
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
