# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""hvcilint check, run on drivers that each test makes: check.py [options] CLASS"""

import argparse
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

TARGET = "--target=x86_64-pc-windows-msvc"
BAD = """#include <ntddk.h>
#include "own.h"
void *bad(void) { return ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); }
"""
options = None


class Case(unittest.TestCase):
    """A project of its own, and a compiler that writes down each start."""

    def setUp(self):
        self.top = options.work / self.id().split(".")[-1]
        shutil.rmtree(self.top, ignore_errors=True)
        self.build = self.top / "build"
        self.build.mkdir(parents=True)
        self.log = self.top / "starts"
        self.out = self.build / "hvcilint"
        self.clang = self.script("clang", f"""
            echo start >> {shlex.quote(str(self.log))}
            exec {shlex.quote(options.clang)} "$@" """)

    def script(self, name, text):
        path = self.top / name
        path.write_text("#!/bin/sh\n" + text + "\n")
        path.chmod(0o755)
        return path

    def write(self, name, text=BAD):
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8")
        return path

    def cl(self, name, *flags, text=BAD):
        """An entry in clang-cl's manner."""
        self.write(name, text)
        return self.entry(name, ["clang-cl", TARGET, "/c", "-imsvc",
                                 str(options.km), *flags, "--",
                                 str(self.top / name)])

    def gnu(self, name, *flags, text=BAD):
        self.write(name, text)
        return self.entry(name, ["clang", TARGET, "-c", "-isystem",
                                 str(options.km), *flags, str(self.top / name)])

    def entry(self, name, words):
        return {"directory": str(self.build), "file": str(self.top / name),
                "arguments": words}

    def database(self, *entries):
        if not (self.top / "own.h").exists():
            self.write("own.h", "#define OWN 1\n")
        (self.build / "compile_commands.json").write_text(json.dumps(entries))

    def words(self, *more):
        return [str(options.hvcilint), "check", "-p", str(self.build),
                f"--clang={self.clang}", f"--plugin={options.plugin}",
                "-j2", *map(str, more)]

    def check(self, *more, status=0, **how):
        done = subprocess.run(self.words(*more), cwd=self.top, text=True,
                              capture_output=True, check=False, **how)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def starts(self):
        """How often the compiler was started since the last time."""
        count = len(self.log.read_text().split()) if self.log.exists() else 0
        self.log.unlink(missing_ok=True)
        return count

    def units(self):
        results = json.loads((self.out / "results.json").read_text())
        return {os.path.basename(unit["source"]): unit
                for unit in results["units"]}

    def findings(self, unit):
        record = json.loads((self.out / unit["record"]).read_text())
        return [each for each in record["findings"] if "by" not in each]


