"""Writes functions of great depth or length to the folder given."""

import os
import sys

HEAD = "#include <ntddk.h>\nint Next(void);\n"
CALL = "ExAllocatePoolWithTag(t, 8, 'a');"


def write(name, body):
    with open(os.path.join(sys.argv[1], name), "w") as out:
        out.write(HEAD + body)


os.makedirs(sys.argv[1], exist_ok=True)
write("deep.c", "void f(void) { POOL_TYPE t = NonPagedPool; int x = "
      + " + ".join(["Next()"] * 20000)
      + f"; if (x) t = PagedPool; {CALL} }}\n")
write("ladder.c", "void f(void) { POOL_TYPE t = PagedPool;\n"
      + "if (Next()) t = NonPagedPool;\n"
      + "if (Next()) t |= POOL_COLD_ALLOCATION;\n" * 5000 + CALL + "}\n")
write("calls.c", "void f(void) { POOL_TYPE t = PagedPool; t = NonPagedPool;\n"
      + (CALL + "\nif (Next()) Next();\n") * 5000 + "}\n")
write("variables.c", "void f(void) {\n" + "".join(
    f"{{ POOL_TYPE t = PagedPool; if (Next()) t = NonPagedPoolNx; {CALL} }}\n"
    for _ in range(2000)) + "}\n")
write("copies.c", "void f(void) { POOL_TYPE v0 = NonPagedPool;\n" + "".join(
    f"POOL_TYPE v{i} = v{i - 1};\n" for i in range(1, 2000))
    + "POOL_TYPE t = v1999; " + CALL + "}\n")
write("cases.c", "void f(int n) { POOL_TYPE t = PagedPool; switch (n) {\n"
      + "".join(f"case {i}: t = {'NonPagedPool' if i == 7 else 'PagedPool'};"
                " break;\n" for i in range(5000)) + "} " + CALL + "}\n")
