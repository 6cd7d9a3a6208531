# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures what the plugin adds to an edit in clangd, by paired runs.

Two servers have the same document open, one of them without the plugin. Both get
the same edit, in turn, and each is timed from the edit until it has published
what it finds; which of the two is first changes from edit to edit. Or each is run
in callgrind, which tells how many instructions more edits take than fewer.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..",
                                "test", "editor"))
import lsp  # pylint: disable=wrong-import-position

from compiles import corpus_units  # pylint: disable=wrong-import-position

EDITED = 5  # units of the corpus: the largest ones
WARM_UP = 3  # edits that are not counted: the first ones make the preamble
COUNTED = 10  # edits in callgrind
CONFIG = "Index:\n  StandardLibrary: No\n"  # what it reads beside would count


def seconds(server, uri, text):
    begin = time.perf_counter()
    server.change(uri, text)
    server.diagnostics(uri)
    return time.perf_counter() - begin


def pairs_of(servers, path, edits):
    """(with the plugin, without) of each edit, in seconds."""
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    uris = [server.open(path, text) for server in servers]
    for server, uri in zip(servers, uris):
        server.diagnostics(uri)
    pairs = []
    for edit in range(WARM_UP + edits):
        changed = f"{text}\nint HvciEdit{edit};\n"
        times = [0.0, 0.0]
        for at in (0, 1) if edit % 2 else (1, 0):
            times[at] = seconds(servers[at], uris[at], changed)
        pairs.append(times)
    for server, uri in zip(servers, uris):
        server.close(uri)
    return pairs[WARM_UP:]


def instructions(command, path, database, edits, folder):
    """Of the whole server, with that many edits of the file."""
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    environment = dict(os.environ, XDG_CONFIG_HOME=folder)
    with tempfile.TemporaryFile("w+") as log, lsp.Server(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
            database, environment, stderr=log) as server:
        uri = server.open(path, text + "\n\n")
        server.diagnostics(uri)
        for edit in range(edits):
            server.change(uri, f"{text}\nint HvciEdit{edit};\n")
            server.diagnostics(uri)
        server.shutdown()
        log.seek(0)
        counts = re.findall(r"Collected : (\d+)", log.read())
    if len(counts) != 1:
        sys.exit("bench: callgrind did not count clangd's instructions")
    return int(counts[0])


def count(args, clangd, files, folder):
    """As measure(), in millions of instructions. Valgrind would load the plugin
    itself if it was told to have it loaded, so that the loader is told; what
    hvcilint clangd does to messages is not counted."""
    shown = subprocess.run([os.path.join(args.llvm_bin, "llvm-readelf"), "-p",
                            ".interp", clangd], check=True, capture_output=True,
                           text=True).stdout
    loader = re.search(r"/\S+", shown.partition("]")[2])[0]
    resources = subprocess.run([args.clang, "-print-resource-dir"], check=True,
                               capture_output=True, text=True).stdout.strip()
    os.makedirs(f"{folder}/clangd", exist_ok=True)
    with open(f"{folder}/clangd/config.yaml", "w") as file:
        file.write(CONFIG)
    plain = [clangd, "--background-index=0", "-j=1", f"--resource-dir={resources}",
             f"--compile-commands-dir={args.corpus}"]
    rows = []
    for path in files:
        ours, alone = [
            (instructions(command, path, args.corpus, WARM_UP + COUNTED, folder) -
             instructions(command, path, args.corpus, WARM_UP, folder)) / COUNTED
            for command in ([loader, "--preload", args.plugin, *plain],
                            [loader, *plain])]
        rows.append((os.path.basename(path), alone / 1e6, ours / alone))
    return rows


def measure(hvcilint, clangd, files, database, edits):
    """For each file of the compile database in that folder: its name, the median
    milliseconds of an edit without the plugin, and the median ratio of the
    pairs."""
    plain = [clangd, "--background-index=0"]
    plain.append(f"--compile-commands-dir={database}")
    ours = [hvcilint, "clangd", f"--clangd={clangd}", *plain[1:]]
    rows = []
    for path in files:
        with lsp.Server(ours, database) as with_plugin, \
                lsp.Server(plain, database) as without:
            pairs = pairs_of([with_plugin, without], path, edits)
            with_plugin.shutdown()
            without.shutdown()
        rows.append((os.path.basename(path),
                     1000 * statistics.median(pair[1] for pair in pairs),
                     statistics.median(pair[0] / pair[1] for pair in pairs)))
    return rows


def report(args):
    sources = sorted({os.path.join(directory, name)
                      for name, directory, _ in corpus_units(args.corpus)},
                     key=os.path.getsize)
    files = sources[-EDITED:]
    clangd = os.path.join(args.llvm_bin, "clangd")
    if args.callgrind:
        lsp.TIMEOUT = 3600
        rows = count(args, clangd, files, args.folder)
        print("\nclangd with the plugin, from edit to findings: instructions, "
              f"{COUNTED} edits a unit")
        unit = "M"
    else:
        rows = measure(args.hvcilint, clangd, files, args.corpus, args.edits)
        print("\nhvcilint clangd, from edit to findings: wall time, "
              f"{args.edits} pairs a unit")
        unit = "ms"
    print(f"{'':28}{'plain':>10}{'ratio':>10}")
    for name, plain, ratio in rows:
        print(f"{name[:27]:28}{f'{plain:.0f}{unit}':>10}{ratio:10.3f}")
    print(f"{'median':38}{statistics.median(row[2] for row in rows):10.3f}")
