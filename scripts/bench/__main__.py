# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures what hvcilint costs, as ratios of paired runs where there is something
to compare with: what else the machine does falls on both of a pair. Parts:

  compiles  each unit of the corpus is parsed in turn without the plugin, with it,
            and with it loaded and all rules off; medians of the pairs
  links     records of 100 calls each, all of other units, are linked: the times
            for more and more records show how they grow
  images    an image of 100 MB with a million base relocations is judged; the
            ratio is to llvm-readobj, which lists them
  editor    clangd with the plugin and without it get the same edits in turn
  analyses  each unit of the corpus is analysed with Clang's default checkers alone,
            and with ours beside them
  checks    hvcilint check over a generated tree: all of it, unchanged, with one
            header touched, and against ninja alone running the same compiles
  gates     hvcilint gate over the 10,000 findings of that tree, in 20 parts
"""

import argparse
import os
import re
import subprocess
import tempfile

import analyses
import checks
import compiles
import editor
import gates
import images
import links

PARTS = {"compiles": compiles.report, "links": links.report,
         "images": images.report, "editor": editor.report, "analyses": analyses.report,
         "checks": checks.report, "gates": gates.report}
OF_CORPUS = {"compiles", "editor", "analyses"}
RULES = re.compile(r'(?m)^HVCI_RULE\(\w+,\s*"([\w-]+)"')


def arguments():
    parser = argparse.ArgumentParser(
        prog="bench.sh", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART",
                        help="what to measure; without any, all")
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--hvcilint", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--llvm-bin", required=True,
                        help="folder of clang, lld-link and llvm-readobj")
    parser.add_argument("--corpus", required=True,
                        help="folder for scripts/corpus.sh, or that it made")
    parser.add_argument("--runs", type=int, default=9, help="pairs per unit")
    parser.add_argument("--edits", type=int, default=40,
                        help="pairs of edits per unit in the editor")
    parser.add_argument("--analyses", type=int, default=5,
                        help="pairs per unit in the static analyzer")
    parser.add_argument("--units", type=int, default=2000,
                        help="of the generated tree")
    parser.add_argument("--tree", help="keep the generated tree in this folder, "
                        "or use the one that is there")
    parser.add_argument("--callgrind", action="store_true",
                        help="count instructions instead: slow, but repeatable")
    args = parser.parse_args()
    unknown = set(args.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; "
                     f"there are {', '.join(PARTS)}")
    return args


def fetch_corpus(args, root):
    if not os.path.exists(os.path.join(args.corpus, "compile_commands.json")):
        subprocess.run([os.path.join(root, "scripts", "corpus.sh"), "--plugin",
                        args.plugin, "--clang", args.clang, "--dir", args.corpus,
                        "--print"], check=True, stdout=subprocess.DEVNULL)


def main():
    args = arguments()
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    args.plugin = os.path.abspath(args.plugin)
    args.hvcilint = os.path.abspath(args.hvcilint)
    args.corpus = os.path.abspath(args.corpus)
    args.kit = os.path.normpath(os.path.join(root, "test", "Inputs", "km"))
    with open(os.path.join(root, "checkers", "rules.def")) as file:
        args.rules = RULES.findall(file.read())
    chosen = args.parts or list(PARTS)
    if OF_CORPUS & set(chosen):
        fetch_corpus(args, root)
    with tempfile.TemporaryDirectory() as folder:
        args.folder = folder
        args.tree = os.path.abspath(args.tree or os.path.join(folder, "tree"))
        for name, report in PARTS.items():
            if name in chosen:
                report(args)


if __name__ == "__main__":
    main()
