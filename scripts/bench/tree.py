# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A generated driver of many units, with its compile database.

Each unit reads the kit's headers of the tests, a header of all units and one of
its folder, and has five findings among code that has none.
"""

import json
import os
import typing

FOLDER = 40  # units that share a header
FINDINGS = 5  # of a unit


class Kit(typing.NamedTuple):
    """The headers of the units, and the manner in which they are compiled."""
    name: str
    cl: bool  # clang-cl's manner, not clang's
    options: list  # as hvcilint check hands them to Clang


def small_kit(folder):
    """That of the tests: 1,900 lines."""
    return Kit("small", True, ["--target=x86_64-pc-windows-msvc", "-GS", "-DNDEBUG",
                               f"-imsvc{folder}"])


def large_kit(folder):
    """MinGW's: 66,000 lines in 180 files, as much as a driver reads."""
    return Kit("large", False, ["--target=x86_64-w64-windows-gnu", "-DNDEBUG",
                                "-isystem", f"{folder}/ddk", "-isystem", folder])


COMMON = """#pragma once
#include <ntifs.h>
typedef struct _DEVICE_STATE {
  struct _DEVICE_STATE *Next;
  ULONG Flags;
  PVOID Buffer;
} DEVICE_STATE, *PDEVICE_STATE;
#define STATE_TAG 'etaS'
"""

CLEAN = """
static NTSTATUS Step{n}(PDEVICE_STATE State, PUCHAR Bytes, ULONG Length) {{
  ULONG Sum = {n};
  for (ULONG i = 0; i < Length; i++) {{
    Sum = (Sum << 5) ^ Bytes[i] ^ State->Flags;
    if (Sum % ({n} + 7) == 0)
      State->Flags |= 1u << (i % 32);
  }}
  PVOID Copy = ExAllocatePoolWithTag(NonPagedPoolNx, Length + {n}, STATE_TAG);
  if (!Copy)
    return STATUS_UNSUCCESSFUL;
  State->Buffer = Copy;
  return Sum ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
}}
"""

BAD = """
PVOID Unit{unit}Get{n}(ULONG Size) {{
  PVOID Memory = ExAllocatePoolWithTag(NonPagedPool, Size + {n}, STATE_TAG);
  return Memory;
}}
"""


def source_of(unit):
    parts = [f'#include "../common.h"\n#include "part.h"\n']
    parts += [CLEAN.format(n=n) for n in range(10)]
    parts += [BAD.format(unit=unit, n=n) for n in range(FINDINGS)]
    parts.append(f"\nNTSTATUS Unit{unit}Run(PDEVICE_STATE State) {{\n"
                 "  UCHAR Bytes[PART_BYTES] = {0};\n"
                 "  NTSTATUS Status = STATUS_SUCCESS;\n")
    parts += [f"  if (NT_SUCCESS(Status))\n"
              f"    Status = Step{n}(State, Bytes, sizeof Bytes);\n"
              for n in range(10)]
    parts.append("  return Status;\n}\n")
    return "".join(parts)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as out:
        out.write(text)


def entry_of(top, source, kit):
    words = ["clang-cl", "/c", "/W4", "/Zi"] if kit.cl else ["clang", "-c", "-Wall"]
    end = ["/Founit.obj", "--", source] if kit.cl else ["-o", "unit.obj", source]
    return {"directory": f"{top}/build", "file": source,
            "arguments": words + kit.options + end}


def make(top, count, kit):
    """Writes the tree, and compile_commands.json into its folder build."""
    write(f"{top}/common.h", COMMON)
    entries = []
    for unit in range(count):
        folder = f"{top}/part{unit // FOLDER:03}"
        if unit % FOLDER == 0:
            write(f"{folder}/part.h", "#pragma once\n#define PART_BYTES 64\n")
        source = f"{folder}/unit{unit:04}.c"
        write(source, source_of(unit))
        entries.append(entry_of(top, source, kit))
    write(f"{top}/build/compile_commands.json", json.dumps(entries, indent=1))
