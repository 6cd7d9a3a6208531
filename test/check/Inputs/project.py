# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Projects of Visual Studio: project.py [options] CLASS"""

import json
import shutil

import check

PROJECT = """<?xml version="1.0" encoding="utf-8"?>
<Project DefaultTargets="Build"
         xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <ItemGroup Label="ProjectConfigurations">
    <ProjectConfiguration Include="Debug|x64"/>
    <ProjectConfiguration Include="release|x64"/>
    <ProjectConfiguration Include="release|ARM64"/>
    <ProjectConfiguration Include="release|Win32"/>
  </ItemGroup>
  <PropertyGroup Label="Globals">
    <PlatformToolset>%(toolset)s</PlatformToolset>
    <DriverType>WDM</DriverType>
  </PropertyGroup>
  <Import Project="$(VCTargetsPath)\\Microsoft.Cpp.Default.props" />
  <Import Project="$(VCTargetsPath)\\Microsoft.Cpp.props" />
  %(body)s
  <Import Project="$(VCTargetsPath)\\Microsoft.Cpp.targets" />
</Project>
"""
ITEMS = '<ItemGroup><ClCompile Include="a.c"/></ItemGroup>'
SOURCE = """#include <NTDDK.h>
#include "Sub\\Own.h"
void *bad(void) { return ExAllocatePoolWithTag(NonPagedPool, 8, 'tseT'); }
"""


class Base(check.Case):
    def setUp(self):
        super().setUp()
        self.kit = self.top / "kit"
        for part in ("km", "shared"):
            shutil.copytree(check.options.km,
                            self.kit / "Include/10.0.1.0" / part,
                            ignore=shutil.ignore_patterns("wdf*.h"))
        self.write("kit/Include/10.0.1.0/shared/warning.h", "#define FORCED 1\n")
        self.write("drv/sub/own.h", "#define OWN 1\n")
        self.out = self.top / "drv" / "hvcilint"

    def project(self, body=ITEMS, name="drv/drv.vcxproj",
                toolset="WindowsKernelModeDriver10.0", raw=None):
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(raw or PROJECT % {"body": body, "toolset": toolset},
                        encoding="utf-8")
        return path

    def words(self, *more):
        return [str(check.options.hvcilint), "check",
                f"--vcxproj={self.top / 'drv/drv.vcxproj'}",
                f"--wdk={self.kit}", f"--clang={self.clang}",
                f"--plugin={check.options.plugin}", "-j2",
                f"--output={self.out}", *map(str, more)]

    def options_of(self, name):
        job = next((self.out / "jobs").glob(f"{name}-*")).read_bytes()
        return job.decode().split("\0")

    def expect(self, source, *lines, name="a.c"):
        """A source that does not compile unless each line holds."""
        text = "".join(f"#if !({line})\n#error {number}\n#endif\n"
                       for number, line in enumerate(lines))
        return self.write(f"drv/{name}", source + text)


