# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The types of random programs.

Each spells a declaration, writes random initialisers, and guesses its size and
its number of scalars, by which arrays get their length.
"""

from dataclasses import dataclass


class Type:
    size = 4
    leaves = 1
    braced = False
    needs_strict = False  # all of its initialisers are constant expressions

    def declare(self, name: str) -> str:
        raise NotImplementedError

    def init(self, make: "Maker", strict: bool) -> str:
        raise NotImplementedError


class Scalar(Type):
    """A scalar. `values` need a cast from address to integer or back, which is
    no constant expression in C++, but folded; `strict` values need none."""

    def __init__(self, spelling, size, strict, values=(), c_values=()):
        self.spelling, self.size = spelling, size
        self.strict, self.values, self.c_values = strict, values, c_values

    def declare(self, name):
        return f"{self.spelling} {name}"

    def init(self, make, strict):
        values = list(self.strict)
        if not strict:
            values += self.values
        if not make.cxx:
            values += self.c_values
        return make.rng.choice(values).replace("%", str(make.rng.randrange(60)))


class Bits(Scalar):
    """A bit-field; without a name if `named` is false."""

    def __init__(self, spelling, width, named):
        super().__init__(spelling, 4, ["1", "%", "0"])
        self.width, self.named = width, named

    def declare(self, name):
        return f"{self.spelling} {name if self.named else ''} : {self.width}"

    def init(self, make, strict):
        return str(make.rng.randrange(2))


class Array(Type):
    braced = True

    def __init__(self, element: Type, count: int, flexible: bool = False):
        self.element, self.count, self.flexible = element, count, flexible
        self.size = 0 if flexible else element.size * count
        self.leaves = element.leaves * count
        self.needs_strict = element.needs_strict

    def declare(self, name):
        count = "" if self.flexible else self.count
        return self.element.declare(f"{name}[{count}]")

    def init(self, make, strict):
        return make.array(self, strict)


@dataclass
class Field:
    name: str  # "" for an anonymous record
    type: Type
    align: str = ""
    default: str = ""  # C++ default member initialiser

    def declare(self):
        text = self.align + self.type.declare(self.name)
        return text + (f" = {self.default};" if self.default else ";")

    def unnamed(self):
        return isinstance(self.type, Bits) and not self.type.named


class Record(Type):
    """An aggregate; in C++ perhaps with bases or from a template."""

    braced = True

    def __init__(self, tag, key, fields, bases=(), strict=False):
        self.tag, self.key, self.fields, self.bases = tag, key, fields, bases
        self.template = False
        parts = [f.type for f in fields] + list(bases)
        sizes = [t.size for t in parts]
        self.size = max(1, max(sizes) if key == "union" else sum(sizes))
        self.leaves = max(1, sum(t.leaves for t in parts))
        self.needs_strict = strict or any(t.needs_strict for t in parts)

    def declare(self, name):
        return f"{self.tag} {name}"

    def body(self):
        return "{ " + " ".join(f.declare() for f in self.fields) + " }"

    def settable(self):
        return [f for f in self.fields if not f.unnamed()]

    def flat(self):
        return (
            self.key == "struct"
            and not self.bases
            and not self.template
            and not any(f.type.braced or isinstance(f.type, Class) for f in self.fields)
        )

    def init(self, make, strict):
        return make.record(self, strict)


class Anonymous(Record):
    def declare(self, name):
        return f"{self.key} {self.body()}"


class Class(Type):
    """A C++ class with a constexpr constructor that takes an int."""

    needs_strict = True

    def __init__(self, tag, size, leaves, polymorphic):
        self.tag, self.size, self.leaves = tag, size, leaves
        self.polymorphic = polymorphic

    def declare(self, name):
        return f"{self.tag} {name}"

    def init(self, make, strict):
        return f"{self.tag}({make.rng.randrange(8)})"


def is_polymorphic(of: Type) -> bool:
    return isinstance(of, Class) and of.polymorphic


def scalars(width: int):
    numbers = [
        Scalar("char", 1, ["1", "%", "0"]),
        Scalar("unsigned char", 1, ["%", "0"]),
        Scalar("short", 2, ["%", "-%"]),
        Scalar("int", 4, ["%", "0", "(int)sizeof(UPTR)"]),
        Scalar("__int64", 8, ["%", "1ll << 40"]),
        Scalar("float", 4, ["%.5f"]),
        Scalar("double", 8, ["%.25", "0"]),
        Scalar("enum Tint", 4, ["Red", "Green"]),
    ]
    addresses = [
        Scalar(
            "const void *",
            width,
            ["&Obj[%]", "Obj + %", "&Pairs[3].b", '"text%"', "0"],
            ["(const char *)Obj + %", "(void *)Fn", "(void *)0x12%",
             "(const void *)((UPTR)&Obj[1] + %)"],
            ["(void *)Imported", "&((struct Pair *)0)->b"],
        ),
        Scalar("void *", width, ["&Obj[%]", "Pairs", "0"], ["(char *)&Obj[%] - 1"]),
        Scalar("const char *", width,
               ['"one%"', '"twothree" + 3', '&"sixseven"[2]', "0"],
               ["(const char *)&Obj[%]"]),
        Scalar("const unsigned short *", width,
               ["0"], ['(const unsigned short *)L"wide%"']),
        Scalar("FN", width, ["Fn", "&Fn", "Local", "0"], [], ["Imported"]),
        Scalar("struct Pair *", width, ["&Pairs[2]", "Pairs + 1", "0"]),
        Scalar("UPTR", width, ["%", "(UPTR)(&Obj[%] - Obj)"],
               ["(UPTR)&Obj[%] + 5", "(UPTR)Fn", "(UPTR)Obj", "(UPTR)&Pairs[1].b - 3"]),
        Scalar("SPTR", width, ["%", "-%"],
               ["(SPTR)&Obj[%]", '(SPTR)"number"', "(SPTR)Local + 1"]),
    ]
    return numbers, addresses


def member_pointers(width: int):
    virtual_base = Scalar("MFV", 2 * width,
                          ["&HostV::deep", "nullptr"])
    # On x86 its size is no multiple of its alignment: Clang refuses arrays.
    return [virtual_base] * (width == 8) + [
        Scalar("MFA", width,
               ["&HostA::plain", "&HostA::own", "nullptr"]),
        Scalar("MFM", 2 * width,
               ["&HostM::both", "&HostM::far", "&HostB::other", "&HostA::own", "0"]),
        Scalar("MDA", 4, ["&HostA::d", "nullptr"]),
        Scalar("FN", width, ["[](int v) { return v + %; }", "Fn"]),
    ]
