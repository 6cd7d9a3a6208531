# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random C and C++ programs whose globals hold addresses at odd offsets.

A program is a prelude of things to point at, types, and a few globals. Next to
each global lies a probe in the section `.probe`: four pointer-sized words that
tell the reader of the image where the global is, how large, and how aligned.
"""

import random
from dataclasses import dataclass
from string import Template
from typing import List

from initialisers import Initialisers
from shapes import (Anonymous, Array, Bits, Class, Field, Record, Type, is_polymorphic,
                    member_pointers, scalars)

PAGE = 4096
MAGIC = 0x5EED0000  # a probe's last word; its low bits are the global's index
INDIRECT = 0x8000  # the probe tells of a pointer to the object

TARGETS = {
    "x86_64-pc-windows-msvc": 8,
    "i686-pc-windows-msvc": 4,
    "aarch64-pc-windows-msvc": 8,
}

# R64(x) is sixty-four times x.
REPEATS = "#define R2(...) __VA_ARGS__, __VA_ARGS__\n" + "".join(
    f"#define R{2 * n}(...) R2(R{n}(__VA_ARGS__))\n"
    for n in (1 << bit for bit in range(1, 10)))

PRELUDE = REPEATS + """\
#ifdef _WIN64
typedef unsigned __int64 UPTR;
typedef __int64 SPTR;
#else
typedef unsigned long UPTR;
typedef long SPTR;
#endif
struct __declspec(align(16)) Probe { UPTR address, size, alignment, tag; };
struct Pair { int a, b; };
typedef int (*FN)(int);
enum Tint { Red, Green = 70000 };
#pragma section(".probe", read)
#pragma section(".own", read, write)
#ifdef __cplusplus
extern "C" {
#endif
int _fltused = 1;
int Obj[64] = {1};
struct Pair Pairs[8] = {{1, 2}};
int Fn(int v) { return v + Obj[1]; }
static int Local(int v) { return v + Obj[2]; }
__declspec(dllimport) int Imported(int);
int Entry(void) { return Local(Obj[3]); }
#ifdef __cplusplus
}
struct HostA { int d; int plain(int v) { return v; }
               virtual int own(int v) { return v; } };
struct HostB { int e; int other(int v) { return v; }
               virtual int far(int v) { return v; } };
