# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures a large image, against llvm-readobj."""

import os
import statistics
import subprocess

from timing import user_time


def large_image(folder, llvm_bin):
    """100 MB, a million base relocations, of which some straddle a page."""
    source = os.path.join(folder, "large.s")
    with open(source, "w") as out:
        out.write("  .text\n  .globl DriverEntry\nDriverEntry: ret\n"
                  "  .data\n  .balign 4096\n  .globl Aligned, Packed\nAligned:\n"
                  "  .rept 900000\n  .quad DriverEntry\n  .endr\nPacked:\n"
                  "  .rept 100000\n  .short 1\n  .quad DriverEntry\n  .endr\n"
                  '  .section .rdata, "dr"\n  .fill 91 << 20, 1, 0x5a\n')
    image = os.path.join(folder, "large.sys")
    for command in (
            ["clang", "--target=x86_64-pc-windows-msvc", "-c", source, "-o",
             f"{source}.obj"],
            ["lld-link", "/driver", "/subsystem:native", "/entry:DriverEntry",
             "/nodefaultlib", "/dynamicbase", "/fixed:no", "/debug",
             f"/out:{image}", f"{source}.obj"]):
        subprocess.run([os.path.join(llvm_bin, command[0]), *command[1:]],
                       check=True, capture_output=True)
    return image


def report(args):
    folder = args.folder
    image = large_image(folder, args.llvm_bin)
    # It has findings: status 1.
    judge = ["sh", "-c", '"$1" image "$2" || test $? = 1', "sh", args.hvcilint, image]
    read = [os.path.join(args.llvm_bin, "llvm-readobj"), "--coff-basereloc", image]
    pairs = [(user_time(judge, folder), user_time(read, folder))
             for _ in range(args.runs)]
    print(f"\nhvcilint image, {os.path.getsize(image) / 1e6:.0f} MB, a million base "
          "relocations: user time")
    print(f"{'judged':28}{statistics.median(p[0] for p in pairs):9.2f}s")
    print(f"{'llvm-readobj':28}{statistics.median(p[1] for p in pairs):9.2f}s")
    print(f"{'ratio':28}{statistics.median(a / b for a, b in pairs):10.2f}")
