"""Random programs of the subset. Expressions are drawn by kind, so that most programs come to something; that a key is
missing or a number is none turns up now and then, and both sides must then fail alike."""

from random import Random

NAMES = {
    "int": ["a", "b"],
    "text": ["s", "t"],
    "ints": ["xs"],
    "texts": ["ts"],
    "counts": ["d"],
    "rows": ["rows"],
    "maybe": ["m"],
}
"""The parameters of every program, by kind."""

PARAMETERS = ", ".join(name for names in NAMES.values() for name in names)
KEYS = ("id", "sort", "name")
LIMIT = 1_000_003
"""Products stay below 2**53 by being taken modulo this."""

HOSTILE = (
    "",
    "a",
    "b",
    "Zoë",
    "😀é",
    "\uffff",
    "e\u0301",
    "10",
    " 7 ",
    "x,y",
    "__proto__",
    "constructor",
    "İ",
    "a\n",
    "\x1c ",
)
NOT_DIGITS = [text for text in HOSTILE if not text.isdecimal()]
"""Keys of what comes as JSON: a browser would put those made of digits first."""

NUMBERS = (0, 1, -1, 2, 3, -7, 10, 60, 997, -1_000_000, 2**31, -(2**40), 2**53 - 1, -(2**53) + 1)


class Programs:
    """Draws functions, and what to call them with."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def function(self, name: str) -> str:
        self.names = {kind: [*names] for kind, names in NAMES.items()}
        self.fresh = 0
        lines = [line for _ in range(self.random.randint(1, 5)) for line in self.statement()]
        known = [name for kind in ("int", "text", "ints", "texts", "counts", "maybe") for name in self.names[kind]]
        answer = ", ".join(f"{name!r}: {name}" for name in known)
        body = "\n".join(f"    {line}" for line in [*lines, f"return {{{answer}, 'last': {self.any(3)}}}"])
        return f"def {name}({PARAMETERS}):\n{body}\n"

    def arguments(self) -> list[object]:
        draw = self.random
        return [
            *(draw.choice(NUMBERS) for _ in range(2)),
            *(draw.choice(HOSTILE) for _ in range(2)),
            [draw.choice(NUMBERS) for _ in range(draw.randrange(5))],
            [draw.choice(HOSTILE) for _ in range(draw.randrange(5))],
            {draw.choice(NOT_DIGITS): draw.choice(NUMBERS[:9]) for _ in range(draw.randrange(4))},
            [self.row(n) for n in range(draw.randrange(5))],
            draw.choice([None, *NUMBERS[:6]]),
        ]

    def row(self, n: int) -> dict[str, object]:
        draw = self.random
        return {"id": n, "sort": draw.choice(NUMBERS[:6]), "name": draw.choice(HOSTILE)}

    # Statements, each as lines

    def statement(self) -> list[str]:
        draw = [self.assign, self.assign, self.augment, self.choice, self.loop, self.keep, self.unpack]
        return self.random.choice(draw)()

    def assign(self) -> list[str]:
        kind = self.random.choice([*NAMES])
        value = self.drawn(kind, 3)
        return [f"{self.new(kind)} = {value}"]

    def new(self, kind: str) -> str:
        """A name that is bound from now on; now and then one that there was."""
        if self.random.random() < 0.3:
            return self.random.choice(self.names[kind])
        self.fresh += 1
        self.names[kind].append(f"{kind}_{self.fresh}")
        return self.names[kind][-1]

    def augment(self) -> list[str]:
        name, sign = self.known("int"), self.random.choice("+-")
        return [f"{name} = {name} % {LIMIT}", f"{name} {sign}= {self.number(2)} % {LIMIT}"]

    def choice(self) -> list[str]:
        name, kind = self.known("int"), self.random.choice(["int", "text"])
        return [
            f"if {self.truth(3)}:",
            f"    {name} = {self.number(2)}",
            f"elif {self.truth(2)}:",
            f"    {self.known(kind)} = {self.drawn(kind, 2)}",
            "else:",
            f"    {name} = {self.number(1)}",
        ]

    def loop(self) -> list[str]:
        name, many = self.known("int"), self.random.choice(["ints", "range"])
        walked = self.ints(2) if many == "ints" else f"range({self.random.randrange(6)})"
        leave = self.random.choice(["continue", "break"])
        return [
            f"for each in {walked}:",
            f"    if each == {self.number(1)}:",
            f"        {leave}",
            f"    {name} = ({name} % {LIMIT} + each % {LIMIT})",
        ]

    def keep(self) -> list[str]:
        """Something kept in a dict or a list."""
        if self.random.random() < 0.5:
            copied, key, value = self.known("counts"), self.text(2), self.number(2)
            found = self.new("counts")
            return [f"{found} = dict({copied})", f"{found}[{key}] = {value}"]
        return [f"{self.known('ints')}.append({self.number(2)})"]

    def unpack(self) -> list[str]:
        values = f"{self.number(2)}, {self.text(2)}"
        return [f"{self.new('int')}, {self.new('text')} = {values}"]

    # Expressions by kind; `deep` says how far they may go on

    def any(self, deep: int) -> str:
        pairs = f"[[key, value] for key, value in {self.known('counts')}.items()]"
        groups = f"[[key, len(list(same))] for key, same in groupby({self.texts(deep - 1)}, key=len)]"
        return self.random.choice(
            [self.number(deep), self.text(deep), self.truth(deep), self.ints(deep), pairs, groups, self.chosen(deep)]
        )

    def chosen(self, deep: int) -> str:
        """One of several values, by whether those before it are true."""
        signs = [self.random.choice(["and", "or"]) for _ in range(2)]
        return f"({self.truth(deep - 1)} {signs[0]} ({self.number(deep - 1)} {signs[1]} {self.ints(deep - 1)}))"

    def drawn(self, kind: str, deep: int) -> str:
        draw = {
            "int": self.number,
            "text": self.text,
            "ints": self.ints,
            "texts": self.texts,
            "counts": self.counts,
            "rows": self.rows,
            "maybe": self.maybe,
        }
        return draw[kind](deep)

    def known(self, kind: str) -> str:
        return self.random.choice(self.names[kind])

    def pick(self, kind: str, deep: int, *more: str) -> str:
        return self.random.choice(more) if deep > 0 and more and self.random.random() < 0.8 else self.known(kind)

    def number(self, deep: int) -> str:
        if deep <= 0:
            return self.random.choice([self.known("int"), str(self.random.choice(NUMBERS[:9]))])
        a, b, small = self.number(deep - 1), self.number(deep - 1), self.random.choice([2, 3, 7, -4, 0])
        return self.pick(
            "int",
            deep,
            f"({a} % {LIMIT} + {b} % {LIMIT})",
            f"({a} % {LIMIT} - {b} % 97)",
            f"({a} % {LIMIT} * ({b} % 1009))",
            f"({a} // {small})",
            f"({a} % {small})",
            f"-({a})",
            f"len({self.random.choice([self.text, self.ints, self.texts])(deep - 1)})",
            f"({a} if {self.truth(deep - 1)} else {b})",
            f"max({a}, {b})",
            f"min({self.ints(deep - 1)}, default={a})",
            f"sum(x % 1000 for x in {self.ints(deep - 1)})",
            f"next((x for x in {self.ints(deep - 1)} if x > {a}), {b})",
            f"next((n - x % 9 for n, x in enumerate({self.ints(deep - 1)})), {b})",
            f"{self.ints(deep - 1)}[{self.random.choice(['0', '-1', '2', a])}]",
            f"{self.known('counts')}.get({self.text(deep - 1)}, {a})",
            f"{self.known('counts')}[{self.text(deep - 1)}]",
            f"int({self.text(deep - 1)})",
            f"divmod({a}, {small or 5})[1]",
            f"sum(row['sort'] % 1000 for row in {self.known('rows')} if row['name'] != {self.text(deep - 1)})",
            f"({self.known('maybe')} or {a})",
            f"Pair({a}, {self.text(deep - 1)}).first",
            f"Pair({a}, {self.text(deep - 1)}).more({small})",
        )

    def text(self, deep: int) -> str:
        if deep <= 0:
            return self.random.choice([self.known("text"), repr(self.random.choice(HOSTILE))])
        a, b = self.text(deep - 1), self.text(deep - 1)
        return self.pick(
            "text",
            deep,
            f"({a} + {b})",
            f"f'<{{{self.known('int')}}}|{{{self.known('text')}}}>'",
            f"f'{{{self.known('int')} % 100:02}}'",
            f"{a}[{self.random.choice(['0', '-1', ':2', '1:', '-2:', '::-1'])}]",
            f"str({self.random.choice([self.number(deep - 1), self.truth(deep - 1), self.known('maybe')])})",
            f"{self.random.choice(['', ', '])!r}.join({self.texts(deep - 1)})",
            f"{a}.{self.random.choice(['strip()', 'lower()', 'removesuffix(s)', 'replace(s, t)', 'rstrip(t)'])}",
            f"({a} if {self.truth(deep - 1)} else {b})",
            f"({a} or {b})",
            f"max({self.texts(deep - 1)}, key=lambda one: (len(one), one), default={a})",
            f"next((row['name'] for row in {self.known('rows')} if row['id'] == {self.number(1)}), {b})",
        )

    def truth(self, deep: int) -> str:
        if deep <= 0:
            return f"({self.number(0)} < {self.number(0)})"
        kind = self.random.choice([self.number, self.text, self.ints, self.texts])
        a, b = kind(deep - 1), kind(deep - 1)
        sign = self.random.choice(["==", "!=", "<", "<=", ">", ">="])
        return self.random.choice(
            [
                f"({a} {sign} {b})",
                f"({self.number(deep - 1)} <= {self.number(0)} < {self.number(deep - 1)})",
                f"({self.truth(deep - 1)} and {self.truth(deep - 1)})",
                f"(not {a})",
                f"bool({a} or {b})",
                f"({self.text(deep - 1)} in {self.random.choice([self.texts(deep - 1), self.known('counts')])})",
                f"({self.number(deep - 1)} not in {self.ints(deep - 1)})",
                f"({self.known('maybe')} is None)",
                f"any(x > {self.number(0)} for x in {self.ints(deep - 1)})",
                f"all({self.texts(deep - 1)})",
                f"any(x for x in {self.ints(deep - 1)} if x != {self.number(0)} if x > {self.number(0)})",
                f"all(n < {self.number(0)} for n, x in enumerate({self.ints(deep - 1)}) if x)",
                f"isinstance({self.known('maybe')}, int)",
                f"({self.number(deep - 1)} in frozenset({self.ints(deep - 1)}))",
                f"(Pair({self.number(1)}, s) {self.random.choice(['==', '<', '>='])} Pair({self.number(1)}, t))",
            ]
        )

    def ints(self, deep: int) -> str:
        if deep <= 0:
            return self.known("ints")
        a, b = self.ints(deep - 1), self.ints(deep - 1)
        return self.pick(
            "ints",
            deep,
            f"[{self.number(deep - 1)}, *{a}]",
            f"({a} + {b})",
            f"[x % {LIMIT} + 1 for x in {a} if x != {self.number(0)}]",
            f"[x for x, y in zip({a}, {b}, strict=False) if x <= y]",
            f"sorted({a}, reverse={self.random.choice([True, False])})",
            f"[row['id'] for row in sorted({self.known('rows')}, key=lambda row: (row['sort'], row['name']))]",
            f"[row['id'] for row in sorted({self.known('rows')}, key=lambda row: row['sort'], reverse=True)]",
            f"{a}[{self.random.choice([':2', '1:', '-1:', '::-1'])}]",
            f"list(dict.fromkeys({a}))",
            f"[n for n, one in enumerate({self.texts(deep - 1)}) if one]",
            f"sorted({{x % 10 for x in {a}}} - {{y % 7 for y in {b}}})",
            f"list(Counter(x % 3 for x in {a}).values())",
            f"list(takewhile(lambda x: x > {self.number(0)}, {a}))",
            f"[x for xs in [{a}, {b}] for x in xs if x > 0]",
            f"list(reversed({a}))",
        )

    def texts(self, deep: int) -> str:
        if deep <= 0:
            return self.known("texts")
        a = self.texts(deep - 1)
        return self.pick(
            "texts",
            deep,
            f"[{self.text(deep - 1)}, *{a}]",
            f"sorted({a})",
            f"[one for one in {a} if one > {self.text(0)}]",
            f"{self.text(deep - 1)}.split(',')",
            f"list({self.known('counts')})",
            f"list({{one: len(one) for one in {a}}})",
            f"[row['name'] for row in {self.known('rows')}]",
            f"[str(x) for x in {self.ints(deep - 1)}]",
            f"list({self.text(deep - 1)})",
        )

    def counts(self, deep: int) -> str:
        a = self.known("counts")
        return self.random.choice(
            [
                f"({a} | {{'id': {self.number(deep - 1)}}})",
                f"{{one: n for n, one in enumerate({self.texts(deep - 1)})}}",
                f"{{**{a}, 'b': {self.number(1)}}}",
                f"dict({a})",
            ]
        )

    def rows(self, deep: int) -> str:
        return f"[row | {{'sort': {self.number(deep - 2)}}} for row in {self.known('rows')} if {self.truth(1)}]"

    def maybe(self, deep: int) -> str:
        return self.random.choice([self.known("maybe"), f"({self.number(deep - 2)} if {self.truth(1)} else None)"])


HEAD = """from collections import Counter
from itertools import groupby, takewhile
from typing import NamedTuple


class Pair(NamedTuple):
    first: int
    second: str

    def more(self, by):
        return self.first % 1009 * by if self.second else by
"""
