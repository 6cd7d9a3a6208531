# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Drives `hvcilint clangd` as an editor does: one case a run, named last."""

import argparse
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time

import lsp

TARGET = "--target=x86_64-pc-windows-msvc"
BAD = "void *f(void) { return ExAllocatePoolWithTag(NonPagedPool, 8, 1); }\n"
INCLUDE = "#include <ntddk.h>\n"


def prepare(args, names):
    """Copies or makes the files, and a compile database for the units."""
    entries = []
    for name, text in names.items():
        path = args.work / name
        path.write_text(text)
        if not name.endswith(".h"):
            entries.append({"directory": str(args.work), "file": str(path),
                            "arguments": compiler(args, path)})
    (args.work / "compile_commands.json").write_text(json.dumps(entries))


def compiler(args, path):
    return [args.clang_cl, TARGET, "/c", "-Wno-everything", "-imsvc", args.kit,
            "--", str(path)]


def serve(args, *more, **keywords):
    command = [args.hvcilint, "clangd", f"--clangd={args.clangd}",
               "--background-index=0", *more]
    return lsp.Server(command, str(args.work), **keywords)


def memory(server):
    """Resident kilobytes of the server and of what it started."""
    total = 0
    children = pathlib.Path(
        f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    for pid in [server.process.pid, *children.read_text().split()]:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        total += int(re.search(r"VmRSS:\s+(\d+)", status)[1])
    return total


def child_of(server):
    pid = server.process.pid
    return int(pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text())


def runs(pid):
    """Whether it does; one that nobody has waited for has ended."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"


def expect(what, wanted, got):
    if wanted != got:
        sys.exit(f"{what}: wanted {wanted!r}, got {got!r}")


def ours(diagnostics):
    return [d for d in diagnostics if d.get("source") == "hvcilint"]


def example_findings(args):
    """Makes the example driver's database; what clang-cl finds in it."""
    ran = subprocess.run(
        [args.build, "--clang-cl", args.clang_cl, "--plugin", args.plugin, "--syntax",
         "--only", "before"], capture_output=True, text=True, check=True)
    words = shlex.split(ran.stdout.splitlines()[0])
    at = words.index("-load") - 1
    source = next(w for w in words if w.endswith("fwlog.c"))
    path = args.work / "before" / "fwlog.c"
    path.parent.mkdir()
    shutil.copy(source, path)
    shutil.copy(pathlib.Path(source).parent.parent / "compat.h", args.work)
    del words[at:at + 4]
    words = [str(path) if w == source else w for w in words]
    (args.work / "compile_commands.json").write_text(json.dumps(
        [{"directory": str(args.work), "file": str(path), "arguments": words}]))
    found = re.findall(r"fwlog\.c\((\d+),(\d+)\): warning: (.*) \[(hvci-[\w-]+)\]",
                       ran.stdout + ran.stderr)
    expect("findings of clang-cl", True, len(found) > 4)
    return path, sorted(found)


def as_found(line, character, message, code):
    return (str(line + 1), str(character + 1),
            message.replace(" (fix available)", ""), code)


def example(args):
    """The findings of the example driver are those of clang-cl, complete."""
    path, wanted = example_findings(args)
    with serve(args) as server:
        uri = server.open(str(path))
        got = []
        for d in ours(server.diagnostics(uri)):
            start = d["range"]["start"]
            got.append(as_found(start["line"], start["character"], d["message"],
                                d["code"]))
            page = d["codeDescription"]["href"]
            expect(f"page {page}", True, page.startswith("file:///") and
                   os.path.exists(page[7:]) and page.endswith(f"/{d['code']}.md"))
        expect("findings", wanted, sorted(got))
        server.shutdown()


def neovim(args):
    """Neovim finds the same, applies a fix, saves, and the finding is gone."""
    path, wanted = example_findings(args)
    line = next(int(f[0]) for f in wanted if "'NonPagedPool'" in f[2])
    script = pathlib.Path(__file__).with_name("neovim.lua")
    out = args.work / "out.json"
    ran = subprocess.run(
        [args.nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", str(path),
         "-c", f"luafile {script}"], cwd=args.work, capture_output=True, text=True,
        timeout=lsp.TIMEOUT, check=False,
        env={**os.environ, "HOME": str(args.work), "COMMAND": json.dumps(
            [args.hvcilint, "clangd", f"--clangd={args.clangd}",
             "--background-index=0"]), "LINE": str(line), "OUT": str(out)})
    expect("nvim", (0, ""), (ran.returncode, ran.stderr.strip()))
    seen = json.loads(out.read_text())
    before, after = (sorted(as_found(d["lnum"], d["col"], d["message"], d["code"])
                            for d in seen[when] if d.get("source") == "hvcilint")
                     for when in ("before", "after"))
    expect("before", wanted, before)
    expect("after", [f for f in wanted if f[0] != str(line)], after)
    expect("saved", True, "NonPagedPoolNx" in path.read_text().splitlines()[line - 1])


def configuration(args):
    """Settings come from .hvcilint.yaml; a wrong one is seen where one works."""
    prepare(args, {"u.c": INCLUDE + BAD})
    settings = args.work / ".hvcilint.yaml"
    for text, wanted in (("rules:\n  hvci-execute-pool-type: error\n", None),
                         ("rules:\n  hvci-execute-pool-type: off\n", []),
                         ("nonsense: 1\n", ["hvci-config"])):
        settings.write_text(text)
        with serve(args) as server:
            uri = server.open(str(args.work / "u.c"))
            found = ours(server.diagnostics(uri))
            if wanted is None:
                expect("severity", [1], [d["severity"] for d in found])
            else:
                expect(text, wanted, [d["code"] for d in found])
            if wanted:
                expect("place", (0, True), (found[0]["range"]["start"]["line"],
                       ".hvcilint.yaml:1:" in found[0]["message"]))
            server.shutdown()


def wrappers(args):
    """Wrappers in the project's own headers, and the state of warnings there."""
    prepare(args, {
        "w.h": INCLUDE + "static __inline void *Wrap(POOL_TYPE Type) {\n"
               "  return ExAllocatePoolWithTag(Type, 8, 1);\n}\n",
        "d.h": "#pragma warning(disable: 30030)\n",
        "u.c": '#include "w.h"\nvoid *u(void) { return Wrap(NonPagedPool); }\n',
        "d.c": '#include "w.h"\n#include "d.h"\n' + BAD +
               "#pragma warning(default: 30030)\n" + BAD.replace("f(", "g("),
    })
    with serve(args) as server:
        for name, line in (("u.c", 1), ("d.c", 4)):
            found = ours(server.diagnostics(server.open(str(args.work / name))))
            expect(name, [line], [d["range"]["start"]["line"] for d in found])
        server.shutdown()


# What is said at the top of a file, and in its headers: for each unit its text, and
# the lines that are found.
ALLOC = "ExAllocatePoolWithTag(NonPagedPool, 8, 1)"
ALLOW = "// hvcilint: allow(hvci-execute-pool-type) the loader's"
TOPS = {
    "comment.c": (
        f"#define SAFE() {ALLOC} {ALLOW}\n#define BAD() {ALLOC}\n"
        f"{ALLOW}\n#define ALSO() {ALLOC}\n"
        "void *s(void) { return SAFE(); }\nvoid *a(void) { return ALSO(); }\n"
        "void *b(void) { return BAD(); }\n", [8]),
    "header-comment.c": (
        '#include "allow.h"\nvoid *s(void) { return SAFE(); }\n'
        "void *b(void) { return BAD(); }\n", [4]),
    "suppress.c": (
        "#pragma warning(suppress: 30030)\n#pragma warning(disable: 4100)\n" + BAD +
        BAD.replace("f(", "g("), [5]),
    "rights.c": (
        '#include "rights.h"\nint Before;\n#pragma data_seg("own$d")\nint Here = 1;\n',
        [5]),
    "read-only.c": (
        '#include "rights.h"\n__declspec(allocate("ro")) int Data = 1;\n'
        '#pragma code_seg("ro$c")\nvoid code(void) {}\n', []),
    "merge.c": (
        '#include "rights.h"\nint Before;\n#pragma comment(linker, "/MERGE:own=.data")\n',
        [4]),
    "own-top.c": (
        '#include "rights.h"\n#pragma section("both", read, write, execute)\n'
        '#pragma comment(linker, "/SECTION:own,!E")\n'
        '__declspec(allocate("own")) int Here = 1;\n', [3]),
    "segment.c": (
        '#pragma data_seg("own")\nint Data = 1;\n#pragma data_seg()\n'
        '#pragma code_seg("own$c")\nvoid code(void) {}\n', [3]),
    "header-segment.c": (
        '#include "segment.h"\nvoid code(void) {}\n#pragma code_seg()\n'
        '#pragma data_seg("left$d")\nint Data = 1;\nvoid usual(void) {}\n', [6]),
    "placed.c": (
        '#include "placed.h"\nvoid Paged(void) {}\n#pragma data_seg("paged$d")\n'
        "int Data = 1;\n", [5]),
    "remark.c": (
        '#pragma comment(linker, "/SECTION:a,RW,ALIGN=64")\n'
        '#pragma comment(linker, "/ALIGN:64")\n', [2]),
    "pack.c": (
        '#include "pack.h"\nstruct Packed Table[2000] = {[0 ... 1999] = {1, "a"}};\n',
        [3]),
}
TOP_HEADERS = {
    "allow.h": TOPS["comment.c"][0].split("void", maxsplit=1)[0],
    "rights.h": '#pragma section("own", read, execute)\n'
                '#pragma section("ro", read)\n',
    "segment.h": '#pragma code_seg("left")\n',
    "placed.h": 'void Paged(void);\n#pragma alloc_text("paged", Paged)\n',
    "pack.h": "#pragma pack(push, 1)\n"
              "struct Packed { char c; const char *p; };\n#pragma pack(pop)\n",
}


def compiled(args, path):
    """What a compile finds in the file: (line, rule, message), sorted, and as clangd
    begins its messages."""
    words = compiler(args, path)
    words[2:3] = ["/Zs", "-Xclang", "-load", "-Xclang", args.plugin]
    ran = subprocess.run(words, capture_output=True, text=True, check=True)
    found = re.findall(re.escape(path.name) +
                       r"\((\d+),\d+\): warning: (.*) \[(hvci-[\w-]+)\]",
                       ran.stdout + ran.stderr)
    return sorted((int(line), rule, message[0].upper() + message[1:])
                  for line, message, rule in found)


def lines_of(found):
    """The same of what an editor is told."""
    return sorted((d["range"]["start"]["line"] + 1, d["code"],
                   d["message"].replace(" (fix available)", "")) for d in found)


def preamble(args):
    """What is said ahead of a file's first declaration holds for the file."""
    prepare(args, {**TOP_HEADERS, **{name: INCLUDE + text
                                     for name, (text, _) in TOPS.items()}})
    with serve(args) as server:
        for name, (_, lines) in TOPS.items():
            path = args.work / name
            wanted = compiled(args, path)
            expect(f"{name} compiled", lines, [line for line, _, _ in wanted])
            uri = server.open(str(path))
            expect(name, wanted, lines_of(ours(server.diagnostics(uri))))
            # The file is parsed anew, its top is not.
            server.change(uri, path.read_text() + "int Last;\n")
            found = ours(server.diagnostics(uri))
            expect(f"{name} edited", wanted, lines_of(found))
            if name == "remark.c": # no note of what comes before
                expect("notes", [], found[0].get("relatedInformation", []))
            if name == "pack.c":
                related = found[0]["relatedInformation"]
                expect("packed by", [("pack.h", 0)], [
                    (os.path.basename(r["location"]["uri"]),
                     r["location"]["range"]["start"]["line"])
                    for r in related if "is packed here" in r["message"]])
        server.shutdown()


def preamble_edits(args):
    """The top of a file changes, and its headers: so do the findings."""
    top = INCLUDE + "// {}\n" + '#include "allow.h"\n'
    rest = f"void *s(void) {{ return SAFE(); }}\nvoid *b(void) {{ return BAD(); }}\n"
    prepare(args, {**TOP_HEADERS, "u.c": top + rest, "v.c": top + rest})
    header = args.work / "allow.h"
    with serve(args) as server:
        uris = [server.open(str(args.work / name)) for name in ("u.c", "v.c")]

        def check(what, text, wanted):
            for uri in uris:
                server.change(uri, text)
            for uri in uris:
                # What is said of the old top comes first, and then this.
                while wanted != [d["range"]["start"]["line"]
                                 for d in ours(server.diagnostics(uri))]:
                    server.next()

        for turn in range(10):
            lines = turn % 3
            check("moved", INCLUDE + "// above\n" * lines + '#include "allow.h"\n' + rest,
                  [lines + 3])
        # The whole top is gone, a comment comes, one that nothing needs.
        check("gone", INCLUDE + BAD, [1])
        check("shorter", "int x;\n", [])
        check("allowed", INCLUDE + f"#define SAFE() {ALLOC} {ALLOW}\n"
              "void *s(void) { return SAFE(); }\n", [])
        server.published.clear()
        header.write_text(header.read_text().replace(ALLOW, "// nothing"))
        for uri in uris:
            server.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        check("header", INCLUDE + '#include "allow.h"\n' + rest, [2, 3])
        server.shutdown()


def index(args):
    """Clangd's index of all files goes without us: a finding is no failure there."""
    prepare(args, {"u.c": "int x;\n", "other.c": INCLUDE + BAD})
    (args.work / ".hvcilint.yaml").write_text("rules:\n  hvci-execute-pool-type: error\n")
    log = args.work / "log"
    with open(log, "wb") as stderr, lsp.Server(
            [args.hvcilint, "clangd", f"--clangd={args.clangd}", "--log=verbose"],
            str(args.work), stderr=stderr) as server:
        server.diagnostics(server.open(str(args.work / "u.c")))
        for _ in range(10 * lsp.TIMEOUT):
            if re.search(r"Indexed \S*other\.c", log.read_text()):
                break
            time.sleep(0.1)
        found = ours(server.diagnostics(server.open(str(args.work / "other.c"))))
        expect("open", ["hvci-execute-pool-type"], [d["code"] for d in found])
        server.shutdown()
    expect("indexed", True, bool(re.search(r"Indexed \S*other\.c", log.read_text())))
    expect("failed", [], re.findall("Failed to compile.*", log.read_text()))


def fix(args):
    """Quick fixes, in the arguments of macros too; then nothing is left."""
    prepare(args, {"u.c": INCLUDE + BAD +
                   "#define TWICE(e) ((e), (e))\n#define ID(e) e\n"
                   "void *g(void) { return ID(ExAllocatePoolWithTag(ID(NonPagedPool), 8, 1)); }\n"
                   "void *h(void) { return TWICE(ExAllocatePoolWithTag(NonPagedPool, 8, 1)); }\n"})
    path = args.work / "u.c"
    with serve(args) as server:
        uri = server.open(str(path))
        text = path.read_text()
        for _ in range(3):
            found = ours(server.diagnostics(uri))
            actions = server.actions(uri, found[:1])
            fixes = [a for a in actions if a.get("kind") == "quickfix"]
            expect(f"fixes of {found[0]}", 1, len(fixes))
            given = fixes[0]["diagnostics"][0]
            expect("given back", (found[0]["code"], found[0]["message"]),
                   (given["code"], given["message"]))
            text = lsp.apply(text, fixes[0]["edit"]["changes"][uri])
            server.change(uri, text)
        expect("left", [], server.diagnostics(uri))
        expect("fixed", 3, text.count("NonPagedPoolNx"))
        # A fix in several places has the finding's message as its title.
        server.change(uri, INCLUDE + "void *m(PHYSICAL_ADDRESS a) "
                      "{ return MmMapIoSpace(a, 8, MmNonCached); }\n")
        found = ours(server.diagnostics(uri))
        titles = [a["title"] for a in server.actions(uri, found)
                  if a.get("kind") == "quickfix"]
        expect("titles", [found[0]["message"].replace(" (fix available)", "")], titles)
        server.shutdown()


def edits(args):
    """500 rapid edits, broken ones among them; memory does not grow."""
    prepare(args, {"u.c": INCLUDE + BAD})
    with serve(args) as server:
        uri = server.open(str(args.work / "u.c"))
        server.diagnostics(uri)

        def burst():
            for i in range(250):
                broken = "void *x(void) { return ((\n" if i % 3 == 0 else ""
                server.change(uri, INCLUDE + f"// {i}\n" * (i % 7) + BAD + broken,
                              want=i % 10 == 0)
            server.change(uri, INCLUDE + "int Last;\n" + BAD)
            found = ours(server.diagnostics(uri))
            expect("line", [2], [d["range"]["start"]["line"] for d in found])
            return memory(server)

        before, after = burst(), burst()
        # A sanitizer keeps what was freed.
        kept = 256 * 1024 if "asan" in os.environ.get("LD_PRELOAD", "") else 0
        expect(f"memory {before} to {after} kB", True, after < before * 1.15 + kept)
        server.change(uri, INCLUDE + BAD + "int broken(\n")
        expect("broken buffer", 1, len(ours(server.diagnostics(uri))))
        server.shutdown()


def files(args):
    """Several files at once, some of which include each other."""
    prepare(args, {
        "a.h": '#pragma once\n#include "b.h"\n'
               "static void *wrap(POOL_TYPE t) { return ExAllocatePoolWithTag(t, 8, 1); }\n",
        "b.h": '#pragma once\n#include <ntddk.h>\n#include "a.h"\n',
        "a.c": '#include "b.h"\n' + BAD, "b.c": '#include "a.c"\n' + BAD.replace("f(", "g("),
    })
    with serve(args) as server:
        uris = [server.open(str(args.work / name))
                for name in ("a.c", "b.c", "a.h")]
        for turn in range(5):
            for uri in uris[:2]:
                expect("findings", 1, len(ours(server.diagnostics(uri))))
            for uri, name in zip(uris, ("a.c", "b.c", "a.h")):
                server.change(uri, (args.work / name).read_text() + f"// {turn}\n")
        server.shutdown()


def killed(args):
    """A client that is gone, and one that ends us: no clangd is left."""
    prepare(args, {"u.c": INCLUDE + BAD})
    for end in (lambda s: s.process.stdin.close(),
                lambda s: s.process.send_signal(signal.SIGKILL),
                lambda s: s.process.send_signal(signal.SIGTERM)):
        with serve(args) as server:
            child = child_of(server)
            server.open(str(args.work / "u.c"))
            expect("runs", True, runs(child))
            end(server)
            server.process.wait(timeout=lsp.TIMEOUT)
            for _ in range(600):
                if not runs(child):
                    break
                time.sleep(0.1)
            expect("left", False, runs(child))
            server.process.stdin = open(os.devnull, "wb")


STUCK = r"""#!{python}
import sys
import time
if "--version" in sys.argv:
    sys.exit(print("clangd version 99.1"))
while header := sys.stdin.buffer.readline():
    body = sys.stdin.buffer.read(int(header.split(b":")[1]) + 2)
    if b'"id"' in body:
        answer = b'{{"jsonrpc": "2.0", "id": %d, "result": null}}' % (
            1 + (b"shutdown" in body))
        sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n" % len(answer) + answer)
        sys.stdout.flush()
    if b'"exit"' in body:
        break
for _ in range({words}):
    time.sleep(2)
    sys.stdout.buffer.write(b"Content-Length: 2\r\n\r\n{{}}")
    sys.stdout.flush()
while not {words}:
    pass
sys.exit(7)
"""


def stuck(args):
    """A clangd that does not end when it is asked to is ended."""
    clangd = args.work / "clangd-stuck"
    args.work.mkdir(exist_ok=True)
    args.clangd = str(clangd)

    def make(words):
        clangd.write_text(STUCK.format(python=sys.executable, words=words))
        clangd.chmod(0o755)

    make(4)
    with serve(args) as server:
        expect("still speaks", 7, server.shutdown())
    make(0)
    for polite in (True, False):
        with serve(args) as server:
            child = child_of(server)
            expect("runs", True, runs(child))
            if polite:
                expect("status", 0, server.shutdown())
            else:
                server.process.stdin.close()
                expect("status", 1, server.process.wait(timeout=lsp.TIMEOUT))
                server.process.stdin = open(os.devnull, "wb")
            expect("left", False, runs(child))


def garbage(args):
    """Clangd meets what is no protocol as if we were not there."""
    prepare(args, {"u.c": INCLUDE + BAD})
    command = [args.hvcilint, "clangd", f"--clangd={args.clangd}"]
    for data in (b"", b"garbage\n", b"Content-Length: 5\r\n\r\n{}{}{",
                 b"Content-Length: 99999999999999999999\r\n\r\n", b"\0" * 100000,
                 b"Content-Length: 20\r\n\r\n{\"hvcilint\": [\"[hvci-"):
        ran = [subprocess.run(words, input=data, capture_output=True, check=False,
                              timeout=lsp.TIMEOUT, cwd=args.work)
               for words in (command, [args.clangd])]
        expect(f"{data[:40]}", (ran[1].returncode, ran[1].stdout),
               (ran[0].returncode, ran[0].stdout))
    ran = subprocess.run([args.clangd, "--version"], capture_output=True, check=True)
    for stdin in (subprocess.PIPE, subprocess.DEVNULL):
        with subprocess.Popen(command + ["--version"], stdin=stdin,
                              stdout=subprocess.PIPE) as process:
            expect("version", ran.stdout, process.communicate()[0])


def release(args):
    """Another LLVM's clangd, or none: it is said, and clangd runs."""
    prepare(args, {"u.c": INCLUDE + BAD + "int error = unknown;\n"})
    other = args.work / "clangd-of-99"
    other.write_text("#!/bin/sh\n[ \"$1\" != --version ] || exec echo clangd version "
                     f"99.1\nexec {args.clangd} \"$@\"\n")
    script = args.work / "clangd-script"
    script.write_text(f"#!/bin/sh\nexec {args.clangd} \"$@\"\n")
    for path, words in ((other, "is of LLVM 99, and there are plugins only for LLVM"),
                        (script, "cannot load")):
        path.chmod(0o755)
        args.clangd = str(path)
        log = args.work / "log"
        with open(log, "wb") as stderr, serve(args, stderr=stderr) as server:
            uri = server.open(str(args.work / "u.c"))
            found = server.diagnostics(uri)
            expect("others", ["undeclared_var_use"], [d["code"] for d in found])
            shown = json.loads(server.raw[0].split(b"\r\n\r\n", 1)[1])
            expect("shown", "window/showMessage", shown["method"])
            for where in (shown["params"]["message"], log.read_text()):
                expect(where, True, words in where)
            server.shutdown()
    ran = subprocess.run([args.hvcilint, "clangd", "--clangd=/nowhere/clangd"],
                         capture_output=True, text=True, check=False)
    expect("none", (127, "hvcilint: error: no clangd found: /nowhere/clangd\n"),
           (ran.returncode, ran.stderr))


def place(args):
    """A plugin that the loader cannot be told of: why is said, clangd runs."""
    prepare(args, {"u.c": INCLUDE + BAD})
    root = args.work / "Program Files"
    for kept in (args.hvcilint, args.plugin):
        folder = root / os.path.basename(os.path.dirname(kept))
        folder.mkdir(parents=True)
        shutil.copy(kept, folder)
    args.hvcilint = str(root / "bin" / "hvcilint")
    with serve(args) as server:
        uri = server.open(str(args.work / "u.c"))
        expect("found", [], server.diagnostics(uri))
        shown = json.loads(server.raw[0].split(b"\r\n\r\n", 1)[1])
        message = shown["params"]["message"]
        expect(message, True, "hvcilint.so' has a space or a colon" in message)
        server.shutdown()


def macros(args):
    """A target that the command line gives by a macro of the kit."""
    prepare(args, {"u.c": INCLUDE + BAD})
    database = args.work / "compile_commands.json"
    entries = json.loads(database.read_text())
    entries[0]["arguments"].insert(1, "/DNTDDI_VERSION=NTDDI_WIN7")
    database.write_text(json.dumps(entries))
    with serve(args) as server:
        uri = server.open(str(args.work / "u.c"))
        found = ours(server.diagnostics(uri))
        expect("findings", ["hvci-execute-pool-type"], [d["code"] for d in found])
        server.shutdown()


def environment(args):
    """What clangd starts does not get the plugin."""
    tool = args.work / "driver"
    out = args.work / "environment"
    tool.write_text(f"#!/bin/sh\nenv >>{out}\nexit 1\n")
    tool.chmod(0o755)
    prepare(args, {"u.c": "int x;\n"})
    args.clang_cl = str(tool)
    prepare(args, {"u.c": "int x;\n"})
    with serve(args, f"--query-driver={tool}") as server:
        server.diagnostics(server.open(str(args.work / "u.c")))
        server.shutdown()
    expect("asked", True, out.exists())
    expect("plugin", False, "hvcilint.so" in out.read_text())


CASES = [example, neovim, configuration, wrappers, preamble, preamble_edits, index,
         fix, edits, files, killed, stuck, garbage, release, place, macros, environment]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("hvcilint", "clangd", "clang-cl", "kit", "plugin", "build", "nvim",
                 "work"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("case", choices=[c.__name__ for c in CASES])
    args = parser.parse_args()
    for name in ("hvcilint", "plugin", "build"):
        setattr(args, name, os.path.abspath(getattr(args, name)))
    shutil.rmtree(args.work, ignore_errors=True)
    args.work = pathlib.Path(args.work).resolve()
    args.work.mkdir(parents=True)
    next(c for c in CASES if c.__name__ == args.case)(args)


if __name__ == "__main__":
    main()