class Basics(Case):
    def test_both_manners_give_the_same_findings(self):
        self.database(self.cl("a.c", "/W4", "/WX", "/Foa.obj", "/showIncludes"),
                      self.gnu("b.c", "-Werror", "-MD", "-MF", "b.d", "-o", "b"))
        text = self.check()
        self.assertIn("2 units: 2 analysed, 0 not\n"
                      "see what was found: hvcilint gate build/hvcilint\n", text)
        for unit in self.units().values():
            self.assertEqual(unit["status"], "ok")
            self.assertEqual(len(self.findings(unit)), 1)
            self.assertEqual(sorted(map(os.path.basename, unit["dependencies"])),
                             sorted([os.path.basename(unit["source"]), "own.h"]))
        self.assertEqual(sorted(os.listdir(self.build)),
                         ["compile_commands.json", "hvcilint"])
        self.assertEqual(os.listdir(self.out / "scratch"), [])

    def test_what_comes_next_is_said_if_there_is_anything(self):
        says = "see what was found: hvcilint gate "
        self.database(self.cl("a.c"), self.cl("b.c", text="int x = ;"))
        self.assertIn(f'2 units: 1 analysed, 1 not\n{says}"two words"\n',
                      self.check("--output=two words", status=3))
        with tempfile.TemporaryDirectory() as out:
            self.assertIn(f"\n{says}{out}\n", self.check("--output", out, status=3))
        self.database(self.cl("b.c", text="int x = ;"))
        text = self.check(status=3)
        self.assertIn("1 unit: 0 analysed, 1 not\n", text)
        self.assertNotIn(says, text)

    def test_errors_of_the_configuration_are_no_errors_here(self):
        self.write(".hvcilint.yaml", "rules: {hvci-execute-pool-type: error}\n")
        self.database(self.cl("a.c"))
        self.check()
        self.assertEqual(len(self.findings(self.units()["a.c"])), 1)

    def test_a_unit_that_fails_is_named_with_its_first_error(self):
        self.database(self.cl("a.c"), self.cl("b.c", text="int x = ;\nint y = ;"))
        text = self.check(status=3)
        self.assertIn("b.c: failed: ", text)
        self.assertIn("error: expected expression", text)
        unit = self.units()["b.c"]
        self.assertEqual(unit["status"], "failed")
        self.assertFalse(unit["allowed"])
        self.assertFalse((self.out / unit["record"]).exists())
        self.assertEqual(self.units()["a.c"]["status"], "ok")
        self.assertIn("failed, allowed", self.check("--allow-failed=b.c"))
        self.assertTrue(self.units()["b.c"]["allowed"])
        self.check("--allow-failed=.c", status=3)

    def test_cl_entries_of_a_windows_machine(self):
        words = (r'"C:\\VS\\x64\\CL.EXE" /nologo /IC:\\src\\inc /DNAME=\"a\\" b\" '
                 r'/Yupch.h /Fpx.pch /FoC:\\out\\ /d1trimfile:C:\\x /unknown '
                 r'/c C:\\SRC\\sub\\a.c').replace("\\\\", "\\")
        self.write("sub/a.c", BAD.replace("own.h", "mine.h"))
        self.write("inc/mine.h", "const char *name = NAME;\n")
        self.database({"directory": "C:\\src", "file": "C:\\SRC\\sub\\a.c",
                       "command": words})
        text = self.check(f"--map=C:\\src={self.top}",
                          env={**os.environ, "INCLUDE": str(options.km)})
        self.assertIn("the option /d1trimfile:C:\\x has no match", text)
        self.assertIn("the option -unknown has no match", text)
        self.assertEqual(len(self.findings(self.units()["a.c"])), 1)

    def test_names_of_gcc_say_the_target(self):
        entry = self.gnu("a.c", "-fms-extensions")
        entry["arguments"][:2] = ["ccache", "/x/i686-w64-mingw32-gcc-12"]
        self.database(entry)
        self.check()
        record = json.loads(
            (self.out / self.units()["a.c"]["record"]).read_text())
        self.assertTrue(record["unit"]["target"].startswith("i686-"))

    def test_response_files_and_long_lines(self):
        self.write("build/flags.rsp", f'-imsvc "{options.km}" @more.rsp')
        (self.build / "more.rsp").write_bytes("/DMORE".encode("utf-16"))
        entry = self.cl("a.c", text="#ifndef MORE\n#error\n#endif\n" + BAD)
        entry["arguments"] = ["clang-cl", TARGET, "@flags.rsp",
                              "/DLONG=" + "x" * 10_000_000, "/c", "--",
                              entry["file"]]
        long = self.gnu("b.c", "-DLONG=" + "y" * 10_000_000)
        long["command"] = shlex.join(long.pop("arguments"))
        self.database(entry, long)
        self.check()
        self.assertEqual(len(self.findings(self.units()["b.c"])), 1)

    def test_the_same_entry_twice_is_one_and_another_is_another(self):
        self.database(self.cl("a.c"), self.cl("a.c"), self.cl("a.c", "/DX"))
        self.assertIn("2 units: 2 analysed", self.check())

    def test_a_file_under_two_names_is_one_unit(self):
        (self.top / "sub").mkdir()
        (self.top / "link").symlink_to("sub")
        (self.top / "again").symlink_to("build")
        (self.top / "kit").symlink_to(options.km)
        entries = [self.cl(f"{folder}/a.c", "-imsvc", str(self.top / "kit"),
                           f"-I{self.top}")
                   for folder in ("sub", "link", "sub/../link")]
        entries.append({**entries[0], "directory": str(self.top / "again")})
        self.database(*entries)
        self.assertIn("1 unit: 1 analysed", self.check())
        unit = self.units()["a.c"]
        self.assertEqual(unit["source"], str(self.top.resolve() / "sub/a.c"))
        self.assertEqual(sorted(map(os.path.basename, unit["dependencies"])),
                         ["a.c", "own.h"])
        self.database(*entries, self.cl("other/a.c", f"-I{self.top}"))
        self.assertIn("2 units: 2 analysed", self.check())

    def test_arguments_for_each_compile(self):
        want = "#if ORDER != 3 || EXTRA != 1\n#error\n#endif\n" + BAD
        self.database(self.cl("a.c", "/DORDER=2", text=want),
                      self.gnu("b.c", "-DORDER=2", text=want))
        extra = ["--extra-arg=-UORDER", "--extra-arg=-DORDER=3",
                 "--extra-arg-before=-DEXTRA=1"]
        self.check(status=3)
        self.assertIn("2 units: 2 analysed", self.check(*extra))
        self.starts()
        self.check(*extra)
        self.assertEqual(self.starts(), 0)
        # Not one of these: they would write, or are before the command's own.
        self.check(*extra, "--extra-arg=-save-temps", "--extra-arg-before=-UORDER",
                   "--extra-arg=-o", "--extra-arg=hacked")
        self.assertEqual(self.starts(), 2)
        self.assertEqual(sorted(os.listdir(self.build)),
                         ["compile_commands.json", "hvcilint"])

    def test_wrong_input_is_a_usage_error(self):
        for text in ("", "{}", "[1]", "[]", '[{"file": "a.c"}]', '[{"directory":'
                     '"/", "file": "a.c"}]', '[{"directory": "/", "file": "a.c",'
                     '"arguments": [1]}]', "[\xff]"):
            (self.build / "compile_commands.json").write_text(
                text, encoding="latin-1")
            self.assertIn("error: ", self.check(status=2))
        self.assertFalse(self.out.exists())
        self.database(self.cl("a.c"))
        self.write(".hvcilint.yaml", "what: 1\n")
        self.assertIn(".hvcilint.yaml:1:1: ", self.check(status=2))