class Project(Base):
    def test_a_driver_is_analysed_as_the_kit_builds_it(self):
        self.expect(SOURCE, "FORCED", "_KERNEL_MODE", "_AMD64_ + 1",
                    "_WIN32_WINNT == 0x0A00", "NDEBUG + 1", "OWN")
        self.project()
        text = self.check()
        self.assertIn("1 unit: 1 analysed", text)
        self.assertNotIn("note:", text)
        unit = self.units()["a.c"]
        self.assertEqual(unit["configuration"], "Release|x64")
        self.assertEqual(len(self.findings(unit)), 1)
        self.assertEqual([path.split("/drv/")[1] for path in
                          unit["dependencies"]], ["a.c", "sub/own.h"])
        self.starts()
        self.check()
        self.assertEqual(self.starts(), 0)
        self.write("drv/sub/own.h", "#define OWN 2\n")
        self.check()
        self.assertEqual(self.starts(), 1)

    def test_platforms_and_configurations(self):
        self.write("drv/a.c", SOURCE)
        self.project()
        for platform, target in (("ARM64", "aarch64"), ("Win32", "i686")):
            self.check(f"--platform={platform}")
            record = json.loads(
                (self.out / self.units()["a.c"]["record"]).read_text())
            self.assertTrue(record["unit"]["target"].startswith(target))
        self.check("--configuration=debug")
        self.assertIn("-DDBG=1", self.options_of("a.c"))
        text = self.check("--configuration=Checked", status=2)
        self.assertIn("it has no configuration Checked|x64, but Debug|x64, "
                      "release|x64", text)

    def test_properties_conditions_and_inheritance(self):
        self.write("drv/more.props", """<Project>
          <PropertyGroup><Both>1</Both>
            <Fixed>no</Fixed></PropertyGroup>
          <ItemDefinitionGroup><ClCompile>
            <PreprocessorDefinitions>IMPORTED=1;%(PreprocessorDefinitions)
            </PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>
        </Project>""")
        self.write("Directory.Build.props", """<Project><PropertyGroup>
          <Above>$(MSBuildThisFileDirectory)</Above></PropertyGroup></Project>""")
        self.write("inc/above.h", "#define ABOVE 1\n")
        self.project(r"""
  <Import Project="MORE.props" Condition="Exists('more.props')"/>
  <Import Project="none.props" Condition="Exists('none.props')"/>
  <PropertyGroup Condition=" '$(Configuration)|$(Platform)' == 'RELEASE|x64' ">
    <Value>2</Value></PropertyGroup>
  <PropertyGroup Condition="'$(Configuration)'=='Debug' or
      ('$(Both)' == '1' and !Exists('more.props'))"><Value>3</Value></PropertyGroup>
  <Choose><When Condition="'$(Value)' &gt;= '3'"><PropertyGroup><Chosen>A</Chosen>
    </PropertyGroup></When><Otherwise><PropertyGroup><Chosen>B</Chosen>
    </PropertyGroup></Otherwise></Choose>
  <ItemDefinitionGroup>
    <ClCompile>
      <AdditionalIncludeDirectories>$(Above)INC;%(AdditionalIncludeDirectories)
      </AdditionalIncludeDirectories>
      <PreprocessorDefinitions>VALUE=$(Value);$(Chosen)=1;FIXED_$(Fixed)=1;
        SEMI=%22a%3Bb%22;%(PreprocessorDefinitions)</PreprocessorDefinitions>
      <PreprocessorDefinitions Condition="'$(Platform)' != 'x64'">WRONG
      </PreprocessorDefinitions>
    </ClCompile>
  </ItemDefinitionGroup>
  <ItemGroup>
    <ClCompile Include="a.c;b.c">
      <PreprocessorDefinitions Condition="'%(Filename)' == 'b'">ONLY_B=1;%(PreprocessorDefinitions)</PreprocessorDefinitions>
    </ClCompile>
    <ClCompile Include="gone.c"><ExcludedFromBuild
      Condition="'$(Configuration)'=='Release'">true</ExcludedFromBuild></ClCompile>
    <ClCompile Include="src\**\*.C" Exclude="src\x\not.c" />
    <ClCompile Remove="src\removed.c" />
  </ItemGroup>""")
        lines = ["IMPORTED", "VALUE == 2", "B == 1", "!defined(A)",
                 "FIXED_yes", "sizeof(SEMI) || 1", "!defined(WRONG)", "ABOVE"]
        lines[5] = "defined(SEMI)"
        top = '#include "above.h"\n'
        self.expect(top, *lines, "!defined(ONLY_B)")
        self.expect(top, *lines, "ONLY_B", name="b.c")
        for name in ("src/one.c", "src/x/two.c", "src/x/not.c",
                     "src/removed.c"):
            self.expect(top, *lines, name=name)
        text = self.check("--property=Fixed=yes")
        self.assertNotIn("note:", text)
        self.assertEqual(sorted(self.units()),
                         ["a.c", "b.c", "one.c", "two.c"])

    def test_functions_of_texts_and_paths(self):
        self.write("deep/er/lib.h", "#define LIB 1\n")
        self.project(r"""
  <PropertyGroup Condition="'$(Configuration.Substring(0, 3).ToUpper())' == 'REL'">
    <Value>$(Configuration.Length)</Value></PropertyGroup>
  <PropertyGroup><Name>$(MSBuildProjectName.Replace('d', 'D,').TrimEnd('v'))</Name>
    <Above>$([System.IO.Path]::GetFullPath('$(MSBuildProjectDirectory)\..\'))</Above>
  </PropertyGroup>
  <ItemDefinitionGroup><ClCompile>
    <AdditionalIncludeDirectories>$([MSBuild]::NormalizePath($(Above), 'DEEP', 'er'))
    </AdditionalIncludeDirectories>
    <PreprocessorDefinitions>VALUE=$(Value);NAME="$(Name)"</PreprocessorDefinitions>
  </ClCompile></ItemDefinitionGroup>""" + ITEMS)
        self.expect('#include "lib.h"\nchar name[] = NAME;\n'
                    "_Static_assert(sizeof name == 4, \"D,r\");\n"
                    "_Static_assert(NAME[1] == ',', \"D,r\");\n",
                    "VALUE == 7", "LIB")
        self.assertNotIn("note:", self.check())

    def test_what_cl_only_warns_of(self):
        self.write("drv/a.c", "int f(void) { return none_such(); }\n"
                   "int *p(long n) { return n; }\n")
        self.write("drv/b.cpp", "#define CODE ((long)0x80000008)\n"
                   "int g(unsigned n) { switch (n) { case CODE: return 1; } "
                   "return 0; }\n")
        self.project('<ItemGroup><ClCompile Include="a.c;b.cpp"/></ItemGroup>')
        self.check()

    def test_files_above(self):
        self.write("Top.props", "<Project><PropertyGroup><Top>3</Top>"
                   "</PropertyGroup></Project>")
        self.write("drv/sub/Top.props", "<Project><PropertyGroup><Sub>4</Sub>"
                   "</PropertyGroup></Project>")
        self.project(r"""
  <Import Project="$([MSBuild]::GetPathOfFileAbove('Top.props'))"/>
  <Import Project="$([MSBuild]::GetPathOfFileAbove('top.props', 'sub\'))"/>
  <PropertyGroup>
    <None>$([MSBuild]::GetPathOfFileAbove('None.props'))</None>
    <Folder>$([MSBuild]::GetDirectoryNameOfFileAbove('sub', 'Top.props'))</Folder>
    <Up>$([MSBuild]::GetDirectoryNameOfFileAbove('.', 'Top.props'))</Up>
  </PropertyGroup>
  <ItemDefinitionGroup><ClCompile>
    <AdditionalIncludeDirectories>$(Folder);$(Up)\inc</AdditionalIncludeDirectories>
    <PreprocessorDefinitions>TOP=$(Top);SUB=$(Sub);NONE=0$(None)</PreprocessorDefinitions>
  </ClCompile></ItemDefinitionGroup>""" + ITEMS)
        self.write("inc/up.h", "#define UP 1\n")
        self.expect("#include <own.h>\n#include <up.h>\n",
                    "TOP == 3", "SUB == 4", "NONE == 0", "OWN", "UP")
        self.assertNotIn("note:", self.check())

    def test_the_windows_that_the_kit_is_for(self):
        self.write("kit/Include/10.0.1.0/shared/sdkddkver.h",
                   "#define NTDDI_WIN10_X 0x0A00000C /* so */\n"
                   "#define WDK_NTDDI_VERSION_OLD 1\n"
                   "#define  WDK_NTDDI_VERSION   NTDDI_WIN10_X // that\n")
        for properties, version, release in (
                ("", "0x0A00", "0x0A00000C"),
                ("<TargetVersion>Windows7</TargetVersion>", "0x0601", "0x06010000"),
                ("<_NT_TARGET_VERSION>0x0603</_NT_TARGET_VERSION>", "0x0603",
                 "0x06030000"),
                ("<_NT_TARGET_VERSION>0xA000006</_NT_TARGET_VERSION>", "0x0A00",
                 "0x0A000006")):
            # Before any header, as the kit's build has it.
            self.expect("", f"_WIN32_WINNT == {version}",
                        f"NTDDI_VERSION == {release}")
            self.project(f"<PropertyGroup>{properties}</PropertyGroup>" + ITEMS)
            self.check()

    def test_a_project_header_hides_the_kits_as_on_windows(self):
        self.write("drv/NTDDK.H", '#define MINE 1\n#include_next <ntddk.h>\n')
        self.expect("#include <ntddk.h>\n", "MINE")
        self.project(r"""<ItemDefinitionGroup><ClCompile>
          <AdditionalIncludeDirectories>.</AdditionalIncludeDirectories>
          </ClCompile></ItemDefinitionGroup>""" + ITEMS)
        self.check()

    def test_what_is_not_understood_is_said(self):
        self.write("drv/a.c", "int x;\n")
        self.project(r"""
  <Import Project="lost.props"/>
  <Wonder/>
  <PropertyGroup><X>$([System.IO.File]::ReadAllText('a'))</X></PropertyGroup>
  <PropertyGroup Condition="'1' ~ '2'"><Y>1</Y></PropertyGroup>
  <ItemGroup><ClCompile Include="a.c"><CompileAs>CompileAsD</CompileAs>
    <Magic>1</Magic><AdditionalOptions>/d1x /clr %(AdditionalOptions)
    </AdditionalOptions></ClCompile></ItemGroup>
  <Target Name="T"><ItemGroup><ClCompile><PreprocessorDefinitions>Z
    </PreprocessorDefinitions></ClCompile></ItemGroup></Target>""")
        text = self.check()
        for line in (
                "drv.vcxproj:17: note: Import: there is no ",
                "drv.vcxproj:18: note: Wonder: the element is not understood",
                "drv.vcxproj:19: note: X: the function $([System.IO.File]::"
                "ReadAllText('a')) is not understood; empty",
                "drv.vcxproj:20: note: PropertyGroup: the condition \"'1' ~ "
                "'2'\" is not understood; taken for false",
                "CompileAs: the value 'CompileAsD' is not understood",
                "Magic: the metadata of ClCompile is not understood",
                "drv.vcxproj:24: note: ClCompile: in a Target, which is not "
                "followed",
                "the option /d1x has no match", "the option /clr has no match"):
            self.assertIn(line, text)

    def test_headers_that_only_cl_reads_are_mended(self):
        self.write("kit/Include/10.0.1.0/km/ndis.h",
                   "#define NDIS_API_VERSION_AVAILABLE(major,minor) "
                   "((((0x ## major) << 8) + (0x ## minor)) >= 0x600)\n"
                   "#define MAJOR 6\n#define MINOR 30\n"
                   "#if !NDIS_API_VERSION_AVAILABLE(MAJOR, MINOR)\n"
                   "#error old\n#endif\n")
        self.write("drv/a.c", '#include <Ndis.h>\n')
        self.project()
        self.check()
        self.assertEqual([path.split("/drv/")[1] for path in
                          self.units()["a.c"]["dependencies"]], ["a.c"])

    def test_solutions(self):
        self.write("drv/a.c", "int a;\n")
        self.write("app/b.c", "int b;\n")
        self.write("lib/c.c", "int c;\n")
        self.project(ITEMS.replace("a.c", "$(SolutionDir)drv\\a.c"))
        self.project(ITEMS.replace("a.c", "b.c"), "app/app.vcxproj", "v143")
        self.project(ITEMS.replace("a.c", "c.c"), "lib/lib.vcxproj")
        line = 'Project("{K}") = "%s", "%s\\%s.vcxproj", "{%s}"\nEndProject\n'
        names = ("drv", "app", "lib")
        self.write("all.sln", "\ufeff\nMicrosoft Visual Studio Solution File\n" +
                   "".join(line % (n, n.upper(), n, n) for n in names) +
                   "".join(f"\t\t{{{n}}}.Release|x64.ActiveCfg = release|x64\n"
                           f"\t\t{{{n}}}.Release|x64.Build.0 = release|x64\n"
                           for n in names[:2]))
        text = self.check(f"--vcxproj={self.top / 'all.sln'}")
        self.assertEqual(sorted(self.units()), ["a.c"])
        self.assertIn("app.vcxproj: note: no driver (PlatformToolset 'v143'); "
                      "left out", text)
        self.assertIn("lib.vcxproj: note: the solution does not build it for "
                      "Release|x64", text)
        self.write("all.slnx", '<Solution><Folder Name="/x/">'
                   '<Project Path="drv/drv.vcxproj"/></Folder>'
                   '<Project Path="lib\\lib.vcxproj"/></Solution>')
        self.check(f"--vcxproj={self.top / 'all.slnx'}")
        self.assertEqual(sorted(self.units()), ["a.c", "c.c"])
        self.check()  # the solution above gives $(SolutionDir)
        self.assertEqual(sorted(self.units()), ["a.c"])

    def test_frameworks_and_versions_of_the_kit(self):
        for version in ("1.9", "1.15", "1.33"):
            self.write(f"kit/Include/wdf/kmdf/{version}/wdf.h",
                       f"#define WDF {version[2:]}\n")
        for version in ("10.0.2.0", "10.0.10.0"):
            shutil.copytree(self.kit / "Include/10.0.1.0",
                            self.kit / "Include" / version)
            self.write(f"kit/Include/{version}/km/which.h",
                       f"#define WHICH {version.split('.')[2]}\n")
        kmdf = "<PropertyGroup><DriverType>KMDF</DriverType>%s</PropertyGroup>"
        source = '#include <ntddk.h>\n#include <wdf.h>\n#include <which.h>\n'
        self.expect(source, "WDF == 33", "KMDF_VERSION_MINOR == 33",
                    "WHICH == 10")
        self.project(kmdf % "" + ITEMS)
        self.check()
        self.expect(source, "WDF == 15", "KMDF_VERSION_MINOR == 15",
                    "WHICH == 2")
        self.project(kmdf % ("<KMDF_VERSION_MINOR>15</KMDF_VERSION_MINOR>"
                     "<WindowsTargetPlatformVersion>10.0.2.0"
                     "</WindowsTargetPlatformVersion>") + ITEMS)
        self.check()
        self.project(kmdf % "<WindowsTargetPlatformVersion>10.0.3.0"
                     "</WindowsTargetPlatformVersion>" + ITEMS)
        self.assertIn("drv.vcxproj: note: the kit has no 10.0.3.0; 10.0.10.0 is "
                      "used", self.check(status=3))

    def test_what_the_project_tells_wpp_counts(self):
        self.write("drv/scan.h", "// begin_wpp config\n// FUNC Scanned(MSG);\n"
                   "// end_wpp\n")
        self.write("drv/a.c", '#include "a.tmh"\nvoid f(void) '
                   '{ Scanned(x, y); Told(z); Traced(w); }\n')
        self.project("""<ItemDefinitionGroup><ClCompile>
          <WppEnabled>true</WppEnabled>
          <WppScanConfigurationData>Scan.h</WppScanConfigurationData>
          <WppTraceFunction>Traced(LEVEL,MSG,...)</WppTraceFunction>
          <WppAdditionalOptions>-km -func:Told(MSG)</WppAdditionalOptions>
          </ClCompile></ItemDefinitionGroup>""" + ITEMS)
        self.check()

    def test_usage(self):
        self.project()
        self.write("drv/a.c", "int a;\n")
        text = self.check("-p", self.build, status=2)
        self.assertIn("-p and --vcxproj exclude each other", text)
        self.assertIn("not of the form NAME=VALUE",
                      self.check("--property=x", status=2))
        self.assertIn("the platform MIPS is not known", self.check(
            "--platform=MIPS", "--property=Platform=MIPS",
            f"--vcxproj={self.project(raw='<Project>' + ITEMS + '</Project>')}",
            status=2))


