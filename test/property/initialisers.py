# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random initialisers of arrays and records."""

import random
from typing import List

from shapes import Array, Bits, Class, Field, Record, Scalar, Type


def repeat(text: str, times: int) -> List[str]:
    """`times` copies of an element, by macro."""
    powers = [1 << bit for bit in range(10, -1, -1)]
    made = []
    for power in powers:
        made += [text if power == 1 else f"R{power}({text})"] * (times // power)
        times %= power
    return made


class Initialisers:
    """What a program's maker knows of initialisers."""

    rng: random.Random
    cxx: bool
    in_literal = False  # within a compound literal

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def record(self, of: Record, strict: bool) -> str:
        if self.chance(0.03):
            return "{}" if self.cxx or of.leaves == 0 else self.zero(of)
        fields = of.settable()
        if of.key == "union":
            chosen = self.rng.choice(fields)
            if chosen is fields[0] and self.chance(0.5) or not chosen.name:
                return "{" + fields[0].type.init(self, strict) + "}"
            return f"{{.{chosen.name} = {chosen.type.init(self, strict)}}}"
        # Braces, since `this` is another object's in a base's initialiser K(1).
        parts = [f"{{{self.rng.randrange(8)}}}" if isinstance(b, Class)
                 else b.init(self, strict) for b in of.bases]
        if self.chance(0.3) and not of.bases:
            return self.designated(of, fields, strict)
        if self.chance(0.2):
            fields = fields[: self.rng.randint(1, len(fields))]
        parts += [f.type.init(self, strict) for f in fields]
        return "{" + ", ".join(parts) + "}"

    def zero(self, of: Record) -> str:
        first: Type = of
        depth = 0
        while first.braced:
            depth += 1
            first = first.element if isinstance(first, Array) else \
                first.settable()[0].type
        return "{" * depth + "0" + "}" * depth

    def designated(self, of: Record, fields: List[Field], strict: bool) -> str:
        chosen = [f for f in fields if f.name and self.chance(0.75)]
        if not chosen:
            chosen = [f for f in fields if f.name][:1]
        if not chosen:
            return "{" + fields[0].type.init(self, strict) + "}"
        if not self.cxx and self.chance(0.5):
            self.rng.shuffle(chosen)
        parts = [f".{f.name} = {f.type.init(self, strict)}" for f in chosen]
        if not self.cxx and self.chance(0.15):
            parts += self.override(of, strict)
        return "{" + ", ".join(parts) + "}"

    def array(self, of: Array, strict: bool) -> str:
        element, count = of.element, of.count
        if element.size == 1 and isinstance(element, Scalar) and count >= 4 \
                and self.chance(0.5):
            return '"abc"'
        if count <= 6:
            shown = count if self.chance(0.8) else self.rng.randint(1, count)
            parts = [element.init(self, strict) for _ in range(shown)]
            if self.chance(0.15):
                parts = [f"[{self.rng.randrange(count)}] = {parts[0]}"]
            elif self.chance(0.1):
                parts = [f"[0 ... {count - 1}] = {parts[0]}"]
            return "{" + ", ".join(parts) + "}"
        return self.long_array(of, strict)

    def long_array(self, of: Array, strict: bool) -> str:
        """Runs of equal elements, some written out, some as range designators;
        perhaps with gaps, and in C with elements that later ones override."""
        element, count = of.element, of.count
        flat = isinstance(element, Record) and element.flat() and self.chance(0.1)
        kinds = [self.flat(element, strict) if flat else element.init(self, strict)
                 for _ in range(self.rng.randint(1, 4))]
        if not self.cxx and element.braced and not flat and \
                isinstance(element, Record) and element.key == "struct" and \
                self.chance(0.1):
            kinds[0] = f"({element.tag}){kinds[0]}"
        parts: List[str] = []
        at, budget = 0, 12000
        skipped = False
        while at < count and not (parts and self.chance(0.03)):
            run = min(count - at, self.rng.choice([1, 2, 7, 60, 400, count]))
            init = self.rng.choice(kinds)
            ranged = run * element.leaves > budget or (run > 1 and self.chance(0.3))
            if flat and (ranged or skipped):
                ranged, init = True, self.rng.choice(
                    [element.init(self, strict) for _ in range(2)])
            if ranged:
                parts.append(f"[{at} ... {at + run - 1}] = {init}")
            else:
                budget -= run * element.leaves
                if skipped and not flat:
                    parts.append(f"[{at}] = {init}")
                    parts += repeat(init, run - 1)
                else:
                    parts += repeat(init, run)
            at += run
            skipped = flat and ranged
            if self.chance(0.1) and not flat:
                at += self.rng.randint(1, 30)
                skipped = True
        if not self.cxx:
            while self.chance(0.3):
                parts += self.override(of, strict)
        if of.flexible:  # its length is that of the initialiser
            parts.append(f"[{count - 1}] = {element.init(self, strict)}")
        return "{" + ",\n  ".join(parts) + "}"

    def flat(self, of: Record, strict: bool) -> str:
        """A record's initialiser without its braces."""
        return ", ".join(f.type.init(self, strict) for f in of.settable())

    def override(self, of: Type, strict: bool) -> List[str]:
        """A designator for something inside, which may have a value already."""
        if self.in_literal:
            return []  # Clang refuses most of them there
        path = ""
        while isinstance(of, (Array, Record)) and (not path or self.chance(0.7)):
            if isinstance(of, Array):
                first = self.rng.randrange(of.count)
                last = min(of.count - 1, first + self.rng.randint(0, 9))
                path += f"[{first}]" if self.chance(0.6) else f"[{first} ... {last}]"
                of = of.element
            else:
                # Clang refuses some that set a part of a record with bit-fields.
                named = [f for f in of.settable() if f.name]
                if not named or any(isinstance(f.type, Bits) for f in of.fields):
                    break
                chosen = self.rng.choice(named)
                path, of = f"{path}.{chosen.name}", chosen.type
        return [f"{path} = {of.init(self, strict)}"] if path else []