struct HostM : HostA, HostB { int both(int v) { return v; } };
struct HostV : virtual HostA { int deep(int v) { return v; } };
typedef int (HostA::*MFA)(int);
typedef int (HostM::*MFM)(int);
typedef int (HostV::*MFV)(int);
typedef int HostA::*MDA;
#endif
"""


# Where globals are defined: whether their initialisers must be constant
# expressions, the code, and how the table of probes names the global; without a
# name, the code has a probe of its own.
OWN_PROBE = """\
__declspec(allocate(".probe")) static const struct Probe probe = $probe;
return &probe; }
"""

C_PLACES = [
    (False, "$spec$declared = $init;", "$name"),
    (False, "${spec}static $declared = $init;", "$name"),
    (False, "${spec}const $declared = $init;", "$name"),
    (False, "${spec}static const $declared = $init;", "$name"),
    (False, "extern $spec$declared;\n$declared = $init;", "$name"),
    (False, "__declspec(selectany) $spec$declared = $init;", "$name"),
    (False, '__declspec(allocate(".own")) $spec$declared = $init;', "$name"),
    (False, '#pragma data_seg(".mine")\n$spec$declared = $init;\n#pragma data_seg()',
     "$name"),
    (False, "const struct Probe *${name}Of(void) {\n"
            "${spec}static $declared = $init;\n" + OWN_PROBE, ""),
]

CXX_PLACES = [
    (False, "$spec$declared = $init;", "$name"),
    (False, "${spec}static $declared = $init;", "$name"),
    (True, "${spec}constexpr $declared = $init;", "$name"),
    (True, "${spec}static constinit $declared = $init;", "$name"),
    (False, "${spec}inline $declared = $init;", "$name"),
    (False, "namespace {\n$spec$declared = $init;\n}", "$name"),
    (False, "namespace outer {\n${spec}const $declared = $init;\n}", "outer::$name"),
    (True, "struct In$name {\n${spec}static constexpr $declared = $init;\n};",
     "In$name::$name"),
    (False, "template <int N> struct In$name { ${spec}static $declared; };\n"
            "template <int N> $member = $init;", "In$name<4>::$name"),
    (False, "template <class T> $spec$declared = $init;", "$name<int>"),
    (False, "inline const Probe *${name}Of() {\n"
            "${spec}static $declared = $init;\n" + OWN_PROBE +
            'extern "C" const void *${name}Used() { return ${name}Of(); }', ""),
    (False, "auto ${name}Of = [] {\n"
            "${spec}static $declared = $init;\n" + OWN_PROBE + ";"
            'extern "C" const void *${name}Used() { return ${name}Of(); }', ""),
]


@dataclass
class Global:
    """A global that the program declares and its probe tells of."""

    name: str  # as diagnostics call it
    literal_line: int = 0  # where the compound literal is that `name` points to
    page_aligned: bool = False


@dataclass
class Program:
    index: int
    target: str
    language: str  # "c" or "cpp"
    options: List[str]
    text: str
    globals: List[Global]


class Maker(Initialisers):
    """Writes one program."""

    def __init__(self, seed: str, index: int):
        self.rng = random.Random(f"{seed}:{index}")
        self.index = index
        targets = list(TARGETS)
        self.target = targets[index % len(targets)]
        self.cxx = index // len(targets) % 3 == 2
        self.width = TARGETS[self.target]
        self.numbers, self.addresses = scalars(self.width)
        if self.cxx:
            self.addresses += member_pointers(self.width)
        self.lines: List[str] = PRELUDE.splitlines()
        self.globals: List[Global] = []
        self.probes: List[str] = []
        self.records: List[Type] = []
        self.names = 0

    def name(self, prefix: str) -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    def emit(self, text: str) -> None:
        self.lines += text.splitlines()

    # Types

    def scalar(self) -> Type:
        return self.rng.choice(self.numbers if self.chance(0.4) else self.addresses)

    def member(self, depth: int) -> Type:
        kind = self.rng.random()
        if kind < 0.5 or (kind >= 0.68 and depth == 0):
            return self.scalar()
        if kind < 0.68:
            inner = Array(self.scalar(), self.rng.randint(1, 5))
            return Array(inner, self.rng.randint(1, 3)) if self.chance(0.25) else inner
        if kind < 0.8 and self.records:
            element = self.rng.choice(self.records)
        else:
            element = self.record_type(depth - 1)
        if self.chance(0.4) and element.size < 300:
            return Array(element, self.rng.randint(1, 4))
        return element

    def fields(self, depth: int, union: bool) -> List[Field]:
        made = []
        for _ in range(self.rng.randint(1 + union, 5)):
            if self.chance(0.08) and not union:
                for _ in range(self.rng.randint(1, 3)):
                    spelling = self.rng.choice(["unsigned", "unsigned char", "UPTR"])
                    named = self.chance(0.8)
                    made.append(Field(self.name("b"),
                                      Bits(spelling, self.rng.randint(1, 8), named)))
                if self.chance(0.2):
                    made.append(Field("", Bits("int", 0, False)))
            elif self.chance(0.06) and depth > 0:
                key = self.rng.choice(["struct", "union"])
                inner = [Field(self.name("m"), self.scalar())
                         for _ in range(self.rng.randint(1, 3))]
                made.append(Field("", Anonymous("", key, inner)))
            else:
                made.append(Field(self.name("m"), self.member(depth)))
                if self.chance(0.04):
                    bytes_ = self.rng.choice([1, 2, 4, 8, 16])
                    made[-1].align = f"__declspec(align({bytes_})) "
        if not any(not f.unnamed() for f in made):
            made.append(Field(self.name("m"), self.scalar()))
        return made

    def packed(self, definition: str) -> None:
        """Emits a definition with random packing in force."""
        pack = self.rng.choice([None, None, 1, 1, 1, 1, 2, 2, 2, 4, 4, 8])
        if pack is None:
            self.emit(definition)
        elif self.chance(0.15) and definition.startswith(("struct ", "union ")):
            key, rest = definition.split(" ", 1)
            self.emit(f"{key} __attribute__((packed)) {rest}")
        else:
            self.emit(f"#pragma pack(push, {pack})\n{definition}\n#pragma pack(pop)")

    def record_type(self, depth: int) -> Type:
        if self.cxx and self.chance(0.4):
            return self.class_type(depth)
        key = "union" if self.chance(0.15) else "struct"
        made = self.fields(depth, key == "union")
        tag = self.name("T")
        align, bases = "", []
        if self.chance(0.08):
            align = f"__declspec(align({self.rng.choice([1, 2, 4, 8, 16, 32])})) "
        if self.cxx and key == "struct":
            if self.chance(0.5):
                for f in made:
                    if f.name and not isinstance(f.type, Bits) and self.chance(0.4):
                        f.default = f.type.init(self, strict=True)
            if self.chance(0.1):
                made.append(Field(self.name("m"), self.addresses[1], default="this"))
            if self.chance(0.25):
                bases = [b for b in self.bases() if not is_polymorphic(b)]
        record = Record(tag if self.cxx else f"{key} {tag}", key, made, bases)
        inherit = " : " + ", ".join(b.tag for b in bases) if bases else ""
        definition = f"{key} {align}{tag}{inherit} {record.body()};"
        if self.cxx and key == "struct" and self.chance(0.1):
            record.tag = f"{tag}<{self.rng.randint(1, 9)}>"
            made.append(Field("tail", Array(self.numbers[0], 4)))
            body = record.body().replace("tail[4]", "tail[N]")
            made.pop()
            definition = f"template <int N> struct {align}{tag}{inherit} {body};"
            record.size += 5
            record.template = True
        self.packed(definition)
        self.records.append(record)
        return record

    def bases(self) -> List[Type]:
        usable = [r for r in self.records
                  if isinstance(r, Class) or r.key == "struct"]
        usable = [r for r in usable if r.size < 200]
        return self.rng.sample(usable, min(len(usable), self.rng.randint(1, 2)))

    def class_type(self, depth: int) -> Type:
        """A class with a constexpr constructor, perhaps polymorphic."""
        tag = self.name("K")
        bases = self.bases() if self.chance(0.4) else []
        made = [f for f in self.fields(depth, False)
                if not isinstance(f.type, Bits) and not isinstance(f.type, Anonymous)]
        made = made or [Field(self.name("m"), self.scalar())]
        extra, inits = [], []
        for base in bases:
            inits.append(self.member_init(base.tag, base))
        for f in made:
            inits.append(self.member_init(f.name, f.type))
        for declared, init in (
            ("int &{}", "Obj[5]"),
            ("const void *{}", "v & 1 ? &Obj[2] : nullptr"),
            ("const char *{}", 'v & 2 ? "two" : nullptr'),
            ("const void *{}", "this"),
            ("char {}", "(char)v"),
        ):
            if self.chance(0.25):
                name = self.name("x")
                extra.append(declared.format(name) + ";")
                inits.append(f"{name}({init})")
        virtual = ""
        if self.chance(0.4):
            virtual = f" virtual int {self.name('vf')}(int v) {{ return v; }}"
        body = " ".join([f.declare() for f in made] + extra)
        inherit = " : " + ", ".join(b.tag for b in bases) if bases else ""
        self.packed(f"struct {tag}{inherit} {{ {body}\n"
                    f"  constexpr {tag}(int v = 1) : {', '.join(inits)} {{}}"
                    f"{virtual} }};")
        parts = [f.type for f in made] + list(bases)
        made_class = Class(tag, sum(t.size for t in parts) + 4 * len(extra) + 1,
                           sum(t.leaves for t in parts) + len(extra),
                           bool(virtual) or any(map(is_polymorphic, bases)))
        self.records.append(made_class)
        return made_class

    def member_init(self, name: str, of: Type) -> str:
        if isinstance(of, Class):
            return f"{name}(v + {self.rng.randrange(4)})"
        text = of.init(self, strict=True)
        if text.startswith("{"):
            return name + text
        return f"{name}{{{text}}}" if of.braced else f"{name}({text})"

    # Globals

    def bytes_wanted(self) -> int:
        low, high = self.rng.choice(
            [(1, 64), (64, PAGE), (2 * PAGE, 8 * PAGE), (4 * PAGE, 12 * PAGE),
             (4 * PAGE, 20 * PAGE)])
        return self.rng.randint(low, high)

    def global_type(self) -> Type:
        for _ in range(20):
            element: Type = self.record_type(self.rng.randint(0, 3))
            if element.size < PAGE:
                break
        if self.chance(0.05):
            element = self.rng.choice(self.addresses)
        count = self.bytes_wanted() // element.size
        if count <= 1 and self.chance(0.7):
            return element
        count = max(1, count)
        if self.chance(0.15) and count >= 4:
            inner = self.rng.randint(2, 4)
            return Array(Array(element, inner), count // inner)
        return Array(element, count)

    def filler(self) -> None:
        if self.chance(0.6):
            const = self.rng.choice(["", "const "])
            extern = 'extern "C" ' if self.cxx else ""
            size = self.rng.randint(1, self.rng.choice([16, 100, 5000]))
            name = self.name("Filler")
            if self.cxx:
                self.emit(f"{extern}{const}char {name}[{size}];")
            self.emit(f"{const}char {name}[{size}] = {{1}};")

    def alignment(self) -> int:
        if self.chance(0.3):
            return self.rng.choice([PAGE, PAGE, 2 * PAGE])
        if self.chance(0.35):
            return 1 << self.rng.randrange(12)
        return 0

    def probe(self, expression: str, size: str = "", literal: bool = False) -> str:
        tag = MAGIC + len(self.globals) - 1 + (INDIRECT if literal else 0)
        what = f"(*{expression})" if literal else expression
        return (f"{{(UPTR)&{expression}, {size or f'sizeof({what})'}, "
                f"__alignof({what}), {tag:#x}}}")

    def add_global(self) -> None:
        self.filler()
        if not self.cxx and self.chance(0.08):
            return self.add_literal()
        if not self.cxx and self.chance(0.06):
            return self.add_flexible()
        of = self.global_type()
        align = self.alignment()
        name = self.name("G")
        spec = f"__declspec(align({align})) " if align else ""
        self.globals.append(Global(name, page_aligned=align >= PAGE))
        self.place(of, name, spec)

    def place(self, of: Type, name: str, spec: str) -> None:
        strict, code, expression = self.rng.choice(CXX_PLACES if self.cxx else C_PLACES)
        if isinstance(of, Class) and self.chance(0.2):
            init = "{}"
        else:
            init = of.init(self, strict or of.needs_strict)
        self.emit(Template(code).substitute(
            name=name, spec=spec, init=init, declared=of.declare(name),
            member=of.declare(f"In{name}<N>::{name}"), probe=self.probe(name)))
        if expression:
            self.probes.append(self.probe(Template(expression).substitute(name=name)))

    def add_literal(self) -> None:
        element = self.record_type(self.rng.randint(0, 2))
        count = max(2, self.bytes_wanted() // element.size)
        name = self.name("G")
        self.in_literal = True
        init = Array(element, count).init(self, strict=False)
        self.in_literal = False
        if init == '"abc"':
            init = "{0}"
        self.globals.append(Global(name, literal_line=len(self.lines) + 1))
        self.emit(f"{element.declare('*' + name)} = ({element.tag}[{count}]){init};")
        size = f"{count} * sizeof(*{name})"
        self.probes.append(self.probe(name, size, literal=True))

    def add_flexible(self) -> None:
        element = self.record_type(self.rng.randint(0, 1))
        count = max(7, self.bytes_wanted() // element.size)
        tail = Field("tail", Array(element, count, flexible=True))
        head = Field("head", self.scalar())
        tag = self.name("T")
        record = Record(f"struct {tag}", "struct", [head, tail])
        self.packed(f"struct {tag} {record.body()};")
        name = self.name("G")
        align = self.alignment()
        spec = f"__declspec(align({align})) " if align else ""
        self.globals.append(Global(name, page_aligned=align >= PAGE))
        init = f"{{{head.type.init(self, False)}, {tail.type.init(self, False)}}}"
        self.emit(f"{spec}{record.declare(name)} = {init};")
        size = (f"__builtin_offsetof(struct {tag}, tail) + "
                f"{count} * sizeof({name}.tail[0])")
        self.probes.append(self.probe(name, size))

    def make(self) -> Program:
        for _ in range(self.rng.randint(2, 4)):
            self.add_global()
        extern = 'extern "C" ' if self.cxx else ""
        if self.probes:
            self.emit(f'{extern}__declspec(allocate(".probe")) const struct Probe '
                      "Probes[] = {")
            self.emit("\n".join(f"  {p}," for p in self.probes))
            self.emit("};")
        options = [self.rng.choice(["/Od", "/O1", "/O2"])]
        options += [o for o in ("/Gw", "/Gy") if self.chance(0.3)]
        if self.chance(0.15):
            options.append(f"/Zp{self.rng.choice([1, 2, 4, 16])}")
        options.append("/std:c++20" if self.cxx else
                       self.rng.choice(["/std:c11", "/std:c17"]))
        return Program(self.index, self.target, "cpp" if self.cxx else "c", options,
                       "\n".join(self.lines) + "\n", self.globals)


def make_program(seed: str, index: int) -> Program:
    return Maker(seed, index).make()
