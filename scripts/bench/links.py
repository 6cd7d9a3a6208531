# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures how the time to link grows with the number of records."""

import os
import re
import subprocess

from compiles import plugin_arguments
from timing import user_time

CALLS = 100


def template_record(args, folder, kit):
    """The record of a unit that calls a hundred others, all to be renamed."""
    source = os.path.join(folder, "template.c")
    with open(source, "w") as out:
        out.write("#include <ntddk.h>\nvoid *Self(POOL_TYPE Type) {\n"
                  "  return ExAllocatePoolWithTag(Type, 8, 1);\n}\n")
        out.writelines(f"void *Callee{i}_(POOL_TYPE Type);\n"
                       for i in range(CALLS))
        out.write("void SelfCalls(int x) {\n")
        out.writelines(
            f"  Callee{i}_({'NonPagedPool' if i % 10 == 0 else 'PagedPool'});\n"
            for i in range(CALLS))
        out.write("}\n")
    record = os.path.join(folder, "template.hvci")
    subprocess.run(
        [args.clang, "--driver-mode=cl", "--target=x86_64-pc-windows-msvc", "/Zs",
         "-Wno-everything", "-imsvc", kit, *plugin_arguments(args.plugin, []),
         "-Xclang", "-plugin-arg-hvcilint", "-Xclang", f"record={record}", "--",
         source], check=True, capture_output=True)
    with open(record) as file:
        return file.read()


def measure_links(args, folder, kit):
    """(records, user time) of linking more and more of them."""
    template = template_record(args, folder, kit)
    for count in (250, 500, 1000):
        names = []
        for unit in range(count):
            text = re.sub(r"Callee(\d+)_",
                          lambda m: f"Unit{(unit + 1 + int(m[1])) % count}",
                          template)
            text = text.replace("Self", f"Unit{unit}")
            names.append(os.path.join(folder, f"{unit}.hvci"))
            with open(names[-1], "w") as out:
                out.write(text.replace("template.c", f"unit{unit}.c"))
        with open(os.path.join(folder, "records"), "w") as out:
            out.write("\n".join(names))
        # It has findings: status 1.
        command = ["sh", "-c", '"$1" link @records || test $? = 1', "sh",
                   args.hvcilint]
        yield count, min(user_time(command, folder) for _ in range(5))


def report(args):
    print(f"\nhvcilint link, records of {CALLS} calls: user time")
    rows = list(measure_links(args, args.folder, args.kit))
    for count, seconds in rows:
        print(f"{f'{count} records':28}{seconds:9.2f}s"
              f"{1e6 * seconds / count / CALLS:10.1f} us a call")
    (first, base), (last, most) = rows[0], rows[-1]
    print(f"{f'{last / first:.0f} times the records':28}{most / base:10.2f}"
          " times the time")