class Hostile(Base):
    def refused(self, raw, reason, name="drv/drv.vcxproj"):
        path = self.top / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
        text = self.check(f"--vcxproj={path}", status=2, timeout=60)
        self.assertIn("error: ", text)
        self.assertIn(reason, text)
        self.assertFalse(self.out.exists())

    def test_no_project_at_all(self):
        for raw in (b"", b"\0" * 99, b"<Project", b"<a/>", b"\xff\xfe<\0",
                    b"<Project></Projekt>", b"<Project>\x1b</Project>",
                    b"<Project>" * 5000):
            self.refused(raw, "")
        self.refused("<Project/>", "no source to analyse")
        path = self.top / "nowhere.vcxproj"
        self.assertIn("No such file", self.check(f"--vcxproj={path}", status=2))
        for raw in ("", "Project(", "{x}.Release|x64.ActiveCfg = ", "\0",
                    'Project("a") = "b", "c.csproj", "d"'):
            self.refused(raw, "no project of C or C++", "drv/x.sln")
        self.refused("<Solution", "it is no solution", "drv/x.slnx")

    def test_wildcards_over_too_much(self):
        for path in ("a/b/c", "a/d"):
            (self.top / "drv" / path).mkdir(parents=True)
        self.write("drv/a/b/a.c", "#include <NTDDK.h>\n")
        for number in range(3):  # links that lead back, by each other
            (self.top / f"drv/a/d/{number}").symlink_to("../..")
            (self.top / f"drv/a/b/c/{number}").symlink_to("../../d")
        self.project('<ItemGroup><ClCompile Include="**\\*.c"/></ItemGroup>')
        self.assertIn(": 1 analysed, 0 not", self.check(timeout=60))
        deep = self.top / "drv" / "/".join(["deep"] * 40)
        deep.mkdir(parents=True)
        self.assertIn("drv.vcxproj:16: ClCompile: **\\*.c names too many",
                      self.check(status=2, timeout=60))

    def test_entities(self):
        secret = self.write("secret", "SECRET")
        bomb = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">'
                       for i in range(1, 12))
        for inner in (f'<!ENTITY a0 "x">{bomb}',
                      f'<!ENTITY a11 SYSTEM "file://{secret}">',
                      '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;'):
            for coding in ("utf-8", "utf-16"):
                raw = (f"<!DOCTYPE Project [{inner}]><Project><PropertyGroup>"
                       f"<A>&a11;</A></PropertyGroup>{ITEMS}</Project>")
                self.refused(raw.encode(coding), "")

    def test_growth(self):
        doubling = "".join(f"<A{i}>$(A{i - 1})$(A{i - 1})</A{i}>"
                           for i in range(1, 64))
        self.refused(f"<Project><PropertyGroup><A0>xx</A0>{doubling}"
                     f"</PropertyGroup>{ITEMS}</Project>", "a value of more than")
        self.refused("<Project><!--" + "x" * (17 << 20) + "--></Project>",
                     "too large")
        self.refused("<Project>" + "<Choose><When Condition=\"true\">" * 100 +
                     "</When></Choose>" * 100 + "</Project>", "nested too deep")
        deep = "(" * 5000 + "'1'=='1'" + ")" * 5000
        self.write("drv/a.c", "int a;\n")
        self.project(f'<PropertyGroup Condition="{deep}"/>' + ITEMS)
        self.assertIn("not understood; taken for false", self.check())
        nested = "$(x." * 40 + ")" * 40
        self.project(f'<PropertyGroup><A>{nested}</A></PropertyGroup>' + ITEMS)
        self.check()

    def test_imports_in_a_circle(self):
        self.write("drv/a.c", "int a;\n")
        self.write("drv/b.props", '<Project><Import Project="c.props"/></Project>')
        self.write("drv/c.props", '<Project><Import Project="b.props"/>'
                   '<Import Project="drv.vcxproj"/></Project>')
        self.project('<Import Project="b.props"/>' + ITEMS)
        self.assertIn("is imported already", self.check())
        for i in range(300):
            self.write(f"drv/n{i}.props", '<Project>'
                       f'<Import Project="n{i + 1}.props"/></Project>')
        shutil.rmtree(self.out)
        self.refused('<Project><Import Project="n0.props"/></Project>',
                     "nested too deep")

    def test_names_do_not_leave_their_words(self):
        self.write("drv/a.c", "int a;\n")
        self.write("drv/$(x);`touch hacked`.c", "int b;\n")
        self.project("""<ItemDefinitionGroup><ClCompile>
          <PreprocessorDefinitions>A=$(x) `touch hacked`;B=&quot;;touch hacked;
            %0a%3b-Xclang</PreprocessorDefinitions>
          <AdditionalOptions>-o /nowhere/x -Xclang -load -Xclang evil.so
          -MJ x.json</AdditionalOptions>
          </ClCompile></ItemDefinitionGroup>""" + ITEMS)
        self.check(status=3)
        self.assertEqual(list(self.top.rglob("hacked")), [])
        self.assertFalse((self.top / "drv/x.json").exists())
        self.assertNotIn("evil.so", self.options_of("a.c"))


if __name__ == "__main__":
    check.main()
