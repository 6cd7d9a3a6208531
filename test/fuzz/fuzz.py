#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the fuzz target for images for a minute.

The seeds are images, objects and libraries made for it, of every machine; the
lies of test/image/hostile.py about them; and small images of Wine's. A crash
fails and leaves what caused it, which then belongs into hostile.py.
"""

import argparse
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "image"))
import hostile  # noqa: E402

INPUTS = os.path.join(HERE, "..", "image", "Inputs")
LARGEST = 64 << 10  # bytes of a seed: the small find more in a minute
MEGABYTES = 2048    # of memory, the sanitizer's included
MALLOC = 512        # in one piece

# name, machine, source and options of driver.py
MADE = [
    ("x64", "x64", "driver.c"),
    ("x86", "x86", "driver.c", "--", "/ALIGN:512", "/filealign:64"),
    ("arm64", "arm64", "imports.c", "--", "/MERGE:.rdata=.text"),
    ("arm64ec", "arm64ec", "driver.c"),
    ("packed", "x64", "packed.c"),
    ("dwarf", "x64", "imports.c", "--cl=-gdwarf", "--", "/debug:dwarf"),
    ("user", "x64", "driver.c", "--user"),
    ("object", "x64", "imports.c", "--object", "--cl=/Z7"),
    ("object-x86", "x86", "imports.c", "--object", "--cl=-gdwarf"),
]


def make_seeds(args, folder):
    environment = dict(os.environ, PATH=args.llvm_bin + os.pathsep +
                       os.environ["PATH"])
    corpus = os.path.join(folder, "corpus")
    scratch = os.path.join(folder, "scratch")
    os.makedirs(corpus)
    os.makedirs(scratch)

    def seed(name, data):
        if len(data) <= LARGEST:
            with open(os.path.join(corpus, name), "wb") as file:
                file.write(bytes(data))

    for name, machine, source, *options in MADE:
        path = os.path.join(scratch, name)
        subprocess.run(
            [sys.executable, os.path.join(INPUTS, "driver.py"), machine, path,
             os.path.join(INPUTS, source), *options],
            env=environment, check=True)
        with open(path, "rb") as file:
            seed(name, file.read())
    for number, (_, data, _) in enumerate(hostile.cases(args, scratch)):
        seed(f"hostile-{number}",
             data.data if isinstance(data, hostile.Pe) else data)
    for name in sorted(os.listdir(args.wine)):
        path = os.path.join(args.wine, name)
        if os.path.getsize(path) <= LARGEST:
            with open(path, "rb") as file:
                seed(name, file.read())
    return corpus


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fuzzer", required=True)
    parser.add_argument("--llvm-bin", required=True,
                        help="folder of clang-cl and lld-link")
    parser.add_argument("--wine", required=True, metavar="DIR",
                        help="folder of Wine's images")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", required=True, metavar="DIR",
                        help="where a reproducer goes")
    return parser.parse_args()


def main():
    args = parse()
    os.makedirs(args.keep, exist_ok=True)
    # LLVM is not instrumented, but allocates in containers that ours look into.
    environment = dict(
        os.environ, ASAN_OPTIONS="detect_container_overflow=0:"
        "allow_user_poisoning=0:allocator_may_return_null=1",
        UBSAN_OPTIONS="print_stacktrace=1",
        ASAN_SYMBOLIZER_PATH=os.path.join(args.llvm_bin, "llvm-symbolizer"))
    with tempfile.TemporaryDirectory() as folder:
        corpus = make_seeds(args, folder)
        with open(os.path.join(args.keep, "log"), "w") as log:
            status = subprocess.run(
                [args.fuzzer, corpus, f"-max_total_time={args.seconds}",
                 f"-max_len={LARGEST}", "-timeout=10", "-close_fd_mask=1",
                 f"-rss_limit_mb={MEGABYTES}", f"-malloc_limit_mb={MALLOC}",
                 f"-artifact_prefix={args.keep}/", "-print_final_stats=1"],
                env=environment, stdout=log, stderr=log, check=False).returncode
    with open(os.path.join(args.keep, "log"), errors="replace") as log:
        text = log.read()
    if status != 0:
        print(text[-8000:])
        sys.exit(f"fuzz.py: failed; what caused it is in {args.keep}")
    runs = [line for line in text.splitlines()
            if "number_of_executed_units" in line]
    if not runs or int(runs[0].split()[-1]) < 1000:
        sys.exit(f"fuzz.py: too few runs: {runs}; see {args.keep}/log")
    print(runs[0])


if __name__ == "__main__":
    main()
