# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures what the plugin adds to an edit in clangd, by paired runs.

Two servers have the same document open, one of them without the plugin. Both get
the same edit, in turn, and each is timed from the edit until it has published
what it finds; which of the two is first changes from edit to edit.
"""

import os
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..",
                                "test", "editor"))
import lsp  # pylint: disable=wrong-import-position

from compiles import corpus_units  # pylint: disable=wrong-import-position

EDITED = 5  # units of the corpus: the largest ones
WARM_UP = 3  # edits that are not counted: the first ones make the preamble


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
    rows = measure(args.hvcilint, os.path.join(args.llvm_bin, "clangd"),
                   sources[-EDITED:], args.corpus, args.edits)
    print("\nhvcilint clangd, from edit to findings: wall time, "
          f"{args.edits} pairs a unit")
    print(f"{'':28}{'plain':>10}{'ratio':>10}")
    for name, plain, ratio in rows:
        print(f"{name[:27]:28}{plain:8.0f}ms{ratio:10.3f}")
    print(f"{'median':38}{statistics.median(row[2] for row in rows):10.3f}")