class Incremental(Case):
    def setUp(self):
        super().setUp()
        self.database(self.cl("a.c"), self.gnu("b.c"),
                      self.gnu("c.c", text="int x;\n"))

    def test_only_what_changed_is_analysed_again(self):
        self.check()
        self.assertEqual(self.starts(), 3)
        first = (self.out / "results.json").read_bytes()
        self.check()
        self.assertEqual(self.starts(), 0)
        self.assertEqual((self.out / "results.json").read_bytes(), first)
        (self.top / "own.h").write_text("#define OWN 2\n")
        self.check()
        self.assertEqual(self.starts(), 2)
        (self.top / "c.c").write_text("int y;\n")
        self.check()
        self.assertEqual(self.starts(), 1)
        self.write(".hvcilint.yaml", "")
        self.check()
        self.assertEqual(self.starts(), 3)
        (self.top / ".hvcilint.yaml").unlink()
        self.check()
        self.assertEqual(self.starts(), 3)

    def test_plugin_and_compiler_count(self):
        plugin = self.top / "hvcilint.so"
        shutil.copy2(options.plugin, plugin)
        self.check(f"--plugin={plugin}")
        self.starts()
        self.check(f"--plugin={plugin}")
        self.assertEqual(self.starts(), 0)
        os.utime(plugin, (1, 1))  # older, but another
        self.check(f"--plugin={plugin}")
        self.assertEqual(self.starts(), 3)
        os.utime(self.clang)
        self.check(f"--plugin={plugin}")
        self.assertEqual(self.starts(), 3)

    def test_an_edit_while_the_compiler_runs_is_seen(self):
        header = self.top / "own.h"
        slow = self.script("slow", f"""
            {shlex.quote(options.clang)} "$@" || exit 1
            echo '#define OWN 3' > {shlex.quote(str(header))}
            sleep 0.1""")
        self.check(f"--clang={slow}")
        self.database(self.cl("a.c"), self.gnu("b.c"))
        os.utime(header, (time.time() - 9e5,) * 2)
        self.check(f"--clang={slow}")
        self.write("own.h", "#define OWN 4\n")
        clang = self.clang
        self.clang = slow
        self.check()
        self.clang = clang
        self.check()
        self.assertEqual(self.starts(), 2)

    def test_a_flag_changes_one_unit_and_a_lost_unit_goes(self):
        self.check()
        self.starts()
        self.database(self.cl("a.c", "/DNEW"), self.gnu("b.c"))
        self.check()
        self.assertEqual(self.starts(), 1)
        self.assertEqual(len(os.listdir(self.out / "records")), 2)

    def test_a_lost_header_concerns_its_users_alone(self):
        self.check()
        (self.top / "own.h").unlink()
        text = self.check(status=3)
        self.assertIn("'own.h' file not found", text)
        self.assertIn("1 analysed, 2 not", text)


