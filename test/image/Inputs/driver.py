#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes a driver: driver.py MACHINE OUT SOURCE... [OPTION...] [-- LINK-OPTION...]

--cl=OPTION is for the compiler; --object stops before linking; --user makes a
program for a process instead, which imports from user.dll. What the sources call
is imported as ntoskrnl.def says.
"""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TRIPLES = {
    "x64": "x86_64-pc-windows-msvc",
    "x86": "i686-pc-windows-msvc",
    "arm64": "aarch64-pc-windows-msvc",
    "arm64ec": "arm64ec-pc-windows-msvc",
}
COMPILE = ["clang-cl", "/c", "/GS-", "/GR-", "/Gw", "/Gz", "-w", "-imsvc",
           os.path.join(HERE, "..", "..", "Inputs", "km")]
LINK = ["lld-link", "/nodefaultlib", "/opt:noref", "/entry:DriverEntry",
        "/dynamicbase", "/fixed:no"]


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"driver.py: {' '.join(command)}\n{done.stdout}")


def imports(machine, out, user):
    """The import library; only x86 decorates the names of stdcall functions."""
    form = r"  _\1@\2 == \1" if machine == "x86" else r"  \1"
    with open(os.path.join(HERE, "ntoskrnl.def")) as file:
        text = re.sub(r"(?m)^  (\w+)@(\d+)$", form, file.read())
    if user:
        text = text.replace("ntoskrnl.exe", "user.dll")
    with open(out + ".def", "w") as file:
        file.write(text)
    run(["lld-link", "/lib", f"/def:{out}.def", f"/machine:{machine}",
         f"/out:{out}.lib"])
    return out + ".lib"


def compile_all(machine, out, sources, options):
    objects = []
    for source in sources:
        objects.append(f"{out}-{os.path.basename(source)}.obj")
        run(COMPILE + [f"--target={TRIPLES[machine]}", *options,
                       f"/Fo{objects[-1]}", "--", source])
    return objects


def link(machine, out, objects, options):
    if machine == "arm64ec":
        objects.append(f"{out}-arm64ec.obj")
        run(["clang", f"--target={TRIPLES[machine]}", "-c",
             os.path.join(HERE, "arm64ec.s"), "-o", objects[-1]])
    user = "/subsystem:console" in options
    run(LINK + [f"/machine:{machine}", f"/out:{out}", *options, *objects,
                imports(machine, out, user)])


def main(machine, out, *words):
    end = words.index("--") if "--" in words else len(words)
    words, link_options = words[:end], list(words[end + 1:])
    objects = compile_all(
        machine, out, [word for word in words if not word.startswith("--")],
        [word[5:] for word in words if word.startswith("--cl=")])
    if "--object" in words:
        os.replace(objects[0], out)
        return
    kind = ["/subsystem:console"] if "--user" in words else \
        ["/driver", "/subsystem:native"]
    link(machine, out, objects, kind + link_options)


if __name__ == "__main__":
    main(*sys.argv[1:])
