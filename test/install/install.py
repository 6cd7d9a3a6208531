"""Installs, moves what was installed, and uses it from there: by hand, and as the
package of a CMake project that builds a driver.

What is looked for is said by each step; the first that fails ends the test.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
HEADERS = HERE.parent / "Inputs" / "km"
POOL = "'ExAllocatePoolWithTag' allocates executable pool with 'NonPagedPool'"


def fail(what, output=""):
    sys.exit(f"install.py: {what}\n{output}")


def run(command, status=0, expect=(), refuse=()):
    """The output of a command that ends with that status (None: any but 0)."""
    done = subprocess.run([str(word) for word in command], check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = re.sub(r"\s+", " ", done.stdout)  # CMake breaks its lines
    if (done.returncode == 0) if status is None else (done.returncode != status):
        fail(f"exit status {done.returncode}: {command}", done.stdout)
    for text in expect:
        if text not in output:
            fail(f"no '{text}' in what this says: {command}", done.stdout)
    for text in refuse:
        if text in output:
            fail(f"'{text}' in what this says: {command}", done.stdout)
    return done.stdout


def install(options, prefix):
    run(["cmake", "--install", options.build, "--prefix", prefix])


def check_newest(options, prefix):
    """bin/hvcilint is the newest, whichever was installed last."""
    (prefix / "bin").mkdir(parents=True)
    other = prefix / "lib" / "hvcilint" / "9" / "hvcilint.so"
    other.parent.mkdir(parents=True)
    other.write_text("of another release")
    for release in ("9", "100"):
        (prefix / "bin" / f"hvcilint-{release}").write_text("")
        install(options, prefix)
        newest = max(int(options.llvm), int(release))
        for name in ("hvcilint", "hvcilint-clangd"):
            if (prefix / "bin" / name).readlink().name != f"hvcilint-{newest}":
                fail(f"bin/{name} is not that of {newest}")
    if other.read_text() != "of another release":
        fail("the plugin of another release was touched")
    shutil.rmtree(prefix)


def check_paths(options, prefix):
    """Nothing names the folders of the build, or one to look for libraries in."""
    for path in prefix.rglob("*"):
        if path.is_symlink() and path.readlink().is_absolute():
            fail(f"{path}: an absolute link")
        if not path.is_file():
            continue
        data = path.read_bytes()
        for folder in (options.build, HERE.parent.parent):
            if str(folder).encode() in data:
                fail(f"{path}: names {folder}")
        if data.startswith(b"\x7fELF"):
            run([options.readelf, "-d", path], expect=["(NEEDED)"],
                refuse=["RPATH", "RUNPATH"])


def check_front_end(options, program, work):
    """clang-cl with the plugin in it, also by another name and for two units."""
    source, other = work / "driver.c", work / "other.c"
    shutil.copy(source, other)
    common = ["--target=x86_64-pc-windows-msvc", "-imsvc", HEADERS]
    link = work / "clang++"
    link.symlink_to(program)
    (work / "words").write_text(f'/c /Fo"{work}/words.obj" -- "{source}"')
    for name in (program, link):
        run([name, *common, f"@{work / 'words'}"], expect=[f"warning: {POOL}"])
    if not (work / "words.obj").is_file():
        fail("hvcilint-cl made no object")
    output = run([program, *common, "/c", f"/Fo{work}/", "--", source, other])
    if output.count(f"warning: {POOL}") != 2:
        fail("not a finding in each of two units", output)
    run([program, *common, "/WX", "/Zs", "--", source], 1, [f"error: {POOL}"])
    run([program, *common, "/c", "-###", "--", source],
        expect=[f'hvcilint-cl-{options.llvm}" "-cc1"'])
    run([program, *common, "/Zs", "--", work / "none.c"], 1,
        ["hvcilint-cl: error: no such file or directory"])
    source.write_text(source.read_text() + "int DriverEntry(void) { return 0; }\n")
    run([program, *common, "-fuse-ld=lld", f"/Fe{work}/driver.sys",
         source.name, "/link",
         "/driver", "/subsystem:native", "/entry:DriverEntry", "/nodefaultlib",
         "/force:unresolved"], expect=[POOL])
    run([program.parent / "hvcilint", "image", work / "driver.sys"],
        expect=["driver.sys: "])


def check_by_hand(options, prefix, work):
    source, output = work / "driver.c", work / "driver.obj"
    source.write_text("#include <ntddk.h>\nvoid *state(void) { return "
                      "ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); }\n")
    plugin = prefix / "lib" / "hvcilint" / options.llvm / "hvcilint.so"
    run([options.clang_cl, "--target=x86_64-pc-windows-msvc", "/c", f"/Fo{output}",
         "-imsvc", HEADERS, "-Xclang", "-load", "-Xclang", plugin, "--", source],
        expect=[POOL])
    check_front_end(options, prefix / "bin" / f"hvcilint-cl-{options.llvm}", work)
    command = prefix / "bin" / "hvcilint"
    run([command, "image", output], expect=["driver.obj: "])
    run([command, "--version"],
        expect=[f"hvcilint {options.version}", f"LLVM {options.llvm}."])
    run([command, "explain", "hvci-execute-pool-type"], expect=["## How to fix"])
    pages = prefix / "share" / "doc" / "hvcilint"
    for page in ("README.md", "LICENSE", "docs/rules/hvci-execute-pool-type.md",
                 "examples/hvcilint.yaml"):
        if not (pages / page).is_file():
            fail(f"no {page} among the pages")
    run([sys.executable, HERE.parent / "docs" / "docs.py", "links", "--root", pages])
    check_project(command, source, work / "project")
    check_words(options, prefix)


def check_words(options, prefix):
    """What shells and man(1) read is what the installed command writes."""
    share, command = prefix / "share", prefix / "bin" / "hvcilint"
    for path, words in (("bash-completion/completions/hvcilint", ["completion", "bash"]),
                        ("zsh/site-functions/_hvcilint", ["completion", "zsh"]),
                        ("man/man1/hvcilint.1", ["manual"])):
        if (share / path).read_text() != run([command, *words]):
            fail(f"{path} is not what the command writes")
    for name in (f"hvcilint-{options.llvm}", f"hvcilint-cl-{options.llvm}"):
        run([options.man, "-M", share / "man", "-E", "ascii", name],
            expect=["hvcilint check [OPTION...]"])


def check_project(command, source, folder):
    """hvcilint check and gate, on a compile database of one unit."""
    folder.mkdir()
    (folder / "compile_commands.json").write_text(json.dumps([{
        "directory": str(source.parent), "file": source.name,
        "arguments": ["clang-cl", "--target=x86_64-pc-windows-msvc", "-imsvc",
                      str(HEADERS), "/c", "--", source.name]}]))
    run([command, "check", "-p", folder], expect=["1 unit: 1 analysed, 0 not"])
    run([command, "gate", folder / "hvcilint"], 1, [POOL, "1 blocking"])


def check_editor(options, prefix, work):
    """clangd with the plugin in it, by both names."""
    (work / "compile_flags.txt").write_text(
        "--target=x86_64-pc-windows-msvc\n-fms-extensions\n-isystem\n"
        f"{HEADERS}\n")
    # Of what it finds, clangd --check shows the errors.
    config = work / ".hvcilint.yaml"
    config.write_text("rules:\n  hvci-execute-pool-type: error\n")
    for words in (["hvcilint", "clangd"], ["hvcilint-clangd"]):
        run([prefix / "bin" / words[0], *words[1:], f"--clangd={options.clangd}",
             f"--check={work / 'driver.c'}"], None, [POOL])
    config.unlink()


class Consumer:
    """The project in consumer/, with one compiler, in build folders of its own."""

    def __init__(self, prefix, work, compiler):
        self.work, self.count = work, 0
        self.common = ["cmake", "-G", "Ninja", "-S", HERE / "consumer",
                       f"-DCMAKE_PREFIX_PATH={prefix}", f"-DHEADERS={HEADERS}",
                       *compiler]

    def configure(self, sources, arguments, status=0, expect=(), languages="C"):
        self.count += 1
        folder = self.work / f"{self.count}"
        run([*self.common, "-B", folder, f"-DLANGUAGES={languages}",
             f"-DDRIVER_SOURCES={sources}", f"-DARGUMENTS={arguments}"],
            status, expect)
        return ["cmake", "--build", folder]


def check_clang_cl(options, prefix, work):
    consumer = Consumer(prefix, work / "cl", [
        f"-DCMAKE_TOOLCHAIN_FILE={HERE / 'consumer' / 'windows.cmake'}",
        f"-DCMAKE_C_COMPILER={options.clang_cl}",
        f"-DCMAKE_CXX_COMPILER={options.clang_cl}",
        f"-DCMAKE_LINKER={options.lld_link}", f"-DCMAKE_AR={options.llvm_lib}"])
    build = consumer.configure("entry.c;allocate.c;mapped.cpp", "RECORDS",
                               languages="C;CXX")
    run(build, expect=[f"entry.c(4,50): warning: {POOL}",
                       "mapped.cpp(4,105): warning: "],
        refuse=["'MyAllocate' allocates"])
    run([*build, "--target", "driver-hvcilint"], None,
        expect=["'MyAllocate' allocates executable pool", "3 findings in 3 units"])
    run([*build, "--target", "driver"], expect=["no work to do"])
    run([*build, "--target", "hvcilint-check"], None,
        expect=["3 units: 3 analysed, 0 not",
                "'MyAllocate' allocates executable pool", "3 blocking"])
    # A new plugin judges anew.
    (prefix / "lib" / "hvcilint" / options.llvm / "hvcilint.so").touch()
    run(build, expect=[POOL])
    # Arguments.
    run(consumer.configure("entry.c", "ERROR;hvci-execute-pool-type"), None,
        expect=[f"error: {POOL}"])
    run(consumer.configure("entry.c", "CONFIG;own.yaml"), None,
        expect=[f"error: {POOL}"])
    run(consumer.configure("entry.c", "OFF;hvci-execute-pool-type;hvci-nx-opt-in;"
                           "MIN_OS;1703;CERTAIN_ONLY;UNKNOWN;UNUSED_SUPPRESSIONS"),
        refuse=[POOL, "error:"])
    run(consumer.configure("entry.c", "MIN_OS;soon"), None, expect=["'soon'"])
    consumer.configure("entry.c", "WRONG", None,
                       ["unknown, or without a value: WRONG", "allowed are ONLY"])
    consumer.configure("entry.c", "CONFIG;none.yaml", None, ["no such file"])
    consumer.configure("entry.c;$<1:allocate.c>", "RECORDS", None,
                       ["RECORDS needs sources"])


def check_clang(options, prefix, work):
    flags = "-fms-extensions -Wno-multichar -Wno-ignored-attributes"
    consumer = Consumer(prefix, work / "clang", [
        f"-DCMAKE_C_COMPILER={options.clang}", "-DCMAKE_SYSTEM_NAME=Windows",
        "-DCMAKE_C_COMPILER_TARGET=x86_64-w64-mingw32", f"-DCMAKE_C_FLAGS={flags}",
        "-DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY"])
    run(consumer.configure("entry.c", ""), expect=[f"warning: {POOL}"])
    # The plugin of the compiler's release is missing.
    folder = prefix / "lib" / "hvcilint"
    (folder / options.llvm).rename(folder / "9")
    consumer.configure("entry.c", "", None,
                       [f"is Clang {options.llvm}", "there are plugins for Clang 9"])
    (folder / "9").rename(folder / options.llvm)
    # The compiler is no Clang.
    Consumer(prefix, work / "gcc", ["-DCMAKE_C_COMPILER=gcc"]).configure(
        "entry.c", "", None, ["compiler of C is GNU", "needs Clang"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("build", "work"):
        parser.add_argument(f"--{name}", required=True, type=pathlib.Path)
    for name in ("llvm", "version", "clang", "clang-cl", "lld-link", "llvm-lib",
                 "readelf", "clangd", "man"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    work = options.work.resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    os.chdir(work)  # to clang-cl an absolute path may look like an option
    check_newest(options, work / "first")
    install(options, work / "first")
    prefix = work / "moved to here"
    (work / "first").rename(prefix)
    check_paths(options, prefix)
    check_by_hand(options, prefix, work)
    # The system's loader takes no path with a space.
    prefix = prefix.rename(work / "moved-again")
    check_editor(options, prefix, work)
    check_clang_cl(options, prefix, work)
    check_clang(options, prefix, work)


if __name__ == "__main__":
    main()