class Faults(Case):
    def test_odd_letters_in_paths(self):
        names = ["a b.c", "q'\"uote.c", "\u00e9\u4e2d.c", "d$x`y.c", "n\nl.c",
                 "-dash.c", "@at.c", "#h;|&.c"]
        entries = []
        for number, name in enumerate(names):
            make = self.gnu if number % 2 else self.cl
            for each in (make, self.cl):
                entries.append(each(f"dir {number}'\"$(touch hacked)/{name}",
                                    f"-I{self.top}"))
        self.database(*entries)
        self.check()
        self.assertEqual({unit["status"] for unit in self.units().values()},
                         {"ok"})
        self.assertEqual(set(self.units()), {os.path.basename(n) for n in names})
        self.assertEqual(list(self.top.rglob("hacked")), [])

    def test_nothing_of_the_database_is_run_by_a_shell(self):
        entry = self.cl("a.c", "/DX=$(touch hacked)", "/DY=`touch hacked`",
                        ";touch hacked", "|touch", "&&")
        entry["command"] = shlex.join(entry.pop("arguments")) + "; touch hacked"
        self.database(entry)
        self.check()
        self.assertEqual(list(self.top.rglob("hacked")), [])

    def test_options_that_write_do_not(self):
        self.database(
            self.gnu("a.c", "-save-temps", "-ftime-trace", "-MJ", "x.json",
                     "-serialize-diagnostics", "x.dia", "-Wp,-MD,x.d", "-MMD",
                     "-gsplit-dwarf", "-Xclang", "-dependency-dot", "-Xclang",
                     "x.dot", "-Xclang", "-plugin-arg-hvcilint", "-Xclang",
                     "record=x.hvci"),
            self.cl("b.c", "/FAcs", "/Fax.asm", "/Fdx.pdb", "/clang:-MD",
                    "/clang:-MF", "/clang:x.d", "/P", "/Fix.i", "-Xclang",
                    "-fixit", "/Z7"))
        before = (self.top / "b.c").read_bytes()
        self.check()
        self.assertEqual(sorted(os.listdir(self.build)),
                         ["compile_commands.json", "hvcilint"])
        self.assertEqual((self.top / "b.c").read_bytes(), before)

    def test_missing_things_are_named(self):
        entry = self.cl("a.c")
        gone = self.cl("gone.c")
        (self.top / "gone.c").unlink()
        away = {**self.cl("b.c"), "directory": str(self.top / "away")}
        self.database(entry, gone, away)
        text = self.check(status=3)
        self.assertIn("no such file: ", text)
        self.assertIn("no such folder: ", text)
        self.assertEqual({unit["status"] for unit in self.units().values()},
                         {"ok", "missing"})
        text = self.check("--clang=/nowhere/clang", status=3)
        self.assertIn("the compiler cannot be started: No such file", text)
        self.assertIn("no plugin there", self.check("--plugin=/x", status=2))

    def fails_as(self, status, script, *more):
        self.database(self.cl("a.c"), self.gnu("b.c"))
        text = self.check(f"--clang={self.script('broken', script)}", *more,
                          status=3)
        for unit in self.units().values():
            self.assertEqual(unit["status"], status)
            self.assertFalse((self.out / unit["record"]).exists())
        self.assertEqual(os.listdir(self.out / "scratch"), [])
        return text

    def test_a_compiler_that_crashes(self):
        self.assertIn("signal 11", self.fails_as("crashed", "kill -SEGV $$"))
        self.fails_as("crashed", "exit 139")

    def test_a_compiler_that_hangs(self):
        text = self.fails_as("timeout", "sleep 1000 & sleep 1000",
                             "--timeout=1")
        self.assertIn("did not end within 1 second", text)

    def test_a_compiler_that_prints_garbage(self):
        text = self.fails_as(
            "failed", "head -c 3000000 /dev/urandom >&2; printf "
            "'\\nx.c(1,1): error: \\033[1mbad\\377\\n' >&2; exit 1")
        self.assertNotIn("\x1b", text)

    def test_a_compiler_that_leaves_no_record(self):
        self.assertIn("left no record", self.fails_as("crashed", "exit 0"))
        garbage = """for w in "$@"; do case $w in
          -o?*) o=${w#-o};; esac; case $p in -o) o=$w;; -MF) echo 'unit: x' > "$w";; esac
          p=$w; done; %s > "$o" """
        self.assertIn("wrong record", self.fails_as(
            "crashed", garbage % "head -c 999 /dev/urandom"))
        self.fails_as("crashed", garbage % ":")

    def test_a_record_that_was_cut_is_made_again(self):
        self.database(self.cl("a.c"), self.gnu("b.c"))
        self.check()
        good = (self.out / self.units()["a.c"]["record"]).read_bytes()
        self.starts()
        for spoil in ("records", "outcomes"):
            for path in (self.out / spoil).glob("a.c*"):
                path.write_bytes(path.read_bytes()[:100])
            self.check()
            self.assertEqual(self.starts(), 1)
            self.assertEqual(
                (self.out / self.units()["a.c"]["record"]).read_bytes(), good)
        shutil.rmtree(self.out / "outcomes")
        (self.out / ".ninja_log").write_bytes(b"\xff" * 99)
        self.check()
        self.assertEqual(self.starts(), 2)

    def test_killed_at_any_moment(self):
        self.database(*(self.cl(f"u{i}.c") for i in range(8)))
        self.check()
        good = (self.out / "results.json").read_bytes()
        slow = self.script("slow", f"""
            sleep 0.$(($$ % 4)); exec {shlex.quote(options.clang)} "$@" """)
        for number, how in enumerate((signal.SIGKILL, signal.SIGINT,
                                      signal.SIGTERM, signal.SIGKILL)):
            shutil.rmtree(self.out)
            run = subprocess.Popen(
                self.words(f"--clang={slow}"), cwd=self.top,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                start_new_session=True)
            time.sleep(0.15 + 0.2 * number)
            if how == signal.SIGINT:
                os.killpg(run.pid, how)
            else:
                run.send_signal(how)
            run.wait()
            self.assertNotEqual(run.returncode, 0)
            self.assertFalse((self.out / "results.json").exists())
            self.check()
            self.assertEqual((self.out / "results.json").read_bytes(), good)

    def test_a_unit_that_is_killed_is_run_again(self):
        self.database(self.cl("a.c"))
        killer = self.script("killer", "kill -KILL $PPID; sleep 1")
        text = self.check(f"--clang={killer}", status=3)
        self.assertNotIn("1 analysed", text)
        self.check()
        self.assertEqual(len(self.findings(self.units()["a.c"])), 1)

    def test_two_runs_wait_for_each_other(self):
        self.database(*(self.cl(f"u{i}.c") for i in range(3)))
        runs = [subprocess.Popen(self.words(), cwd=self.top, text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                for _ in range(3)]
        for run in runs:
            text = run.communicate()[0]
            self.assertEqual(run.returncode, 0, text)
        self.assertEqual(self.starts(), 3)

    def test_a_disk_that_is_full(self):
        self.database(*(self.cl(f"u{i}.c") for i in range(4)))
        small = self.top / "small"
        small.mkdir()
        words = self.words(f"--output={small}/out")
        text = subprocess.run(
            ["unshare", "-m", "sh", "-c",
             'mount -t tmpfs -o size=44k none "$1" && shift && "$@"; '
             'echo "status $?"; cat small/out/results.json', "sh", str(small),
             *words], cwd=self.top, text=True, capture_output=True,
            check=False)
        self.assertIn("status 3", text.stdout)
        self.assertIn("No space left", text.stdout + text.stderr)
        self.assertNotIn('"units"', text.stdout)

    def test_a_tree_that_is_read_only(self):
        self.database(self.cl("a.c"))
        words = self.words()
        text = subprocess.run(
            ["unshare", "-m", "sh", "-c",
             'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1"'
             ' && shift && "$@"; echo "status $?"', "sh", str(self.top), *words],
            text=True, capture_output=True, check=False)
        self.assertIn("status 3", text.stdout)
        self.assertIn("Read-only file system", text.stderr)


class Ccache(Case):
    """A cache in front: what it serves is what a compile would make."""

    def clone(self, name, suppressed=False):
        """A driver in a folder of its own, each with the same sources."""
        top, whole = self.top, self.top / name
        self.top, self.build, self.out = (
            whole, whole / "build", whole / "build" / "hvcilint")
        self.build.mkdir(parents=True)
        text = BAD
        if suppressed:
            text = text.replace("}", "} // hvcilint: allow(hvci-execute-pool-type): old")
        self.database(self.cl("a.c", text=text), self.gnu("b.c", text=text))
        self.top = top

    def run_in(self, name, **env):
        env = {**os.environ, "CCACHE_DIR": str(self.top / "cache"),
               "CCACHE_CONFIGPATH": "/dev/null", **env}
        for key in ("CCACHE_BASEDIR", "CCACHE_NOHASHDIR"):
            env.pop(key, None)
        self.build = self.top / name / "build"
        self.out = self.build / "hvcilint"
        self.check("--launcher=ccache", f"--root={self.top / name}", env=env)
        return [len(self.findings(unit)) for unit in self.units().values()]

    def test_a_clone_at_another_path_starts_no_compiler(self):
        self.clone("one")
        self.clone("other/deeper")
        self.assertEqual(self.run_in("one"), [1, 1])
        self.assertEqual(self.starts(), 2)
        self.assertEqual(self.run_in("other/deeper"), [1, 1])
        self.assertEqual(self.starts(), 0)
        for unit in self.units().values():
            self.assertEqual(len(unit["dependencies"]), 2)
            for path in unit["dependencies"]:
                self.assertIn("/other/deeper/", path)

    def test_icecream_behind_it_compiles_here(self):
        self.clone("one")
        log = self.top / "told"
        prefix = self.script("icecc", f"""
            echo "$ICECC" >> {shlex.quote(str(log))}
            exec "$@" """)
        self.assertEqual(self.run_in("one", CCACHE_PREFIX=str(prefix), ICECC="yes"),
                         [1, 1])
        self.assertEqual(log.read_text("utf-8").split(), ["disable", "disable"])

    def test_comments_headers_and_configurations_count(self):
        self.clone("one")
        self.clone("two", suppressed=True)
        self.assertEqual(self.run_in("one"), [1, 1])
        self.assertEqual(self.starts(), 2)
        self.assertEqual(self.run_in("two"), [0, 0])
        self.assertEqual(self.starts(), 2)
        self.clone("three")
        self.write("three/own.h", "#define OWN 77\n")
        self.assertEqual(self.run_in("three"), [1, 1])
        self.assertEqual(self.starts(), 2)
        self.clone("four")
        self.write("four/.hvcilint.yaml", "exclude: ['*.c']\n")
        self.assertEqual(self.run_in("four"), [0, 0])
        self.assertEqual(self.starts(), 2)


class Icecream(Case):
    """A scheduler and two daemons in front, in a network of their own."""

    SOURCE = """#include <ntddk.h>
#include "Own.h"
#if !defined(FORCED) || !GIVEN
#error the headers of the command line, or its macros, are missing
#endif
#define POOL NonPagedPool
void *bad(void) { return ExAllocatePoolWithTag(POOL, OWN, 'tseT'); }
// hvcilint: allow(hvci-execute-pool-type): old
void *old(void) { return ExAllocatePoolWithTag(POOL, 8, 'tseT'); }
void *kit(PMDL Mdl) { return MmGetSystemAddressForMdl(Mdl); }
"""
    HEADER = """static __inline void *InHeader(void) {
  return ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT');
}
"""

    def setUp(self):
        """Where the daemons, which run as another user, can look as well."""
        work = options.work
        options.work = pathlib.Path(tempfile.mkdtemp(dir="/tmp"))
        options.work.chmod(0o755)
        self.addCleanup(setattr, options, "work", work)
        self.addCleanup(shutil.rmtree, options.work)
        super().setUp()
        for path in (options.hvcilint, options.hvcilint.with_name("hvcilint-unit")):
            self.install(path, "bin")
        self.plugin = self.install(options.plugin, "lib")

    def install(self, path, folder):
        (self.top / folder).mkdir(exist_ok=True)
        return shutil.copy(path, self.top / folder)

    def words(self, *more):
        return [str(self.top / "bin" / "hvcilint"), "check", "-p", str(self.build),
                f"--clang={options.clang}", f"--plugin={self.plugin}", "-j2",
                *map(str, more)]

    def driver(self):
        self.write("own.h", "#define OWN 8\n" + self.HEADER)
        self.write("excluded/own2.h", self.HEADER.replace("InHeader", "Excluded"))
        self.write("forced.h", "#define FORCED 1\n")
        self.write(".hvcilint.yaml", "exclude: ['excluded/*']\n")
        overlay = self.write("overlay.json", json.dumps({
            "version": 0, "case-sensitive": False, "roots": [{
                "type": "directory", "name": str(self.top), "contents": [
                    {"type": "file", "name": "Own.h",
                     "external-contents": str(self.top / "own.h")}]}]}))
        both = ["-Xclang", "-ivfsoverlay", "-Xclang", str(overlay),
                "-DGIVEN=1", "-I../excluded", "-I", ".."]
        text = self.SOURCE + '#include "own2.h"\n'
        forced = str(self.top / "forced.h")
        self.database(
            self.cl("cl.c", "/FI", forced, "/unknown", *both, text=text),
            self.bare("bare.c", "/FI", forced, *both, text=text),
            self.cl("plus.cpp", "/FI", forced, "/DPOOL_NX_OPTOUT", *both, text=text),
            self.gnu("gnu.c", "-include", forced, *both, text=text),
            self.cl("stays.c", "/FI", forced, "/MT", *both, text=text))

    def bare(self, name, *flags, text):
        """An entry that leaves the target to clang-cl."""
        entry = self.cl(name, *flags, text=text)
        entry["arguments"].remove(TARGET)
        return entry

    def test_without_a_target_it_is_left_out(self):
        self.driver()
        asked = "/clang:-print-effective-triple"
        for answer in ("", "echo; exit 1", "echo x86_64-pc-linux-gnu --evil", "echo -x"):
            clang = self.script("other", f"""
                case $* in *{asked}) {answer or ":"}; exit;; esac
                exec {shlex.quote(options.clang)} "$@" """)
            launcher = self.script("icecc", f"""
                echo "$ICECC $*" >> {shlex.quote(str(self.log))}
                exec "$@" """)
            self.check(f"--launcher={launcher}", f"--clang={clang}",
                       f"--output={self.build / 'stays'}")
            lines = self.log.read_text("utf-8").splitlines()
            self.log.unlink()
            self.assertFalse([line for line in lines if line.endswith("bare.c")])
            self.assertTrue([line for line in lines if line[0] == " "
                             and line.endswith("cl.c")], lines)

    def where(self, folder):
        """By the scheduler: the sources, and who compiled them."""
        log = (folder / "scheduler.log").read_text("utf-8")
        names = dict(re.findall(r"NEW (\d+) client=here .*/(\S+) \S+ \d+$", log, re.M))
        return {names[job]: server for job, server in
                re.findall(r"END (\d+) status=0 .* server=(\S+)$", log, re.M)}

    def records(self, name):
        self.out = self.build / name
        return {path.name: json.loads(path.read_text("utf-8"))
                for path in (self.out / "records").iterdir()}, self.units()

    def run_farm(self, launcher, **env):
        farm = self.top / "farm"
        farm.mkdir()
        done = subprocess.run(
            ["unshare", "-n", "-m", sys.executable, str(pathlib.Path(__file__).with_name(
                "farm.py")), str(farm), *self.words(
                    f"--launcher={launcher}", f"--output={self.build / 'remote'}")],
            cwd=self.top, text=True, capture_output=True, check=False,
            env={**os.environ, **env})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return farm, done

    def test_behind_ccache_it_compiles_here(self):
        self.driver()
        self.check(f"--output={self.build / 'local'}")
        farm, _ = self.run_farm("ccache", CCACHE_DIR=str(self.top / "cache"),
                                CCACHE_CONFIGPATH="/dev/null", CCACHE_PREFIX="icecc")
        self.assertEqual(self.where(farm), {})
        self.assertEqual(self.records("local"), self.records("remote"))

    def test_what_was_compiled_elsewhere_says_the_same(self):
        self.driver()
        here = self.check(f"--output={self.build / 'local'}")
        farm, done = self.run_farm("icecc")
        self.assertEqual(self.where(farm), {
            name: "there" for name in ("cl.c", "bare.c", "plus.cpp", "gnu.c")})
        notes = [re.findall(".*note:.*", text)
                 for text in (here, done.stdout + done.stderr)]
        self.assertEqual(len(notes[0]), 1)
        self.assertEqual(*notes)
        local, remote = self.records("local"), self.records("remote")
        self.maxDiff = None
        self.assertEqual(local, remote)
        for unit in remote[1].values():
            self.assertEqual(len(self.findings(unit)), 3, unit["source"])


def main():
    global options
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--hvcilint", "--plugin", "--work", "--km"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("tests", nargs="+")
    options = parser.parse_args()
    unittest.main(argv=["check.py", *options.tests], verbosity=2)


if __name__ == "__main__":
    main()
