# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Headers that only a build makes: stubs.py [options] CLASS"""

import check

TRACE = """#define WPP_CONTROL_GUIDS \\
  WPP_DEFINE_CONTROL_GUID(Driver, (1,2,3,4,5), \\
    WPP_DEFINE_BIT(TRACE_ALL) \\
    WPP_DEFINE_BIT(TRACE_POOL))
#define WPP_LEVEL_FLAGS_ENABLED(level, flags) \\
  (WPP_LEVEL_ENABLED(flags) && WPP_CONTROL(WPP_BIT_ ## flags).Level >= level)
// FUNC NotOne(MSG, ...);
// begin_wpp config
// USEPREFIX(TraceError, "%!STDPREFIX!");
// FUNC TraceError{LEVEL=TRACE_LEVEL_ERROR}(FLAGS, MSG, ...);
//   FUNC Entry{LEVEL=TRACE_LEVEL_VERBOSE,FLAGS=TRACE_ALL}(...);
// FUNC 9Lives(MSG); FUNC ;
// end_wpp
"""
SOURCE = """#include <ntddk.h>
#include "inc\\trace.h"
#include "%s"
void *f(void *driver, void *path) {
  WPP_INIT_TRACING(driver, path);
  Entry();
  if (WPP_LEVEL_FLAGS_ENABLED(4, TRACE_POOL))
    TraceError(TRACE_POOL, "%%!FUNC! %%p", driver);
  else
    DoTraceMessage(TRACE_ALL, "none");
  TraceEvents(TRACE_LEVEL_ERROR, TRACE_ALL, "end");
  WPP_CLEANUP(driver);
  return ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT');
}
"""


class Stubs(check.Case):
    def setUp(self):
        super().setUp()
        self.write("inc/Trace.h", TRACE)

    def unit(self, name="a.c"):
        return self.units()[name]

    def test_stubs_stand_for_trace_headers_that_are_missing(self):
        gnu = self.gnu("b.c", text=SOURCE.replace("inc\\t", "inc/T") % "b.tmh")
        self.write("inc/trace.h", TRACE)
        self.database(self.cl("a.c", text=SOURCE % "a.tmh"), gnu,
                      self.cl("c.cpp", text=SOURCE % "sub/c.tmh"),
                      self.cl("d.c"))
        text = self.check()
        self.assertIn("stand for 3 trace headers (.tmh) that a build makes: "
                      "a.tmh, b.tmh, sub/c.tmh\n", text)
        for name, stubs in (("a.c", ["a.tmh"]), ("b.c", ["b.tmh"]),
                            ("c.cpp", ["sub/c.tmh"]), ("d.c", [])):
            self.assertEqual(self.unit(name)["stubs"], stubs)
            self.assertEqual(len(self.findings(self.unit(name))), 1)
            for path in self.unit(name)["dependencies"]:
                self.assertNotIn(".tmh", path)
        self.starts()
        self.check()
        self.assertEqual(self.starts(), 0)

    def test_a_header_may_ask_for_one(self):
        self.write("inc/all.h", '#define NAME "late.tmh"\n#include NAME\n'
                   '#include "inc/more.tmh"\n')
        self.database(self.cl("a.c", text='#include "inc/all.h"\nint x;\n'
                              '#ifdef OFF\n#include "off.tmh"\n#endif\n'))
        self.check()
        self.assertEqual(self.unit()["stubs"], ["inc/more.tmh", "late.tmh"])

    def test_a_header_that_is_there_is_never_hidden(self):
        real = "#define REAL 1\n"
        text = '#include "a.tmh"\n#if !REAL\n#error stub\n#endif\n'
        self.database(self.cl("a.c", "-I", "obj", text=text))
        text = self.check(status=3)
        self.assertIn("error: stub", text)
        self.write("build/obj/a.tmh", real)
        self.assertNotIn("note: stubs", self.check())
        self.assertEqual(self.unit()["stubs"], [])

    def test_one_that_comes_later_takes_the_place_of_its_stub(self):
        self.database(self.cl("a.c", "-I", "obj", text='#include "a.tmh"\n'),
                      self.gnu("b.c", "-Iobj", text='#include "a.tmh"\n'))
        self.check()
        self.assertEqual(self.starts(), 2)
        self.write("build/obj/A.tmh", "extern int other;\n")
        self.write("build/obj/a.tmh", "extern int real;\n")
        self.check()
        self.assertEqual(self.starts(), 2)
        for unit in self.units().values():
            self.assertEqual(unit["stubs"], [])
            self.assertTrue(any("obj/a.tmh" in path
                                for path in unit["dependencies"]))

    def test_what_a_stub_cannot_help_with_fails(self):
        self.database(self.cl("a.c", text='#include "a.tmh"\n'
                              'void f(void) { + ; }\n'))
        self.assertIn("error: expected expression", self.check(status=3))
        self.assertEqual(self.unit()["stubs"], ["a.tmh"])

    def test_odd_names_make_no_file_elsewhere(self):
        names = ["../../out.tmh", "/tmp/hvcilint-x.tmh", "a/../../b.tmh",
                 "C:/x.tmh", "sp ace/\u00e9.tmh", "$(x)`y`.tmh"]
        self.database(*(self.cl(f"u{i}.c", text=f'#include "{name}"\n')
                        for i, name in enumerate(names)))
        before = {path for path in self.top.rglob("*")
                  if self.out not in path.parents and path != self.out}
        self.check(status=3)
        statuses = [unit["status"] for _, unit in sorted(self.units().items())]
        self.assertEqual(statuses, ["failed"] * 4 + ["ok"] * 2)
        after = {path for path in self.top.rglob("*")
                 if self.out not in path.parents and path != self.out}
        self.assertEqual(after - before, {self.log})
        for path in self.out.rglob("*.tmh"):
            self.assertIn(self.out / "stubs", path.parents)

    def test_what_makes_a_missing_header_is_named(self):
        self.write("msg/Events.mc", "")
        self.write("msg/counters.man", "")
        self.write("wmi/data.MOF", "")
        self.write("rpc/calls.idl", "")
        headers = ["events.h", "counters.h", "sub/data.h", "calls.h", "own2.h"]
        self.database(*(self.cl(f"u{i}.c", text=f'#include "{name}"\n')
                        for i, name in enumerate(headers)))
        text = self.check(f"--root={self.top}", status=3)
        self.assertIn("'events.h' file not found; mc.exe makes it from "
                      "msg/Events.mc: run the build first", text)
        self.assertIn("mc.exe makes it from msg/counters.man", text)
        self.assertIn("mofcomp.exe with wmimofck.exe makes it from "
                      "wmi/data.MOF", text)
        self.assertIn("midl.exe makes it from rpc/calls.idl", text)
        self.assertIn("'own2.h' file not found\n", text)
        self.assertIn("mc.exe makes it", self.unit("u0.c")["error"])
        self.assertEqual(self.unit("u0.c")["stubs"], [])


if __name__ == "__main__":
    check.main()
